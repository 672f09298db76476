"""登记簿 (register): moves, roles, rhythms. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.workflow.engine import Move

CHARTER = "《中国人民政治协商会议章程》第四条"
STAFF = (Role.CLERK, Role.PARTTIMER)

STATES = {"valid": _("有效"), "void": _("已作废")}

# fmt: off
MOVES = (
    #    verb       from     to       who
    Move("record",  "",      "valid", STAFF, source=CHARTER),
    Move("correct", "valid", "valid", STAFF, reason=True),
    Move("void",    "valid", "void",  STAFF, reason=True),
)
# fmt: on
PERMISSIONS = {
    "see": (*STAFF, Role.LEADER, Role.MEMBER),
    "make": STAFF,
    "import": STAFF,
    "export": (*STAFF, Role.LEADER),
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
ASK_FROM = {"month": 25, "quarter": 15, "half_year": 1, "year": 1}
GRACE_DAYS = 10  # after the period's end, for what happened in it and is not yet noted
MOST_ROWS = 1000  # of one paste or import
