"""约数: the roundings that stay true and are offered for a figure; shares of one whole are rounded so that they add to 100."""

from collections.abc import Sequence
from decimal import Decimal

from . import printing
from .models import Blank

WHOLE = Decimal(100)
LOST = Decimal("0.01")  # as much as shares with four decimals may miss of 100


def offers(blank: Blank, blanks: Sequence[Blank]) -> list[str]:
    """What else may be written in `blank` without telling an untruth; `blanks` are all those of its report."""
    if blank.scaled is None:
        return []
    together = [b for b in blanks if b.paragraph == blank.paragraph and _is_share(b)] if _is_share(blank) else []
    values = [b.ledger_value for b in together]
    if len(together) < 2 or abs(sum(values) - WHOLE) > LOST:  # type: ignore[arg-type]
        return printing.roundings(blank.scaled, measure(blank), blank.head, blank.tail)
    place = [b.order for b in together].index(blank.order)
    parts = [printing.shares(values, places)[place] for places in (1, 0)]  # type: ignore[arg-type]
    return list(
        dict.fromkeys(printing.plain(part) for part in parts if part != blank.ledger_value and 0 < part < WHOLE)
    )


def _is_share(blank: Blank) -> bool:
    return blank.ledger_value is not None and measure(blank) == "%"


def measure(blank: Blank) -> str:
    return next((guess["measure"] for guess in blank.guesses if guess["indicator"] == blank.indicator), "")
