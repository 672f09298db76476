"""Filling last year's .docx with this year's figures, and touching nothing else.

`find` lists the paragraphs; whoever knows the blanks hands back `Edit`s that count characters in `Place.text`;
`fill` writes them. A paragraph without an edit keeps its XML byte for byte, and so does every other part.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from xieshang.documents.comments import Notes, printable
from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import check_kind, check_size
from xieshang.documents.package import Element, Package
from xieshang.documents.runs import cut_out, emphasise, paragraphs_of, replace, surround
from xieshang.documents.spans import Span, as_utf8, fragment_bytes, paragraph_spans, parse_fragment
from xieshang.documents.words import CHOICE, FALLBACK, TBL, TC, TEXT_BOX, TR, P, is_duplicate, text_of

_LETTERS = {P: "p", TC: "c", TR: "r", TBL: "t", TEXT_BOX: "box"}
_OTHER_PARTS = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True)
class Place:
    """One paragraph of a template.

    index    its number over the whole file; what `Edit.paragraph` means
    text     what is printed in it: tab as a tab, line break as a newline; without its automatic number
    kind     body · table · textbox · header · footer · footnotes · endnotes
    address  the same as long as the file is: "document/p3", "document/t1/r2/c3/p1", all counted from 1
    """

    index: int
    text: str
    kind: str
    address: str


@dataclass(frozen=True)
class Edit:
    """A change of the characters start..end of one paragraph; start == end puts text in.

    text     what stands there afterwards; None leaves what is printed
    comment  the Word comment on it; ignored in headers, footers and notes, where Word allows none
    mark     a blank left open: yellow, or bold in a clean copy
    """

    paragraph: int
    start: int
    end: int
    text: str | None = None
    comment: str | None = None
    mark: bool = False


class _Spot(NamedTuple):
    """A paragraph of one part: its ordinal among the part's w:p elements."""

    place: Place
    part: str
    ordinal: int
    element: Element


class _Task(NamedTuple):
    """The edits of one paragraph, by their start."""

    spot: _Spot
    edits: list[Edit]


def find(data: bytes) -> list[Place]:
    """Every paragraph of the body, tables, text boxes, headers, footers and notes, in that order.

    raises  DocumentError: whatever keeps a .docx from being read
    """
    package, main = _opened(data)
    return [spot.place for spot in _spots(package, main)]


def located(data: bytes) -> tuple[Element, dict[Element, int]]:
    """The root of the main part, and the number (`Place.index`) of each of its paragraphs. Raises DocumentError as `find`."""
    package, main = _opened(data)
    root = package.tree(main)
    paragraphs = (p for p in root.iter(P) if not is_duplicate(p))
    return root, {p: number for number, p in enumerate(paragraphs)}


def fill(data: bytes, edits: Iterable[Edit], *, clean: bool = False, at: datetime | None = None) -> bytes:
    """The same .docx with `edits` made.

    clean   without comments and highlights, ready to be printed; open blanks are bold
    at      the moment written on the comments, as the clock on the wall shows it; None writes none
    raises  DocumentError as `find`; ValueError for an edit outside its paragraph or overlapping another
    """
    package, main = _opened(data)
    spots = {spot.place.index: spot for spot in _spots(package, main)}
    notes = Notes(package, main, at=at)
    by_part: dict[str, list[_Task]] = defaultdict(list)
    for index, mine in sorted(_by_paragraph(edits).items()):
        if index not in spots:
            raise ValueError(f"there is no paragraph {index}")
        _check(mine, spots[index].place)
        by_part[spots[index].part].append(_Task(spots[index], mine))
    changes = {
        part: _rewritten(package.part(part), mine, notes if part == main and not clean else None, clean)
        for part, mine in by_part.items()
    }
    return package.rewritten(changes | notes.changes())


def _opened(data: bytes) -> tuple[Package, str]:
    check_size(data)
    check_kind(data, ".docx", expected=("zip",), wanted=".docx")
    package = Package(data)
    main = package.main()
    if not main:
        raise DocumentError("broken")
    return package, main


def _spots(package: Package, main: str) -> list[_Spot]:
    parts = [(main, "body")]
    for kind in _OTHER_PARTS:
        parts += [(part, kind) for part in sorted(set(package.related(main, kind))) if part in package]
    spots: list[_Spot] = []
    for part, kind in parts:
        root = package.tree(part)
        addresses = _addresses(root, part.rsplit("/", 1)[-1].removesuffix(".xml"))
        for ordinal, element in enumerate(root.iter(P)):
            if not is_duplicate(element):
                address = addresses[element]
                place = Place(len(spots), text_of(element), _kind(address, kind), address)
                spots.append(_Spot(place, part, ordinal, element))
    return spots


def _addresses(root: Element, name: str) -> dict[Element, str]:
    """The address of every paragraph: each table, row, cell, box and paragraph is counted within the one around it."""
    addresses: dict[Element, str] = {}
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for element in root.iter(*_LETTERS):
        around = next((addresses[a] for a in element.iterancestors(*_LETTERS)), name)
        counts[around, element.tag] += 1
        addresses[element] = f"{around}/{_LETTERS[element.tag]}{counts[around, element.tag]}"
    return addresses


def _kind(address: str, kind: str) -> str:
    if kind != "body":
        return kind
    return "textbox" if "/box" in address else "table" if "/t" in address else "body"


def _by_paragraph(edits: Iterable[Edit]) -> dict[int, list[Edit]]:
    grouped: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        grouped[edit.paragraph].append(edit)
    return {index: sorted(mine, key=lambda e: (e.start, e.end)) for index, mine in grouped.items()}


def _check(edits: list[Edit], place: Place) -> None:
    reached = 0
    for edit in edits:
        if not reached <= edit.start <= edit.end <= len(place.text):
            raise ValueError(f"{edit} does not fit into {place}")
        reached = edit.end


def _rewritten(xml: bytes, tasks: list[_Task], notes: Notes | None, clean: bool) -> bytes:
    """The part with its edited paragraphs spliced in; every other byte is the old one."""
    xml = as_utf8(xml)
    spans = paragraph_spans(xml)
    out, reached = [], 0
    for top, mine in _by_outermost(spans, tasks).items():
        span = spans[top]
        paragraph = parse_fragment(xml[span.start : span.end], mine[0].spot.element.getparent().nsmap)
        inner = paragraphs_of(paragraph)
        for task in mine:
            _apply(inner[task.spot.ordinal - top], task.edits, notes, clean)
        out += [xml[reached : span.start], fragment_bytes(paragraph)]
        reached = span.end
    return b"".join([*out, xml[reached:]])


def _by_outermost(spans: list[Span], tasks: list[_Task]) -> dict[int, list[_Task]]:
    """Tasks by the ordinal of the outermost paragraph around theirs: its own, but for text boxes."""
    grouped: dict[int, list[_Task]] = defaultdict(list)
    for task in sorted(tasks, key=lambda t: t.spot.ordinal):
        top = task.spot.ordinal
        while spans[top].inner:
            top -= 1
        grouped[top].append(task)
    return grouped


def _apply(paragraph: Element, edits: list[Edit], notes: Notes | None, clean: bool) -> None:
    twin = _twin(paragraph)
    numbers = [notes.add(edit.comment) if notes and edit.comment else None for edit in edits]
    for edit, number in reversed(list(zip(edits, numbers, strict=True))):
        _change(paragraph, edit, number, clean)
        if twin is not None:
            _change(twin, edit, None, clean)


def _change(paragraph: Element, edit: Edit, number: int | None, clean: bool) -> None:
    runs = cut_out(paragraph, edit.start, edit.end)
    if edit.text is not None:
        runs = replace(runs, printable(edit.text))
    if edit.mark:
        for run in runs:
            emphasise(run, bold=True if clean else None, highlight="" if clean else "yellow")
    if number is not None:
        surround(runs, number)


def _twin(paragraph: Element) -> Element | None:
    """The same paragraph in the old-style copy that Word keeps of a modern text box."""
    choice = next(paragraph.iterancestors(CHOICE), None)
    fallback = None if choice is None else choice.getparent().find(FALLBACK)
    if choice is None or fallback is None:
        return None
    place = paragraphs_of(choice).index(paragraph)
    copies = paragraphs_of(fallback)
    if place < len(copies) and text_of(copies[place]) == text_of(paragraph):
        return copies[place]
    return None
