"""A file somebody hands us (.txt, .md, .docx), as text. Whatever is wrong with it becomes one clear sentence."""

from dataclasses import dataclass

from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import MAX_BYTES, check_kind, check_size, misnamed, suffix_of
from xieshang.documents.package import Package
from xieshang.documents.plain import decode, without_markup
from xieshang.documents.word_text import word_text

__all__ = ["FORMATS", "MAX_BYTES", "SourceText", "read_document"]

FORMATS = (".docx", ".txt", ".md")
_PLAIN = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_WANTED = ".docx 或 .txt"


@dataclass(frozen=True)
class SourceText:
    """What was read.

    text      lines parted by newlines, cells of a table row by tabs; automatic numbers are written out
    encoding  utf-8, utf-8-sig, utf-16 or gb18030; "" for .docx, which has none
    format    txt, md or docx
    """

    text: str
    encoding: str
    format: str


def read_document(data: bytes, name: str) -> SourceText:
    """The text of a file of at most MAX_BYTES; `name` tells by its suffix what it should be.

    raises  DocumentError and nothing else: empty, too_large, unsupported, misnamed, encrypted, broken, binary,
            encoding, zip_bomb, unsafe, no_text
    """
    check_size(data)
    suffix = suffix_of(name)
    if suffix == ".docx":
        source = SourceText(_docx(data, name), "", "docx")
    elif suffix in _PLAIN:
        source = _plain(data, name, _PLAIN[suffix])
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


def _really(package: Package) -> str:
    """What a zip without a Word document is: a key of KINDS; "" when it is a damaged .docx."""
    for name, kind in (("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides"), ("content.xml", "odf")):
        if name in package:
            return kind
    return "" if "[Content_Types].xml" in package else "zip"
