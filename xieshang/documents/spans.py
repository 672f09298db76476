"""Where each paragraph stands in the bytes of an XML part, so that only the changed ones are written anew."""

import re
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from xieshang.documents.errors import DocumentError
from xieshang.documents.package import STRICT, Element, W, parse

_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_NAMES = frozenset(f"{namespace} p" for namespace in (W, STRICT[0][0].decode()))


class Span(NamedTuple):
    """The bytes start..end of one w:p, and whether it stands inside another w:p (a text box)."""

    start: int
    end: int
    inner: bool


def as_utf8(xml: bytes) -> bytes:
    """The same XML in UTF-8: offsets are counted in it."""
    if xml[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return xml
    text = xml.decode("utf-16")
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', text).encode()


def paragraph_spans(xml: bytes) -> list[Span]:
    """The span of every paragraph, in the order of the opening tags. Raises DocumentError: broken."""
    spans: list[Span] = []
    open_: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name in _NAMES:
            open_.append(len(spans))
            spans.append(Span(parser.CurrentByteIndex, 0, len(open_) > 1))

    def end(name: str) -> None:
        if name in _NAMES:
            tag = _TAG.match(xml, parser.CurrentByteIndex)
            number = open_.pop()
            spans[number] = spans[number]._replace(end=tag.end() if tag else 0)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise DocumentError("broken") from error
    return spans


def parse_fragment(fragment: bytes, namespaces: dict[str | None, str]) -> Element:
    """The one element written in `fragment`, read with the namespaces in scope around it."""
    names = "".join(f' xmlns{":" + prefix if prefix else ""}="{_escaped(uri)}"' for prefix, uri in namespaces.items())
    return parse(b"<x%s>%s</x>" % (names.encode(), fragment))[0]


def fragment_bytes(element: Element) -> bytes:
    """The bytes of an element from `parse_fragment`, without the namespaces of its surroundings."""
    whole: bytes = etree.tostring(element.getparent(), encoding="UTF-8", xml_declaration=False)
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")]


def _escaped(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
