"""活动 (activity): kinds, carriers, moves. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.workflow.engine import Move

CHARTER = "《中国人民政治协商会议章程》第四条"
STAFF = (Role.CLERK, Role.PARTTIMER)

STATES = {"held": _("已开展"), "void": _("已作废")}

KINDS = (
    ("inspection", _("视察")),
    ("research", _("专题调研")),
    ("consultation", _("协商议事")),
    ("review", _("民主评议")),
    ("supervision", _("民主监督")),
    ("visit", _("走访")),
    ("talk", _("座谈交流")),
    ("study", _("学习培训")),
    ("charity", _("公益活动")),
    ("joint_meeting", _("联席会议")),
    ("party_review", _("民主评议党员")),
    ("party_day", _("主题党日")),
    ("meeting", _("会议")),
    ("fellowship", _("联谊活动")),
    ("other", _("其他")),
)

# 活动载体 → the group it belongs to ("" when it stands alone). An activity counts once in each carrier and once in each group.
CARRIERS = (
    ("member_day", _("委员活动日"), ""),
    ("beside_you", _("委员在身边"), ""),
    ("into_community", _("进社区"), "three_into"),
    ("into_village", _("进农村"), "three_into"),
    ("into_company", _("进企业"), "three_into"),
    ("lecture", _("政协讲堂"), ""),
    ("salon", _("委员沙龙"), ""),
    ("member_home", _("委员之家"), ""),
    ("good_talk", _("有事好商量"), ""),
)
GROUPS = {"three_into": _("三进")}
CARRIER_GROUP = {code: group for code, _title, group in CARRIERS}

# fmt: off
MOVES = (
    #    verb       from     to      who
    Move("record",  "",      "held", STAFF, source=CHARTER),
    Move("correct", "held",  "held", STAFF, reason=True),
    Move("void",    "held",  "void", STAFF, reason=True),
)
# fmt: on
PERMISSIONS = {"see": (*STAFF, Role.LEADER, Role.MEMBER), "import": STAFF, "export": (*STAFF, Role.LEADER)}
