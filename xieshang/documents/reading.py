"""A file somebody hands us, or words somebody pastes, as text. Whatever is wrong with it becomes one clear sentence."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from xieshang.documents import layout, old, pasted, pdf_text, recognising
from xieshang.documents.errors import DocumentError
from xieshang.documents.guard import MAX_BYTES, check_kind, check_size, misnamed, suffix_of
from xieshang.documents.layout import Page, Span
from xieshang.documents.office import convert
from xieshang.documents.package import Package
from xieshang.documents.plain import decode, without_markup
from xieshang.documents.sheet_text import sheet_text
from xieshang.documents.sheets import FORMATS as SHEETS
from xieshang.documents.word_text import word_text

__all__ = ["FORMATS", "MAX_BYTES", "SourceText", "accepted", "read_document", "read_pasted"]

_PLAIN = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_OLD = (".doc", ".wps", ".rtf")
_SHEETS = SHEETS
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_OTHER_PICTURES = (".tif", ".tiff", ".bmp", ".heic", ".heif", ".gif")
_OLD_TIMEOUT = 60  # seconds that somebody waits at most
_WANTED = ".docx 或 .txt"
_A4 = 595.0  # points; how wide a photographed page is taken to be

FORMATS = (".docx", *_OLD, ".pdf", *_SHEETS, ".txt", ".md")  # what can be read everywhere


@dataclass(frozen=True)
class SourceText:
    """What was read.

    text      lines parted by newlines, cells of a table row by tabs; automatic numbers are written out
    encoding  utf-8, utf-8-sig, utf-16, gb18030 or big5; "" for what is no plain text
    format    txt, md, docx, pdf, sheet, scan for what was recognised, or old for what LibreOffice had to open
    doubtful  where the text was recognised from a picture and may be wrong
    """

    text: str
    encoding: str
    format: str
    doubtful: tuple[Span, ...] = ()


def read_document(data: bytes, name: str) -> SourceText:
    """The text of a file of at most MAX_BYTES; `name` tells by its suffix what it should be.

    raises  DocumentError and nothing else: empty, too_large, unsupported, misnamed, encrypted, broken, binary, encoding, zip_bomb,
            unsafe, macros, remote, nested, too_many_rows, too_many_pages, no_text, ofd, scan, garbled, no_office_old, old_unread
    """
    check_size(data)
    suffix = suffix_of(name)
    read = next((read for suffixes, read in _READERS if suffix in suffixes), None)
    if read is None:
        raise (
            DocumentError("ofd")
            if suffix == ".ofd"
            else DocumentError("unsupported", suffix=suffix or name, wanted=_WANTED)
        )
    source = read(data, name)
    if not source.text.strip():
        raise DocumentError("no_text")
    return source


def accepted() -> str:
    """What a person may choose here, as <input accept> has it: pictures too where a recogniser is installed."""
    return ",".join(FORMATS + (_PICTURES if recognising.recogniser() else ()))


def read_pasted(text: str) -> str:
    """Pasted words as the text of a file would be: a table from a spreadsheet or a page has tabs between its cells. Raises nothing."""
    return pasted.lines(text)


def _plain(data: bytes, name: str) -> SourceText:
    check_kind(data, name, expected=("text",), wanted=_WANTED)
    text, encoding = decode(data)
    form = _PLAIN[suffix_of(name)]
    return SourceText(without_markup(text) if form == "md" else text, encoding, form)


def _new(data: bytes, name: str) -> SourceText:
    check_kind(data, name, expected=("zip",), wanted=_WANTED)
    package = Package(data)
    if not package.main():
        really = _really(package)
        raise misnamed(name, really, wanted=_WANTED) if really else DocumentError("broken")
    return SourceText(word_text(package), "", "docx")


def _old(data: bytes, name: str) -> SourceText:
    """By content, not by name: WPS saves .docx under .wps, and many a .doc is RTF."""
    kind = check_kind(data, name, expected=("zip", "doc", "rtf"), wanted=_WANTED)
    if kind == "zip":
        return _new(data, name)
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
        raise DocumentError(code, suffix=suffix_of(name)) if code else error from error
    return replace(_new(made, name), format="old")


def _sheet(data: bytes, name: str) -> SourceText:
    return SourceText(sheet_text(data, name), "", "sheet")


def _pdf(data: bytes, name: str) -> SourceText:
    check_kind(data, name, expected=("pdf",), wanted=_WANTED)
    pages = pdf_text.pages_of(data)
    pictures = [page for page in pages if page.picture]
    reader = recognising.recogniser()
    if reader and len(pictures) > recognising.MOST_PAGES:
        raise DocumentError("too_many_pages", pages=recognising.MOST_PAGES)
    for page in pictures:
        pages[page.number - 1] = _recognised(data, page, reader) if reader else page
    if pictures and not any(page.runs for page in pages):
        raise DocumentError("scan", suffix=".pdf")
    pages = [page if page.runs or not page.picture else _unread(page) for page in pages]
    text, doubtful = layout.text_of(pages, recognising.SURE)
    return SourceText(text, "", "scan" if pictures and reader else "pdf", doubtful)


def _recognised(data: bytes, page: Page, reader: recognising.Recogniser) -> Page:
    picture, width = pdf_text.drawn(data, page.number)
    return replace(page, runs=recognising.runs_of(picture, reader, width))


def _unread(page: Page) -> Page:
    """Whoever reads the text shall see that something is missing there."""
    words, middle = f"（第{page.number}页是图片，没有读出文字）", page.height / 2
    return replace(page, runs=(layout.Run(words, 0, 12 * len(words), middle, middle + 12),))


def _picture(data: bytes, name: str) -> SourceText:
    reader = recognising.recogniser()
    if reader is None:
        raise DocumentError("scan", suffix=suffix_of(name))
    picture = recognising.picture_of(data)
    height = picture.height * _A4 / max(1, picture.width)
    runs = recognising.runs_of(picture, reader, _A4)
    if not runs:
        raise DocumentError("scan", suffix=suffix_of(name))
    text, doubtful = layout.text_of([Page(1, height, runs)], recognising.SURE)
    return SourceText(text, "", "scan", doubtful)


def _no_picture(data: bytes, name: str) -> SourceText:
    raise DocumentError("scan", suffix=suffix_of(name))


_READERS: tuple[tuple[tuple[str, ...], Callable[[bytes, str], SourceText]], ...] = (
    ((".docx",), _new), (tuple(_PLAIN), _plain), (_OLD, _old), (_SHEETS, _sheet), ((".pdf",), _pdf), (_PICTURES, _picture),
    (_OTHER_PICTURES, _no_picture),
)  # fmt: skip


def _really(package: Package) -> str:
    """What a zip without a Word document is: a key of KINDS; "" when it is a damaged .docx."""
    for name, kind in (("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides"), ("content.xml", "odf")):
        if name in package:
            return kind
    return "" if "[Content_Types].xml" in package else "zip"
