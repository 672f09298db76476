"""Where each paragraph stands in the bytes of an XML part, so that only the changed ones are written anew."""

import re
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from xieshang.documents.errors import DocumentError
from xieshang.documents.package import STRICT, Element, W, parse

_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_SPACES = (W, STRICT[0][0].decode())


class Span(NamedTuple):
    """The bytes start..end of one element, and whether it stands inside another of its kind (a w:p in a text box)."""

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
    return spans_of(xml, "p")


def spans_of(xml: bytes, name: str) -> list[Span]:
    """The span of every element of this name (p, tr), in the order of the opening tags. Raises DocumentError: broken."""
    names = frozenset(f"{namespace} {name}" for namespace in _SPACES)
    spans: list[Span] = []
    open_: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag in names:
            open_.append(len(spans))
            spans.append(Span(parser.CurrentByteIndex, 0, len(open_) > 1))

    def end(tag: str) -> None:
        if tag in names:
            last = _TAG.match(xml, parser.CurrentByteIndex)
            number = open_.pop()
            spans[number] = spans[number]._replace(end=last.end() if last else 0)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise DocumentError("broken") from error
    return spans


def namespaces(element: Element) -> bytes:
    """The namespaces in scope at an element, as attributes to be written into a tag."""
    return _declared(element.nsmap)


def _declared(names: dict[str | None, str]) -> bytes:
    return "".join(
        f' xmlns{":" + prefix if prefix else ""}="{_escaped(uri)}"' for prefix, uri in names.items()
    ).encode()


def parse_fragment(fragment: bytes, around: dict[str | None, str]) -> Element:
    """The one element written in `fragment`, read with the namespaces in scope around it."""
    return parse(b"<x%s>%s</x>" % (_declared(around), fragment))[0]


def fragment_bytes(element: Element) -> bytes:
    """The bytes of an element from `parse_fragment`, without the namespaces of its surroundings."""
    whole: bytes = etree.tostring(element.getparent(), encoding="UTF-8", xml_declaration=False)
    return whole[whole.index(b">") + 1 : whole.rindex(b"</")]


def _escaped(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
