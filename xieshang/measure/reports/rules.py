"""报告 (report): states, moves, words. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.workflow.engine import Move

STAFF = (Role.CLERK, Role.PARTTIMER)

STATES = {"draft": _("编制中"), "final": _("已定稿"), "dropped": _("已作废")}
HOW = (
    ("", _("待填")),
    ("ledger", _("自动填入")),
    ("chosen", _("已选定")),
    ("typed", _("手填")),
    ("left", _("留空")),
)
FILLED = ("ledger", "chosen", "typed")

# fmt: off
MOVES = (
    #    verb       from     to         who
    Move("start",   "",      "draft",   STAFF),
    Move("answer",  "draft", "draft",   STAFF),
    Move("refresh", "draft", "draft",   STAFF),
    Move("finish",  "draft", "final",   STAFF, again=True),
    Move("drop",    "draft", "dropped", STAFF, reason=True),
    Move("hand_over", "draft", "draft", STAFF),
)
# fmt: on
PERMISSIONS = {"see": (*STAFF, Role.LEADER), "edit": STAFF}
