"""Search by words."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from xieshang.text import pairs

from ..models import Proposal
from .stores import store


def too_short(words: str) -> list[str]:
    """What of the words is one character only, and no number: the search passes it over, and the page says so."""
    return [piece for piece in pairs.pieces(words) if pairs.length(piece) < 2 and not piece.isdecimal()]


def matching(found: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Those of `found` in which every word stands; a number also finds the proposal of that number. No word of two characters: none."""
    asked = [piece for piece in pairs.pieces(words) if pairs.length(piece) > 1 or piece.isdecimal()]
    if not asked:
        return found.none()
    return found.filter(pk__in=RawSQL(*store().question(asked)))  # nosec B611  what was typed is bound
