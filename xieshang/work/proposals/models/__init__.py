"""The records of proposals and what stands beside them."""

from .handling import Assignment, Contact, Reminder
from .publishing import Publication
from .rating import FollowUp, Rating
from .reviewing import Review, Sheet, SheetRow
from .writing import Proposal, Signature, Text, Window

__all__ = ["Assignment", "Contact", "FollowUp", "Proposal", "Publication", "Rating", "Reminder", "Review", "Sheet", "SheetRow", "Signature", "Text", "Window"]  # fmt: skip
