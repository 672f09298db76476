"""What stands printed in one Word paragraph, character by character, and in which element each character stands.

Tracked changes are taken as accepted. Text boxes hold paragraphs of their own and are no part of the paragraph
they hang on. Reading and filling both count characters by these functions, so an offset means the same in both.
"""

from collections.abc import Iterator
from typing import NamedTuple

from xieshang.documents.package import Element, W

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """The full tag of a WordprocessingML element or attribute: w("p")."""
    return f"{{{W}}}{name}"


P, R, T, RPR, PPR, TBL, TR, TC, SDT = (w(n) for n in ("p", "r", "t", "rPr", "pPr", "tbl", "tr", "tc", "sdt"))
VAL = w("val")
TEXT_BOX = w("txbxContent")
FALLBACK = f"{{{MC}}}Fallback"
CHOICE = f"{{{MC}}}Choice"
ALTERNATE = f"{{{MC}}}AlternateContent"

# Elements between a paragraph and its runs; whatever is not here (w:del, w:moveFrom …) is not printed.
_INLINE = frozenset(
    w(n)
    for n in [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    ]
)
_NOTES = (w("footnoteReference"), w("endnoteReference"))
_GONE = frozenset((w("del"), w("moveFrom")))
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("sym"): "□"}


class Piece(NamedTuple):
    """A stretch of printed text: the run and the element (w:t, w:tab …) in it, and the characters."""

    run: Element
    node: Element
    text: str


def pieces(paragraph: Element) -> Iterator[Piece]:
    """The printed stretches of a paragraph, in reading order. An empty w:t is none."""
    for child in paragraph:
        if child.tag == R:
            if not is_hidden(child):
                yield from _run_pieces(child)
        elif child.tag in _INLINE:
            yield from pieces(child)


def _run_pieces(run: Element) -> Iterator[Piece]:
    for node in run:
        if node.tag in _INLINE:  # w:ruby: its base text is runs again
            yield from pieces(node)
        elif text := printed(node):
            yield Piece(run, node, text)


def printed(node: Element) -> str:
    """What a child of a run prints: text, tab, line break; "" for all else."""
    if node.tag == T:
        return node.text or ""
    return _SIGNS.get(node.tag, "")


def text_of(paragraph: Element) -> str:
    """The printed text of one paragraph, without its automatic number."""
    return "".join(piece.text for piece in pieces(paragraph))


def notes(paragraph: Element) -> Iterator[Element]:
    """The references to footnotes and endnotes that stand in a paragraph itself, in reading order; deleted ones are none."""
    return (reference for reference in paragraph.iter(*_NOTES) if stands_in(reference, paragraph))


def stands_in(element: Element, paragraph: Element) -> bool:
    """Whether it belongs to this paragraph and not to one in a text box on it, and no tracked change has taken it away."""
    for ancestor in element.iterancestors():
        if ancestor.tag == P:
            return ancestor is paragraph
        if ancestor.tag in _GONE:
            return False
    return False


def is_hidden(run: Element) -> bool:
    """Whether the run itself is formatted as hidden text."""
    return is_on(run.find(f"{RPR}/{w('vanish')}"))


def is_on(switch: Element | None) -> bool:
    """Whether a toggle such as w:b or w:vanish is there and not switched off."""
    return switch is not None and switch.get(VAL, "1") not in ("0", "false", "off")


def is_duplicate(element: Element) -> bool:
    """Whether it stands in the fallback copy of a drawing that is also there in modern form."""
    return any(
        ancestor.tag == FALLBACK and any(True for _ in ancestor.itersiblings(CHOICE, preceding=True))
        for ancestor in element.iterancestors()
    )
