"""More ways to count proposals: by kind, by who proposed, by system and category, of the units' part and of feedback; and what a unit's own rules decide.

Those with `aside` tell a figure apart for pages and tables; nobody chooses them from a list, and no text is tied to them.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock
from xieshang.base.ledger.facts import Indicator, count, people, rate, total
from xieshang.base.orgs.models import Organization, System
from xieshang.base.settings import parameters

from . import rules, terms

PIECES: dict[str, Any] = {"unit": "件", "measures": ("份", "篇", "条")}
# who signed first; a bridge register's persons bear what became of the proposal, and who of them was first is not known
FIRST = ("", rules.SOLVED, rules.IN_PLAN, rules.REFERENCE)
STAGES = {
    "submitted": _("收到"), "filed": _("立案"), "handed": _("交办"), "replied": _("办复"), "closed": _("办结"),
}  # fmt: skip

MAIN = (
    count("proposals.not_filed", _("不予立案提案"), **PIECES, words=("不予立案提案", "不予立案", "未予立案"), note=_("审查不予立案的件数，不含撤案，以审查日为准")),
    count("proposals.info_or_explained", _("转社情民意或作解释"), of="proposals.not_filed", where={"category": (rules.TO_INFO, rules.EXPLAIN)}, **PIECES, words=("作为社情民意信息处理或作为解释", "转社情民意信息或作解释", "转社情民意或解释"), note=_("不予立案、转为社情民意信息或向提案者解释的件数")),
    count("proposals.to_revise", _("退回修改后重新提出"), of="proposals.not_filed", where={"category": rules.RETURN_REVISE}, **PIECES, note=_("不予立案、请提案者修改后重新提出的件数")),
    count("proposals.handed", _("交办提案"), **PIECES, words=("并案后交办提案", "并案后交办", "交办提案", "承办提案", "承办总数", "交办总数"), note=_("并案后交办的件数，一件只计一次，以首次交办日为准")),
    count("proposals.closed", _("办结提案"), **PIECES, words=("办结提案",), never=("办结率",), note=_("办结的件数，以办结日为准")),
    count("proposals.rehandled", _("重新办理提案"), **PIECES, words=("重新办理", "二次办理", "再次办理"), note=_("提案者不满意、经提案委员会同意重新办理的，每轮计一次，以再次交办日为准")),
    count("proposals.followed_up", _("回头看"), **PIECES, words=("提案回头看", "跟踪办理", "跟踪督办"), note=_("对列入计划和留作参考的提案跟踪一次计一件")),
    count("proposals.kept_promise", _("回头看转为已解决"), of="proposals.followed_up", where={"outlet": rules.SOLVED}, **PIECES, words=("转为已解决", "转为A类"), note=_("回头看时已经解决的件数（B、C 类转 A 类）")),
    count("proposals.referred", _("留作参考提案"), of="proposals.replied", where={"outlet": rules.REFERENCE}, **PIECES, words=("留作参考", "作为工作参考"), note=_("办理类别算作“留作参考”的件数，如 C 类")),
    count("proposals.at_session", _("大会提案"), of="proposals.submitted", where={"carrier": rules.SESSION}, **PIECES, words=("大会提案", "会议期间提案", "全会提案"), note=_("收到的大会提案，截止前提交的")),
    count("proposals.interim", _("平时提案"), of="proposals.submitted", where={"carrier": rules.INTERIM}, **PIECES, words=("平时提案", "闭会期间提案"), note=_("收到的平时提案，截止以后提交的")),
    count("proposals.filed_at_session", _("大会立案提案"), of="proposals.filed", where={"carrier": rules.SESSION}, **PIECES, note=_("立案的大会提案")),
    count("proposals.filed_interim", _("平时立案提案"), of="proposals.filed", where={"carrier": rules.INTERIM}, **PIECES, note=_("立案的平时提案")),
    rate("proposals.solved_of_handed", _("已解决占比"), part="proposals.solved", whole="proposals.handed", words=("已解决占比",), note=_("已解决的件数除以交办件数")),
    rate("proposals.planned_of_handed", _("列入计划占比"), part="proposals.planned", whole="proposals.handed", words=("列入计划占比",), note=_("列入计划的件数除以交办件数")),
    rate("proposals.referred_of_handed", _("留作参考占比"), part="proposals.referred", whole="proposals.handed", words=("留作参考占比",), note=_("留作参考的件数除以交办件数")),
    rate("proposals.answer_rate", _("交办办复率"), part="proposals.replied", whole="proposals.handed", words=("交办答复率",), note=_("办复件数除以交办件数")),
    rate("proposals.collective_share", _("集体提案占比"), part="proposals.collective", whole="proposals.submitted", words=("集体提案占比",), note=_("收到的集体提案除以收到件数")),
    count("proposals.hosted", _("主办件"), of="proposals.assigned", where={"outlet": "host"}, unit="件", words=("主办件",), note=_("单办、主办、分办的，每个承办单位每一轮计一件")),
    count("proposals.helped", _("会办件"), of="proposals.assigned", where={"outlet": "co"}, unit="件", words=("会办件", "协办件"), note=_("会办的，每个承办单位每一轮计一件")),
    count("proposals.answered_after_contact", _("先面商后答复"), unit="件", words=("先面商后答复", "面商后答复"), note=_("答复前同提案者当面、座谈或电话商量过的答复")),
    rate("proposals.contact_rate", _("面商率"), part="proposals.answered_after_contact", whole="proposals.answered", words=("面商率", "见面率", "沟通率"), note=_("答复前商量过的除以单位答复")),
    count("proposals.answered_solved", _("单位答复：已解决"), of="proposals.answered", where={"outlet": rules.SOLVED}, unit="件", note=_("承办单位的答复里，办理类别算作“已解决”的"), aside=True),
    count("proposals.answered_planned", _("单位答复：列入计划"), of="proposals.answered", where={"outlet": rules.IN_PLAN}, unit="件", note=_("承办单位的答复里，办理类别算作“列入计划”的"), aside=True),
    count("proposals.answered_reference", _("单位答复：留作参考"), of="proposals.answered", where={"outlet": rules.REFERENCE}, unit="件", note=_("承办单位的答复里，办理类别算作“留作参考”的"), aside=True),
    count("proposals.rated_unit", _("对承办单位的反馈"), unit="人次", note=_("对答复了的承办单位的评价，每人每轮每个单位一次；不记谁评的"), aside=True),
    count("proposals.unit_content", _("对承办单位满意"), of="proposals.rated_unit", where={"outlet": ("agree", "understand")}, unit="人次", note=_("办理结果选“同意”或“理解”的，每个承办单位各计一次"), aside=True),
    rate("proposals.unit_rate", _("承办单位满意率"), part="proposals.unit_content", whole="proposals.rated_unit", note=_("对该单位所办提案的结果同意或理解的，除以已反馈的"), aside=True),
    total("proposals.not_rated", _("未反馈"), unit="人次", words=("未反馈",), note=_("办结时还没有反馈的人次，不算满意，也不算不满意")),
    count("proposals.result_discontent", _("对结果保留或不同意"), unit="人次", of="proposals.rated_result", where={"outlet": ("reserve", "disagree")}, words=("对办理结果不满意",), note=_("办理结果选“保留”或“不同意”的；未反馈的不算")),
    count("proposals.attitude_discontent", _("对态度不满意"), unit="人次", of="proposals.rated_attitude", where={"outlet": "dissatisfied"}, words=("对办理态度不满意",), note=_("办理态度选“不满意”的；未反馈的不算")),
)  # fmt: skip


def _of_course(stage: str, dimension: str, code: str, title: object) -> Indicator:
    """A stage of the course narrowed by who proposed (`carrier`) or by the system that handles it (`category`)."""
    name = {"carrier": "by", "category": "system"}[dimension]
    label = _("{what}提案") if dimension == "carrier" else _("{what}系统提案")
    return count(
        f"proposals.{stage}.{name}.{code}", format_lazy(_("{stage}：{what}"), stage=STAGES[stage], what=format_lazy(label, what=title)),
        of="proposals.course", where={"outlet": stage, dimension: code}, unit="件", note=format_lazy(_("{stage}的件数，{what}"), stage=STAGES[stage], what=format_lazy(label, what=title)), aside=True,
    )  # fmt: skip


BY_PROPOSER = tuple(_of_course(stage, "carrier", code, title) for code, title in rules.PROPOSERS for stage in STAGES)
BY_SYSTEM = tuple(
    _of_course(stage, "category", code, title)
    for code, title in System.choices
    for stage in ("filed", "handed", "replied", "closed")
) + tuple(
    made
    for code, title in System.choices
    for made in (
        count(f"proposals.hosted.system.{code}", format_lazy(_("主办件：{what}系统"), what=title), of="proposals.assigned", where={"outlet": "host", "carrier": code}, unit="件", aside=True),
        count(f"proposals.helped.system.{code}", format_lazy(_("会办件：{what}系统"), what=title), of="proposals.assigned", where={"outlet": "co", "carrier": code}, unit="件", aside=True),
        count(f"proposals.answered.system.{code}", format_lazy(_("单位答复：{what}系统"), what=title), of="proposals.answered", where={"carrier": code}, unit="件", aside=True),
        count(f"proposals.in_time.system.{code}", format_lazy(_("按期答复：{what}系统"), what=title), of="proposals.answered_in_time", where={"carrier": code}, unit="件", aside=True),
        rate(f"proposals.in_time_rate.system.{code}", format_lazy(_("按期办复率：{what}系统"), what=title), part=f"proposals.in_time.system.{code}", whole=f"proposals.answered.system.{code}", aside=True),
    )
)  # fmt: skip
INDICATORS = (*MAIN, *BY_PROPOSER, *BY_SYSTEM)


def provide(organization: Organization | None) -> list[Indicator]:
    """What the unit's own rules decide: whether all who signed are counted, and the categories it uses."""
    return [*_proposers(first_only(organization)), *(one for code, title in categories(organization) for one in _of_category(code, title))]  # fmt: skip


def first_only(organization: Organization | None) -> bool:
    """只判断第一提案人: who only signed is not counted as a proposer."""
    return bool(organization and parameters.value(organization, rules.FIRST_ONLY, clock.today()))


def categories(organization: Organization | None) -> list[tuple[str, object]]:
    """The unit's categories of proposals, also those chosen no more: (code, title)."""
    if organization is None:
        return list(rules.CATEGORIES)
    return list(terms.choices(terms.every(organization, terms.CATEGORY, clock.today())))


def _proposers(first: bool) -> Iterator[Indicator]:
    where = {"outlet": FIRST} if first else {}
    counted = _("只算第一提案人") if first else _("会签的也算")
    note = format_lazy(_("至少提出一件的委员，同一人只计一个；{counted}"), counted=counted)
    yield people("proposals.proposers", _("提交提案的委员"), of="proposals.person", where=where, measures=("名", "位"), words=("参与提案委员", "提交提案的委员", "参与提案的委员"), note=note)  # fmt: skip
    yield count("proposals.signed", _("署名"), unit="人次", of="proposals.person", where=where, words=("提案署名",), note=format_lazy(_("每件提案的每位提案者各计一次；{counted}"), counted=counted))  # fmt: skip
    yield rate("proposals.participation_rate", _("提案参与率"), part="proposals.proposers", whole="people.in_office", words=("提案参与率", "委员参与率"), note=format_lazy(_("提交提案的委员除以期末在任委员；{counted}"), counted=counted))  # fmt: skip


def _of_category(code: str, title: object) -> Iterator[Indicator]:
    """The stages of one category, and its share of what was filed."""
    for stage, word in {**STAGES, "solved": _("已解决")}.items():
        kind, where = (stage, {}) if stage != "solved" else ("replied", {"outlet": rules.SOLVED})
        yield count(
            f"proposals.{stage}.category.{code}", format_lazy(_("{stage}：{what}类提案"), stage=word, what=title), of=f"proposals.{kind}", where={**where, "category": code}, unit="件",
            note=format_lazy(_("{what}类提案的件数"), what=title), aside=True,
        )  # fmt: skip
    yield rate(
        f"proposals.share.category.{code}", format_lazy(_("立案占比：{what}类提案"), what=title), part=f"proposals.filed.category.{code}", whole="proposals.filed",
        note=format_lazy(_("{what}类立案提案除以立案提案"), what=title), aside=True,
    )  # fmt: skip
