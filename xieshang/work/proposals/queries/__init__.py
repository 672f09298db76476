"""Every read of proposals, narrowed first to what the user may see."""

from .handling import (
    SOON,
    earlier_rounds,
    lights,
    original,
    overdue,
    round_of,
    signers,
    signers_of,
    unit_board,
    why_again,
)
from .listing import Narrowed, found, handed, listed, mine, to_cosign, to_rate, wanting, with_units
from .reviewing import TEXT_PARTS, could_hold, sheet, sheets, similar, texts, to_decide, usual_units
from .seeing import BESIDE, assignment, assignment_shown, assignments, delivered, one, shown, visible

__all__ = ["BESIDE", "SOON", "TEXT_PARTS", "Narrowed", "assignment", "assignment_shown", "assignments", "could_hold", "delivered", "earlier_rounds", "found", "handed", "lights", "listed", "mine", "one", "original", "overdue", "round_of", "sheet", "sheets", "shown", "signers", "signers_of", "similar", "texts", "to_cosign", "to_decide", "to_rate", "unit_board", "usual_units", "visible", "wanting", "why_again", "with_units"]  # fmt: skip
