"""The records of proposals and what stands beside them."""

from .handling import Assignment, Contact, Reminder
from .publishing import Publication
from .rating import FollowUp, Rating
from .reviewing import Review, Sheet, SheetRow
from .writing import Proposal, Signature, Text, Window
from .years import Bringing, UnitName

__all__ = ["Assignment", "Bringing", "Contact", "FollowUp", "Proposal", "Publication", "Rating", "Reminder", "Review", "Sheet", "SheetRow", "Signature", "Text", "UnitName", "Window"]  # fmt: skip
