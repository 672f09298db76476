"""Every write of proposals. One function for a verb."""

from .assigning import accept, answer_longer, assign, dismiss, hand_over, office_of, reject, uphold
from .bringing import ask as ask_bringing
from .bringing import bring_waiting, counted_elsewhere, go_on, name_unit
from .excellent import begin_scoring as begin_scoring
from .excellent import close_scoring as close_scoring
from .excellent import decide_selection as decide_selection
from .excellent import recommend as recommend
from .excellent import score as score
from .excellent import start_selection as start_selection
from .excellent import unfinished as unfinished
from .handling import (
    approve,
    ask_longer,
    beside,
    contact,
    inside,
    keep_original,
    lacks,
    longest,
    object_to,
    opine,
    reply,
    send,
    sign,
)
from .key import decide_key as decide_key
from .key import nominate as nominate
from .key import prepare_key as prepare_key
from .key import set_leads as set_leads
from .key import supervise as supervise
from .packaging import ask_package, pack_waiting
from .printing import DOCX as DOCX
from .printing import ask_booklet as ask_booklet
from .printing import print_waiting as print_waiting
from .publishing import publish, unpublish
from .rating import archive, close, follow_up, followed, keep_units_off, make_key, rate, rate_for, redo, track, unrated
from .reminding import mark_overdue, remind
from .reviewing import Opinion, arrange, decide, prepare, review, review_again, send_back, withdraw
from .secrecy import lock, purge, release
from .signing import agree_again, arrange_signers, cosign_for, unsign
from .taking_over import ask_take_over, lacks_to_go
from .timing import resume, set_due_rule, stop_due_rule, suspend
from .wording import adopt, set_term, stop_term
from .writing import FIELDS, cosign, discard, draft, invite, submit, take_back, write

__all__ = [
    "FIELDS", "Opinion", "accept", "adopt", "agree_again", "answer_longer", "approve", "archive", "arrange", "arrange_signers", "ask_bringing", "ask_longer", "ask_package", "ask_take_over", "assign", "beside", "bring_waiting", "close", "contact", "cosign", "cosign_for", "counted_elsewhere", "decide", "discard", "dismiss", "draft", "follow_up", "followed", "go_on", "hand_over", "inside", "invite", "keep_original", "keep_units_off", "lacks", "lacks_to_go", "lock", "longest", "make_key", "mark_overdue", "name_unit", "object_to", "office_of", "opine", "pack_waiting", "prepare", "publish", "purge", "rate", "rate_for", "redo", "reject", "release", "remind", "reply", "resume", "review", "review_again", "send", "send_back", "set_due_rule", "set_term", "sign", "stop_due_rule", "stop_term", "submit", "suspend", "take_back", "track", "unpublish", "unrated", "unsign", "uphold", "withdraw", "write",
]  # fmt: skip
