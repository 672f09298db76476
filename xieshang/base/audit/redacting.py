"""What an entry told is taken out of it, because it must not stand anywhere. That it was, by whom and why, stands in the trail.

The entry keeps its digest, so the chain stays whole; a later entry names what each redacted one now says, so nothing else may be said there either.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from xieshang.base.orgs.models import Organization

from .models import Entry
from .trail import digest_of, write

VERB = "audit.redact"


def redact(
    record: str, keep: Collection[str], *, by: Any, now: datetime, organization: Organization, reason: str
) -> list[list[Any]]:
    """Of the entries of a record, and of what stands beside it, only these keys of the detail stay. Returns what was taken out, for `restore`."""
    taken, said = [], []
    for one in Entry.objects.filter(Q(record=record) | Q(record__startswith=f"{record}.")).order_by("id"):
        taken.append([one.pk, one.detail, one.reason])
        one.detail, one.reason = {key: one.detail[key] for key in keep if key in one.detail}, ""
        Entry.objects.filter(pk=one.pk).update(detail=one.detail, reason="")
        said.append([one.pk, digest_of(one)])
    write(VERB, by=by, now=now, organization=organization, record=record, reason=reason, detail={"entries": said})
    return taken


def restore(taken: list[list[Any]]) -> None:
    """What was taken out stands there again; each entry's digest says that it is the same."""
    for pk, detail, reason in taken:
        Entry.objects.filter(pk=pk).update(detail=detail, reason=reason)


def allowed() -> set[tuple[int, str]]:
    """(entry, what it says now) of all that was redacted."""
    return {(int(pk), str(digest)) for detail in Entry.objects.filter(verb=VERB).values_list("detail", flat=True) for pk, digest in detail["entries"]}  # fmt: skip
