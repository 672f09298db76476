"""Every write of registers: take, make, change, close, reopen a register; record, correct, void an entry; bring in many at once."""

from .bringing import BadRows, bring
from .making import change, close, make, reopen, take
from .recording import correct, keep_draft, record, void

__all__ = ["BadRows", "bring", "change", "close", "correct", "keep_draft", "make", "record", "reopen", "take", "void"]
