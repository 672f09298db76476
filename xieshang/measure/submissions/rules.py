"""报送 (submission): what a township or community tells the unit above, month by month or quarter by quarter. No clock, no database.

Whether, how often and by which day is a rule of the unit above, from a day on. What is sent is a snapshot: it does not move.
"""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import STAFF, Role
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

STATES = {"sent": _("已报送"), "returned": _("已退回"), "accepted": _("已接收")}

APPROVAL = "submissions.approval"

# fmt: off
MOVES = (
    #    verb      from        to          who
    Move("send",   "",         "sent",     STAFF, approval=APPROVAL),
    Move("send",   "returned", "sent",     STAFF, approval=APPROVAL),
    Move("accept", "sent",     "accepted", STAFF, again=True),
    Move("return", "sent",     "returned", STAFF, reason=True),
    Move("return", "accepted", "returned", STAFF, reason=True),
)
# fmt: on
ABOVE = ("accept", "return")  # done in the unit that receives
PERMISSIONS = {"see": (*STAFF, Role.LEADER), "choose": STAFF}

RHYTHM, DUE = "submissions.rhythm", "submissions.due_days"
MONTHS = {"none": 0, "month": 1, "quarter": 3}
PARAMETERS = (
    Parameter(APPROVAL, _("报送须领导签批"), False, type="bool", help=_("打开后，送签并经领导同意（网上或纸上）才报送；不打开也可以送签")),
    Parameter(
        RHYTHM, _("下级单位多久报送一次"), "none", type="choice",
        choices=(("none", _("不要求")), ("month", _("每月")), ("quarter", _("每季度"))),
        help=_("由上级单位设定，从生效日所在的月或季起，下级逐期报送；以前的不补"),
    ),
    Parameter(DUE, _("报送期限：期末之后多少天"), 5, unit=_("天"), least=1, help=_("过了这一天还没有报送的，两边的待办里都会提醒")),
)  # fmt: skip

# What is sent where the unit above has chosen nothing else.
USUAL = (
    "activities.held", "activities.collective", "activities.research", "activities.inspection", "activities.member_day", "activities.three_into",
    "activities.participants", "gifts.amount",
)  # fmt: skip


def periods(year: int, rhythms: "list[str]") -> list[tuple[date, date]]:
    """The periods of a calendar year. rhythms: what is asked for at the end of each of its twelve months."""
    found = []
    for month, rhythm in enumerate(rhythms, start=1):
        size = MONTHS[rhythm]
        if size and month % size == 0:
            following = date(year + month // 12, month % 12 + 1, 1)
            found.append((date(year, month - size + 1, 1), following - timedelta(days=1)))
    return found
