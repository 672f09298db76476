"""去年的定稿 → 今年的底稿: the figures of last year's report become blanks, its years move on; every other word stays. No database."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xieshang.documents import filling as paper
from xieshang.documents.filling import Edit, Place
from xieshang.text.blanks import MEASURE, MONEY, RATE

NUMBER = re.compile(r"(?<![\dA-Za-z.．第〔\[（(:：/—－-])\d+(?:[,，]\d{3})*(?:\.\d+)?(?![\d.]*\d)")
YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=年|[—－～~至-](?:19|20)\d\d年)"
)  # a number 〔2025〕12号 is that of another paper and stays
NO_FIGURE = re.compile(r"(?:第|十[一二三四五]届|“|自|从)\Z")
ORDER = re.compile(r"\A\s*(?:\d{1,2}[、.．]|[（(]\d{1,2}[）)])")
NO_MEASURE = re.compile(
    r"年|月|日|号|届|时|点|分钟|[:：、）)〕\]]|个?(?:方面|坚持|确保|维护|意识|自信|着力|聚焦|环节|层面|结合|进一步|统筹|全面|重大)"
)
CELL = re.compile(r"\s*-?\d+(?:[,，]\d{3})*(?:\.\d+)?\s*%?\s*")


@dataclass(frozen=True)
class Emptied:
    """The draft: how many figures became blanks, and how many years moved on."""

    data: bytes
    blanks: int
    years: int


def emptied(data: bytes, year: int) -> Emptied:
    """Last year's report as the template of `year`. Raises DocumentError."""
    places = paper.find(data)
    said = base(places, year)
    blanks = [edit for place in places if place.kind in ("body", "table") for edit in _figures(place)]
    years = [edit for place in places for edit in _years(place, said, year - said)] if said else []
    taken = {(edit.paragraph, n) for edit in years for n in range(edit.start, edit.end)}
    blanks = [b for b in blanks if not any((b.paragraph, n) in taken for n in range(b.start, b.end))]
    return Emptied(paper.fill(data, [*blanks, *years]), len(blanks), len(years))


def base(places: list[Place], year: int) -> int:
    """The year that the report is about: that of its title, else the one before `year`, else the one named most; 0 where none is named."""
    title = next(
        (
            m
            for place in places[:12]
            if place.kind == "body" and (m := YEAR.search(place.text)) and len(place.text) < 45
        ),
        None,
    )
    if title:
        return int(title["year"])
    named = Counter(m["year"] for place in places for m in YEAR.finditer(place.text))
    if str(year - 1) in named:
        return year - 1
    return int(named.most_common(1)[0][0]) if named else 0


def _years(place: Place, said: int, by: int) -> Iterator[Edit]:
    """That year, the one before it and the one after it; an older one (自2022年换届以来) is history and stays."""
    for found in YEAR.finditer(place.text):
        if by and abs(int(found["year"]) - said) <= 1 and not place.text[: found.start()].endswith(("自", "从")):
            yield Edit(place.index, *found.span("year"), str(int(found["year"]) + by))


def _figures(place: Place) -> Iterator[Edit]:
    """Numbers with a measure word behind them, and cells of a table that are nothing but a number (of its first column none: those are 1 2 3)."""
    text = place.text
    if place.kind == "table" and CELL.fullmatch(text):
        if not re.search(r"/c1/p\d+\Z", place.address) and not re.fullmatch(r"\s*(?:19|20)\d\d\s*", text):
            mark = text.strip()
            start = text.index(mark)
            yield Edit(place.index, start, start + len(mark), "x%" if mark.endswith("%") else "x")
        return
    order = ORDER.match(text)
    for found in NUMBER.finditer(text, order.end() if order else 0):
        if NO_FIGURE.search(text[: found.start()]) or NO_MEASURE.match(text, found.end()):
            continue
        if any(measure.match(text, found.end()) for measure in (RATE, MONEY, MEASURE)):
            yield Edit(place.index, *found.span(), "x")
