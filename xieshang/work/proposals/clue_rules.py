"""提案线索 (clue): what somebody thinks worth a proposal and writes to the committee. It is no proposal; it may stand in the reference list and become one.

Sources are the calls for clues of several counties and of a city: 300 to 500 characters, one's own name, no matter of one's own.
"""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

PUBLIC, OF_MEMBER, OF_UNIT, TYPED_IN = "public", "member", "unit", "clerk"
SOURCES = ((PUBLIC, _("网上征集")), (OF_MEMBER, _("委员提供")), (OF_UNIT, _("单位提供")), (TYPED_IN, _("来信来电")))

RECEIVED, LISTED, TO_OPINION, ANSWERED, NOT_TAKEN = "received", "listed", "to_opinion", "answered", "not_taken"
CLUE_STATES = {
    RECEIVED: _("待处理"), LISTED: _("列入参考目录"), TO_OPINION: _("转社情民意"), ANSWERED: _("已答复"), NOT_TAKEN: _("未采用"),
}  # fmt: skip
PUBLISHED = "published"
VERBS = {
    "proposals.clue": _("提供线索"), "proposals.clue_enlist": _("列入参考目录"), "proposals.clue_opinion": _("转社情民意"), "proposals.clue_answer": _("答复线索"), "proposals.clue_refuse": _("不采用线索"),
    "proposals.clue_back": _("重新处理线索"), "proposals.clue_used": _("线索写成提案"), "proposals.clues_publish": _("发布参考目录"),
    "proposals.open_up": _("开放附议"), "proposals.close_up": _("停止附议"), "proposals.second": _("附议"), "proposals.unsecond": _("撤回附议"), "proposals.batch": _("批量办理"),
}  # fmt: skip

CLERKS = (Role.CLERK,)
# fmt: off
CLUE = (
    #    verb           from        to          who
    Move("clue",         "",        RECEIVED,   (Role.CLERK, Role.MEMBER, Role.HANDLER)),
    Move("clue_enlist",  RECEIVED,  LISTED,     CLERKS),
    Move("clue_opinion", RECEIVED,  TO_OPINION, CLERKS),
    Move("clue_answer",  RECEIVED,  ANSWERED,   CLERKS, reason=True),
    Move("clue_refuse",  RECEIVED,  NOT_TAKEN,  CLERKS, reason=True),
    *(Move("clue_back",  state,     RECEIVED,   CLERKS, reason=True) for state in (LISTED, TO_OPINION, ANSWERED, NOT_TAKEN)),
    *(Move("clue_used",  state,     state,      ()) for state in CLUE_STATES),   # a proposal that was begun from it was sent, or taken back; by the system
)
CLUE_LIST = (
    Move("clues_publish", "",       PUBLISHED,  CLERKS),
)
# fmt: on
JOINED, LEFT = "joined", "left"
SECOND = (
    Move("second", "", JOINED, (Role.MEMBER,)),
    Move("second", LEFT, JOINED, (Role.MEMBER,)),
    Move("unsecond", JOINED, LEFT, (Role.MEMBER,)),
)
BATCHES = (("hand_over", _("送交办")), ("archive", _("归档")), ("forms", _("打印提案表")), ("export", _("导出")))
SECONDING, SECONDERS_RATE = "proposals.seconding", "proposals.seconders_rate"
UNTIL = (("review", _("到审查结束为止")), ("draft", _("只在提交以前")), ("never", _("不开放附议")))
PERMISSIONS = {
    "see_clues": (Role.CLERK, Role.LEADER),
    "clue_contact": (Role.CLERK,),
    "see_reference": (Role.CLERK, Role.LEADER, Role.MEMBER),
}

CLUES_OPEN, CLUE_LEAST, CLUE_MOST, CLUES_A_DAY = (
    f"proposals.{name}" for name in ("clues_open", "clue_least", "clue_most", "clues_a_day")
)
_CALL = _("各地征集提案线索的公告")
PARAMETERS = (
    Parameter(CLUES_OPEN, _("对外开放提案线索征集页"), False, type="bool", help=_("开放后，不登录也能在网上提供线索；不征集的时候关上")),
    Parameter(CLUE_LEAST, _("提案线索最少多少字"), 300, unit=_("字"), source=_CALL, help=_("公告里常见 300 到 500 字；办公室代录的不限")),
    Parameter(CLUE_MOST, _("提案线索最多多少字"), 500, unit=_("字"), least=50, source=_CALL),
    Parameter(CLUES_A_DAY, _("同一个网络地址一天最多提交几条线索"), 5, unit=_("条"), least=1, help=_("防止刷屏；地址只存打乱后的记号，不存原文")),
    Parameter(SECONDING, _("提案什么时候可以开放附议"), "review", type="choice", choices=UNTIL, help=_("第一提案人自己开放；附议人不是联名提案人")),
    Parameter(SECONDERS_RATE, _("附议人也评价办理结果"), False, type="bool", help=_("不评价的只收到结果的消息")),
)  # fmt: skip
ASKS_A_DAY = 30  # times a day that one address may ask what became of a clue: a code is not guessed
