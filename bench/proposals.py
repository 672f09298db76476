"""Proposals at the sizes of a province and of a county: their pages against a bare one, and 立案 against the bare writes of the same rows.

The 95th percentile of each is compared with that of the bare page, both asked in turn. `value` is of a page asked for again while nothing was written;
`afresh` of a page drawn anew, as after a write, the search and the proposals each time for another one.
"""

from itertools import cycle
from threading import Barrier, Thread
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import connection, transaction

from xieshang.base import clock
from xieshang.base.audit.models import Entry
from xieshang.base.ledger.models import PostedFact
from xieshang.base.numbers.models import Counter
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.models import Proposal, Text

from . import pages, proposals_loader, proposals_texts, rounds
from .counting import count
from .saving import _columns

PAGES = ("list", "search", "detail", "board")
EACH, AFRESH, FILED = 60, 30, 30  # samples of each


def measure(name: str) -> dict[str, Any]:
    """One page, or `file`, or `numbers`."""
    return {"file": filing, "numbers": numbers}[name]() if name in ("file", "numbers") else page(name)


def page(name: str) -> dict[str, Any]:
    unit, clerk = proposals_loader.measured()
    get, addresses = pages.browser(clerk), cycle(_addresses(name))
    kept = next(addresses)

    def again() -> bytes:
        return get(kept)

    def afresh() -> bytes:
        caches["pages"].clear()
        return get(next(addresses))

    def bare() -> bytes:
        return get(f"/bare/proposals/{unit.pk}")

    found, drawn = rounds.tail(again, bare, times=EACH), rounds.tail(afresh, bare, times=AFRESH)
    return {
        **found, **count(afresh).as_json(), "bytes": len(again()), "afresh": drawn["value"], "afresh_ms": drawn["ms"], "afresh_samples": drawn["samples"],
    }  # fmt: skip


def _addresses(name: str) -> list[str]:
    if name == "board":
        return ["/proposals/board"]
    if name == "detail":  # pages with a whole trail, replies and ratings
        ready = Proposal.objects.filter(state=rules.FEEDBACK).order_by("-id").values_list("pk", flat=True)
        return [f"/proposals/{pk}" for pk in ready[:20]]
    if name == "search":
        things = [thing for group in proposals_texts.THINGS.values() for thing in group]
        return [f"/proposals/?{urlencode({'q': words})}" for words in [*(f"{thing[:4]} {place}" for thing, place in zip(things, proposals_texts.PLACES[7:], strict=False)), *things]]  # fmt: skip
    return ["/proposals/"]


def filing() -> dict[str, Any]:
    """立案 of one proposal, against the bare writes of the same rows in one transaction: the proposal, its text, the audit entry, the facts, the counter."""
    _unit, clerk = proposals_loader.measured()
    waiting = iter(
        Proposal.objects.filter(state=rules.REVIEWED).order_by("id").select_related("organization")[: FILED + 20]
    )
    like = actions.reviewing.file(next(waiting), on=clock.today(), by=clerk, now=clock.now())
    text, entry = Text.objects.filter(proposal=like).latest("pk"), Entry.objects.filter(record=like.ref).latest("pk")
    facts = list(PostedFact.objects.filter(entry=entry).order_by("id"))
    series = Counter.objects.filter(organization=like.organization).latest("pk").pk
    written: list[tuple[Entry, Text]] = []

    def file() -> None:
        actions.reviewing.file(next(waiting), on=clock.today(), by=clerk, now=clock.now())

    def bare() -> None:
        with transaction.atomic():
            counter = Counter.objects.select_for_update().get(pk=series)
            counter.save(update_fields=["last"])
            like.save()
            kept, made = Text(**_columns(text)), Entry(**_columns(entry))
            kept.save(force_insert=True)
            made.save(force_insert=True)
            PostedFact.objects.bulk_create(
                PostedFact(**{**_columns(fact), "reverses_id": None, "entry_id": made.pk}) for fact in facts
            )
        written.append((made, kept))

    try:
        found = rounds.tail(file, bare, times=FILED)
        return {**found, **count(file).as_json(), "facts": len(facts)}
    finally:  # the ledger stays whole
        for made, kept in written:
            PostedFact.objects.filter(entry=made).delete()
            made.delete()
            kept.delete()


THREADS, ROUNDS = 100, 3


def numbers() -> dict[str, Any]:
    """How many numbers are left out or given twice when a hundred threads file three proposals each, all at once."""
    _unit, clerk = proposals_loader.measured()
    waiting = list(
        Proposal.objects.filter(state=rules.REVIEWED).order_by("-id").select_related("organization")[: THREADS * ROUNDS]
    )
    start, failed = Barrier(THREADS), list[str]()

    def work(mine: list[Proposal]) -> None:
        start.wait()
        try:
            for one in mine:
                actions.reviewing.file(one, on=clock.today(), by=clerk, now=clock.now())
        except Exception as error:  # told below
            failed.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=work, args=(waiting[n::THREADS],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed or Proposal.objects.filter(pk__in=[one.pk for one in waiting], number=None).exists():
        raise RuntimeError(f"{len(failed)} threads could not file: {failed[:2]}")
    wrong = 0
    for session in {one.session_id for one in waiting}:
        given = list(Proposal.objects.filter(session=session, number__isnull=False).values_list("number", flat=True))
        wrong += max(given) - len(set(given)) + len(given) - len(set(given))
    return {
        "value": wrong,
        "unit": "gaps",
        "aim": 0,
        "baseline": None,
        "samples": [],
        "filed": len(waiting),
        "threads": THREADS,
    }
