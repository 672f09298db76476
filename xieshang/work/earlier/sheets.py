"""Rows of 历年数据 as they are pasted or stand in a sheet: year, 统计项, number, source."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.ledger.facts import Indicator
from xieshang.documents.sheets import write_xlsx

from .actions import Given, check
from .models import YearFigure

HEADINGS = ("年度", "统计项", "数", "出处")
YEAR = re.compile(r"\s*((?:19|20)\d\d)(?:\.0)?\s*年?度?\s*")
NUMBER = re.compile(r"[\s,，]")


def read(
    rows: Iterable[Sequence[object]], known: Mapping[str, Indicator], source: str, now: datetime
) -> tuple[list[Given], list[str]]:
    """What the rows say, and what is wrong with which of them; a heading and empty rows are passed over. `source` is that of rows that name none."""
    named = {str(one.name): one.code for one in known.values()} | {code: code for code in known}
    found: list[Given] = []
    problems: list[str] = []
    seen: set[tuple[int, str]] = set()
    for number, row in enumerate(rows, 1):
        cells = [str(cell if cell is not None else "").strip() for cell in row]
        if not any(cells) or cells[0] == HEADINGS[0]:
            continue
        year, indicator, value, said = (*cells, "", "", "", "")[:4]
        given = _given(year, named.get(indicator, ""), value, said or source)
        why = _wrong(given, indicator, known, now) if given else _("年度或数认不出来，请写成 2023、38 这样")
        if given and not why and (given.year, given.indicator) in seen:
            why = _("同一年度的同一个统计项写了两次")
        if why:
            problems.append(_("第 %(n)s 行：%(why)s") % {"n": number, "why": why})
        elif given:
            seen.add((given.year, given.indicator))
            found.append(given)
    return found, problems


def _given(year: str, code: str, value: str, source: str) -> Given | None:
    match = YEAR.fullmatch(year)
    try:
        number = Decimal(NUMBER.sub("", value).removesuffix("%"))
    except InvalidOperation:
        return None
    return Given(int(match[1]), code, number, source) if match and number.is_finite() else None


def _wrong(given: Given, written: str, known: Mapping[str, Indicator], now: datetime) -> str:
    if not given.indicator:
        return _("没有叫“%(name)s”的统计项") % {"name": written}
    refused = check(given, known.get(given.indicator), now)
    return refused.why if refused else ""


def sheet(found: Iterable[YearFigure]) -> bytes:
    """What is there, in the form in which it can be brought in."""
    rows: list[list[Any]] = [[one.year, one.name, one.value, one.source] for one in found]
    return write_xlsx("历年数据", HEADINGS, rows, widths=(10, 28, 12, 40))
