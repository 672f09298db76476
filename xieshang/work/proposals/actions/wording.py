"""叫法: what a unit calls its categories, its grounds and its classes, from a day on and with what it rests on."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import subtree

from .. import rules, terms
from ..models import Assignment, FollowUp, Proposal, SheetRow, Term
from ..schemes import GROUND, MEANINGS, Scheme

VERB = "settings.set"


@transaction.atomic
def set_term(
    organization: Organization, kind: str, *, code: str = "", title: str, meaning: str = "", order: int = 0, since: date, citation: str, by: User, now: datetime
) -> Term:  # fmt: skip
    """A new word, or another one for a code, from a day on. A ground or category without a code gets the next.

    raises  NotAllowed · Refused: no name or citation, a class without a letter or without what it counts as
    """
    permissions.require(by, VERB, organization)
    title, citation, code = title.strip(), citation.strip(), code.strip()
    if not title:
        raise Refused("no_title", why=_("还没有写名称"), do=_("请写名称"), field="title")
    if not citation:
        raise Refused("no_citation", why=_("还没有写依据"), do=_("请写文件或会议"), field="citation")
    if MEANINGS[kind] and meaning not in MEANINGS[kind]:
        raise Refused("no_meaning", why=_("还没有选算作什么"), do=_("请从列出的里面选"), field="meaning")
    if kind == terms.CLASS and not (code.isascii() and code.isalnum() and len(code) <= 2):
        raise Refused(
            "bad_code", why=_("办理类别要有代号，一两个字母或数字，印在答复上"), do=_("如：A、B、C、D"), field="code"
        )
    known = terms.every(organization, kind, date.max)
    code = code.upper() if kind == terms.CLASS else code or _next_code(kind, known)
    was = known.get(code)
    place = order or (was.order if was else max((one.order for one in known.values()), default=0) + 10)
    local = was.local if was else kind == GROUND
    return _write(organization, kind, code, title[:60], meaning, local, place, since, citation, True, by, now)


def _next_code(kind: str, known: Iterable[str]) -> str:
    letter = "R" if kind == GROUND else "own"
    taken = set(known)
    return next(code for n in range(len(taken) + 1, 1000) if (code := f"{letter}{n:02}") not in taken)


@transaction.atomic
def stop_term(organization: Organization, kind: str, code: str, *, since: date, citation: str, by: User, now: datetime) -> Term:  # fmt: skip
    """From a day on it is chosen no more. What has it keeps it.

    raises  NotAllowed · Refused: something from that day on has it, or nothing would be left to choose
    """
    permissions.require(by, VERB, organization)
    offered = {one.code: one for one in terms.every(organization, kind, since).values() if one.offered}
    if not citation.strip():
        raise Refused("no_citation", why=_("还没有写依据"), do=_("请写文件或会议"), field="citation")
    if code not in offered:
        raise Refused("not_offered", why=_("这一天它已经不用了"), do=_("请看一看生效日期"), field="since")
    if kind == GROUND and code == rules.SECRET:
        raise Refused("kept", why=_("涉密的理由不能停用，锁定和清除要靠它"), do=_("可以改名称"))
    if len(offered) == 1:
        raise Refused("last", why=_("停用后就没有可选的了"), do=_("请先加新的"))
    if last := used_until(organization, kind, code, since, localtime(now).date()):
        raise Refused(
            "in_use", why=_("“%(what)s”在 %(day)s 还有提案用着") % {"what": offered[code].title, "day": last}, do=_("请从这天以后停用，或先改那件提案"), field="since",
        )  # fmt: skip
    one = offered[code]
    with translation.override("zh-hans"):  # a default's word, as its source has it
        name = str(one.name)
    return _write(
        organization,
        kind,
        code,
        name,
        one.meaning,
        one.local,
        one.order,
        since,
        citation.strip(),
        False,
        by,
        now,
    )


def adopt(organization: Organization, scheme: Scheme, *, since: date, citation: str, by: User, now: datetime) -> None:
    """Take over a whole set from a day on: its words stand, the others are chosen no more. Raises as `set_term` and `stop_term` do; then nothing of it is."""
    with transaction.atomic():
        kept = {code for code, _title, _meaning in scheme.words}
        before = [one.code for one in terms.every(organization, scheme.kind, since).values() if one.offered]
        for n, (code, title, meaning) in enumerate(scheme.words, 1):
            set_term(
                organization,
                scheme.kind,
                code=code,
                title=title,
                meaning=meaning,
                order=n,
                since=since,
                citation=citation,
                by=by,
                now=now,
            )
        for code in before:
            if code not in kept:
                stop_term(organization, scheme.kind, code, since=since, citation=citation, by=by, now=now)


def used_until(organization: Organization, kind: str, code: str, since: date, today: date) -> date | None:
    """The last day, from `since` on, on which something of the unit or of those below it has this code. What is on the way with it counts as today's."""
    within = subtree(organization)
    if kind == terms.CATEGORY:
        found = Proposal.objects.filter(organization__in=within, category=code, submitted_on__gte=since)
        day: date | None = found.aggregate(day=Max("submitted_on"))["day"]
        return day
    if kind == terms.CLASS:
        if Assignment.objects.filter(organization__in=within, result=code, state__in=rules.OPEN).exists():
            return max(since, today)
        given = Assignment.objects.filter(organization__in=within, result=code, delivered_on__gte=since)
        again = FollowUp.objects.filter(proposal__organization__in=within, result=code, on__gte=since)
        return max(
            filter(None, (given.aggregate(day=Max("delivered_on"))["day"], again.aggregate(day=Max("on"))["day"])),
            default=None,
        )
    waiting = SheetRow.objects.filter(sheet__organization__in=within, sheet__state="open")
    if any(code in grounds for grounds in waiting.values_list("grounds", flat=True)):
        return max(since, today)
    decided = Proposal.objects.filter(organization__in=within, decided_on__gte=since).exclude(disposition="")
    return max(
        (day for day, grounds in decided.values_list("decided_on", "grounds") if day and code in grounds), default=None
    )


def _write(
    organization: Organization, kind: str, code: str, title: str, meaning: str, local: bool, order: int, since: date, citation: str, offered: bool, by: User, now: datetime
) -> Term:  # fmt: skip
    made = Term.objects.create(
        organization=organization, kind=kind, code=code, title=title, meaning=meaning, local=local, order=order, source=citation[:200], since=since, offered=offered, set_at=now, set_by=by,
    )  # fmt: skip
    detail = {"key": f"proposals.{kind}.{code}", "value": title if offered else "", "meaning": meaning, "from": since}
    trail.write(VERB, by=by, now=now, organization=organization, reason=citation, detail=detail)
    return made
