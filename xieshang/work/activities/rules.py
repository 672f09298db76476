"""活动 (activity): kinds, carriers, states, moves. No clock, no database."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

CHARTER = "《中国人民政治协商会议章程》第四条"
STAFF = (Role.CLERK, Role.PARTTIMER)

PLANNED, HELD, POSTPONED, CANCELLED, VOID = "planned", "held", "postponed", "cancelled", "void"
STATES = {
    HELD: _("已开展"),
    PLANNED: _("拟开展"),
    POSTPONED: _("延期"),
    CANCELLED: _("取消"),
    VOID: _("已作废"),
}
TO_COME = (PLANNED, POSTPONED)  # count nothing yet

HOST, CO_HOST, JOINED = "host", "co_host", "joined"
ROLES = ((HOST, _("主办")), (CO_HOST, _("承办")), (JOINED, _("参加")))

GUESTS = ("guests", "experts", "officials", "other_guests")  # columns of numbers without names

ASKED, CLAIMED, DECLINED = "asked", "claimed", "declined"
SHARES = ((ASKED, _("待认领")), (CLAIMED, _("已认领")), (DECLINED, _("不认领")))

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
    #    verb        from        to          who
    Move("record",   "",         HELD,       STAFF, source=CHARTER),
    Move("plan",     "",         PLANNED,    STAFF),
    Move("hold",     PLANNED,    HELD,       STAFF, source=CHARTER),
    Move("hold",     POSTPONED,  HELD,       STAFF, source=CHARTER),
    Move("correct",  HELD,       HELD,       STAFF, reason=True),
    Move("correct",  PLANNED,    PLANNED,    STAFF),
    Move("correct",  POSTPONED,  POSTPONED,  STAFF),
    Move("postpone", PLANNED,    POSTPONED,  STAFF, reason=True),
    Move("postpone", POSTPONED,  POSTPONED,  STAFF, reason=True),
    Move("postpone", CANCELLED,  POSTPONED,  STAFF, reason=True),
    Move("postpone", HELD,       POSTPONED,  STAFF, reason=True),
    Move("cancel",   PLANNED,    CANCELLED,  STAFF, reason=True),
    Move("cancel",   POSTPONED,  CANCELLED,  STAFF, reason=True),
    Move("cancel",   HELD,       CANCELLED,  STAFF, reason=True),
    Move("merge",    HELD,       VOID,       STAFF, reason=True),
    Move("void",     PLANNED,    VOID,       STAFF, reason=True),
    Move("void",     HELD,       VOID,       STAFF, reason=True),
    Move("void",     POSTPONED,  VOID,       STAFF, reason=True),
    Move("void",     CANCELLED,  VOID,       STAFF, reason=True),
    # by the clerk of another unit, named as joint; the record stays one
    Move("claim",    PLANNED,    PLANNED,    STAFF),
    Move("claim",    HELD,       HELD,       STAFF),
    Move("claim",    POSTPONED,  POSTPONED,  STAFF),
    Move("decline",  PLANNED,    PLANNED,    STAFF, reason=True),
    Move("decline",  HELD,       HELD,       STAFF, reason=True),
    Move("decline",  POSTPONED,  POSTPONED,  STAFF, reason=True),
    # what was corrected in a period that the other unit has locked
    *(Move("agree",  state,      state,      STAFF) for state in STATES),
)
# fmt: on
PERMISSIONS = {
    "see": (*STAFF, Role.LEADER, Role.MEMBER),
    "import": STAFF,
    "export": (*STAFF, Role.LEADER),
    "arrange": STAFF,  # 整理案卷
    "faces": STAFF,  # open a photo with faces of people in hardship that somebody else sent
}  # fmt: skip

ARCHIVES = _("《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）")
FOLDER = {
    "plan": _("活动案卷要有方案"), "notice": _("活动案卷要有通知"), "checkin": _("活动案卷要有签到"),
    "minutes": _("活动案卷要有纪要"), "photo": _("活动案卷要有照片"), "coverage": _("活动案卷要有报道"),
}  # fmt: skip


def folder_key(kind: str) -> str:
    """The setting that says whether a unit wants this kind of paper in every folder."""
    return f"activities.folder_{kind}"


PARAMETERS = (
    *(
        Parameter(
            folder_key(kind), title, True, type="bool", source=ARCHIVES, help=_("要有而没有的，案卷页上按名称列出。")
        )
        for kind, title in FOLDER.items()
    ),
    Parameter(
        "activities.count_joined",
        _("参加上级活动也计入活动和集体活动"),
        False,
        type="bool",
        help=_("默认只计入“参加上级活动”。改后登记或更正的按新规定算，以前登记的不变。"),
    ),
    Parameter(
        "activities.twin_people",
        _("人员相同超过多少，问“是同一次吗”"),
        50,
        unit="%",
        help=_("同一天、同一地点（或名称相近），两次名单相同的人超过这个比例时，登记前先问一句。"),
    ),
    Parameter(
        "activities.twin_title",
        _("名称相近到多少，问“是同一次吗”"),
        70,
        unit="%",
        help=_("名称按相同的字算相近程度；100 是完全一样才算。"),
    ),
)
