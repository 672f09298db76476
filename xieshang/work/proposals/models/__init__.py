"""The records of proposals and what stands beside them."""

from .archive import Package
from .booklet import Booklet as Booklet
from .clues import Clue as Clue
from .clues import ClueList as ClueList
from .clues import Knock as Knock
from .excellent import Candidate as Candidate
from .excellent import Score as Score
from .excellent import Selection as Selection
from .finding import IndexRow as IndexRow
from .finding import Weights as Weights
from .handling import Assignment, Contact, Reminder
from .key import KeyList as KeyList
from .key import Lead as Lead
from .key import Nomination as Nomination
from .key import Supervision as Supervision
from .publishing import Publication
from .rating import FollowUp, Rating
from .reviewing import Review, Sheet, SheetRow
from .seconding import Batch as Batch
from .seconding import Second as Second
from .secrets import Secret
from .terms import Term
from .timing import DueRule, Suspension
from .writing import Proposal, Signature, Text, Window
from .years import Bringing, UnitName

__all__ = ["Assignment", "Bringing", "Contact", "DueRule", "FollowUp", "Package", "Proposal", "Publication", "Rating", "Reminder", "Review", "Secret", "Sheet", "SheetRow", "Signature", "Suspension", "Term", "Text", "UnitName", "Window"]  # fmt: skip
