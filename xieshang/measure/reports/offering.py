"""约数: the roundings that stay true and are offered for a figure; shares of one whole are rounded so that they add to 100."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xieshang.base.calendar.workdays import add_months

from . import printing
from .models import Blank, Report

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


# --- other days than the report's --------------------------------------------------------------------------------------------

SIGNS = "一二三四五六七八九"


def periods(report: Report) -> list[tuple[str, date, date]]:
    """What a place may count instead of the report's days: (its name, first day, last day), the report's own first."""
    end, year = report.end, report.end.year
    before = (add_months(report.start, -12), add_months(end, -12))
    found = [(_("本报告期间"), report.start, end), (_("上半年"), date(year, 1, 1), date(year, 6, 30))]
    found += [(_("上年同期"), *before), (_("五年来"), date(year - 4, 1, 1), end)]
    for number in ((year - 1951) // 5, (year - 1951) // 5 - 1):  # 十五五 began in 2026
        if 11 <= number <= 19:
            first = 1951 + 5 * number
            sign = SIGNS[number - 11] if (get_language() or "zh").startswith("zh") else str(number)
            name = _("“十%(sign)s五”期间") % {"sign": sign}
            found.append((name, date(first, 1, 1), min(date(first + 4, 12, 31), max(end, date(first, 1, 1)))))
    return found
