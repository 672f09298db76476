"""What everybody may see, without a log-in: what was decided to be published, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xieshang.base.orgs.models import Body, Organization, Session
from xieshang.base.settings.parameters import values_of

from .. import rules
from ..models import Assignment, FollowUp, Publication, Signature

WORDS = 3  # of a search; each is looked for in every text


@dataclass(frozen=True)
class Wanted:
    """To what the public list is narrowed; "" and None are no narrowing."""

    words: str = ""
    session: int | None = None
    year: int | None = None
    category: str = ""
    unit: int | None = None
    result: str = ""


def public_units(today: date) -> list[Organization]:
    """Units that show something to everybody. Three queries."""
    shown = Publication.objects.filter(organization=OuterRef("pk"), withdrawn_on=None, proposal__published=True)
    found = list(Organization.objects.filter(Exists(shown)))
    said = values_of(found, (rules.PUBLIC,), today)
    return [one for one in found if said[one.pk][rules.PUBLIC]]


def published(organization: Organization) -> QuerySet[Publication]:
    """What is published of a unit, newest first: the proposer agrees, no word against it stands, and it was not taken back."""
    found = Publication.objects.filter(
        organization=organization, withdrawn_on=None, proposal__published=True, proposal__open_text=True, proposal__state__in=rules.LIVE,
    )  # fmt: skip
    return found.select_related("proposal", "proposal__session__term", "proposal__body", "proposal__organization").order_by("-on", "-id")  # fmt: skip


def narrowed(found: QuerySet[Publication], wanted: Wanted) -> QuerySet[Publication]:
    """Looked for only in what is shown: the title, and the text or the abstract in its place."""
    for word in wanted.words.split()[:WORDS]:
        whole = Q(proposal__situation__icontains=word) | Q(proposal__analysis__icontains=word) | Q(proposal__advice__icontains=word)  # fmt: skip
        text = Q(proposal__title__icontains=word) | Q(abstract__icontains=word) | (Q(abstract="") & whole)
        if word.isascii() and word.isdecimal() and len(word) < 6:
            text |= Q(proposal__number=int(word))
        found = found.filter(text)
    asked = {"session": wanted.session, "category": wanted.category, "result": wanted.result, "submitted_on__year": wanted.year}  # fmt: skip
    found = found.filter(**{f"proposal__{name}": value for name, value in asked.items() if value})
    if wanted.unit:
        found = found.filter(Exists(_open_replies().filter(proposal=OuterRef("proposal"), unit=wanted.unit)))
    return found


def _open_replies() -> QuerySet[Assignment]:
    return Assignment.objects.filter(state=rules.DELIVERED, publicity=rules.OPEN_TO_ALL).exclude(role=rules.CO)


def shown_with(found: Iterable[Publication]) -> list[Publication]:
    """Each with its open replies (`replies`), the signers that stand on it (`signers`) and what became of it (`later`). Three queries."""
    made = list(found)
    ids = [one.proposal_id for one in made]
    replies = _grouped(_open_replies().filter(proposal__in=ids).select_related("unit").order_by("round", "id"))
    signed = Signature.objects.filter(proposal__in=ids, state=Signature.SIGNED).select_related("person", "sector")
    signers = _grouped(signed.order_by("order", "id"))
    later = _grouped(FollowUp.objects.filter(proposal__in=ids).order_by("on", "id"))
    for one in made:
        pk = one.proposal_id
        one.replies, one.signers, one.later = replies.get(pk, []), signers.get(pk, []), later.get(pk, [])  # type: ignore[attr-defined]
    return made


def _grouped(rows: Iterable) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(row.proposal_id, []).append(row)
    return found


def public_figures(found: QuerySet[Publication]) -> list[tuple[str, int]]:
    """How many are published of each class. One query."""
    return list(found.order_by().values_list("proposal__result").annotate(n=Count("pk")).order_by("proposal__result"))


def public_choices(organization: Organization) -> dict[str, list]:  # type: ignore[type-arg]
    """What the published ones can be narrowed to: no choice names anything else. Four queries."""
    shown = published(organization).order_by()
    sessions = Session.objects.filter(pk__in=shown.values("proposal__session")).select_related("term__organization").order_by("-opens_on")  # fmt: skip
    units = Body.objects.filter(pk__in=_open_replies().filter(proposal__in=shown.values("proposal")).values("unit")).order_by("order", "id")  # fmt: skip
    rows = shown.values_list("proposal__submitted_on__year", "proposal__category", "proposal__result").distinct()
    years, categories, results = (sorted({row[n] for row in rows if row[n]}) for n in range(3))
    return {"sessions": list(sessions), "units": list(units), "years": years[::-1], "categories": categories, "results": results}  # fmt: skip


def changed_at(organization: Organization) -> datetime | None:
    """When something was published or taken back last. One query, by an index."""
    newest = Publication.objects.filter(organization=organization).order_by("-changed_at")
    return newest.values_list("changed_at", flat=True).first()
