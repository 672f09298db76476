"""签批 (approval) and 代办 (acting for somebody): states, moves, who may. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import STAFF, Role
from xieshang.base.workflow.engine import Move

STATES = {
    "asked": _("待签批"), "approved": _("已同意"), "refused": _("未同意"), "withdrawn": _("已撤回"), "closed": _("未同意，已知悉"),
}  # fmt: skip
HOW = (("phone", _("电话")), ("face", _("当面")), ("paper", _("书面")))
SIGNERS = (Role.LEADER, Role.HEAD)

# fmt: off
MOVES = (
    #    verb              from       to           who
    Move("ask",            "",        "asked",     STAFF),
    Move("approve",        "asked",   "approved",  SIGNERS, again=True),
    Move("refuse",         "asked",   "refused",   SIGNERS, reason=True),
    Move("enter_approved", "asked",   "approved",  STAFF),
    Move("enter_refused",  "asked",   "refused",   STAFF),
    Move("withdraw",       "asked",   "withdrawn", STAFF),
    Move("close",          "refused", "closed",    STAFF),
)
# fmt: on
PERMISSIONS = {
    "see": (*STAFF, Role.LEADER),
    "sign": (Role.LEADER,),  # what a leader approves; late entries are for whoever holds ledger.post_late
    "act_for": STAFF,
}
