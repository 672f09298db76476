"""Every read of proposals, narrowed first to what the user may see."""

from ..finding import similar
from .excellent import candidates as candidates
from .excellent import could_review as could_review
from .excellent import selection as selection
from .excellent import selections as selections
from .excellent import to_recommend as to_recommend
from .excellent import to_score as to_score
from .handling import (
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
from .key import could_be_key as could_be_key
from .key import key_list as key_list
from .key import key_lists as key_lists
from .key import key_ones as key_ones
from .key import wanting_key as wanting_key
from .listing import Narrowed, found, handed, listed, mine, sent_before, to_cosign, to_rate, wanting, with_units
from .publishing import (
    Wanted,
    changed_at,
    narrowed,
    public_choices,
    public_figures,
    public_units,
    published,
    shown_with,
)
from .reviewing import TEXT_PARTS, could_hold, examined, sheet, sheets, texts, to_decide, usual_units
from .seeing import BESIDE, assignment, assignment_shown, assignments, delivered, one, shown, visible
from .timing import due_rules, ruled_day, suspended, suspension_at
from .years import bringing, bringings

__all__ = ["BESIDE", "TEXT_PARTS", "Narrowed", "Wanted", "assignment", "assignment_shown", "assignments", "bringing", "bringings", "changed_at", "could_hold", "delivered", "due_rules", "earlier_rounds", "examined", "found", "handed", "lights", "listed", "mine", "narrowed", "one", "original", "overdue", "public_choices", "public_figures", "public_units", "published", "round_of", "ruled_day", "sent_before", "sheet", "sheets", "shown", "shown_with", "signers", "signers_of", "similar", "suspended", "suspension_at", "texts", "to_cosign", "to_decide", "to_rate", "unit_board", "usual_units", "visible", "wanting", "why_again", "with_units"]  # fmt: skip
