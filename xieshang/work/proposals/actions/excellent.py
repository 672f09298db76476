"""优秀提案: recommend, score blind, rank, decide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.settings.parameters import value, values
from xieshang.base.workflow.engine import move

from .. import rules
from ..models import Candidate, Proposal, Score, Selection
from ..queries import signers

CENT = Decimal("0.01")


def start_selection(organization: Organization, year: int, *, by: User | None, now: datetime) -> Selection:
    """开始评选, with the unit's criteria as they stand today. Raises Refused: weights are not 100 together, the year has one."""
    weights = values(organization, rules.WEIGHTS, now.date())
    criteria = [[str(title), weights[key]] for key, title in rules.WEIGHTS.items() if weights[key]]
    if sum(weight for _title, weight in criteria) != 100:
        raise Refused("weights", why=_("评分标准的权重合起来不是 100"), do=_("请在“设置”的规则里改好再开始"))
    if not 2000 <= year <= now.year or Selection.objects.filter(organization=organization, year=year).exists():
        raise Refused("year", why=_("这一年不能开始评选，或者已经有了"), do=_("请换一个年度"), field="year")
    with move(
        Selection(organization=organization, year=year, criteria=criteria),
        "start_selection",
        rules.SELECTION,
        by=by,
        now=now,
    ) as step:
        pass
    return step.record


def recommend(selection: Selection, proposal: Proposal, words: str, *, by: User, now: datetime) -> Candidate:
    """推荐, also for another's sake: a committee's, a unit's. A proposal that was filed, of this unit, once."""
    permissions.require(by, "proposals.recommend", selection.organization)
    if selection.state != "nominating":
        raise Refused("closed", why=_("推荐已经截止"), do=_("请等下一年"))
    if proposal.organization_id != selection.organization_id or proposal.state not in rules.EXCELLENT_FROM:
        raise Refused("not_filed", why=_("立案办理了的提案才能推荐"), do=_("请换一件"), field="proposal")
    if proposal.excellent_on:
        raise Refused("excellent", why=_("已经评过优秀了"), do=_("请换一件"), field="proposal")
    if not words.strip():
        raise Refused("no_reason", why=_("还没有写推荐理由"), do=_("请写一句为什么"), field="words")
    with transaction.atomic():
        made, new = Candidate.objects.get_or_create(
            selection=selection, proposal=proposal, defaults={"who": by.name[:60], "words": words.strip()[:300]}
        )
        if new:
            trail.write(
                "proposals.recommend",
                by=by,
                now=now,
                organization=selection.organization,
                record=selection.ref,
                reason=words,
                detail={"proposal": proposal.pk},
            )
    return made


def begin_scoring(
    selection: Selection, reviewers: Iterable[User], *, by: User | None, now: datetime, seen: int
) -> Selection:
    """开始评分: who reviews is settled, recommending is over."""
    chosen = list(reviewers)
    with move(selection, "begin_scoring", rules.SELECTION, by=by, now=now, seen=seen) as step:
        if not chosen or not step.record.candidates.exists():
            raise Refused(
                "nobody", why=_("还没有候选提案，或者没有选评审人"), do=_("请补齐再开始评分"), field="reviewers"
            )
        step.detail["reviewers"] = [one.pk for one in chosen]
        step.then(lambda made: made.reviewers.set(chosen))
    return step.record


def score(candidate: Candidate, points: Sequence[int], *, by: User, now: datetime) -> Score:
    """评分, changed as often as he likes until it is closed. The trail says that he did, never what he gave.

    raises  NotAllowed: no reviewer, or one of its proposers · Refused: closed, points that cannot be
    """
    selection = candidate.selection
    permissions.require(by, "proposals.score", selection.organization)
    if not selection.reviewers.filter(pk=by.pk).exists():
        raise NotAllowed("no_reviewer", why=_("您不是这次评选的评审人"), do=_("请联系提案委员会办公室"))
    if by.person_id and by.person_id in {one.pk for one in signers(candidate.proposal)}:
        raise NotAllowed("own", why=_("自己的提案不能自己评"), do=_("请评其他的"))
    with transaction.atomic():
        if Selection.objects.select_for_update().get(pk=selection.pk).state != "scoring":
            raise Refused("closed", why=_("现在不是评分的时候"), do=_("请刷新页面"))
        if len(points) != len(selection.criteria) or not all(0 <= one <= 100 for one in points):
            raise Refused("points", why=_("每一项都要打 0 到 100 分"), do=_("请补齐再保存"), field="points")
        weighted = zip(points, selection.criteria, strict=True)
        total = sum((Decimal(one * weight) for one, (_title, weight) in weighted), Decimal()) / 100
        made, _new = Score.objects.update_or_create(
            candidate=candidate,
            reviewer=by,
            defaults={"points": list(points), "total": total.quantize(CENT), "at": now},
        )
        trail.write(
            "proposals.score",
            by=by,
            now=now,
            organization=selection.organization,
            record=selection.ref,
            detail={"proposal": candidate.proposal_id},
        )
    return made


def close_scoring(selection: Selection, *, by: User | None, now: datetime, seen: int, reason: str = "") -> Selection:
    """评分截止: means and places are computed, and only now anybody sees them. Who has not scored all is named; then with a reason."""
    with move(selection, "close_scoring", rules.SELECTION, by=by, now=now, seen=seen, reason=reason) as step:
        record = step.record
        candidates = list(record.candidates.prefetch_related("scores"))
        if any(not one.scores.all() for one in candidates):
            raise Refused("unscored", why=_("还有候选提案没有人评分"), do=_("请评审人评完再截止"))
        if (late := unfinished(record)) and not reason.strip():
            raise Refused(
                "waiting",
                why=_("%(names)s还没有评完") % {"names": "、".join(late)},
                do=_("请等他们评完；不等的要写理由"),
                field="reason",
            )
        totals = {one.pk: [given.total for given in one.scores.all()] for one in candidates}
        for one in candidates:
            one.score = (sum(totals[one.pk], Decimal()) / len(totals[one.pk])).quantize(CENT)
        for one in candidates:
            one.place = 1 + sum(
                other.score > one.score for other in candidates if other.score is not None and one.score is not None
            )
        step.detail["places"] = [[one.proposal_id, str(one.score), one.place] for one in candidates]

        def keep(_made: Selection) -> None:
            Candidate.objects.bulk_update(candidates, ["score", "place"])

        step.then(keep)
    return step.record


def unfinished(selection: Selection) -> list[str]:
    """Reviewers who have not scored everything that they may. Two queries and one for each candidate."""
    own = {
        one.pk: {person.pk for person in signers(one.proposal)}
        for one in selection.candidates.select_related("proposal")
    }
    done = set(Score.objects.filter(candidate__selection=selection).values_list("candidate", "reviewer"))
    return [
        str(who)
        for who in selection.reviewers.all()
        if any((pk, who.pk) not in done for pk, persons in own.items() if who.person_id not in persons)
    ]


def limits(selection: Selection, today: date) -> Mapping[str, int]:
    """How many may be chosen of how many filed that year, and how many of these should be collective ones, in percent."""
    filed = Proposal.objects.filter(organization=selection.organization, decided_on__year=selection.year).filter(
        Q(number__isnull=False) | Q(disposition=rules.FILED)
    )
    share = value(selection.organization, rules.EXCELLENT_SHARE, today)
    n = filed.count()
    return {
        "filed": n,
        "most": max(1, n * int(share) // 100),
        "collective": int(value(selection.organization, rules.EXCELLENT_COLLECTIVE, today)),
    }


def decide_selection(
    selection: Selection,
    chosen: Iterable[int],
    *,
    on: date,
    by: User | None,
    now: datetime,
    seen: int,
    reason: str = "",
) -> Selection:
    """审定公布: the chosen are excellent from the day of the meeting. More than the share is refused; fewer collective ones than the rule wants a reason."""
    wanted = set(chosen)
    with move(selection, "decide_selection", rules.SELECTION, by=by, now=now, seen=seen, reason=reason) as step:
        record = step.record
        if on > step.day:
            raise Refused("not_yet", why=_("会议还没有开"), do=_("会议开过以后再登记审定"), field="on")
        picked = list(record.candidates.filter(pk__in=wanted).select_related("proposal"))
        limit = limits(record, step.day)
        if not picked or len(picked) > limit["most"]:
            raise Refused(
                "share",
                why=_("这一年立案 %(n)s 件，最多评 %(most)s 件，选了 %(k)s 件")
                % {"n": limit["filed"], "most": limit["most"], "k": len(picked)},
                do=_("请调整，或改规则里的比例"),
                field="chosen",
            )
        together = sum(one.proposal.collective for one in picked)
        if together * 100 < limit["collective"] * len(picked) and not reason.strip():
            raise Refused(
                "collective",
                why=_("集体提案只有 %(k)s 件，不到 %(least)s%%") % {"k": together, "least": limit["collective"]},
                do=_("请调整；确要这样的，写一句理由"),
                field="reason",
            )
        record.decided_on = on
        for one in picked:
            with move(one.proposal, "make_excellent", rules.MOVES, by=by, now=now, reason=str(record)) as made:
                made.record.excellent_on = on
        Candidate.objects.filter(pk__in=[one.pk for one in picked]).update(chosen=True)
        step.detail["chosen"] = [one.proposal_id for one in picked]
    return step.record
