"""提案 (proposal): who may propose, grounds, dispositions, classes, states and moves. No clock, no database.

Sources are those of the national regulation on the work with proposals (2018) and of local ones; where places differ it is a parameter below.
"""

from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.errors import Refused
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

from . import clue_rules

REGULATION = "《中国人民政治协商会议全国委员会提案工作条例》（2018）"

# ── who proposes ─────────────────────────────────────────────────────────────────────────────────────────────────
MEMBER, JOINT, PARTY, ORG, COMMITTEE, SECTOR, GROUP = "member", "joint", "party", "org", "committee", "sector", "group"
PROPOSERS = (
    (MEMBER, _("委员个人")), (JOINT, _("委员联名")), (PARTY, _("党派")), (ORG, _("人民团体")), (COMMITTEE, _("专门委员会")), (SECTOR, _("界别")), (GROUP, _("委员小组")),
)  # fmt: skip
COLLECTIVE = (PARTY, ORG, COMMITTEE, SECTOR, GROUP)  # 集体提案; the others are 委员提案
WHEN = (("any", _("随时")), ("session", _("只在全会期间")), ("never", _("不接受")))

SESSION, INTERIM = "session", "interim"
KINDS = ((SESSION, _("大会提案")), (INTERIM, _("平时提案")))

CATEGORIES = (
    ("economy", _("经济建设")), ("politics", _("政治建设")), ("culture", _("文化建设")), ("society", _("社会建设")), ("ecology", _("生态文明建设")),
)  # fmt: skip

# ── review ───────────────────────────────────────────────────────────────────────────────────────────────────────
TO_INFO, TO_REFERENCE, RETURN_REVISE, WITHDRAW, EXPLAIN = (
    "to_info",
    "to_reference",
    "return_revise",
    "withdrawn",
    "explained",
)
DISPOSITIONS = {
    TO_INFO: _("转社情民意信息"),
    TO_REFERENCE: _("转有关部门参考"),
    RETURN_REVISE: _("退回修改后重新提出"),
    WITHDRAW: _("提案者撤案"),
    EXPLAIN: _("向提案者解释"),
}


class Ground(NamedTuple):
    """A ground for not filing, what usually becomes of such a proposal, and whether it is the regulation's or seen in some places."""

    title: Any
    usual: str
    local: bool = False


SECRET = "R01"
GROUNDS = {
    SECRET: Ground(_("涉及党和国家秘密"), EXPLAIN),
    "R02": Ground(_("国家明令禁止"), EXPLAIN),
    "R03": Ground(_("中共党员对党内有关组织、人事安排等方面有意见"), EXPLAIN),
    "R04": Ground(_("民主党派成员反映本组织内部问题"), EXPLAIN),
    "R05": Ground(_("已进入民事、刑事、行政诉讼或仲裁程序"), EXPLAIN),
    "R06": Ground(_("属于学术研讨"), TO_REFERENCE),
    "R07": Ground(_("为本人或亲属解决个人问题"), EXPLAIN),
    "R08": Ground(_("宣传、推介具体作品、产品"), EXPLAIN),
    "R09": Ground(_("指名举报"), EXPLAIN),
    "R10": Ground(_("内容空泛，没有具体建议"), RETURN_REVISE),
    "R11": Ground(_("不属于本级工作范围"), TO_INFO, local=True),
    "R12": Ground(_("属于民事纠纷、信访、投诉"), EXPLAIN, local=True),
    "R13": Ground(_("抄袭"), EXPLAIN, local=True),
    "R14": Ground(_("属于本单位内部事务"), EXPLAIN, local=True),
}

# ── reply and feedback ───────────────────────────────────────────────────────────────────────────────────────────
SOLVED, IN_PLAN, REFERENCE, EXPLAINED = "solved", "planned", "reference", "explained"
BUCKETS = {
    SOLVED: _("已解决"),
    IN_PLAN: _("列入计划"),
    REFERENCE: _("留作参考"),
    EXPLAINED: _("不能解决，作了解释"),
}  # as what a class is counted, the best first
RANK = {bucket: n for n, bucket in enumerate(BUCKETS)}
CLASSES = (
    ("A", _("已解决或基本解决")),
    ("B", _("正在解决或列入计划")),
    ("C", _("受条件限制，留作参考")),
)
OUTCOME = {"A": SOLVED, "B": IN_PLAN, "C": REFERENCE}  # of the classes above; a unit's own stand in terms.py
FOLLOWED = {"planned": (IN_PLAN,), "reference": (IN_PLAN, REFERENCE), "all": (IN_PLAN, REFERENCE, EXPLAINED)}

# 复文与公开同步审查: whether a reply is published is decided with it
OPEN_TO_ALL, ON_REQUEST, NOT_OPEN = "open", "on_request", "closed"
PUBLICITY = ((OPEN_TO_ALL, _("主动公开")), (ON_REQUEST, _("依申请公开")), (NOT_OPEN, _("不予公开")))

SUSPENSIONS = (("policy", _("等上级政策、规划出台")), ("lawsuit", _("涉及诉讼、仲裁、复议")), ("force", _("自然灾害、突发事件")), ("expert", _("等检测、鉴定、勘察结果")), ("other", _("其他")))  # fmt: skip

SOLE, HOST, CO, SPLIT = "sole", "host", "co", "split"
ROLES = ((SOLE, _("单办")), (HOST, _("主办")), (CO, _("会办")), (SPLIT, _("分办")))
WAYS = (("visit", _("上门走访")), ("meeting", _("座谈")), ("phone", _("电话")), ("message", _("微信或短信")), ("letter", _("书信")), ("other", _("其他")))  # fmt: skip

VISITED = (("yes", _("已走访")), ("declined", _("本人提出不需走访")), ("no", _("未走访")))
ATTITUDES = (("satisfied", _("满意")), ("understood", _("理解")), ("dissatisfied", _("不满意")))
AIMS = (("to_point", _("针对提案")), ("partly", _("基本针对")), ("beside", _("未针对")))
RESULTS = (("agree", _("同意")), ("understand", _("理解")), ("reserve", _("保留")), ("disagree", _("不同意")))
UNHAPPY = ("dissatisfied", "disagree")

# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────
DRAFT, SUBMITTED, RETURNED, PRELIM, REVIEWED = "draft", "submitted", "returned", "prelim", "reviewed"
MERGED, NOT_FILED, WITHDRAWN = "merged", "not_filed", "withdrawn"
FILED, ASSIGNING, ASSIGNED, FEEDBACK, REHANDLE = "filed", "assigning", "assigned", "feedback", "rehandle"
CLOSED, TRACKING, ARCHIVED = "closed", "tracking", "archived"
LOCKED = "locked"  # suspected of a secret: nobody goes on with it before a second person has looked
STATES = {
    DRAFT: _("草稿"), SUBMITTED: _("待审查"), RETURNED: _("退回修改"), PRELIM: _("已初审"), REVIEWED: _("已复审"), FILED: _("已立案"),
    MERGED: _("已并案"), NOT_FILED: _("不予立案"), WITHDRAWN: _("已撤案"), ASSIGNING: _("待交办"), ASSIGNED: _("办理中"), FEEDBACK: _("待反馈"),
    REHANDLE: _("待重新办理"), CLOSED: _("已办结"), TRACKING: _("跟踪办理"), ARCHIVED: _("已归档"),
    LOCKED: _("涉密待处理"),
}  # fmt: skip
STEPS = (
    (DRAFT, _("撰写")), (SUBMITTED, _("审查")), (FILED, _("立案")), (ASSIGNING, _("交办")), (ASSIGNED, _("办理")), (FEEDBACK, _("反馈")), (CLOSED, _("办结")), (ARCHIVED, _("归档")),
)  # fmt: skip
STEP_OF = {
    RETURNED: DRAFT, LOCKED: SUBMITTED, PRELIM: SUBMITTED, REVIEWED: SUBMITTED, MERGED: FILED, REHANDLE: FEEDBACK, TRACKING: CLOSED,
}  # fmt: skip
SECONDABLE = (DRAFT, RETURNED, SUBMITTED, PRELIM, REVIEWED)  # while others may stand by it
LIVE = (FILED, ASSIGNING, ASSIGNED, FEEDBACK, REHANDLE, CLOSED, TRACKING, ARCHIVED)  # filed: has a number
HANDED_OVER = LIVE[1:]  # an assigning office has it before it
SHOWN = (FEEDBACK, CLOSED, TRACKING, ARCHIVED)  # answered: may be published
EXCELLENT_FROM = (ASSIGNED, FEEDBACK, CLOSED, TRACKING, ARCHIVED)
ENDED = (NOT_FILED, WITHDRAWN, MERGED)

CLERKS = (Role.CLERK,)
SETTLERS = (Role.LEADER, Role.HEAD)  # 提案委主任, or the head of the office
WRITERS = (Role.MEMBER, Role.CLERK)


def _of_the_proposer(proposal: Any, given: dict[str, Any]) -> Refused | None:
    """Only the first proposer, or the clerk of a collective one or of who has no account."""
    person, clerk = given.get("person"), given.get("clerk")
    if clerk or "person" not in given or (person and person == proposal.first_id):
        return None
    return Refused(
        "not_yours", why=gettext("这件提案不是您领衔的"), do=gettext("请联系第一提案人，或联系提案委员会办公室")
    )


def _other_hand(proposal: Any, given: dict[str, Any]) -> Refused | None:
    """初审 and 复审 are two persons."""
    if given.get("by") and given["by"] == proposal.first_reviewer_id:
        return Refused(
            "same_reviewer",
            why=gettext("初审是您做的，复审要由另一个人做"),
            do=gettext("请转给另一位审查人"),
        )
    return None


def host_is_open(assignment: Any, given: dict[str, Any]) -> Refused | None:
    """A co-handler may amend what it said until the host has signed off."""
    beside = type(assignment).objects.filter(proposal=assignment.proposal_id, round=assignment.round, role=HOST)
    if not beside.filter(state__in=(APPROVED, SENT, DELIVERED)).exists():
        return None
    return Refused("host_signed", why=gettext("主办单位已经签发答复"), do=gettext("请直接联系主办单位"))


# fmt: off
MOVES = (
    #    verb            from        to          who
    Move("draft",        "",         DRAFT,      WRITERS, source=REGULATION),
    Move("write",        DRAFT,      DRAFT,      WRITERS, guard=_of_the_proposer),
    Move("write",        RETURNED,   RETURNED,   WRITERS, guard=_of_the_proposer),
    Move("invite",       DRAFT,      DRAFT,      WRITERS, guard=_of_the_proposer),
    Move("cosign",       DRAFT,      DRAFT,      WRITERS),
    Move("cosign_for",   DRAFT,      DRAFT,      CLERKS),      # 代办: telephone, face to face, on paper
    Move("arrange_signers", DRAFT,   DRAFT,      WRITERS, guard=_of_the_proposer),
    *(Move(verb,         state,      state,      (Role.MEMBER,)) for verb in ("unsign", "agree_again") for state in (DRAFT, RETURNED)),
    Move("submit",       DRAFT,      SUBMITTED,  WRITERS, guard=_of_the_proposer, source=REGULATION),
    Move("submit",       RETURNED,   SUBMITTED,  WRITERS, guard=_of_the_proposer),
    Move("discard",      DRAFT,      WITHDRAWN,  WRITERS, guard=_of_the_proposer),
    Move("take_back",    SUBMITTED,  DRAFT,      WRITERS, guard=_of_the_proposer),
    *(Move(verb,         state,      state,      WRITERS, guard=_of_the_proposer) for verb in ("open_up", "close_up") for state in SECONDABLE),
    Move("review",       SUBMITTED,  PRELIM,     CLERKS, source=REGULATION),
    Move("review_again", PRELIM,     REVIEWED,   CLERKS, guard=_other_hand),
    Move("send_back",    SUBMITTED,  RETURNED,   CLERKS, reason=True),
    Move("send_back",    PRELIM,     RETURNED,   CLERKS, reason=True),
    Move("send_back",    REVIEWED,   RETURNED,   CLERKS, reason=True),
    # what the committee's meeting decides, all of a sheet at once
    Move("file",         REVIEWED,   FILED,      CLERKS, source=REGULATION),
    Move("merge",        REVIEWED,   MERGED,     CLERKS, source=REGULATION),
    Move("turn_down",    REVIEWED,   NOT_FILED,  CLERKS, reason=True, source=REGULATION),
    *(Move("lock",       state,      LOCKED,     CLERKS, reason=True) for state in (SUBMITTED, RETURNED, PRELIM, REVIEWED)),
    Move("purge",        LOCKED,     NOT_FILED,  SETTLERS, reason=True, again=True),
    *(Move("release",    LOCKED,     state,      SETTLERS, reason=True, again=True) for state in (SUBMITTED, RETURNED, PRELIM, REVIEWED)),
    *(Move("withdraw",   state,      WITHDRAWN,  CLERKS, reason=True) for state in (SUBMITTED, PRELIM, REVIEWED, RETURNED, FILED, ASSIGNING, ASSIGNED)),
    Move("hand_over",    FILED,      ASSIGNING,  CLERKS),
    Move("assign",       ASSIGNING,  ASSIGNED,   (Role.CLERK, Role.HANDLER)),
    Move("assign",       ASSIGNED,   ASSIGNED,   (Role.CLERK, Role.HANDLER)),   # after an objection that holds
    Move("survey",       ASSIGNED,   FEEDBACK,   CLERKS),                       # the last reply was delivered
    Move("rate",         FEEDBACK,   FEEDBACK,   (Role.MEMBER,), source=REGULATION),
    Move("rate_for",     FEEDBACK,   FEEDBACK,   CLERKS),                       # on paper, with the scan
    Move("redo",         FEEDBACK,   REHANDLE,   CLERKS, reason=True),
    Move("assign_again", REHANDLE,   ASSIGNED,   (Role.CLERK, Role.HANDLER)),
    Move("close",        FEEDBACK,   CLOSED,     CLERKS),
    Move("track",        CLOSED,     TRACKING,   CLERKS),
    Move("follow_up",    TRACKING,   CLOSED,     CLERKS),
    Move("archive",      CLOSED,     ARCHIVED,   CLERKS),
    Move("handled",      ASSIGNED,   ASSIGNED,   (), source=REGULATION),        # what a unit did changed what the proposal says; by the system
    *(Move("make_key",   state,      state,      CLERKS) for state in (FILED, ASSIGNING, ASSIGNED, FEEDBACK, CLOSED)),
    *(Move("make_excellent", state, state,   CLERKS) for state in EXCELLENT_FROM),  # also of an archived one: an honour beside it, nothing of it is changed
    *(Move("supervise",  state,      state,      CLERKS) for state in (FILED, ASSIGNING, ASSIGNED, FEEDBACK, REHANDLE, CLOSED, TRACKING)),
    *(Move("publish",    state,      state,      CLERKS) for state in SHOWN),
    *(Move("unpublish",  state,      state,      CLERKS, reason=True) for state in LIVE),
)

# what began before this house kept proposals is brought in where it stood: from a sheet of an old year, or from the bridge register
BRINGING = tuple(Move("bring_in", "", state, CLERKS) for state in (SUBMITTED, FILED, MERGED, NOT_FILED, WITHDRAWN, CLOSED, ARCHIVED))

NEW, SIGNED, OBJECTED, TAKEN_BACK, WORKING, DRAFTED, APPROVED, SENT, SENT_BACK, DELIVERED, OPINED = (
    "new", "signed", "objected", "taken_back", "working", "drafted", "approved", "sent", "sent_back", "delivered", "opined",
)
HANDLERS, OFFICES = (Role.HANDLER,), (Role.CLERK, Role.HANDLER)
ASSIGNMENT_STATES = {
    NEW: _("待签收"), SIGNED: _("已签收"), OBJECTED: _("申请退件"), TAKEN_BACK: _("已退件"), WORKING: _("办理中"), DRAFTED: _("拟稿中"), APPROVED: _("已签发"),
    SENT: _("已报审"), SENT_BACK: _("退回重拟"), DELIVERED: _("已答复"), OPINED: _("会办意见已送"),
}
OPEN = (NEW, SIGNED, OBJECTED, WORKING, DRAFTED, APPROVED, SENT, SENT_BACK)  # somebody still has to do something
UNITS_TURN = (NEW, SIGNED, WORKING, DRAFTED, APPROVED, SENT_BACK)  # of these, the unit's; at the others the assigning office has it
HANDLING = (
    #    verb            from        to          who
    Move("assigned",     "",         NEW,        OFFICES),
    Move("bring_in",     "",         DELIVERED,  CLERKS),                        # of an old year
    Move("sign",         NEW,        SIGNED,     HANDLERS),
    *(Move("object",     state,      OBJECTED,   HANDLERS, reason=True) for state in (NEW, SIGNED)),
    Move("uphold",       OBJECTED,   TAKEN_BACK, OFFICES),
    Move("dismiss",      OBJECTED,   SIGNED,     OFFICES, reason=True),
    *(Move("inside",     state,      state,      HANDLERS) for state in (SIGNED, WORKING, DRAFTED, APPROVED, SENT_BACK)),  # to another section
    *(Move("contact",    state,      WORKING,    HANDLERS) for state in (SIGNED, WORKING)),
    *(Move("contact",    state,      state,      HANDLERS) for state in (DRAFTED, SENT_BACK)),
    *(Move("ask_longer", state,      state,      HANDLERS, reason=True) for state in (WORKING, DRAFTED, SENT_BACK)),
    *(Move("answer_longer", state,   state,      OFFICES) for state in (WORKING, DRAFTED, APPROVED, SENT, SENT_BACK)),
    *(Move("opine",      state,      OPINED,     HANDLERS) for state in (SIGNED, WORKING)),
    Move("opine",        OPINED,     OPINED,     HANDLERS, guard=host_is_open),      # amended, until the host signs off
    *(Move("suspend",    state,      state,      OFFICES) for state in UNITS_TURN),    # the days of the limit do not count
    *(Move("resume",     state,      state,      OFFICES) for state in UNITS_TURN),
    *(Move("reply",      state,      DRAFTED,    HANDLERS) for state in (WORKING, DRAFTED, APPROVED, SENT_BACK)),
    *(Move("original",   state,      state,      HANDLERS) for state in (DRAFTED, APPROVED, SENT)),  # the stamped paper
    Move("approve",      DRAFTED,    APPROVED,   HANDLERS),
    Move("send",         APPROVED,   SENT,       HANDLERS),
    Move("reject",       SENT,       SENT_BACK,  OFFICES, reason=True),
    Move("accept",       SENT,       DELIVERED,  OFFICES),
    *(Move("overdue",    state,      state,      ()) for state in UNITS_TURN),   # by the system, once the limit is past
    *(Move("revoke",     state,      TAKEN_BACK, OFFICES, reason=True) for state in OPEN),
)
HANDLING_STEPS = (
    (NEW, _("签收")), (SIGNED, _("联系委员")), (WORKING, _("拟稿")), (DRAFTED, _("签发")), (APPROVED, _("报审")), (SENT, _("审核")), (DELIVERED, _("送达")),
)  # fmt: skip
CO_STEPS = ((NEW, _("签收")), (SIGNED, _("会办意见")), (OPINED, _("送主办单位")))
HANDLING_STEP_OF = {OBJECTED: NEW, SENT_BACK: WORKING}
SHEET_STATES = {"open": _("待审议"), "decided": _("已审议")}
SHEET = (
    #    verb       from    to         who
    Move("prepare", "",     "open",    CLERKS),
    Move("arrange", "open", "open",    CLERKS),
    Move("decide",  "open", "decided", CLERKS, source=REGULATION),
)
# fmt: on
CLUE, CLUE_LIST, SECOND = clue_rules.CLUE, clue_rules.CLUE_LIST, clue_rules.SECOND
KEY_LIST = (
    #    verb           from    to         who
    Move("prepare_key", "",     "open",    CLERKS),
    Move("decide_key",  "open", "decided", CLERKS, source="《全国政协重点提案遴选与督办办法》"),
)  # fmt: skip
SELECTION_STATES = {
    "nominating": _("推荐"),
    "scoring": _("评分"),
    "closed": _("评分截止"),
    "published": _("已审定公布"),
}
SELECTION = (
    #    verb                from          to            who
    Move("start_selection",  "",           "nominating", CLERKS),
    Move("begin_scoring",    "nominating", "scoring",    CLERKS),
    Move("close_scoring",    "scoring",    "closed",     CLERKS),
    Move("decide_selection", "closed",     "published",  CLERKS),
)  # fmt: skip
LEADS = (("lead", _("领办")), ("supervise", _("督办")))
SUPERVISIONS = (
    ("plan", _("督办方案")),
    ("activity", _("督办活动")),
    ("commitment", _("办理承诺")),
    ("instruction", _("领导批示")),
    ("result", _("结果报告")),
)
PERMISSIONS = {
    "recommend": (Role.CLERK, Role.MEMBER, Role.LEADER),
    "score": (Role.CLERK, Role.MEMBER, Role.LEADER),
    "nominate": (Role.CLERK, Role.MEMBER, Role.HANDLER),
    "see": (Role.CLERK, Role.LEADER),
    "see_own": (Role.MEMBER,),
    "see_assigned": (Role.HANDLER,),
    "see_handling": (Role.CLERK, Role.LEADER, Role.HANDLER),
    "export": (Role.CLERK, Role.LEADER),
    "set_due": CLERKS,
    "stop_due": CLERKS,
}

# ── the archive ──────────────────────────────────────────────────────────────────────────────────────────────────
KEEPS = (("permanent", _("永久")), ("30", _("30年")), ("10", _("10年")))
KEEPING = _("《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）")
KEEP_KEY, KEEP_OTHERS = "proposals.keep_key", "proposals.keep_others"

# ── excellent ones ───────────────────────────────────────────────────────────────────────────────────────────────
QINGPU = _("上海市青浦区优秀提案评选：选题精准、调研深入、建议务实、成效显著")
WEIGHTS = {f"proposals.weight_{code}": title for code, title in (("subject", _("选题精准")), ("study", _("调研深入")), ("advice", _("建议务实")), ("effect", _("成效显著")))}  # fmt: skip
EXCELLENT_SHARE, EXCELLENT_COLLECTIVE = "proposals.excellent_share", "proposals.excellent_collective"

# ── what a unit may set ──────────────────────────────────────────────────────────────────────────────────────────
_LOCAL = _("各地规定不一，见说明；本单位有规定的按规定改，并写明文件")
OBJECT_DAYS, CONTACT_DAYS, CO_DAYS, REPLY_MONTHS, LONGEST_MONTHS, RATE_DAYS, REDO_DAYS, TELL_DAYS, COSIGN_DAYS, RETURNS, TEXT_MOST, COLLECT_MONTHS = (
    f"proposals.{name}"
    for name in (
        "object_days", "contact_days", "co_days", "reply_months", "longest_months", "rate_days", "redo_days", "tell_days", "cosign_days", "returns", "text_most", "collect_months",
    )
)  # fmt: skip
CONTINUE_NUMBERS = "proposals.continue_numbers"
NUMBER_FORM, INTERIM_MARK, FOLLOW = "proposals.number_form", "proposals.interim_mark", "proposals.follow"
PLAIN, PADDED, FULL = "plain", "padded", "full"
NUMBER_FORMS = ((PLAIN, _("第 12 号")), (PADDED, _("第0012号")), (FULL, _("第十四届三次会议第0012号")))
PAUSE = "proposals.pause"
FIRST_ONLY = "proposals.first_only"
REMIND = tuple(f"proposals.remind_{n}" for n in range(4))  # so many days before the limit; 0 is not at all
ASSIGN_DAYS = "proposals.assign_days"
REMIND_ON, REMIND_AFTER, SOON_DAYS = "proposals.remind_on", "proposals.remind_after", "proposals.soon_days"


def eligible_key(proposer: str) -> str:
    """The setting that says when this kind of proposer may propose."""
    return f"proposals.eligible_{proposer}"


PUBLIC, PUBLIC_NAMES, PUBLIC_INDEX, PUBLIC_RATE = (
    f"proposals.public{end}" for end in ("", "_names", "_index", "_rate")
)
NAMES = (("names", _("写姓名")), ("sector", _("只写界别")), ("none", _("不写")))
OPENING = _("国办发〔2014〕46号")

PARAMETERS = (
    Parameter(PUBLIC, _("不用登录就能看已公开的提案和答复"), True, type="bool", source=OPENING, help=_("只列出逐件决定公开的；一件也没有公开时，公开页不存在")),
    Parameter(PUBLIC_NAMES, _("公开页上怎样写提案者"), "sector", type="choice", choices=NAMES, help=_("集体提案总是写提案单位；电话、经办人一律不写")),
    Parameter(PUBLIC_INDEX, _("公开页允许搜索引擎收录"), False, type="bool"),
    Parameter(PUBLIC_RATE, _("同一地址每分钟最多打开几次公开页"), 120, unit=_("次"), help=_("防止被大量抓取；填 0 就不限")),
    Parameter(OBJECT_DAYS, _("承办单位几个工作日内可以申请退件"), 5, unit=_("个工作日"), least=1, source=_LOCAL, help=_("各地有 3 到 10 个工作日的；要写明理由，不能自行转办或搁置")),
    Parameter(RETURNS, _("一件提案最多退几次"), 2, unit=_("次"), least=1, source=_LOCAL),
    Parameter(CONTACT_DAYS, _("几个工作日内要联系提案者"), 15, unit=_("个工作日"), least=1, source=_LOCAL),
    Parameter(CO_DAYS, _("会办意见几天内送主办单位"), 30, unit=_("天"), least=1, source=_LOCAL),
    Parameter(ASSIGN_DAYS, _("大会提案闭幕后几天内交办"), 30, unit=_("天"), source=_LOCAL, help=_("有的地方规定 30 天；没有交办完的到期前后都在待办里")),
    Parameter(REPLY_MONTHS, _("几个月内答复"), 3, unit=_("个月"), least=1, source=_LOCAL, help=_("常见的是 3 个月；也有 2 个月的")),
    Parameter(LONGEST_MONTHS, _("延期后最长几个月"), 6, unit=_("个月"), least=1, source=_LOCAL, help=_("要事先向提案者说明，并经交办机构同意")),
    Parameter(RATE_DAYS, _("提案者几个工作日内反馈"), 15, unit=_("个工作日"), least=1, source=_LOCAL, help=_("过期没有反馈的记为“未反馈”，不算满意")),
    Parameter(REDO_DAYS, _("重新办理几天内答复"), 30, unit=_("天"), least=1, source=_LOCAL),
    Parameter(TELL_DAYS, _("不予立案的，几个工作日内告知提案者"), 5, unit=_("个工作日"), least=1, source=REGULATION, help=_("条例要求及时告知")),
    Parameter(COSIGN_DAYS, _("会签邀请几天内有效"), 7, unit=_("天"), least=1),
    Parameter(TEXT_MOST, _("提案正文最多多少字"), 1500, unit=_("字"), least=100, source=_LOCAL, help=_("各地有 800、1500、2000 字的；超过的只提醒，不拦")),
    Parameter(COLLECT_MONTHS, _("全会前几个月起算大会提案"), 3, unit=_("个月"), source=REGULATION, help=_("没有登记征集期时按这个算，到闭幕日为止")),
    Parameter(PAUSE, _("等退件答复的日子不算在办理期限里"), True, type="bool", source=_LOCAL, help=_("不同意退件的，办理期限顺延等答复的天数")),
    *(
        Parameter(key, format_lazy(_("到期前第{n}次提醒提前几天"), n=n), days, unit=_("天"), help=_("提醒发给承办单位的经办人；填 0 就不提醒"))
        for n, (key, days) in enumerate(zip(REMIND, (30, 15, 7, 3), strict=True), 1)
    ),
    Parameter(SOON_DAYS, _("离到期几天亮黄灯"), 7, unit=_("天"), help=_("逾期亮红灯；已送交办机构的不算承办单位逾期")),
    Parameter(REMIND_ON, _("到期当天提醒"), True, type="bool"),
    Parameter(REMIND_AFTER, _("逾期几天后催办提醒"), 1, unit=_("天"), help=_("逾期后提醒一次；填 0 就不提醒。催办单随时可以打印")),
    Parameter(FIRST_ONLY, _("统计提案者只判断第一提案人"), False, type="bool", source=_("上海市虹口区政协履职系统的做法"), help=_("参与提案的委员、署名和参与率：不开时会签的委员也算，开了只算第一提案人")),
    *(Parameter(key, format_lazy(_("优秀提案评分：{title}占几分"), title=title), 25, unit=_("分"), source=QINGPU, help=_("四项合起来是 100；填 0 就不用这一项")) for key, title in WEIGHTS.items()),
    Parameter(EXCELLENT_SHARE, _("优秀提案最多占当年立案的百分之几"), 5, unit="%", least=1, source=_("哈尔滨市道里区约 5%，垦利 8–10%，全国政协年度好提案约 1%")),
    Parameter(EXCELLENT_COLLECTIVE, _("优秀提案里集体提案至少占百分之几"), 20, unit="%", source=_("全国政协年度好提案：集体提案不少于 20%"), help=_("不到的要写理由；填 0 就不看")),
    Parameter(KEEP_KEY, _("重点提案的保管期限"), "permanent", type="choice", choices=KEEPS, source=KEEPING, help=_("提案及答复永久或30年；重点的通常永久")),
    Parameter(KEEP_OTHERS, _("其他提案的保管期限"), "30", type="choice", choices=KEEPS, source=KEEPING),
    Parameter(CONTINUE_NUMBERS, _("平时提案接着大会提案编号"), True, type="bool", help=_("不接着编的，平时提案另起一个号；从生效以后的下一次全会起")),
    Parameter(NUMBER_FORM, _("提案号怎么写"), PLAIN, type="choice", choices=NUMBER_FORMS, source=_LOCAL, help=_("立案时写在提案上；以前立案的不变")),
    Parameter(INTERIM_MARK, _("平时提案的编号前加“平”"), False, type="bool", source=_LOCAL),
    Parameter(
        FOLLOW, _("哪些答复第二年回头看"), "reference", type="choice", source=_("呈贡区对 B 类件的跟踪办理（2020）；各地不一"),
        choices=(("planned", _("列入计划的")), ("reference", _("列入计划的和留作参考的")), ("all", _("没有解决的都看"))),
    ),
    *(
        Parameter(
            eligible_key(code), format_lazy(_("{kind}什么时候可以提提案"), kind=title), "session" if code == GROUP else "any", type="choice", choices=WHEN, source=REGULATION,
        )
        for code, title in PROPOSERS
    ),
)  # fmt: skip
