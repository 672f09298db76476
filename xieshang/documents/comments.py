"""Word comments (批注): the part that holds them, and the two places where a package says that it is there."""

import re
from datetime import datetime

from lxml import etree

from xieshang.documents.package import OFFICE_REL, REL, TYPES, Element, Package, W, parse, rels_name
from xieshang.documents.runs import set_text
from xieshang.documents.words import P, R, T, w

AUTHOR = "协商"
PART = "word/comments.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # not allowed in XML


def printable(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _CONTROL.sub("", text)


class Notes:
    """The comments of one package: those it has, and those we add.

    at  the moment the new comments carry, as the clock on the wall shows it (Word knows no zones); None: none
    """

    def __init__(self, package: Package, main: str, *, at: datetime | None = None) -> None:
        self._package, self._main, self._at = package, main, at
        found = package.related(main, "comments")
        self._part = found[0] if found and found[0] in package else PART
        self._root = package.tree(self._part) if self._part in package else etree.Element(w("comments"), nsmap={"w": W})
        ids = [int(i) for c in self._root.iter(w("comment")) if (i := c.get(w("id"), "")).isdecimal()]
        self._next = max(ids, default=-1) + 1
        self._added = 0

    def add(self, text: str) -> int:
        """Write a comment and return its number, to be anchored in the text."""
        number = self._next + self._added
        self._added += 1
        self._root.append(comment_element(number, text, at=self._at))
        return number

    def changes(self) -> dict[str, bytes]:
        """The parts that must be written for the added comments; none when nothing was added."""
        if not self._added:
            return {}
        changes = {self._part: _bytes(self._root)}
        if self._part not in self._package:
            changes |= _registered(self._package, self._main)
        return changes


def comment_element(number: int, text: str, *, at: datetime | None) -> Element:
    """The w:comment with this number; its text in small type whatever the document's own style is."""
    attributes = {w("id"): str(number), w("author"): AUTHOR, w("initials"): "协"}
    if at is not None:
        attributes[w("date")] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    comment = etree.Element(w("comment"), attributes)
    for place, line in enumerate(printable(text).splitlines() or [""]):
        paragraph = etree.SubElement(comment, P)
        settings = etree.SubElement(paragraph, w("pPr"))
        etree.SubElement(
            settings, w("spacing"), {w("before"): "0", w("after"): "0", w("line"): "240", w("lineRule"): "auto"}
        )
        etree.SubElement(settings, w("ind"), {w("firstLineChars"): "0", w("firstLine"): "0"})
        etree.SubElement(settings, w("jc"), {w("val"): "left"})
        if not place:
            etree.SubElement(etree.SubElement(paragraph, R), w("annotationRef"))
        run = etree.SubElement(paragraph, R)
        formatting = etree.SubElement(run, w("rPr"))
        etree.SubElement(formatting, w("sz"), {w("val"): "20"})
        etree.SubElement(formatting, w("szCs"), {w("val"): "20"})
        set_text(etree.SubElement(run, T), line)
    return comment


def _registered(package: Package, main: str) -> dict[str, bytes]:
    types = package.tree("[Content_Types].xml")
    etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{PART}", ContentType=CONTENT_TYPE)
    name = rels_name(main)
    rels = package.tree(name) if name in package else parse(f'<Relationships xmlns="{REL}"/>'.encode())
    taken = {rel.get("Id") for rel in rels}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdComments{n}" not in taken)
    etree.SubElement(
        rels,
        f"{{{REL}}}Relationship",
        Id=f"rIdComments{number}",
        Type=f"{OFFICE_REL}/comments",
        Target=f"/{PART}",
    )
    return {"[Content_Types].xml": _bytes(types), name: _bytes(rels)}


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
