"""Every write of plans and their targets. One function for a verb; each is saved at once, so that leaving half-way loses nothing."""

from .bringing import bring_in, keep, open_plan
from .checking import accept, accept_all_sure, accept_tasks, correct, drop, merge, reopen, restore, split
from .running import change, close, edit, put_in_force, reinstate, report_progress, settle, withdraw, withdraw_target

__all__ = [
    "accept",
    "accept_all_sure",
    "accept_tasks",
    "bring_in",
    "change",
    "close",
    "correct",
    "drop",
    "edit",
    "keep",
    "merge",
    "open_plan",
    "put_in_force",
    "reinstate",
    "reopen",
    "report_progress",
    "restore",
    "settle",
    "split",
    "withdraw",
    "withdraw_target",
]
