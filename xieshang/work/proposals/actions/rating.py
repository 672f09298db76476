"""反馈 and what comes after: ratings, a second round, closing, promises followed up, the archive; also what stands beside the course (重点)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.people.models import Person
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from .. import rules, terms
from ..models import FollowUp, Proposal, Rating
from ..queries import signers
from ..queries.seconding import raters
from .packaging import ask_package

ANSWERS = ("visited", "way", "attitude", "aim", "result", "words")


def rate(proposal: Proposal, answers: Mapping[str, Any], *, by: User, now: datetime) -> Proposal:
    """反馈, from the proposer's own log-in only. Raises NotAllowed · Refused: not one of the proposers, rated already."""
    keep_units_off(proposal, by=by, now=now)
    if by.person is None:
        raise NotAllowed("not_yours", why=_("这个账号不是委员本人的"), do=_("请用委员自己的账号登录"))
    with move(proposal, "rate", rules.MOVES, by=by, now=now) as step:
        _rate(step, by.person, answers, on_paper=False)
    return step.record


def keep_units_off(proposal: Proposal, *, by: User, now: datetime) -> None:
    """An account of a handling unit never comes near a rating: it is refused, and the trail says so."""
    if permissions.bodies(by, "proposals.sign") or permissions.units(by, "proposals.sign"):
        trail.write(
            "proposals.rate_refused", by=by, now=now, organization=proposal.organization, record=proposal.ref
        )  # fmt: skip
        raise NotAllowed(
            "a_units_hand", why=_("承办单位的账号不能评价办理结果"), do=_("评价只能由提案者用自己的账号填写")
        )


def rate_for(proposal: Proposal, person: Person, answers: Mapping[str, Any], *, scan: tuple[str, bytes], by: User | None, now: datetime) -> Proposal:  # fmt: skip
    """代录 what the proposer wrote on paper; the scan is kept with it."""
    with move(proposal, "rate_for", rules.MOVES, by=by, now=now) as step:
        _rate(step, person, answers, on_paper=True)

        def keep(made: Proposal) -> None:
            storage.attach([scan], record=f"{made.ref}.rating", organization=made.organization, by=by, now=now)

        step.then(keep)
    return step.record


def _rate(step: Step[Proposal], person: Person, answers: Mapping[str, Any], *, on_paper: bool) -> None:
    record = step.record
    if person.pk not in {one.pk for one in raters(record)}:
        raise Refused("not_yours", why=_("您不是这件提案的提案者"), do=_("评价由每位提案者各自填写"))
    if record.ratings.filter(person=person, round=record.round).exists():
        raise Refused("rated", why=_("这一轮您已经评价过了"), do=_("要改的，请联系提案委员会办公室"))
    made = Rating(person=person, round=record.round, on_paper=on_paper, at=step.now, by=step.by, **{key: answers.get(key, "") for key in ANSWERS})  # fmt: skip
    for name, known in (
        ("visited", rules.VISITED),
        ("attitude", rules.ATTITUDES),
        ("aim", rules.AIMS),
        ("result", rules.RESULTS),
    ):
        if getattr(made, name) not in dict(known):
            raise Refused("unanswered", why=_("还有没选的项"), do=_("走访、态度、针对性、结果都选了再提交"), field=name)
    step.detail |= {"person": person.pk, "attitude": made.attitude, "result": made.result, "on_paper": on_paper}

    def write(proposal: Proposal) -> None:
        made.proposal = proposal
        made.save()

    step.then(write)


def redo(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """重新办理: the committee agrees with who was not satisfied. The unit is told the matter, never who said what."""
    with move(proposal, "redo", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        record = step.record
        if not any(one.unhappy for one in record.ratings.filter(round=record.round)):
            raise Refused("all_content", why=_("没有人表示不满意"), do=_("可以直接办结"))
        step.tell_people(signers(record), _("“%(title)s”将重新办理") % {"title": record.title})
    return step.record


def close(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str = "") -> Proposal:
    """办结: everyone has rated, or the days for it are over. Who said nothing stays 未反馈."""
    with move(proposal, "close", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        record = step.record
        waiting = unrated(record)
        if waiting and record.rate_by and step.day <= record.rate_by:
            raise Refused(
                "waiting", why=_("%(names)s还没有反馈，期限是 %(day)s") % {"names": "、".join(one.name for one in waiting), "day": record.rate_by}, do=_("请等反馈，或到期后再办结"),
            )  # fmt: skip
        unhappy = [one for one in record.ratings.filter(round=record.round) if one.unhappy]
        if unhappy and not reason.strip():
            raise Refused(
                "no_reason", why=_("有人不满意，不重新办理的要写理由"), do=_("请写理由，或选重新办理"), field="reason"
            )
        record.closed_on, record.not_rated = step.day, len(waiting)
        record.promise_on = date(step.day.year + 1, 3, 1) if followed(record, step.day) else None
        step.detail["not_rated"] = [one.pk for one in waiting]
    return step.record


def unrated(proposal: Proposal) -> list[Person]:
    """Proposers who have not said anything in this round: 未反馈."""
    rated = set(proposal.ratings.filter(round=proposal.round).values_list("person", flat=True))
    return [one for one in raters(proposal) if one.pk not in rated]


def followed(proposal: Proposal, on: date) -> bool:
    """Promised for later, as the place has it: looked at again the year after (回头看)."""
    return proposal.outcome in rules.FOLLOWED[value(proposal.organization, rules.FOLLOW, on)]


def track(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """回头看: a promise (B, C) is looked at again."""
    with move(proposal, "track", rules.MOVES, by=by, now=now, seen=seen) as step:
        if not followed(step.record, step.day):
            raise Refused("no_promise", why=_("“%(class)s”不用回头看") % {"class": step.record.get_result_display()}, do=_("可以直接归档"))  # fmt: skip
    return step.record


def follow_up(
    proposal: Proposal, *, on: date, result: str, words: str, evidence: tuple[str, bytes] | None = None, by: User | None, now: datetime, seen: int
) -> Proposal:  # fmt: skip
    """What became of the promise, with evidence where the class gets better."""
    with move(proposal, "follow_up", rules.MOVES, by=by, now=now, seen=seen, reason=words) as step:
        record = step.record
        found = terms.classes(record.organization, step.day).get(result)
        if found is None:
            raise Refused("no_class", why=_("还没有选现在的类别"), do=_("请从列出的里面选"), field="result")
        if on > step.day or not words.strip():
            raise Refused("no_words", why=_("要写明哪天、落实到什么程度"), do=_("请补齐再保存"), field="words")
        if rules.RANK[found.meaning] < rules.RANK[record.outcome] and evidence is None:
            raise Refused("no_evidence", why=_("改为更好的类别要有佐证"), do=_("请附上文件或照片"), field="evidence")
        kept = FollowUp(
            on=on,
            before=record.result,
            before_outcome=record.outcome,
            result=result,
            outcome=found.meaning,
            words=words[:500],
            at=now,
            by=by,
        )
        record.result, record.outcome = result, found.meaning
        record.promise_on = date(step.day.year + 1, 3, 1) if followed(record, step.day) else None

        def write(made: Proposal) -> None:
            kept.proposal = made
            kept.save()
            if evidence:
                storage.attach([evidence], record=made.ref, organization=made.organization, by=by, now=now)

        step.then(write)
    return step.record


def archive(proposal: Proposal, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """归档: nothing is changed in it any more; the worker makes its package."""
    with move(proposal, "archive", rules.MOVES, by=by, now=now, seen=seen) as step:

        def pack(made: Proposal) -> None:
            ask_package(made, by=by, now=now)

        step.then(pack)
    return step.record


def make_key(proposal: Proposal, *, on: date, by: User | None, now: datetime, seen: int, reason: str = "") -> Proposal:
    """列为重点提案, as the chair's meeting decided."""
    with move(proposal, "make_key", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        if step.record.key_on:
            raise Refused("key", why=_("已经是重点提案了"), do=_("不用再列"))
        step.record.key_on = on
    return step.record
