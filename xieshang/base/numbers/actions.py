"""Numbers without gaps and without repeats."""

from django.db import transaction

from xieshang.base.orgs.models import Organization

from .models import Counter


def take(organization: Organization, series: str) -> int:
    """The next number of a series. Call it last in the transaction that uses it: the row stays locked until then, and a rollback gives the number back.

    A constraint of the record that bears the number must stand guard as well.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken only inside the transaction that uses it")
    Counter.objects.get_or_create(organization=organization, series=series)
    counter = Counter.objects.select_for_update().get(organization=organization, series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
