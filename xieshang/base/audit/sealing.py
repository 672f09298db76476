"""Linking committed entries into one chain for each unit, and putting each day's head outside the database."""

import hashlib
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from .models import Entry, Seal, Sealed
from .redacting import allowed
from .trail import digest_of, stamp

BATCH = 5000


def link(
    previous: str, lines: list[list[object]], *, organization: int | None, number: int, sealed_at: datetime
) -> str:
    """The digest of a seal: over the one before it, its place and moment, and each entry's id and digest."""
    head = f"{previous}\n{organization} {number} {stamp(sealed_at)}\n"
    return hashlib.sha256((head + "\n".join(f"{i} {d}" for i, d in lines)).encode()).hexdigest()


@transaction.atomic
def seal(now: datetime) -> int:
    """Seal all committed entries that wait; how many. Writers wait only while a batch of ids is read, never for each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_sealed IN EXCLUSIVE MODE")  # one sealer at a time
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")  # nobody's lower id can still be on its way
    mark = Sealed.objects.values_list("entry", flat=True).first() or 0
    waiting: dict[int | None, list[list[object]]] = defaultdict(list)
    last = mark
    for pk, organization, digest in (
        Entry.objects.filter(id__gt=mark).order_by("id").values_list("id", "organization_id", "digest")[:BATCH]
    ):
        waiting[organization].append([pk, digest])
        last = pk
    if last == mark:
        return 0
    for unit, lines in waiting.items():
        _add(unit, lines, now)
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
        organization_id=organization, number=number, sealed_at=now, previous=previous, entries=lines,
        digest=link(previous, lines, organization=organization, number=number, sealed_at=now),
    )  # fmt: skip
    transaction.on_commit(lambda: _put_outside(organization, made, now))


def heads_folder() -> Path:
    return Path(settings.DATA) / "seals"


def _put_outside(organization: int | None, made: Seal, now: datetime) -> None:
    """The day's head of the chain, in a file of its own beside the database."""
    folder = heads_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{organization or 0}-{now:%Y-%m-%d}.txt"
    waiting = path.with_suffix(".part")
    waiting.write_text(f"{made.number} {made.digest}\n", encoding="ascii")
    waiting.replace(path)


def heads(organization: int | None) -> dict[str, tuple[int, str]]:
    """Day → (number, digest) of the chain's head as put outside the database; (0, "") where the file cannot be read."""
    found = {}
    for path in sorted(heads_folder().glob(f"{organization or 0}-*.txt")):
        number, _, digest = path.read_text(encoding="ascii", errors="replace").strip().partition(" ")
        found[path.stem.split("-", 1)[1]] = (int(number), digest) if number.isascii() and number.isdigit() else (0, "")
    return found


Heads = dict[int | None, dict[str, tuple[int, str]]]


def all_heads() -> Heads:
    """The heads of all units. Read them before the database: a head is put outside after its seal is committed."""
    stems = (path.stem.split("-", 1)[0] for path in heads_folder().glob("*-*-*-*.txt"))
    return {unit: heads(unit) for unit in {int(stem) or None for stem in stems if stem.isdigit()}}


def problems(outside: Heads | None = None) -> list[str]:
    """Each audit row that was altered, doubled, deleted, slipped in or cut off, in words. Empty when the chain is whole.

    Not seen: an entry that was deleted before it was sealed, where no record's version asks for it (a log-in, a setting); so the
    sealer runs every few seconds. Nor a tail that was cut off together with the mark and with the files of the heads: the heads are
    for another machine or for paper.
    """
    outside = all_heads() if outside is None else outside
    return [*_altered_or_doubled(), *_broken_chain(), *_cut_off(outside)]


def _altered_or_doubled() -> list[str]:
    found, uids, redacted = [], set(), allowed()
    for entry in Entry.objects.order_by("id").iterator(chunk_size=5000):
        if entry.digest != (says := digest_of(entry)) and (entry.pk, says) not in redacted:
            found.append(f"audit entry {entry.pk} ({entry.verb} {entry.record}) was altered")
        if entry.uid in uids:
            found.append(f"audit entry {entry.pk} ({entry.verb} {entry.record}) stands twice")
        uids.add(entry.uid)
    return found


def _broken_chain() -> list[str]:
    found: list[str] = []
    standing = dict(Entry.objects.values_list("id", "digest"))
    sealed: set[int] = set()
    previous: dict[int | None, tuple[int, str]] = {}
    for made in Seal.objects.order_by("organization", "number").iterator(chunk_size=100):
        number, digest = previous.get(made.organization_id, (0, ""))
        lines = _lines(made)
        if (
            lines is None
            or made.number != number + 1
            or made.previous != digest
            or made.digest != _digest_of(made, lines)
        ):
            found.append(f"audit seal {made.number} of unit {made.organization_id} does not fit the chain")
        for pk, entry_digest in lines or ():
            if pk not in standing:
                found.append(f"audit entry {pk} was deleted")
            elif standing[pk] != entry_digest:
                found.append(f"audit entry {pk} does not match its seal")
            if pk in sealed:
                found.append(f"audit entry {pk} is sealed twice")
            sealed.add(pk)
        previous[made.organization_id] = (made.number, made.digest)
    mark = Sealed.objects.values_list("entry", flat=True).first() or 0
    found += [
        f"audit entry {pk} stands below the mark of the sealer and in no seal"
        for pk in sorted(standing)
        if pk <= mark and pk not in sealed
    ]
    if mark != (last := max(sealed, default=0)):
        found.append(f"the mark of the sealer says audit entry {mark}, the last seal says {last}")
    return found


def _lines(made: Seal) -> list[tuple[int, str]] | None:
    """What a seal covers; None when it was altered beyond reading."""
    try:
        return [(int(pk), str(digest)) for pk, digest in made.entries]
    except (TypeError, ValueError):
        return None


def _digest_of(made: Seal, lines: list[tuple[int, str]]) -> str:
    return link(
        made.previous,
        [list(line) for line in lines],
        organization=made.organization_id,
        number=made.number,
        sealed_at=made.sealed_at,
    )


def _cut_off(outside: Heads) -> list[str]:
    found = []
    for organization, days in outside.items():
        for day, (number, digest) in days.items():
            if not Seal.objects.filter(organization=organization, number=number, digest=digest).exists():
                found.append(f"audit chain of unit {organization} lost the head put outside on {day}")
    return found
