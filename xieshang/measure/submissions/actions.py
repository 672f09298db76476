"""Every write of 报送: send, accept, return; and what a unit wants to be told. One function for a verb."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import move

from . import queries, words
from .models import Line, Submission, Wanted
from .rules import MOVES

LONGEST = 300


@transaction.atomic
def send(
    organization: Organization, *, start: date, end: date, note: str = "", by: User | None, now: datetime, seen: int | None = None
) -> Submission:  # fmt: skip
    """报送 a period to the unit above: its figures are taken now and stay as they are. One that was returned is sent again.

    raises  NotAllowed · Refused (nobody above, a period that is not asked for or not over, one that was sent already)
    """
    if by is not None:
        permissions.require(by, "submissions.send", organization)
    Organization.objects.select_for_update().get(pk=organization.pk)  # of two at once the second sees the first
    above, found = checked(organization, start, end, now=now)
    record = found or Submission(organization=organization, to=above, start=start, end=end)
    with move(record, "send", MOVES, by=by, now=now, seen=seen) as step:
        sent = step.record
        sent.round, sent.sent_at, sent.note, sent.to = sent.round + 1, now, note.strip()[:LONGEST], above
        taken = queries.counted(organization, above, start, end)
        step.detail["figures"] = {one.indicator.code: one.number for one in taken}
        step.then(lambda saved: _keep(saved, taken))
        step.tell(queries.staff(above), _("%(what)s已报送，等您接收") % {"what": sent})
    return step.record


def checked(
    organization: Organization, start: date, end: date, *, now: datetime
) -> tuple[Organization, Submission | None]:
    """The unit above, and what came back from it, where this period can be sent now. Raises Refused."""
    above = _above(organization)
    if (start, end) not in queries.periods(above, start.year):
        raise Refused(
            "no_such_period", why=_("%(unit)s没有要求报送这一期") % {"unit": above.short_name}, do=_("请从报送页面里选一期")
        )  # fmt: skip
    if end >= now.date():
        raise Refused(
            "not_over", why=_("%(period)s还没有过完") % {"period": words.period(start, end)}, do=_("请期满以后再报送")
        )
    found = Submission.objects.filter(organization=organization, start=start, end=end).first()
    if found and found.state != "returned":
        raise Refused(
            "sent_already", why=_("%(period)s已经报送过了") % {"period": found.period}, do=_("要改数，请上级单位先退回")
        )  # fmt: skip
    return above, found


def _above(organization: Organization) -> Organization:
    if organization.parent is None:
        raise Refused(
            "nobody_above", why=_("%(unit)s没有上级单位") % {"unit": organization.short_name}, do=_("不用报送")
        )
    return organization.parent


def _keep(saved: Submission, taken: Sequence[figures.Figure]) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # names are kept in the language of the office
        Line.objects.bulk_create(
            Line(
                submission=saved, round=saved.round, order=n, indicator=one.indicator.code, name=str(one.indicator.name)[:80],
                unit=one.indicator.unit, value=one.value, facts=one.facts,
            )
            for n, one in enumerate(taken)
        )  # fmt: skip


def accept(record: Submission, *, by: User | None, now: datetime, seen: int | None = None) -> Submission:
    """接收, in the unit above."""
    with move(record, "accept", MOVES, by=by, now=now, seen=seen, at=record.to) as step:
        step.record.answer = ""
        step.tell(queries.staff(record.organization), _("%(what)s的报送已接收") % {"what": step.record.period})
    return step.record


def send_back(record: Submission, *, reason: str, by: User | None, now: datetime, seen: int | None = None) -> Submission:  # fmt: skip
    """退回 with a reason, in the unit above: the sender mends and sends again. One that was accepted may be returned too."""
    with move(record, "return", MOVES, by=by, now=now, seen=seen, reason=reason, at=record.to) as step:
        step.record.answer = reason.strip()[:LONGEST]
        text = _("%(what)s的报送被退回：%(why)s") % {"what": step.record.period, "why": step.record.answer}
        step.tell(queries.staff(record.organization), text)
    return step.record


@transaction.atomic
def choose(organization: Organization, codes: Sequence[str], *, by: User, now: datetime) -> list[Wanted]:
    """选统计项: what this unit wants to be told from the next sending on. What is only for a unit itself cannot be chosen."""
    permissions.require(by, "submissions.choose", organization)
    known = figures.indicators(organization)
    kept = [code for code in dict.fromkeys(codes) if code in known and queries.open_to(known[code], known)]
    if not kept:
        raise Refused("nothing_chosen", why=_("还没有选统计项"), do=_("请至少选一项"), field="indicators")
    before = list(Wanted.objects.filter(organization=organization).values_list("indicator", flat=True))
    Wanted.objects.filter(organization=organization).delete()
    made = Wanted.objects.bulk_create(
        Wanted(organization=organization, indicator=code, order=n) for n, code in enumerate(kept)
    )
    trail.write(
        "submissions.choose", by=by, now=now, organization=organization, detail={"changed": {"indicators": [before, kept]}}
    )  # fmt: skip
    return made
