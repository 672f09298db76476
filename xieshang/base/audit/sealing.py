"""Linking committed entries into one chain for each unit, and putting each day's head outside the database."""

import hashlib
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .models import Entry, Seal, Sealed

BATCH = 5000


def link(previous: str, lines: list[list[object]]) -> str:
    """The digest of a seal: over the one before it and each entry's id and digest."""
    return hashlib.sha256((previous + "\n" + "\n".join(f"{i} {d}" for i, d in lines)).encode()).hexdigest()


@transaction.atomic
def seal(now: datetime) -> int:
    """Seal all committed entries that wait; how many. Writers wait only while a batch of ids is read, never for each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")  # nobody's lower id can still be on its way
    mark = Sealed.objects.select_for_update().first() or Sealed(entry=0)
    waiting: dict[int | None, list[list[object]]] = defaultdict(list)
    last = mark.entry
    for pk, organization, digest in Entry.objects.filter(id__gt=mark.entry).order_by("id").values_list("id", "organization_id", "digest")[:BATCH]:
        waiting[organization].append([pk, digest])
        last = pk
    if last == mark.entry:
        return 0
    for organization, lines in waiting.items():
        _add(organization, lines, now)
    Sealed.objects.all().delete()
    Sealed(entry=last).save(force_insert=True)
    return sum(map(len, waiting.values()))


def seal_all(now: datetime) -> int:
    """Seal until nothing waits."""
    total = 0
    while done := seal(now):
        total += done
    return total


def _add(organization: int | None, lines: list[list[object]], now: datetime) -> None:
    before = Seal.objects.filter(organization=organization).order_by("-number").first()
    previous = before.digest if before else ""
    number = before.number + 1 if before else 1
    made = Seal.objects.create(
        organization_id=organization, number=number, sealed_at=now, previous=previous, digest=link(previous, lines), entries=lines
    )
    transaction.on_commit(lambda: _put_outside(organization, made, now))


def heads_folder() -> Path:
    return Path(settings.DATA) / "seals"


def _put_outside(organization: int | None, made: Seal, now: datetime) -> None:
    """The day's head of the chain, in a file of its own beside the database."""
    folder = heads_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{organization or 0}-{now:%Y-%m-%d}.txt").write_text(f"{made.number} {made.digest}\n", encoding="ascii")


def heads(organization: int | None) -> dict[str, tuple[int, str]]:
    """Day → (number, digest) of the chain's head as put outside the database."""
    found = {}
    for path in sorted(heads_folder().glob(f"{organization or 0}-*.txt")):
        number, digest = path.read_text(encoding="ascii").split()
        found[path.stem.split("-", 1)[1]] = (int(number), digest)
    return found


def problems() -> list[str]:
    """Each audit row that was altered, doubled, deleted or cut off, in words. Empty when the chain is whole."""
    return [*_altered_or_doubled(), *_broken_chain(), *_cut_off()]


def _altered_or_doubled() -> list[str]:
    from .trail import digest_of

    found, uids = [], set()
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        if entry.digest != digest_of(entry):
            found.append(f"audit entry {entry.pk} ({entry.verb} {entry.record}) was altered")
        if entry.uid in uids:
            found.append(f"audit entry {entry.pk} ({entry.verb} {entry.record}) stands twice")
        uids.add(entry.uid)
    return found


def _broken_chain() -> list[str]:
    found: list[str] = []
    standing = dict(Entry.objects.values_list("id", "digest"))
    previous: dict[int | None, tuple[int, str]] = {}
    for made in Seal.objects.order_by("organization", "number").iterator():
        number, digest = previous.get(made.organization_id, (0, ""))
        if made.number != number + 1 or made.previous != digest or made.digest != link(made.previous, made.entries):
            found.append(f"audit seal {made.number} of unit {made.organization_id} does not fit the chain")
        for pk, entry_digest in made.entries:
            if pk not in standing:
                found.append(f"audit entry {pk} was deleted")
            elif standing[pk] != entry_digest:
                found.append(f"audit entry {pk} does not match its seal")
        previous[made.organization_id] = (made.number, made.digest)
    return found


def _cut_off() -> list[str]:
    found = []
    for organization in {*Seal.objects.values_list("organization", flat=True).distinct(), *_units_outside()}:
        for day, (number, digest) in heads(organization).items():
            if not Seal.objects.filter(organization=organization, number=number, digest=digest).exists():
                found.append(f"audit chain of unit {organization} lost the head put outside on {day}")
    return found


def _units_outside() -> set[int | None]:
    return {int(path.stem.split("-", 1)[0]) or None for path in heads_folder().glob("*.txt")}
