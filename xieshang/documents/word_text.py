"""The text of a .docx as a reader sees it: body, tables, text boxes and automatic numbers, in document order.

Headers, footers, footnotes and comments are left out: they are not what a plan says.
"""

from collections.abc import Iterator

from xieshang.documents.errors import DocumentError
from xieshang.documents.numbering import Numbering, to_int
from xieshang.documents.package import Element, Package
from xieshang.documents.words import PPR, RPR, SDT, TBL, TC, TEXT_BOX, TR, VAL, P, is_duplicate, text_of, w

_WRAPPERS = frozenset((SDT, w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")))
MOST_COLUMNS = 63  # as many as Word allows
DEEPEST = 20  # tables in tables


def word_text(package: Package) -> str:
    """One line for a paragraph, one for a table row with tabs between its cells. "" when nothing is written in it.

    raises  DocumentError: broken, encrypted, zip_bomb, unsafe
    """
    main = package.main()
    if not main:
        raise DocumentError("broken")
    body = package.tree(main).find(w("body"))
    reader = _Reader(Numbering(_optional(package, main, "numbering"), _optional(package, main, "styles")))
    return "\n".join(reader.lines(body)) if body is not None else ""


def _optional(package: Package, main: str, kind: str) -> Element | None:
    found = package.related(main, kind)
    return package.tree(found[0]) if found and found[0] in package else None


class _Reader:
    """Walks once through the body, for numbers are counted as they are met."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def lines(self, parent: Element, depth: int = 0) -> list[str]:
        """The lines of a body, cell or text box."""
        lines: list[str] = []
        joins = False  # the paragraph before lost its end to a tracked deletion
        for block in _blocks(parent):
            if block.tag == TBL:
                lines += self._rows(block, depth)
                continue
            line = self._line(block)
            if joins and lines:
                lines[-1] += line
            else:
                lines.append(line)
            joins = block.find(f"{PPR}/{RPR}/{w('del')}") is not None
            for box in _boxes(block):
                lines += self.lines(box, depth + 1) if depth < DEEPEST else []
        return lines

    def _line(self, paragraph: Element) -> str:
        text = text_of(paragraph)
        if not text.strip():
            return text
        marker = self._numbering.marker(paragraph)
        apart = " " if marker.endswith(".") and text[0].isdigit() else ""  # 1. 2026年, not 1.2026年
        return marker + apart + text

    def _rows(self, table: Element, depth: int) -> list[str]:
        if depth >= DEEPEST:
            return []
        rows = []
        for row in _inside(table, TR):
            if row.find(f"{w('trPr')}/{w('del')}") is None:
                cells = [text for cell in _inside(row, TC) for text in self._cell(cell, depth)]
                if any(cell.strip() for cell in cells):
                    rows.append("\t".join(cells))
        return rows

    def _cell(self, cell: Element, depth: int) -> Iterator[str]:
        """The text of a cell on one line, and an empty text for each further column it spans."""
        lines = self.lines(cell, depth + 1)
        yield " ".join(part for line in lines for part in line.split())
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        wide = 1 if span is None else to_int(span.get(VAL, ""), 1)
        yield from [""] * (min(wide, MOST_COLUMNS) - 1)


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables directly in `parent`, or in wrappers of no meaning of their own."""
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes hanging on a paragraph, not those inside another box, each once."""
    for box in paragraph.iter(TEXT_BOX):
        outer = next((a for a in box.iterancestors(P)), None)
        if outer is paragraph and not is_duplicate(box):
            yield box
