"""登记簿 (register): moves, roles, rhythms. No clock, no database."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.errors import Refused
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Guard, Move

CHARTER = "《中国人民政治协商会议章程》第四条"
STAFF = (Role.CLERK, Role.PARTTIMER)

STATES = {"valid": _("有效"), "void": _("已作废"), "reported": _("待核实"), "returned": _("已退回")}
COURSES = {"open": _("在办"), "solved": _("已解决"), "hard": _("暂难解决")}


def _course(*allowed: str) -> Guard:
    """The entry has a follow-up part, and stands in one of these places of it."""

    def guard(entry: Any, given: dict[str, Any]) -> Refused | None:
        if not entry.register.follow:
            return Refused("no_follow", why=gettext("这本登记簿没有办结段"), do=gettext("请在修改登记簿里打开办结段"))
        if entry.course not in allowed:
            words = {"course": COURSES[entry.course]}
            return Refused(
                "wrong_course",
                why=gettext("这一条现在是“%(course)s”，不能办理这一步") % words,
                do=gettext("请刷新页面，看看它的最新情况"),
            )
        return None

    return guard


def _lives(entry: Any, given: dict[str, Any]) -> Refused | None:
    """A thing of a stock that has not been given up yet."""
    field = entry.register.until
    if field is None:
        return Refused("no_stock", why=gettext("这本登记簿不按存量计数"), do=gettext("请直接更正这条记录"))
    if entry.payload.get(field.key):
        return Refused("given_up", why=gettext("它已经撤销了"), do=gettext("撤销日期不对的，请更正这条记录"))
    return None


# fmt: off
MOVES = (
    #    verb         from        to          who
    Move("record",    "",         "valid",    STAFF, source=CHARTER),
    Move("correct",   "valid",    "valid",    STAFF, reason=True),
    Move("void",      "valid",    "void",     STAFF, reason=True),
    Move("carry_over","valid",    "void",     STAFF, reason=True),  # a room of its own takes it: base/bridges
    # a member says it from his phone; it counts when staff has confirmed it
    Move("report",    "",         "reported", (Role.MEMBER,)),
    Move("report_for","",         "reported", STAFF),
    Move("amend",     "reported", "reported", STAFF),
    Move("confirm",   "reported", "valid",    STAFF),
    Move("send_back", "reported", "returned", STAFF, reason=True),
    Move("resubmit",  "returned", "reported", (Role.MEMBER,)),
    # a stock: what was set up is given up
    Move("give_up",   "valid",    "valid",    STAFF, guard=_lives),
    # the follow-up part (办结段)
    Move("assign",    "valid",    "valid",    STAFF, guard=_course(*COURSES)),
    Move("solve",     "valid",    "valid",    STAFF, guard=_course("open", "hard")),
    Move("shelve",    "valid",    "valid",    STAFF, guard=_course("open"), reason=True),
    Move("take_up",   "valid",    "valid",    STAFF, guard=_course("solved", "hard"), reason=True),
)
# fmt: on
PERMISSIONS = {
    "see": (*STAFF, Role.LEADER, Role.MEMBER),
    "make": STAFF,
    "import": STAFF,
    "export": (*STAFF, Role.LEADER),
    "reveal": STAFF,
    "draft": (*STAFF, Role.MEMBER),
}

# 应有节奏: how many months the period has, and on which day of its last month we begin to ask.
RHYTHMS = (
    ("none", _("不限")),
    ("month", _("每月")),
    ("quarter", _("每季度")),
    ("half_year", _("每半年")),
    ("year", _("每年")),
)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
MOST_ROWS = 1000  # of one paste or import

GRACE_DAYS = "registers.grace_days"
ASK_FROM = {rhythm: f"registers.ask_{rhythm}" for rhythm in MONTHS}

# 过渡登记簿: what they post is what the later rooms will post; what one entry of each is called there. docs/decisions/0007.
BRIDGES = {
    "proposals": "submitted", "opinions": "submitted", "research": "completed", "speeches": "submitted", "special_reports": "sent",
}  # fmt: skip
# What a bridge's fact says besides, in the words of the later room: what is filed is handed out, what is not filed is told by its disposition.
BESIDE = {
    "proposals.filed": "proposals.handed",
    "proposals.to_info": "proposals.not_filed",
    "proposals.explained": "proposals.not_filed",
}
SWITCH = {bridge: f"registers.switch_{bridge}" for bridge in BRIDGES}

_ASK = _("到每期最后一个月的这一天还不够数，就算滞后，进待办")
_SWITCH = _("专门系统启用的那一天；日期在这一天和以后的，不再登在登记簿里，免得计两次。空着就是还没有切换")
PARAMETERS = (
    Parameter(GRACE_DAYS, _("登记簿每期过后的宽限天数"), 10, unit=_("天"), help=_("一期过后还提醒补登多少天；过了就只提醒新的一期")),
    Parameter(ASK_FROM["month"], _("每月登记的，从几日起提醒"), 25, unit=_("日"), least=1, help=_ASK),
    Parameter(ASK_FROM["quarter"], _("每季度登记的，从几日起提醒"), 15, unit=_("日"), least=1, help=_ASK),
    Parameter(ASK_FROM["half_year"], _("每半年登记的，从几日起提醒"), 1, unit=_("日"), least=1, help=_ASK),
    Parameter(ASK_FROM["year"], _("每年登记的，从几日起提醒"), 1, unit=_("日"), least=1, help=_ASK),
    Parameter(SWITCH["proposals"], _("提案登记簿的切换日"), "", type="date", help=_SWITCH),
    Parameter(SWITCH["opinions"], _("社情民意信息登记簿的切换日"), "", type="date", help=_SWITCH),
    Parameter(SWITCH["research"], _("调研报告登记簿的切换日"), "", type="date", help=_SWITCH),
    Parameter(SWITCH["speeches"], _("大会发言登记簿的切换日"), "", type="date", help=_SWITCH),
    Parameter(SWITCH["special_reports"], _("政协专报登记簿的切换日"), "", type="date", help=_SWITCH),
)  # fmt: skip
