"""Forms: one built from a register's fields, those of its follow-up part, one that makes a register, one that filters its entries."""

from .following import AboutForm, FollowForm, GiveUpForm
from .recording import EntryForm, draft_start, pickers
from .register import Making, making
from .sifting import SiftForm

__all__ = [
    "AboutForm",
    "EntryForm",
    "FollowForm",
    "GiveUpForm",
    "Making",
    "SiftForm",
    "draft_start",
    "making",
    "pickers",
]
