"""What somebody pastes: words, rows of a spreadsheet, or the table of a page with its markup."""

import re
from collections.abc import Iterable, Iterator

from lxml import html

from xieshang.documents.package import Element
from xieshang.documents.sheets import parse_pasted

_OPENED = re.compile(r"<(?:table|tr)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:table|tr)>", re.IGNORECASE)
_QUOTED_CELL = re.compile(r'(?:^|\t)"[^"\t]*\n', re.MULTILINE)  # a cell of several lines, as spreadsheets paste it
_BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption"))
MOST_COLUMNS = 200


def lines(text: str) -> str:
    """The same words; each row of a table on one line, with tabs between its cells. Raises nothing."""
    opened = _OPENED.search(text)
    if opened and _CLOSED.search(text, opened.end()):
        return "\n".join(_of_page(text))
    if "\t" in text and _QUOTED_CELL.search(text.replace("\r\n", "\n")):
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") for row in parse_pasted(text))
    return text


def _of_page(markup: str) -> Iterator[str]:
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except Exception:  # it parses whatever was pasted; what it cannot read stays as it is
        return iter(markup.split("\n"))
    return _walk(root)


def _walk(element: Element) -> Iterator[str]:
    """Rows as lines, and the words around the table."""
    if before := _flat(element.text):
        yield before
    for child in element:
        if child.tag in ("table", "tr"):
            yield from _rows([child] if child.tag == "tr" else child.iter("tr"))
        elif child.tag in _BLOCKS and not any(True for _ in child.iter("tr")):
            yield _flat(child.text_content())
        elif isinstance(child.tag, str) and child.tag not in ("script", "style"):
            yield from _walk(child)
        if after := _flat(child.tail):
            yield after


def _rows(rows: Iterable[Element]) -> Iterator[str]:
    """Every row as wide as its columns: what a cell above or on the left spans is empty."""
    hanging: dict[int, int] = {}  # column: how many more rows the cell above reaches down
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _pass(cells, hanging)
            down, wide = _span(cell, "rowspan"), min(_span(cell, "colspan"), MOST_COLUMNS - len(cells))
            if wide < 1:
                break
            hanging |= {len(cells) + n: down for n in range(wide)}
            cells += [_flat(cell.text_content())] + [""] * (wide - 1)
        _pass(cells, hanging)
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        if any(cells):
            yield "\t".join(cells)


def _pass(cells: list[str], hanging: dict[int, int]) -> None:
    while len(cells) in hanging:
        cells.append("")


def _span(cell: Element, name: str) -> int:
    given = cell.get(name, "1")
    return max(1, min(int(given), MOST_COLUMNS)) if given.isdecimal() and len(given) < 6 else 1


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
