"""The text of a .docx as a reader sees it: body, tables, text boxes, notes and automatic numbers, in document order.

Tracked changes are taken as accepted. Headers, footers, comments and a table of contents are left out: they are not what
a plan says. A footnote or endnote stands in a line of its own after the paragraph (or table) that refers to it, where it
cannot break a sentence; its number is not written out, for it would be taken for one of the outline.
"""

from collections.abc import Iterator

from xieshang.documents.errors import DocumentError
from xieshang.documents.numbering import Numbering, to_int
from xieshang.documents.package import Element, Package
from xieshang.documents.words import (
    PPR,
    RPR,
    SDT,
    TBL,
    TC,
    TEXT_BOX,
    TR,
    VAL,
    P,
    is_duplicate,
    notes,
    stands_in,
    text_of,
    w,
)

_WRAPPERS = frozenset((SDT, w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")))
_MARK_GONE = (f"{PPR}/{RPR}/{w('del')}", f"{PPR}/{RPR}/{w('moveFrom')}")
_GALLERY = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"
_CONTENTS = "Table of Contents"
_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}
_STOPS = "。！？!?；;："
MOST_COLUMNS = 63  # as many as Word allows
DEEPEST = 20  # tables in tables


def word_text(package: Package) -> str:
    """One line for a paragraph, one for a table row with tabs between its cells. "" when nothing is written in it.

    raises  DocumentError: broken, encrypted, zip_bomb, unsafe, nested
    """
    main = package.main()
    if not main:
        raise DocumentError("broken")
    body = package.tree(main).find(w("body"))
    numbering = Numbering(_optional(package, main, "numbering"), _optional(package, main, "styles"))
    reader = _Reader(numbering, {name: _notes(package, main, name) for name in _NOTE_PARTS})
    return "\n".join(reader.body(body)) if body is not None else ""


def _optional(package: Package, main: str, kind: str) -> Element | None:
    found = package.related(main, kind)
    return package.tree(found[0]) if found and found[0] in package else None


def _notes(package: Package, main: str, name: str) -> dict[str, Element]:
    part = _optional(package, main, _NOTE_PARTS[name])
    return {} if part is None else {note.get(w("id"), ""): note for note in part.iterchildren(w(name))}


class _Reader:
    """Walks once through the body, for numbers are counted as they are met."""

    def __init__(self, numbering: Numbering, all_notes: dict[str, dict[str, Element]]) -> None:
        self._numbering = numbering
        self._all_notes = all_notes
        self._met: list[Element] = []  # notes referred to and not yet written

    def body(self, body: Element) -> Iterator[str]:
        """All lines, notes after the paragraph or table they belong to."""
        for lines in self._paragraphs(body, 0):
            yield from lines
            met, self._met = self._met, []
            for note in met:
                if written := " ".join(self._on_one_line(note, 1)):
                    yield f"\u3000注：{written}{'' if written[-1] in _STOPS else '。'}"

    def _paragraphs(self, parent: Element, depth: int) -> Iterator[list[str]]:
        """The lines of each paragraph or table of a body, cell or text box; what a tracked deletion has joined is one."""
        if depth > DEEPEST:
            raise DocumentError("nested")
        text, boxes = "", []
        for block in _blocks(parent):
            if block.tag == TBL:
                yield list(self._rows(block, depth))
                continue
            text += text_of(block)
            boxes += [line for box in _boxes(block) for line in self._lines(box, depth + 1)]
            self._met += [note for one in notes(block) if (note := self._note(one)) is not None]
            if not any(block.find(gone) is not None for gone in _MARK_GONE):
                yield [self._marked(block, text), *boxes]
                text, boxes = "", []
        if text or boxes:  # the last mark cannot be deleted
            yield [text, *boxes]

    def _lines(self, parent: Element, depth: int) -> list[str]:
        return [line for lines in self._paragraphs(parent, depth) for line in lines]

    def _on_one_line(self, parent: Element, depth: int) -> Iterator[str]:
        return (part for line in self._lines(parent, depth) for part in line.split())

    def _note(self, reference: Element) -> Element | None:
        name = reference.tag.rpartition("}")[2].removesuffix("Reference")
        return self._all_notes[name].get(reference.get(w("id"), ""))

    def _marked(self, paragraph: Element, text: str) -> str:
        """With its automatic number; Word counts a numbered paragraph without words, but it says nothing."""
        marker = self._numbering.marker(paragraph)
        if not text.strip():
            return text
        apart = " " if marker.endswith(".") and text[0].isdigit() else ""  # 1. 2026年, not 1.2026年
        return marker + apart + text

    def _rows(self, table: Element, depth: int) -> Iterator[str]:
        for row in _inside(table, TR):
            if row.find(f"{w('trPr')}/{w('del')}") is None:
                cells = [text for cell in _inside(row, TC) for text in self._cell(cell, depth)]
                if any(cell.strip() for cell in cells):
                    yield "\t".join([""] * _number(row, f"{w('trPr')}/{w('gridBefore')}", 0) + cells)

    def _cell(self, cell: Element, depth: int) -> Iterator[str]:
        """The text of a cell on one line, and an empty text for each further column it spans; one that goes on with the cell above is empty."""
        if cell.find(f"{w('tcPr')}/{w('cellDel')}") is not None:
            return
        merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        goes_on = merged is not None and merged.get(VAL, "continue") != "restart"
        yield "" if goes_on else " ".join(self._on_one_line(cell, depth + 1))
        yield from [""] * (_number(cell, f"{w('tcPr')}/{w('gridSpan')}", 1) - 1)


def _number(element: Element, path: str, default: int) -> int:
    found = element.find(path)
    return default if found is None else min(to_int(found.get(VAL, ""), default), MOST_COLUMNS)


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables directly in `parent`, or in wrappers of no meaning of their own."""
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _WRAPPERS and not _is_contents(child):
            yield from _blocks(child)


def _is_contents(wrapper: Element) -> bool:
    gallery = wrapper.find(_GALLERY)
    return gallery is not None and gallery.get(VAL) == _CONTENTS


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes hanging on a paragraph, not those inside another box, each once."""
    for box in paragraph.iter(TEXT_BOX):
        if stands_in(box, paragraph) and not is_duplicate(box):
            yield box
