"""What an average divides by: bodies by kind, members, units below."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Membership

from .models import Target

NAMED = {  # what 每个… divides by, by the word that the text uses
    "小组": BodyKind.GROUP,
    "专委会": BodyKind.COMMITTEE,
    "专门委员会": BodyKind.COMMITTEE,
    "界别": BodyKind.SECTOR,
    "联络室": BodyKind.LIAISON,
    "支部": BodyKind.BRANCH,
}


def divisors(targets: Sequence[Target], organization: Organization, on: date) -> dict[str, Decimal]:
    """Bodies by kind, members of the unit's own groups, units below: asked only where a target is for each of them."""
    wanted = {target.per for target in targets if target.indicator} & {"group", "member", "community"}
    found: dict[str, Decimal] = {}
    if "group" in wanted:
        counts = (
            Body.objects.filter(organization=organization, ended_on=None)
            .order_by()
            .values("kind")
            .annotate(n=Count("id"))
        )
        found.update({f"group:{row['kind']}": Decimal(row["n"]) for row in counts})
    if "member" in wanted:
        alive = Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
        groups = Membership.objects.filter(
            alive, body__organization=organization, body__kind__in=(BodyKind.GROUP, BodyKind.LIAISON)
        )
        found["member"] = Decimal(groups.values("person").distinct().count())
        for body, people in groups_of(targets, on):
            found[f"member:{body}"] = Decimal(people)
    if "community" in wanted:
        found["community"] = Decimal(Organization.objects.filter(parent=organization).count())
    return found


def groups_of(targets: Sequence[Target], on: date) -> Iterable[tuple[int, int]]:
    """(body, its people) of targets that are for each member of one body. One query, where there are any."""
    bodies = {target.body_id or target.plan.body_id for target in targets if target.per == "member"} - {None}
    if not bodies:
        return ()
    alive = Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))
    found = Membership.objects.filter(alive, body__in=bodies).order_by().values("body")
    return found.annotate(n=Count("person", distinct=True)).values_list("body", "n")


def divisor(target: Target, found: dict[str, Decimal]) -> Decimal | None:
    body = target.body_id or target.plan.body_id
    if target.per == "member" and body:
        return found.get(f"member:{body}")
    if target.per != "group":
        return found.get(target.per)
    kind = next((kind for word, kind in NAMED.items() if word in target.quote), None)
    return found.get(f"group:{kind}") if kind else None
