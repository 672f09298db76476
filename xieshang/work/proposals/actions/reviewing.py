"""审查: two reviewers, then what the committee's meeting decides of a whole sheet at once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.numbers.actions import take
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import move

from .. import naming, rules, terms
from ..models import Proposal, Review, Sheet, SheetRow
from ..queries import signers
from .assigning import revoke_all
from .seconding import tell_seconders
from .secrecy import lock
from .writing import keep_text


class Opinion(NamedTuple):
    """What a reviewer puts to the committee.

    outcome   file, merge or turn_down;  main  into which it is merged;  grounds  codes of terms.grounds
    units     suggested handling units, beside those the proposer wants
    """

    outcome: str
    category: str = ""
    system: str = ""
    main: Proposal | None = None
    grounds: tuple[str, ...] = ()
    words: str = ""
    units: tuple[int, ...] = ()


def review(proposal: Proposal, opinion: Opinion, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """初审."""
    return _review(proposal, "review", Review.FIRST, opinion, by, now, seen)


def review_again(proposal: Proposal, opinion: Opinion, *, by: User | None, now: datetime, seen: int) -> Proposal:
    """复审, by another person than the first."""
    return _review(proposal, "review_again", Review.SECOND, opinion, by, now, seen)


def _review(
    proposal: Proposal, verb: str, stage: str, opinion: Opinion, by: User | None, now: datetime, seen: int
) -> Proposal:
    if rules.SECRET in opinion.grounds:
        return lock(proposal, by=by, now=now, seen=seen, reason=opinion.words.strip() or _("疑似涉密"))
    given = {"by": by.pk if by else None}
    with move(proposal, verb, rules.MOVES, by=by, now=now, seen=seen, reason=opinion.words, given=given) as step:
        record = step.record
        _check(opinion.outcome, opinion.category, opinion.system, opinion.main, opinion.grounds, record, step.day)
        record.category, record.system = opinion.category or record.category, opinion.system or record.system
        if stage == Review.FIRST:
            record.first_reviewer = by
        step.detail |= {"outcome": opinion.outcome, "grounds": list(opinion.grounds)}

        def write(made: Proposal) -> None:
            kept = Review.objects.create(
                proposal=made, stage=stage, at=now, by=by, outcome=opinion.outcome, category=opinion.category, system=opinion.system, main=opinion.main, grounds=list(opinion.grounds), words=opinion.words[:500],
            )  # fmt: skip
            kept.units.set(opinion.units)
            keep_text(made, verb, by, now)

        step.then(write)
    return step.record


def _check(
    outcome: str, category: str, system: str, main: Proposal | None, grounds: Iterable[str], proposal: Proposal, on: date
) -> None:  # fmt: skip
    grounds, unit = list(grounds), proposal.organization
    if outcome == "file" and not (category and system):
        raise Refused("no_category", why=_("建议立案的，要选类别和交办系统"), do=_("请选好再保存"), field="category")
    if outcome == "turn_down" and not grounds:
        raise Refused("no_ground", why=_("不予立案要有理由"), do=_("请至少选一条理由"), field="grounds")
    if category and category != proposal.category and category not in terms.categories(unit, on):
        raise Refused("bad_category", why=_("没有这个类别：%(code)s") % {"code": category}, do=_("请从列出的里面选"), field="category")  # fmt: skip
    if unknown := [one for one in grounds if one not in terms.grounds(unit, on)]:
        raise Refused("bad_ground", why=_("没有这条理由：%(code)s") % {"code": unknown[0]}, do=_("请从列出的理由里选"))
    if rules.SECRET in grounds:
        raise Refused("secret", why=_("疑似涉密的不上会"), do=_("请在提案页点“疑似涉密，锁定”，由另一个人确认"), field="grounds")  # fmt: skip
    if outcome == "merge" and (
        main is None or main.pk == proposal.pk or main.organization_id != proposal.organization_id
    ):
        raise Refused("no_main", why=_("并案要选并入哪一件"), do=_("请选择主提案"), field="main")  # fmt: skip


def send_back(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """退回修改, with what should be mended. The proposer may send it again under the same intake number."""
    with move(proposal, "send_back", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        step.record.first_reviewer = None
        step.tell_people(
            signers(step.record), _("“%(title)s”退回修改：%(why)s") % {"title": step.record.title, "why": reason}
        )
    return step.record


def withdraw(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """撤案, at the proposer's wish; once a reply has been delivered it is too late."""
    with move(proposal, "withdraw", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        step.record.decided_on = step.record.decided_on or step.day
        step.record.disposition = rules.WITHDRAW
        step.tell_people(signers(step.record), _("“%(title)s”已撤案：%(why)s") % {"title": step.record.title, "why": reason})  # fmt: skip
        step.then(lambda made: revoke_all(made, reason, by, now))
    return step.record


# ── the sheet of a meeting ───────────────────────────────────────────────────────────────────────────────────────
def prepare(
    organization: Organization, title: str, on: date, proposals: Iterable[Proposal], *, by: User | None, now: datetime
) -> Sheet:
    """审议单: every proposal with what its second reviewer put to the meeting."""
    with move(Sheet(organization=organization, title=title, on=on), "prepare", rules.SHEET, by=by, now=now) as step:
        if not title.strip():
            raise Refused("no_title", why=_("还没有写哪次会议"), do=_("请写会议名称"), field="title")
        chosen = list(proposals)
        if not chosen:
            raise Refused("empty", why=_("还没有选提案"), do=_("请至少选一件已复审的提案"), field="proposals")
        for one in chosen:
            if one.state != rules.REVIEWED or one.organization_id != organization.pk:
                raise Refused(
                    "wrong_state",
                    why=_("“%(title)s”还没有复审") % {"title": one.title},
                    do=_("请先复审，或从单子里去掉"),
                )
            if SheetRow.objects.filter(proposal=one, sheet__state="open").exists():
                raise Refused(
                    "taken", why=_("“%(title)s”已经在另一张审议单上") % {"title": one.title}, do=_("请从单子里去掉")
                )

        def write(made: Sheet) -> None:
            for order, one in enumerate(chosen, 1):
                put = one.reviews.filter(stage=Review.SECOND).order_by("-id").first()
                SheetRow.objects.create(sheet=made, proposal=one, order=order, **_proposed(put))

        step.then(write)
    return step.record


def _proposed(put: Review | None) -> dict[str, Any]:
    if put is None:
        return {}
    unit, turned_down = put.proposal.organization, put.outcome == "turn_down" and put.grounds
    usual = terms.meaning(unit, terms.GROUND, put.grounds[0], localtime(put.at).date()) if turned_down else ""
    return {"outcome": put.outcome, "main": put.main, "grounds": put.grounds, "disposition": usual, "words": put.words}


def arrange(sheet: Sheet, rows: Mapping[int, Mapping[str, Any]], *, by: User | None, now: datetime, seen: int) -> Sheet:
    """What the meeting says of single proposals, written down before it is decided. `rows`: id of a row → its columns."""
    with move(sheet, "arrange", rules.SHEET, by=by, now=now, seen=seen) as step:
        step.then(lambda made: _arrange(made, rows))
    return step.record


def _arrange(sheet: Sheet, rows: Mapping[int, Mapping[str, Any]]) -> None:
    for row in sheet.rows.filter(pk__in=rows):
        for key, typed in rows[row.pk].items():
            setattr(row, key, typed)
        row.save()


def decide(sheet: Sheet, *, by: User | None, now: datetime, seen: int) -> Sheet:
    """审议通过: everything on the sheet, once. Filing numbers are given in the sheet's order; main proposals before those merged into them.

    raises  NotAllowed · Stale · Refused: a row cannot be decided so (its words say which); then nothing of the sheet is
    """
    with move(sheet, "decide", rules.SHEET, by=by, now=now, seen=seen) as step:
        rows = list(
            step.record.rows.select_related("proposal", "proposal__organization", "main").order_by("order", "id")
        )
        for row in sorted(rows, key=lambda one: one.outcome == "merge"):
            _decide(row, step.record, by, now)
        step.detail["decided"] = [[row.proposal_id, row.outcome] for row in rows]
    return step.record


def _decide(row: SheetRow, sheet: Sheet, by: User | None, now: datetime) -> None:
    proposal = row.proposal
    try:
        _check(row.outcome, proposal.category, proposal.system, row.main, row.grounds, proposal, localtime(now).date())
        if row.outcome == "file":
            file(proposal, on=sheet.on, by=by, now=now)
        elif row.outcome == "merge" and row.main:
            merge(proposal, row.main, on=sheet.on, by=by, now=now)
        elif row.outcome == "send_back":
            send_back(proposal, by=by, now=now, seen=proposal.version, reason=row.words)
        else:
            turn_down(proposal, row.grounds, row.disposition, on=sheet.on, by=by, now=now, reason=row.words)
    except Refused as refused:
        raise Refused(refused.code, why=f"{proposal.title}：{refused.why}", do=refused.do, field=f"row-{row.pk}") from refused  # fmt: skip


def file(proposal: Proposal, *, on: date, by: User | None, now: datetime) -> Proposal:
    """立案: the proposal gets its number, last in the transaction, gap-free within its session."""
    with move(proposal, "file", rules.MOVES, by=by, now=now) as step:
        record = step.record
        record.decided_on = on
        record.number = take(record.organization, f"{naming.series(record)}:{record.session_id or 0}")
        record.called = naming.written(record, step.day)
        step.tell_people(
            signers(record), _("“%(title)s”已立案，%(name)s") % {"title": record.title, "name": record.name}
        )
        tell_seconders(step, _("您附议的“%(title)s”已立案") % {"title": record.title})
        step.then(lambda made: keep_text(made, "file", by, now))
    return step.record


def merge(proposal: Proposal, main: Proposal, *, on: date, by: User | None, now: datetime) -> Proposal:
    """并案 into a filed one; its proposers get the reply and rate it too."""
    main.refresh_from_db()
    if main.state not in rules.LIVE:
        raise Refused(
            "main_not_filed", why=_("“%(title)s”还没有立案，不能并入") % {"title": main.title}, do=_("请先给主提案立案")
        )
    with move(proposal, "merge", rules.MOVES, by=by, now=now) as step:
        step.record.main, step.record.decided_on = main, on
        tell_seconders(
            step, _("您附议的“%(title)s”并入“%(main)s”一起办理") % {"title": step.record.title, "main": main.title}
        )
        step.tell_people(
            signers(step.record),
            _("“%(title)s”并入%(name)s“%(main)s”一起办理，答复会分别给您")
            % {"title": step.record.title, "name": main.name, "main": main.title},
        )
    return step.record


def turn_down(
    proposal: Proposal, grounds: Iterable[str], disposition: str, *, on: date, by: User | None, now: datetime, reason: str
) -> Proposal:  # fmt: skip
    """不予立案, on at least one ground; what becomes of it, and the proposer is told why."""
    unit, today = proposal.organization, localtime(now).date()
    known = terms.grounds(unit, today)
    chosen = [one for one in grounds if one in known]
    if not chosen:
        raise Refused("no_ground", why=_("不予立案要有理由"), do=_("请至少选一条理由"), field="grounds")
    words = reason.strip() or "；".join(known[one].title for one in chosen)
    with move(proposal, "turn_down", rules.MOVES, by=by, now=now, reason=words) as step:
        record = step.record
        record.grounds, record.disposition = chosen, disposition or known[chosen[0]].meaning
        record.decided_on, record.told = on, words[:500]
        tell_seconders(step, _("您附议的“%(title)s”不予立案：%(why)s") % {"title": record.title, "why": words})
        step.tell_people(
            signers(record),
            _("“%(title)s”不予立案（%(what)s）：%(why)s")
            % {"title": record.title, "what": rules.DISPOSITIONS[record.disposition], "why": words},
        )
    return step.record
