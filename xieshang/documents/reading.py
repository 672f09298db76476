"""A file somebody hands us (.txt, .md, .docx; .doc, .wps, .rtf by way of LibreOffice), as text. Whatever is wrong with it becomes one clear sentence."""

from dataclasses import dataclass

from xieshang.documents import old
from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import MAX_BYTES, check_kind, check_size, misnamed, suffix_of
from xieshang.documents.office import convert
from xieshang.documents.package import Package
from xieshang.documents.plain import decode, without_markup
from xieshang.documents.word_text import word_text

__all__ = ["FORMATS", "MAX_BYTES", "SourceText", "read_document"]

FORMATS = (".docx", ".doc", ".wps", ".rtf", ".txt", ".md")
_PLAIN = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_OLD = (".doc", ".wps", ".rtf")
_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_OLD_TIMEOUT = 60  # seconds that somebody waits at most
_WANTED = ".docx 或 .txt"


@dataclass(frozen=True)
class SourceText:
    """What was read.

    text      lines parted by newlines, cells of a table row by tabs; automatic numbers are written out
    encoding  utf-8, utf-8-sig, utf-16 or gb18030; "" for .docx, which has none
    format    txt, md, docx, or old for what LibreOffice had to open
    """

    text: str
    encoding: str
    format: str


def read_document(data: bytes, name: str) -> SourceText:
    """The text of a file of at most MAX_BYTES; `name` tells by its suffix what it should be.

    raises  DocumentError and nothing else: empty, too_large, unsupported, misnamed, encrypted, broken, binary,
            encoding, zip_bomb, unsafe, no_text, ofd, scan, no_office_old, old_unread
    """
    check_size(data)
    suffix = suffix_of(name)
    if suffix == ".docx":
        source = SourceText(_docx(data, name), "", "docx")
    elif suffix in _PLAIN:
        source = _plain(data, name, _PLAIN[suffix])
    elif suffix in _OLD:
        source = _old(data, name, suffix)
    elif suffix == ".ofd":
        raise DocumentError("ofd")
    elif suffix in _SCANS:
        raise DocumentError("scan", suffix=suffix)
    else:
        raise DocumentError("unsupported", suffix=suffix or name, wanted=_WANTED)
    if not source.text.strip():
        raise DocumentError("no_text")
    return source


def _plain(data: bytes, name: str, form: str) -> SourceText:
    check_kind(data, name, expected=("text",), wanted=_WANTED)
    text, encoding = decode(data)
    return SourceText(without_markup(text) if form == "md" else text, encoding, form)


def _docx(data: bytes, name: str) -> str:
    check_kind(data, name, expected=("zip",), wanted=_WANTED)
    package = Package(data)
    if not package.main():
        really = _really(package)
        raise misnamed(name, really, wanted=_WANTED) if really else DocumentError("broken")
    return word_text(package)


def _old(data: bytes, name: str, suffix: str) -> SourceText:
    """By content, not by name: WPS saves .docx under .wps, and many a .doc is RTF."""
    kind = check_kind(data, name, expected=("zip", "doc", "rtf"), wanted=_WANTED)
    if kind == "zip":
        return SourceText(_docx(data, name), "", "docx")
    if kind == "doc" and (really := old.kind(data)) != "doc":
        raise (
            misnamed(name, {"sheet": "old_sheet"}.get(really, really), wanted=_WANTED)
            if really
            else DocumentError("broken")
        )
    try:
        made = convert(data, "rtf" if kind == "rtf" else "doc", "docx", timeout=_OLD_TIMEOUT)
    except DocumentError as error:
        code = {"no_office": "no_office_old", "office_failed": "old_unread"}.get(error.code)
        raise DocumentError(code, suffix=suffix) if code else error from error
    return SourceText(_docx(made, name), "", "old")


def _really(package: Package) -> str:
    """What a zip without a Word document is: a key of KINDS; "" when it is a damaged .docx."""
    for name, kind in (("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides"), ("content.xml", "odf")):
        if name in package:
            return kind
    return "" if "[Content_Types].xml" in package else "zip"
