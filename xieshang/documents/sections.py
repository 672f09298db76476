"""Parts of a template that are repeated: paragraphs between {{#每个任务}} and {{/每个任务}}, or the rows of a table that hold these marks.

`sections` finds them, `expand` copies each as often as there are things to say; whatever stands outside keeps its bytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from xieshang.documents import filling
from xieshang.documents.filling import Edit, located
from xieshang.documents.package import Element, Package, parse
from xieshang.documents.spans import Span, as_utf8, namespaces, spans_of
from xieshang.documents.words import TBL, TC, TEXT_BOX, TR, P, is_duplicate, text_of, w

NAME = re.compile(
    r"[{｛]{2}[ \t　]*(?P<name>[^{}｛｝\n]{1,60}?)[ \t　]*[}｝]{2}"
)  # a named place; WPS and an input method may make the braces wide
MARK = re.compile(r"[{｛]{2}[ \t　]*(?P<sign>[#＃/／])[ \t　]*(?P<name>[^{}｛｝\n]{0,60}?)[ \t　]*[}｝]{2}")
_ONCE = (
    w("bookmarkStart"),
    w("bookmarkEnd"),
    w("commentRangeStart"),
    w("commentRangeEnd"),
)  # may stand only once in a file
_PARAGRAPH_IDS = ("paraId", "textId")


@dataclass(frozen=True)
class Section:
    """A part to repeat.

    name         as it is written: 每个任务
    rows         whole rows of a table; else paragraphs
    first, last  the paragraphs that hold the two marks, as `Place.index`
    begin, end   what is repeated, as ordinals of the part's w:tr or, of paragraphs, of the two marks
    """

    name: str
    rows: bool
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True)
class Trouble:
    """A mark that cannot be understood. `code`: open · alone · apart · within · stray · box."""

    name: str
    code: str
    place: int


Owners = dict[int, tuple[int, int]]  # paragraph of the expanded file: (which section, which of its copies)


def sections(data: bytes) -> tuple[list[Section], list[Trouble]]:
    """The parts of a template to repeat, in order, and the marks that make no part. Raises DocumentError as `filling.find`."""
    root, places = located(data)
    if not any(MARK.search(text_of(p)) for p in places):
        return [], []
    reader = _Reader(root, places)
    reader.read()
    return reader.found, reader.troubles


class _Reader:
    """Goes through the marks of a document; remembers the one that is open."""

    def __init__(self, root: Element, places: dict[Element, int]) -> None:
        self.places = places
        self.paragraphs = {p: n for n, p in enumerate(root.iter(P))}
        self.rows = {row: n for n, row in enumerate(root.iter(TR))}
        self.found: list[Section] = []
        self.troubles: list[Trouble] = []

    def read(self) -> None:
        waiting: tuple[Element, str] | None = None
        for p in self.places:
            for mark in MARK.finditer(text_of(p)):
                name = mark["name"]
                if mark["sign"] in "/／":
                    self._closed(waiting, p, name)
                    waiting = None
                elif waiting is None:
                    waiting = p, name
                else:
                    alone = self._row_alone(waiting)
                    if not alone:
                        self._trouble(waiting[0], waiting[1], "within" if _row(waiting[0]) is None else "open")
                    waiting = p, name
        if waiting is not None and not self._row_alone(waiting):
            self._trouble(waiting[0], waiting[1], "open")

    def _trouble(self, p: Element, name: str, code: str) -> None:
        self.troubles.append(Trouble(name, code, self.places[p]))

    def _row_alone(self, waiting: tuple[Element, str]) -> bool:
        """A mark in a row without its end means that row."""
        p, name = waiting
        if (row := _row(p)) is None:
            return False
        self._add(name, True, p, p, self.rows[row], self.rows[row])
        return True

    def _closed(self, waiting: tuple[Element, str] | None, p: Element, name: str) -> None:
        if waiting is None:
            return self._trouble(p, name, "stray")
        start, name = waiting
        if any(next(one.iterancestors(TEXT_BOX), None) is not None for one in (start, p)):
            return self._trouble(start, name, "box")
        both = _row(start), _row(p)
        if None in both and both != (None, None):
            return self._trouble(start, name, "apart")
        if start is not p and start.getparent() is p.getparent():
            if not all(_alone(one) for one in (start, p)):
                return self._trouble(start, name, "alone")
            return self._add(name, False, start, p, self.paragraphs[start], self.paragraphs[p])
        if both == (None, None):
            return self._trouble(start, name, "alone" if start is p else "apart")
        if both[0].getparent() is not both[1].getparent():  # type: ignore[union-attr]
            return self._trouble(start, name, "apart")
        return self._add(name, True, start, p, self.rows[both[0]], self.rows[both[1]])  # type: ignore[index]

    def _add(self, name: str, rows: bool, start: Element, last: Element, begin: int, end: int) -> None:
        self.found.append(Section(name, rows, self.places[start], self.places[last], begin, end))


def _row(p: Element) -> Element | None:
    """The row of a table in which a paragraph stands, unless a text box is between them."""
    around = next(p.iterancestors(TR, TEXT_BOX), None)
    return around if around is not None and around.tag == TR else None


def _alone(p: Element) -> bool:
    """The paragraph holds its mark and nothing else, no picture and no section break either."""
    inside = (w("drawing"), w("pict"), w("object"), w("sectPr"))
    return bool(MARK.fullmatch(text_of(p).strip())) and next(p.iter(*inside), None) is None


# --- copying ----------------------------------------------------------------------------------------------------------------


def expand(data: bytes, found: Sequence[Section], counts: Sequence[int]) -> tuple[bytes, Owners]:
    """The template with each section copied `counts[n]` times, its marks gone, and which copy each paragraph belongs to.

    A section with nothing to say is taken out; a table or a cell that would be left empty keeps one copy, which belongs to none.
    """
    if not found:
        return data, {}
    package = Package(data)
    main = package.main()
    xml = as_utf8(package.part(main))
    root = parse(xml)
    names = namespaces(root)
    spans = {"p": spans_of(xml, "p"), "tr": spans_of(xml, "tr")}
    paragraphs = list(root.iter(P))
    out: list[bytes] = []
    line: list[
        tuple[bool, tuple[int, int] | None]
    ] = []  # of each paragraph of the new file: is it a duplicate, whose copy is it
    reached = taken = 0
    for number, (section, count) in enumerate(zip(found, counts, strict=True)):
        begin, end, inner = _region(section, spans)
        inside = [n for n, span in enumerate(spans["p"]) if inner[0] <= span.start and span.end <= inner[1]]
        first = inside[0] if inside else next(n for n, s in enumerate(spans["p"]) if s.start >= inner[0])
        before = range(taken, first - (0 if section.rows else 1))
        line += [(is_duplicate(paragraphs[n]), None) for n in before]
        out.append(xml[reached:begin])
        kept = max(count, int(_needed(section, paragraphs, root)))
        fragment = xml[inner[0] : inner[1]]
        for copy in range(kept):
            out.append(fragment if not copy else _copied(fragment, names, copy))
            owner = (number, copy) if copy < count else None
            line += [(is_duplicate(paragraphs[n]), owner) for n in inside]
        reached = end
        taken = (inside[-1] if inside else first - 1) + (1 if section.rows else 2)
    out.append(xml[reached:])
    line += [(is_duplicate(paragraphs[n]), None) for n in range(taken, len(paragraphs))]
    return _without_marks(package.rewritten({main: b"".join(out)}), found), _owners(line)


def _region(section: Section, spans: Mapping[str, Sequence[Span]]) -> tuple[int, int, tuple[int, int]]:
    """(first byte, byte behind the last, what is copied): of paragraphs the marks themselves are no part of the copies."""
    if section.rows:
        begin, end = spans["tr"][section.begin].start, spans["tr"][section.end].end
        return begin, end, (begin, end)
    start, last = spans["p"][section.begin], spans["p"][section.end]
    return start.start, last.end, (start.end, last.start)


def _needed(section: Section, paragraphs: Sequence[Element], root: Element) -> bool:
    """Whether the table would have no row, or the cell no paragraph, without it."""
    if section.rows:
        rows = list(root.iter(TR))
        mine = rows[section.begin : section.end + 1]
        table = next(mine[0].iterancestors(TBL))
        return {row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table} <= set(mine)
    around = paragraphs[section.begin].getparent()
    return around.tag == TC and sum(1 for _ in around.iterchildren(P)) <= section.end - section.begin + 1


def _copied(fragment: bytes, names: bytes, copy: int) -> bytes:
    """The same once more, without what may stand only once in a file."""
    around = parse(b"<x%s>%s</x>" % (names, fragment))
    for node in list(around.iter(*_ONCE)):
        node.getparent().remove(node)
    for node in list(around.iter(w("commentReference"))):
        node.getparent().remove(node)
    for node in around.iter(etree.Element):
        for name in [n for n in node.attrib if etree.QName(n).localname in _PARAGRAPH_IDS]:
            del node.attrib[name]
        if etree.QName(node).localname == "docPr" and node.get("id", "").isdecimal():
            node.set("id", str(int(node.get("id")) + 10_000 * copy))
    whole: bytes = etree.tostring(around, encoding="UTF-8", xml_declaration=False)
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")]


def _owners(line: Sequence[tuple[bool, tuple[int, int] | None]]) -> Owners:
    owners: Owners = {}
    index = 0
    for duplicate, owner in line:
        if duplicate:
            continue
        if owner is not None:
            owners[index] = owner
        index += 1
    return owners


def _without_marks(data: bytes, found: Sequence[Section]) -> bytes:
    """The marks that stood in rows are taken out of their cells."""
    names = {section.name for section in found if section.rows}
    return filling.fill(data, _marks(filling.find(data), names)) if names else data


def _marks(places: Sequence[filling.Place], names: set[str]) -> Iterator[Edit]:
    for place in places:
        for mark in MARK.finditer(place.text) if place.kind == "table" else ():
            if mark["sign"] in "/／" or mark["name"] in names:
                yield Edit(place.index, *mark.span(), "")
