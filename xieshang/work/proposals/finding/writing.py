"""Keeping the index true: with each move of a record, for what came in otherwise, all of it anew, and one proposal out of it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from xieshang.base.orgs.models import Organization

from ..models import IndexRow, Proposal
from .gathering import Row, rows
from .stores import store

EACH = 2000  # proposals read at a time
ROUND = 2000  # of what was not indexed yet, in one round of the worker


def index(*proposals: int) -> int:
    """Write what changed of these. Four queries, two more for what did; in the transaction of who calls."""
    kept = IndexRow.objects.select_for_update().filter(proposal__in=proposals)
    before = {one[0]: Row(*one) for one in kept.values_list("proposal_id", "organization_id", "number", "text")}
    changed = [row for row in rows(proposals) if before.get(row.proposal) != row]
    if changed:
        store().put(changed, before)
    return len(changed)


def catch_up(now: datetime) -> None:
    """A job: what was there before the index was, or came in past the actions."""
    without = Proposal.objects.exclude(Exists(IndexRow.objects.filter(proposal=OuterRef("pk"))))
    found = list(without.order_by("pk").values_list("pk", flat=True)[:ROUND])
    for start in range(0, len(found), 200):
        with transaction.atomic():
            index(*found[start : start + 200])


def rebuild(organization: Organization | None = None) -> int:
    """All of a unit, or of the installation, anew. Returns how many."""
    found = Proposal.objects.filter(organization=organization) if organization else Proposal.objects.all()
    pks = list(found.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        store().fill(_all(pks), organization.pk if organization else None)
    return len(pks)


def _all(pks: list[int]) -> Iterator[list[Row]]:
    for start in range(0, len(pks), EACH):
        yield list(rows(pks[start : start + EACH]))


def forget(proposal: Proposal) -> None:
    """Nothing of it is left in the index. Its next move writes what it then says."""
    kept = IndexRow.objects.filter(proposal=proposal)
    found = [Row(*one) for one in kept.values_list("proposal_id", "organization_id", "number", "text")]
    if found:
        with transaction.atomic():
            store().drop(found)
