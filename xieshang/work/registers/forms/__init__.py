"""Forms: one built from a register's fields, one that makes a register, one that filters its entries."""

from .recording import EntryForm, draft_start, pickers
from .register import Making, making
from .sifting import SiftForm

__all__ = ["EntryForm", "Making", "SiftForm", "draft_start", "making", "pickers"]
