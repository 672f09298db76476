"""What is said to a proposer before he sends, and to a reviewer: why, and the words that made one think so. It advises; only what is empty is refused, and that by the move itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.orgs.models import Level
from xieshang.base.settings.parameters import Parameter, value
from xieshang.text.checking import Remark, remarks

from . import rules
from .models import Proposal

ON = "proposals.advise"
PARAMETERS = (
    Parameter(ON, gettext_lazy("提交前提醒常见的毛病"), True, type="bool", help=gettext_lazy("只提醒，不拦；审查人看得到同样的提醒")),
)  # fmt: skip

# code: (what, why and what to do, the ground it may become, whether it is likely to be sent back for it)
SAID: dict[str, tuple[Any, Any, str, bool]] = {
    "no_advice": (gettext_lazy("还没有写建议"), gettext_lazy("没有建议的提案没法办理；写清请谁、做什么、做到什么程度就好。"), "R10", True),
    "thin": (gettext_lazy("建议还比较单薄"), gettext_lazy("承办单位要照着建议去办：请谁、做什么、做到什么程度，写上一两条就清楚了。内容空泛、没有具体建议的，可能不予立案。"), "R10", True),
    "vague": (gettext_lazy("建议可以再具体一点"), gettext_lazy("“加强、重视”之类的话，承办单位不好落实。可以换成能看见的事：一个数、一处地方、一个时间、一个牵头单位。"), "R10", False),
    "several": (gettext_lazy("像是写了几件事"), gettext_lazy("一事一案：几件事往往归不同的单位办，写成几件提案，每件都有人专门答复。"), "", False),
    "secret": (gettext_lazy("看起来有涉密的内容"), gettext_lazy("这个系统不能存涉密内容。确实涉密的，请删去，改从保密渠道反映。"), rules.SECRET, True),
    "lawsuit": (gettext_lazy("说的事好像已进入诉讼或仲裁"), gettext_lazy("进入民事、刑事、行政诉讼或仲裁程序的，由司法机关处理，按规定不予立案。可以改为就制度、机制提建议。"), "R05", True),
    "personal": (gettext_lazy("像是个人或亲属的事"), gettext_lazy("为本人或亲属解决个人问题的不予立案。如果是一类人都遇到的问题，请从这一类人的情况写起。"), "R07", True),
    "product": (gettext_lazy("像是推介某个产品或作品"), gettext_lazy("宣传、推介具体作品、产品的不予立案。可以改为提标准、提要求，不点名字。"), "R08", True),
    "dispute": (gettext_lazy("像是纠纷、信访或投诉"), gettext_lazy("具体纠纷、投诉走信访和调解更快；提案适合说其中带普遍性的问题。"), "R12", False),
    "internal": (gettext_lazy("像是本单位内部的事"), gettext_lazy("本单位的事务请在单位里提；提案适合说要几家一起办的公共事务。"), "R14", False),
    "accuses": (gettext_lazy("像是在反映某个人的问题"), gettext_lazy("指名举报不予立案，也保护不好您。请向纪检监察机关反映；提案里可以说制度上的漏洞。"), "R09", True),
    "level": (gettext_lazy("有的建议好像不归本级办"), gettext_lazy("本级单位定不了的事，可以作为社情民意信息反映上去；提案里请写本级能做的部分。"), "R11", False),
    "title": (gettext_lazy("案由还不像案由"), gettext_lazy("案由一般写成“关于……的提案”，一眼看出是什么事。"), "", False),
    "no_figure": (gettext_lazy("情况里没有数字"), gettext_lazy("有一两个数字、一两个例子，承办单位更容易弄清事情有多大。"), "", False),
    "long": (gettext_lazy("篇幅长了一点"), gettext_lazy("要紧的话容易淹没；可以把详细材料作附件。"), "", False),
}  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """code; what it is; why; words: the passage; ground: what it may become at the review; grave: likely not to be filed."""

    code: str
    what: Any
    why: Any
    words: str
    ground: str
    grave: bool


def of(proposal: Proposal, on: date) -> list[Advice]:
    """What there is to say of its text as it stands; nothing where the unit has switched it off."""
    if not value(proposal.organization, ON, on):
        return []
    most = value(proposal.organization, rules.TEXT_MOST, on)
    level = "province" if proposal.organization.level == Level.PROVINCE else "county"
    found = remarks(proposal.title, proposal.situation, proposal.analysis, proposal.advice, most=most, level=level)
    return sorted((_said(one, most) for one in found), key=lambda one: not one.grave)


def _said(one: Remark, most: int) -> Advice:
    what, why, ground, grave = SAID[one.code]
    if one.code == "long":
        return Advice(one.code, _("共 %(n)s 字，一般不超过 %(most)s 字") % {"n": one.words, "most": most}, why, "", ground, grave)  # fmt: skip
    return Advice(one.code, what, why, one.words, ground, grave)
