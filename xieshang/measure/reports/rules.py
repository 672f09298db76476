"""报告 (report): states, moves, words. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

STAFF = (Role.CLERK, Role.PARTTIMER)

STATES = {"draft": _("编制中"), "final": _("已定稿"), "dropped": _("已作废")}
TEMPLATE_STATES = {"in_use": _("在用"), "retired": _("已停用")}
HOW = (
    ("", _("待填")),
    ("ledger", _("自动填入")),
    ("chosen", _("已选定")),
    ("plan", _("取自计划")),
    ("typed", _("手填")),
    ("left", _("留空")),
)
FILLED = ("ledger", "chosen", "plan", "typed")

APPROVAL = "reports.approval"
LAST_LINE = "reports.last_line"
PARAMETERS = (
    Parameter(APPROVAL, _("报告定稿须领导签批"), False, type="bool", help=_("打开后，送签并经领导同意（网上或纸上）才能定稿；不打开也可以送签")),
    Parameter(LAST_LINE, _("报告末尾印统计起止、截至和核对码"), True, type="bool", help=_("清稿和核对稿都印在最后一行；关掉后只在附表上印")),
)  # fmt: skip

# fmt: off
MOVES = (
    #    verb       from     to         who
    Move("start",   "",      "draft",   STAFF),
    Move("answer",  "draft", "draft",   STAFF),
    Move("refresh", "draft", "draft",   STAFF),
    Move("send_up", "draft", "draft",   STAFF),
    Move("finish",  "draft", "final",   STAFF, again=True, approval=APPROVAL),
    Move("drop",    "draft", "dropped", STAFF, reason=True),
    Move("hand_over", "draft", "draft", STAFF),
)
TEMPLATE_MOVES = (
    #    verb           from       to         who
    Move("upload",      "",        "in_use",  STAFF),
    Move("replace",     "in_use",  "in_use",  STAFF),
    Move("retire",      "in_use",  "retired", STAFF),
    Move("use_again",   "retired", "in_use",  STAFF),
)
# fmt: on
PERMISSIONS = {
    "see": (*STAFF, Role.LEADER),
    "edit": STAFF,
    "remark": (*STAFF, Role.LEADER),
    "settle": STAFF,
}
