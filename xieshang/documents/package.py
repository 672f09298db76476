"""An Office Open XML package (.docx): opened with care, and written back with only the changed parts changed.

Links are never followed; what would load something from elsewhere when Word opens it, macros, document types and
entities are refused, and what a zip claims to hold is weighed before it is unpacked.
"""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lxml import etree

from xieshang.documents.errors import DocumentError

Element = Any  # lxml's element; the type checker does not follow lxml

MAX_UNPACKED = 200 * 1024 * 1024  # bytes, all parts together
MAX_ONE_TREE = 64 * 1024 * 1024  # bytes of one XML part; Word's largest real ones are a few MB
MAX_RATIO = 150  # unpacked : packed; real documents stay below 40
RATIO_FROM = 4 * 1024 * 1024  # small files may well be repetitive
MAX_PARTS = 5000
ROOT_WITHIN = 64 * 1024  # bytes in which the root element begins

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = ((b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),)  # “Strict Open XML” of Word 2013 on

MACROS = ("vbaProject.bin", "vbaData.xml")
LOADED = ("attachedTemplate", "oleObject", "subDocument", "frame", "aFChunk")  # links that Word follows by itself
ELSEWHERE = re.compile(r"\s*(?:(?:https?|ftp|mhtml|ms-\w+):|(?:file:)?[/\\]{2}(?![/\\]))", re.IGNORECASE)

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError)


@contextmanager
def _unpacking() -> Iterator[None]:
    try:
        yield
    except (*BROKEN, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise DocumentError("broken") from error
    except RuntimeError as error:  # zipfile: “password required”
        raise DocumentError("encrypted") from error


def parse(xml: bytes) -> Element:
    """The root of an XML part. Raises DocumentError: broken, zip_bomb, nested, unsafe (a document type or entity)."""
    if len(xml) > MAX_ONE_TREE:
        raise DocumentError("zip_bomb")
    xml = _plain_names(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Element = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(_what_is_wrong(xml, str(error))) from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError("unsafe")
    return root


def _plain_names(xml: bytes) -> bytes:
    for strict, plain in STRICT:
        xml = xml.replace(strict, plain)
    return xml


def _what_is_wrong(xml: bytes, error: str) -> str:
    if b"<!DOCTYPE" in xml:
        return "unsafe"
    return "nested" if "xcessive depth" in error else "broken"


def _root_tag(xml: bytes) -> str:
    """The tag of the root, without reading what is in it: a long document is not parsed twice."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for at in range(0, min(len(xml), ROOT_WITHIN), 1024):
            parser.feed(xml[at : at + 1024])
            for _event, root in parser.read_events():
                return _plain_names(str(root.tag).encode()).decode()  # type: ignore[union-attr]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(_what_is_wrong(xml, str(error))) from error
    return ""


class Package:
    """A .docx as a set of named parts.

    raises  DocumentError, here and in every method: broken, encrypted, zip_bomb, unsafe, nested; here also macros, remote
    """

    def __init__(self, data: bytes) -> None:
        with _unpacking():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._infos = {info.filename: info for info in self._zip.infolist()}
        self._weigh(len(data))
        self._main: str | None = None
        if any(name.endswith(MACROS) for name in self._infos):
            raise DocumentError("macros")
        self._check_links()

    def _check_links(self) -> None:
        """A link to a page is harmless, for nobody follows it; what is loaded with the document is not."""
        for name in self._infos:
            if name.endswith(".rels"):
                for link in self.tree(name).iter(f"{{{REL}}}Relationship"):
                    target = link.get("Target", "")
                    if link.get("TargetMode") == "External" and _kind(link) in LOADED and ELSEWHERE.match(target):
                        raise DocumentError("remote")

    def _weigh(self, packed: int) -> None:
        infos = self._zip.infolist()
        if len(infos) != len(self._infos):
            raise DocumentError("broken")  # the same name twice
        if any(info.flag_bits & 0x1 for info in infos):
            raise DocumentError("encrypted")
        unpacked = sum(info.file_size for info in infos)
        swollen = unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed
        if swollen or unpacked > MAX_UNPACKED or len(infos) > MAX_PARTS:
            raise DocumentError("zip_bomb")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    @property
    def names(self) -> tuple[str, ...]:
        """The parts, in the order in which they stand in the file."""
        return tuple(self._infos)

    def part(self, name: str) -> bytes:
        """The bytes of one part."""
        if name not in self._infos:
            raise DocumentError("broken")
        with _unpacking():
            return self._zip.read(name)

    def tree(self, name: str) -> Element:
        """The root element of one XML part."""
        return parse(self.part(name))

    def main(self) -> str:
        """The name of the main document part; "" when this zip is no Word document."""
        if self._main is None:
            self._main = next((t for t in self.related("", "officeDocument") if self._is_word(t)), "")
        return self._main

    def _is_word(self, name: str) -> bool:
        return name in self and _root_tag(self.part(name)) == f"{{{W}}}document"

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` points to by relationships of `kind` ("header", "styles"), in order."""
        return [_resolved(part, link.get("Target", "")) for link in self._links(part) if _kind(link) == kind]

    def relations(self, part: str) -> list[tuple[str, str]]:
        """(id, name) of every part that `part` points to."""
        return [(link.get("Id", ""), _resolved(part, link.get("Target", ""))) for link in self._links(part)]

    def _links(self, part: str) -> Iterator[Element]:
        """The relationships of a part that stay within the package."""
        rels = rels_name(part)
        if rels in self:
            for link in self.tree(rels).iter(f"{{{REL}}}Relationship"):
                if link.get("TargetMode") != "External":
                    yield link

    def rewritten(self, changes: Mapping[str, bytes]) -> bytes:
        """The package with `changes` (part name: new bytes) in place, new parts last; all else as it was."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name, info in self._infos.items():
                target.writestr(info, changes[name] if name in changes else self.part(name))
            for name in changes:
                if name not in self:
                    target.writestr(zipfile.ZipInfo(name), changes[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()


def rels_name(part: str) -> str:
    """Where the relationships of a part stand; of the package itself for ""."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _kind(link: Element) -> str:
    return str(link.get("Type", "").rsplit("/", 1)[-1])


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
