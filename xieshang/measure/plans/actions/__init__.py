"""Every write of plans and their targets. One function for a verb; each is saved at once, so that leaving half-way loses nothing."""

from .bringing import bring_in, keep, open_plan, to_revise
from .carrying import Carry, carry_back, carry_over
from .checking import accept, accept_all_sure, accept_tasks, add, correct, drop, merge, reopen, restore, split
from .handing import Share, hand_down, object_to
from .revising import apply_revision, best_document, decide, drop_revision, join, part, start_revision
from .running import (
    change,
    close,
    edit,
    hand_over,
    put_in_force,
    reinstate,
    report_progress,
    settle,
    withdraw,
    withdraw_target,
)

__all__ = [
    "Carry",
    "Share",
    "accept",
    "accept_all_sure",
    "accept_tasks",
    "add",
    "apply_revision",
    "best_document",
    "bring_in",
    "carry_back",
    "carry_over",
    "change",
    "close",
    "correct",
    "decide",
    "drop",
    "drop_revision",
    "edit",
    "hand_down",
    "hand_over",
    "join",
    "keep",
    "merge",
    "object_to",
    "open_plan",
    "part",
    "put_in_force",
    "reinstate",
    "reopen",
    "report_progress",
    "restore",
    "settle",
    "split",
    "start_revision",
    "to_revise",
    "withdraw",
    "withdraw_target",
]
