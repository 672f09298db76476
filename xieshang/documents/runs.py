"""Changing characters inside one Word paragraph without disturbing what stands around them."""

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from xieshang.documents.package import Element
from xieshang.documents.words import RPR, SDT, TEXT_BOX, VAL, P, R, T, pieces, printed, w

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The order in which the schema wants the children of w:rPr; Word refuses files that ignore it.
_ORDER = tuple(
    w(n)
    for n in [
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
        "emboss",
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
        "w",
        "kern",
        "position",
        "sz",
        "szCs",
        "highlight",
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
    ]
)


class _Stretch(NamedTuple):
    run: Element
    start: int
    end: int


def cut_out(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that hold exactly the characters start..end, after splitting those that hold more.

    Elements of no width inside the range (an anchor, a bookmark) stay where they are, in runs of their own.
    With start == end a new empty run is made there, formatted like the character before it.
    """
    if start == end:
        return [_new_run(paragraph, start)]
    found: list[Element] = []
    for run, first, last in _stretches(paragraph):
        if first < end and start < last:
            found += _split(run, first, start, end)
    return found


def _stretches(paragraph: Element) -> list[_Stretch]:
    """Each run that prints something, with the offsets it covers."""
    result: list[_Stretch] = []
    at = 0
    for run, _node, text in pieces(paragraph):
        if result and result[-1].run is run:
            result[-1] = result[-1]._replace(end=at + len(text))
        else:
            result.append(_Stretch(run, at, at + len(text)))
        at += len(text)
    return result


def _split(run: Element, at: int, start: int, end: int) -> list[Element]:
    """Split one run, whose first character has offset `at`, into before · inside · after; returns the inside runs."""
    groups: list[tuple[str, list[Element]]] = []

    def put(label: str, node: Element) -> None:
        if groups and groups[-1][0] == label:
            groups[-1][1].append(node)
        else:
            groups.append((label, [node]))

    for node in list(run):
        if node.tag == RPR:
            continue
        text = printed(node)
        if not text:
            put("before" if at <= start else "after" if at >= end else "kept", node)
            continue
        for label, low, high in (("before", at, start), ("inside", start, end), ("after", end, at + len(text))):
            low, high = max(low, at), min(high, at + len(text))
            if low < high:
                put(label, _part(node, text, low - at, high - at))
        at += len(text)
    return _regroup(run, groups)


def _part(node: Element, text: str, low: int, high: int) -> Element:
    if high - low == len(text):
        return node
    part = etree.Element(node.tag, node.attrib)
    set_text(part, text[low:high])
    return part


def _regroup(run: Element, groups: list[tuple[str, list[Element]]]) -> list[Element]:
    inside: list[Element] = []
    for label, nodes in groups:
        part = _like(run)
        part.extend(nodes)
        run.addprevious(part)
        if label == "inside":
            inside.append(part)
    _remove(run)
    return inside


def _like(run: Element) -> Element:
    """An empty run with the attributes and the formatting of `run`."""
    copy = etree.Element(R, run.attrib, nsmap=run.nsmap)
    formatting = run.find(RPR)
    if formatting is not None:
        copy.append(deepcopy(formatting))
    return copy


def _new_run(paragraph: Element, at: int) -> Element:
    stretches = _stretches(paragraph)
    for run, first, last in stretches:
        if first < at < last:
            _split(run, first, at, at)
            return _new_run(paragraph, at)
        if at == last or at == first == 0:
            new = _like(run)
            run.addnext(new) if at else run.addprevious(new)
            return new
    new = etree.SubElement(paragraph, R)
    mark = paragraph.find(f"{w('pPr')}/{RPR}")
    if mark is not None:  # an empty paragraph keeps the formatting of its text on its mark
        new.append(deepcopy(mark))
    return new


def replace(runs: list[Element], text: str) -> list[Element]:
    """Put `text` into the first of `runs`, drop the others; the formatting of the first character stays."""
    first, *others = runs
    for other in others:
        _remove(other)
    for node in list(first):
        if node.tag != RPR:
            first.remove(node)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(first, w("br"))
        for place, word in enumerate(line.split("\t")):
            if place:
                etree.SubElement(first, w("tab"))
            if word:
                set_text(etree.SubElement(first, T), word)
    _no_placeholder(first)
    return [first]


def set_text(node: Element, text: str) -> None:
    """Set a w:t, with its spaces kept."""
    node.text = text
    if text != text.strip():
        node.set(SPACE, "preserve")


def _remove(run: Element) -> None:
    run.getparent().remove(run)


def _no_placeholder(run: Element) -> None:
    """A filled content control is no longer a placeholder, nor overwritten from bound data on opening."""
    for control in run.iterancestors(SDT):
        for name in ("showingPlcHdr", "dataBinding"):
            for node in control.findall(f"{w('sdtPr')}/{w(name)}"):
                node.getparent().remove(node)


def emphasise(run: Element, *, bold: bool | None = None, highlight: str | None = None) -> None:
    """Set bold or a highlight colour on one run; highlight "" takes it away, None leaves it."""
    formatting = run.find(RPR)
    if formatting is None:
        formatting = etree.Element(RPR)
        run.insert(0, formatting)
    if bold is not None:
        _set_property(formatting, "b", "1" if bold else "0")
    if highlight is not None:
        _set_property(formatting, "highlight", highlight)


def _set_property(formatting: Element, name: str, value: str) -> None:
    for old in formatting.findall(w(name)):
        formatting.remove(old)
    if not value:
        return
    rank = _ORDER.index(w(name))
    new = etree.Element(w(name), {VAL: value})
    for child in formatting:
        if child.tag not in _ORDER or _ORDER.index(child.tag) > rank:
            child.addprevious(new)
            return
    formatting.append(new)


def surround(runs: list[Element], number: int) -> None:
    """Anchor the comment with this id to `runs`; in a text box, to the run the box hangs on (Word wants it so)."""
    first, last = _outside_boxes(runs[0]), _outside_boxes(runs[-1])
    first.addprevious(etree.Element(w("commentRangeStart"), {w("id"): str(number)}))
    end = etree.Element(w("commentRangeEnd"), {w("id"): str(number)})
    last.addnext(end)
    reference = etree.Element(R)
    etree.SubElement(reference, w("commentReference"), {w("id"): str(number)})
    end.addnext(reference)


def _outside_boxes(run: Element) -> Element:
    for box in run.iterancestors(TEXT_BOX):
        run = next(box.iterancestors(R), run)
    return run


def paragraphs_of(element: Element) -> list[Element]:
    """`element` when it is a paragraph, and every paragraph inside it, in document order."""
    return list(element.iter(P))
