"""What a proposal says, and the indicators that count it. Kinds and codes are those of docs/decisions/0007."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from xieshang.base.ledger.facts import Fact, average, count, rate

from . import rules
from .models import Assignment, Contact, FollowUp, Proposal, Rating, Selection, Signature, Supervision


class Signer(NamedTuple):
    """One who signed, as plain values."""

    person: int
    sector: int | None


class Said(NamedTuple):
    """What stands beside a proposal and is counted with it. `spoken`: assignments of which the unit spoke with the proposer, and when first."""

    signers: tuple[Signer, ...] = ()
    handled: tuple[Assignment, ...] = ()
    ratings: tuple[Rating, ...] = ()
    promises: tuple[FollowUp, ...] = ()
    spoken: Mapping[int, date] = MappingProxyType({})
    supervised: tuple[date, ...] = ()


JOINT = "joint"  # who signed and is not the first proposer


def facts(proposal: Proposal) -> list[Fact]:
    """The facts of one saved proposal."""
    return said(proposal, _beside([proposal])[proposal.pk])


def said(p: Proposal, beside: Said) -> list[Fact]:
    """A draft says nothing. Every fact bears the proposal's kind, category, body, first proposer and his sector, so that each figure can be asked by them."""
    if p.submitted_on is None or p.state == rules.DRAFT or not p.counted:
        return []
    like = _like(p, p.submitted_on, beside.signers)
    person = replace(like, kind="proposals.person", measure="人次", person=None, sector=None)
    found = [like, *(replace(person, person=one.person, sector=one.sector, outlet="" if one.person == p.first_id else JOINT) for one in beside.signers)]  # fmt: skip
    found += [replace(like, kind=f"proposals.{kind}", on=on) for kind, on in _decided(p)]
    if p.state == rules.NOT_FILED and p.decided_on:
        found.append(replace(like, kind="proposals.not_filed", on=p.decided_on, category=p.disposition))
    handed = _handed(p, beside.handled)
    found += [replace(like, kind="proposals.handed", on=on) for on in handed[:1]]
    found += [replace(like, kind="proposals.rehandled", on=on) for on in handed[1:]]
    if p.excellent_on:
        found.append(replace(like, kind="proposals.excellent", on=p.excellent_on))
    if p.key_on:
        found.append(replace(like, kind="proposals.key", on=p.key_on))
        found += [replace(like, kind="proposals.supervised", on=on, measure="次") for on in beside.supervised]
    if p.closed_on:
        found.append(replace(like, kind="proposals.closed", on=p.closed_on))
    if p.replied_on and p.outcome:
        found.append(replace(like, kind="proposals.replied", on=p.replied_on, outlet=p.outcome))
    plain = replace(like, person=None, sector=None)
    return [
        *found,
        *_course(p, found),
        *_handled(plain, p, beside),
        *_rated(plain, p, beside),
        *_promises(like, beside.promises),
    ]


def _like(p: Proposal, on: date, signers: tuple[Signer, ...]) -> Fact:
    """What all facts of a proposal are like. A collective one is of its body, any other of its first proposer and the sector he signed for."""
    like = Fact("proposals.submitted", on, carrier=p.kind, category=p.category, body=p.body_id)
    if p.collective:
        return replace(like, sector=p.body_id if p.proposer == rules.SECTOR else None)
    sector = next((one.sector for one in signers if one.person == p.first_id), None)
    return replace(like, person=p.first_id, sector=sector)


STAGES = ("submitted", "filed", "handed", "replied", "closed")


def _course(p: Proposal, found: Iterable[Fact]) -> Iterator[Fact]:
    """How far it came, told by the kind of proposer and by the system that handles it."""
    for one in found:
        stage = one.kind.removeprefix("proposals.")
        if stage in STAGES:
            yield Fact("proposals.course", one.on, carrier=p.proposer, category=p.system, outlet=stage)


def _handed(p: Proposal, handled: Iterable[Assignment]) -> list[date]:
    """The day on which each round began: the first is 交办, the others 重新办理. Of an old one that does not know, what was filed was handed out."""
    rounds: dict[int, date] = {}
    if p.brought_id and p.disposition == rules.FILED and p.decided_on:
        rounds[1] = p.decided_on
    for one in handled:
        if one.state != rules.TAKEN_BACK and one.counted:
            rounds[one.round] = min(one.assigned_on, rounds.get(one.round, one.assigned_on))
    return [rounds[n] for n in sorted(rounds)]


def _decided(p: Proposal) -> list[tuple[str, date]]:
    """What the review made of it. One that was filed and withdrawn later stays filed: its number is not given again."""
    on = p.decided_on
    if on is None:
        return []
    if p.state == rules.MERGED:
        return [("filed", on), ("merged", on)]
    if p.number or p.disposition == rules.FILED:  # so an old one, whose number stands in words
        return [("filed", on), ("withdrawn", on)] if p.state == rules.WITHDRAWN else [("filed", on)]
    return [(p.disposition, on)] if p.disposition and p.disposition != rules.RETURN_REVISE else []


def _handled(like: Fact, p: Proposal, beside: Said) -> Iterator[Fact]:
    """What units did, of each unit as its body. What was sent back as not theirs is nobody's."""
    for one in beside.handled:
        if one.state == rules.TAKEN_BACK or not one.counted:
            continue
        given = replace(like, body=one.unit_id, carrier=p.system, outlet="host" if one.replies else "co")
        yield replace(given, kind="proposals.assigned", on=one.assigned_on)
        if one.late_on:
            yield replace(given, kind="proposals.overdue", on=one.late_on)
        if one.delivered_on and one.replies:
            told = replace(given, on=one.delivered_on)
            yield replace(told, kind="proposals.answered", outlet=one.outcome)
            if one.delivered_on <= one.due_on:
                yield replace(told, kind="proposals.answered_in_time")
            if (spoke := beside.spoken.get(one.pk)) and spoke <= one.delivered_on:
                yield replace(told, kind="proposals.answered_after_contact")


def _rated(like: Fact, p: Proposal, beside: Said) -> Iterator[Fact]:
    """A fact for each answer: attitude and result apart, and never whose; the result also of each unit that replied in that round.

    Who said nothing is counted as 未反馈 when it is closed, and never as 满意.
    """
    for one in beside.ratings:
        said = replace(like, on=localtime(one.at).date(), measure="人次")
        yield replace(said, kind="proposals.rated_attitude", outlet=one.attitude)
        yield replace(said, kind="proposals.rated_result", outlet=one.result)
        for unit in _replied(beside.handled, one.round):
            yield replace(said, kind="proposals.rated_unit", body=unit, carrier=p.system, outlet=one.result)
    if p.closed_on and p.not_rated:
        yield replace(like, kind="proposals.not_rated", on=p.closed_on, quantity=Decimal(p.not_rated), measure="人次")


def _replied(handled: Iterable[Assignment], round_: int) -> list[int]:
    """The units that replied in a round."""
    return [one.unit_id for one in handled if one.round == round_ and one.replies and one.delivered_on and one.state != rules.TAKEN_BACK]  # fmt: skip


def _promises(like: Fact, promises: Iterable[FollowUp]) -> Iterator[Fact]:
    """回头看: what became of what was promised for later."""
    for one in promises:
        yield replace(like, kind="proposals.followed_up", on=one.on, outlet=one.outcome)


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    """Every proposal with its facts, read in batches of a thousand; six queries a batch."""
    last = 0
    while batch := _batch(organization, last):
        beside = _beside(batch)
        for one in batch:
            yield one.pk, one.organization_id, said(one, beside[one.pk])
        last = batch[-1].pk


def _batch(organization: int | None, after: int) -> list[Proposal]:
    found = Proposal.objects.filter(pk__gt=after).order_by("pk")
    return list((found.filter(organization=organization) if organization else found)[:1000])


def _beside(proposals: list[Proposal]) -> dict[int, Said]:
    ids = [one.pk for one in proposals]
    signers, spoken = defaultdict[int, list[Signer]](list), defaultdict[int, dict[int, date]](dict)
    signed = Signature.objects.filter(proposal__in=ids, state=Signature.SIGNED).order_by("proposal", "order", "id")
    for pk, person, sector in signed.values_list("proposal", "person", "sector"):
        signers[pk].append(Signer(person, sector))
    talks = Contact.objects.filter(assignment__proposal__in=ids).order_by("-on", "id")
    for pk, assignment, on in talks.values_list("assignment__proposal", "assignment", "on"):
        spoken[pk][assignment] = on  # the earliest comes last
    handled, ratings = _by_proposal(Assignment, ids), _by_proposal(Rating, ids)
    promises = _by_proposal(FollowUp, ids)
    seen_to = _by_proposal(Supervision, ids)
    return {
        pk: Said(
            tuple(signers[pk]),
            tuple(handled[pk]),
            tuple(ratings[pk]),
            tuple(promises[pk]),
            spoken[pk],
            tuple(one.on for one in seen_to[pk] if one.kind == "activity"),
        )
        for pk in ids
    }


def _by_proposal(model: Any, ids: list[int]) -> dict[int, list[Any]]:
    """The rows of each proposal. One query."""
    found = defaultdict[int, list[Any]](list)
    for one in model.objects.filter(proposal__in=ids).order_by("id"):
        found[one.proposal_id].append(one)
    return found


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Proposal.objects.filter(pk__in=ids).values_list("pk", "title"))


def assignment_titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Assignment.objects.filter(pk__in=list(ids)).values_list("pk", "proposal__title"))


def selection_titles(ids: Iterable[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in Selection.objects.filter(pk__in=list(ids))}


def versions() -> Iterable[tuple[int, int]]:
    return Proposal.objects.values_list("pk", "version")


_MEASURES = ("份", "篇", "条")
_MATTER = tuple(
    f"{of}所{how}问题" for of in ("提案", "") for how in ("涉及", "涉及的", "提", "提出的", "反映", "反映的")
)
_SOLVED = ("已解决", "已经解决", "得到解决", "已基本解决", "基本解决", "已解决或基本解决", "已经解决或基本解决")
_NAMED = tuple(
    f"{of}{by}{name}"
    for of in ("提案", "")
    for by in ("被确定为", "被列为", "确定为", "列为", "列入")
    for name in ("重点提案", "政协重点提案", "重点督办提案")
)
INDICATORS = (
    count("proposals.submitted", _("收到提案"), unit="件", measures=_MEASURES, words=("提交提案", "征集提案", "收到提案", "撰写提案", "提出提案", "提案"), never=("立案", "重点提案", "督办", "办复", "答复", "办理", "并案", "协商", "解决", "列入", "人均", "每名", "每位", "每人"), note=_("提交一件计一件，以提交日为准")),
    count("proposals.filed", _("立案提案"), unit="件", measures=_MEASURES, words=("审查立案", "立案提案", "予以立案", "立案"), never=("不予立案", "立案率"), note=_("审查立案的件数，含并案的，以审查日为准")),
    count("proposals.merged", _("并案提案"), unit="件", measures=_MEASURES, words=("并案", "并案处理"), note=_("并入其他提案的件数")),
    count("proposals.to_info", _("转社情民意"), unit="件", measures=_MEASURES, words=("作为社情民意信息处理", "转社情民意信息"), note=_("不予立案、转为社情民意信息的件数")),
    count("proposals.explained", _("作为解释"), unit="件", measures=_MEASURES, words=("作为解释", "作解释"), note=_("不予立案、向提案者解释的件数")),
    count("proposals.to_reference", _("转有关部门参考"), unit="件", measures=_MEASURES, words=("转有关部门参考", "转参考"), note=_("不予立案、转有关部门参考的件数")),
    count("proposals.withdrawn", _("撤案"), unit="件", measures=_MEASURES, words=("撤案",), note=_("提案者撤案的件数")),
    count("proposals.excellent", _("优秀提案"), unit="件", measures=_MEASURES, words=("优秀提案", "评选优秀提案", "表彰优秀提案"), note=_("评为优秀的件数，以审定日为准")),
    count("proposals.key", _("重点提案"), unit="件", measures=_MEASURES, words=("重点提案", "政协重点提案", "确定重点提案", "遴选重点提案", "重点督办提案", *_NAMED), note=_("列为重点的件数，以列入日为准")),
    count("proposals.supervised", _("重点提案督办活动"), unit="次", measures=("场",), words=("重点提案督办活动", "督办重点提案", "提案督办活动"), note=_("重点提案的督办活动，登记一次计一次")),
    count("proposals.replied", _("办复提案"), unit="件", measures=_MEASURES, words=("办复提案", "答复提案", "办复", "办理答复"), never=("办复率",), note=_("全部答复送达的件数，以最后一份答复为准")),
    count("proposals.solved", _("已解决提案"), unit="件", of="proposals.replied", where={"outlet": rules.SOLVED}, measures=_MEASURES, words=("已解决或基本解决", "已经解决或基本解决", "已基本解决", "已经解决", "基本解决", *(f"{matter}{how}" for matter in _MATTER for how in _SOLVED)), note=_("办理类别算作“已解决”的件数，如 A 类")),
    count("proposals.planned", _("列入计划提案"), unit="件", of="proposals.replied", where={"outlet": rules.IN_PLAN}, measures=_MEASURES, words=("列入规划或部门工作计划", "列入规划或部门工作计划逐步解决", "列入部门工作计划逐步解决", "正在解决或列入计划逐步解决", "列入计划逐步解决", "列入规划逐步解决", "列入规划", "列入计划"), note=_("办理类别算作“列入计划”的件数，如 B 类")),
    count("proposals.collective", _("集体提案"), unit="件", of="proposals.course", where={"outlet": "submitted", "carrier": rules.COLLECTIVE}, measures=_MEASURES, words=("集体提案",), note=_("收到的党派、团体、专委会、界别、小组的提案")),
    count("proposals.by_members", _("委员提案"), unit="件", of="proposals.course", where={"outlet": "submitted", "carrier": (rules.MEMBER, rules.JOINT)}, measures=_MEASURES, words=("委员提案",), note=_("收到的委员个人和联名的提案")),
    rate("proposals.filing_rate", _("立案率"), part="proposals.filed", whole="proposals.submitted", words=("立案率", "提案立案率"), note=_("立案件数除以收到件数")),
    rate("proposals.reply_rate", _("办复率"), part="proposals.replied", whole="proposals.filed", words=("提案办复率", "办复率"), note=_("办复件数除以立案件数")),
    rate("proposals.solved_rate", _("解决率"), part="proposals.solved", whole="proposals.filed", words=("提案解决率", "解决率"), note=_("已解决的件数除以立案件数")),
    count("proposals.assigned", _("交办件"), unit="件", words=("交办件",), note=_("每个承办单位每一轮计一件，主办、分办、会办都计")),
    count("proposals.answered", _("单位答复"), unit="件", words=("单位答复",), note=_("承办单位送达的答复，不含会办意见")),
    count("proposals.answered_in_time", _("按期答复"), unit="件", words=("按期答复",), note=_("在办理期限内送达的答复")),
    count("proposals.overdue", _("逾期交办件"), unit="件", words=("逾期提案", "逾期交办件"), note=_("过了办理期限还没有报送答复或会办意见的，以期限次日为准，每件每单位计一次")),
    rate("proposals.in_time_rate", _("按期办复率"), part="proposals.answered_in_time", whole="proposals.answered", words=("按期办复率", "按期办结率"), note=_("按期答复除以单位答复")),
    count("proposals.rated", _("反馈"), unit="人次", of="proposals.rated_result", words=("提案反馈",), note=_("提案者填写的征询意见，每人每轮一份")),
    count("proposals.result_content", _("对结果同意或理解"), unit="人次", of="proposals.rated_result", where={"outlet": ("agree", "understand")}, words=("对办理结果满意",), note=_("办理结果选“同意”或“理解”的；未反馈的不算")),
    count("proposals.attitude_content", _("对态度满意或理解"), unit="人次", of="proposals.rated_attitude", where={"outlet": ("satisfied", "understood")}, words=("对办理态度满意",), note=_("办理态度选“满意”或“理解”的；未反馈的不算")),
    rate("proposals.result_rate", _("结果满意率"), part="proposals.result_content", whole="proposals.rated", words=("提案满意率", "结果满意率", "办理结果满意率", "委员满意率", "提案者满意率", "满意和基本满意率", "满意率"), never=("群众", "公众", "服务对象", "居民", "企业"), note=_("同意或理解的除以已反馈的，未反馈的不在其中")),
    rate("proposals.attitude_rate", _("态度满意率"), part="proposals.attitude_content", whole="proposals.rated", words=("态度满意率", "办理态度满意率"), note=_("满意或理解的除以已反馈的，未反馈的不在其中")),
    average("proposals.each", _("人均提案"), part="proposals.submitted", whole="people.in_office", unit="件", measures=_MEASURES, words=("人均提案", "每名委员提案", "提案人均", "撰写提案人均"), note=_("收到件数除以期末在任委员人数")),
)  # fmt: skip
