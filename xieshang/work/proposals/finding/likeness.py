"""Proposals that say much the same: candidates from the index by the pairs that tell most, then compared whole."""

from array import array
from datetime import date, datetime
from functools import lru_cache
from heapq import nlargest
from zlib import crc32

from django.db import transaction
from django.db.models import F

from xieshang.text import pairs
from xieshang.text.likeness import Common, Vector, common, likeness, vector

from ..models import Proposal, Weights
from .stores import store

SAMPLE = 4000  # proposals by which the weights are counted
ASKED = 48  # pairs that candidates are sought by
CANDIDATES = 100
LEAST = 0.08  # less is chance
TEXT = ("title", "situation", "analysis", "advice")
SHARES = (3.0, 1.0, 1.0, 1.5)


def similar(proposal: Proposal, most: int = 5, same_year: bool | None = None) -> list[tuple[Proposal, float]]:
    """Others of the unit that were sent and say much the same, likest first, with 0..1. Four queries.

    same_year  True: only of the plenary to whose numbers it belongs; False: only of others; None: of all
    """
    known = weights()
    own = _vector(proposal, known)
    if not own:
        return []
    asked = dict(nlargest(ASKED, own.items(), key=lambda one: (one[1], one[0])))
    found = Proposal.objects.filter(pk__in=store().nearest(asked, proposal.organization_id, CANDIDATES))
    found = found.filter(submitted_at__isnull=False).exclude(pk=proposal.pk)
    if same_year is not None:
        found = found.filter(session=proposal.session_id) if same_year else found.exclude(session=proposal.session_id)
    scored = [(one, likeness(own, _vector(one, known))) for one in found]
    return nlargest(most, (pair for pair in scored if pair[1] >= LEAST), key=lambda pair: (pair[1], pair[0].pk))


def _vector(proposal: Proposal, known: Common) -> Vector:
    return vector(((pairs.plain(getattr(proposal, name)), share) for name, share in zip(TEXT, SHARES, strict=True)), known)  # fmt: skip


def weights() -> Common:
    """Of the installation, as last counted. One query, two after they were counted anew."""
    marks = Weights.objects.values_list("pk", "mark").first()
    return _loaded(*marks) if marks else Common()


@lru_cache(maxsize=2)
def _loaded(pk: int, mark: int) -> Common:
    one = Weights.objects.get(pk=pk)
    return Common(one.documents, dict(zip(array("i", bytes(one.pairs)), array("i", bytes(one.counts)), strict=True)))


def renew(now: datetime) -> None:
    """A job: once a day the weights are counted anew, by every so many-th proposal that was sent."""
    on = now.date()
    if not Weights.objects.filter(on=on).exists():
        count(on)


def count(on: date) -> None:
    sent = Proposal.objects.filter(submitted_at__isnull=False)
    step = sent.count() // SAMPLE + 1
    sample = sent.annotate(nth=F("pk") % step).filter(nth=0).order_by("pk").values_list(*TEXT)
    counted = common(pairs.plain("。".join(texts)) for texts in sample.iterator(500))
    kept, counts = array("i", counted.counts.keys()).tobytes(), array("i", counted.counts.values()).tobytes()
    with transaction.atomic():
        Weights.objects.all().delete()
        Weights.objects.create(
            on=on, documents=counted.documents, mark=crc32(kept + counts), pairs=kept, counts=counts
        )  # fmt: skip
