"""Every write of registers: take, make, change, close, reopen a register; record, report, confirm, correct, void an entry, follow it up; bring in many."""

from .bringing import BadRows, bring
from .following import About, assign, give_up, shelve, solve, take_up
from .making import change, close, make, reopen, take
from .recording import confirm, correct, keep_draft, record, report, report_for, resubmit, reveal, send_back, void

__all__ = [
    "About", "BadRows", "assign", "bring", "change", "close", "confirm", "correct", "give_up", "keep_draft", "make", "record", "reopen", "report", "report_for",
    "resubmit", "reveal", "send_back", "shelve", "solve", "take", "take_up", "void",
]  # fmt: skip
