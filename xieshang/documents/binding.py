"""合订本: the files of one folder as one PDF: a cover, the contents with page numbers, then each file, its pages numbered."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from xieshang.documents import gongwen, pdf
from xieshang.documents.errors import DocumentError
from xieshang.documents.pictures import Picture

PAPERS = ("docx", "doc", "txt", "xlsx", "xls", "wps", "et")  # what LibreOffice makes pages of
PHOTOS = ("jpg", "jpeg", "png", "webp")  # kept as JPEG, whatever their name says
ON_A_PAGE = 2
PHOTO = (150.0, 92.0)  # millimetres: two of them and their captions fill a page
MOST_PAGES = 2000
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Piece:
    """One file of the folder. size: of a photo, in pixels."""

    kind: str
    title: str
    data: bytes
    size: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        """The title without its ending."""
        return stem(self.title)

    @property
    def ending(self) -> str:
        return PurePosixPath(self.title).suffix.lower().lstrip(".")


@dataclass(frozen=True)
class Cover:
    """unit and title in large type, then lines of “name：value”."""

    unit: str
    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Bound:
    """The PDF, its pages after the contents, and what could not be put in: (piece, why)."""

    pdf: bytes
    pages: int
    left_out: Sequence[tuple[Piece, str]]


def stem(name: str) -> str:
    """A file's name without its ending."""
    return PurePosixPath(name).stem


def bind(cover: Cover, pieces: Sequence[Piece], *, tell: Tell = lambda done, total, doing: None) -> Bound:
    """One PDF of them all, in their order; what has no pages is named on the contents as not included.

    tell    is called before each step: how many are done, of how many, with what
    raises  DocumentError: no_office, or office_failed for the contents themselves
    """
    if pdf.office() is None:
        raise DocumentError("no_office")
    total, number = len(pieces) + 1, 1
    body, placed, left_out = PdfWriter(), [], []
    for group in _grouped(pieces):
        tell(pieces.index(group[0]), total, group[0].title)
        try:
            pages = _pages(group, number)
        except DocumentError as error:
            left_out += [(piece, error.why) for piece in group]
            continue
        placed += [(piece, number + at // ON_A_PAGE) for at, piece in enumerate(group)]
        number += len(pages)
        for page in pages:
            body.add_page(page)
    tell(len(pieces), total, "")
    front = PdfReader(io.BytesIO(pdf.to_pdf(_front(cover, placed, left_out))))
    whole = PdfWriter()
    for page in (*front.pages, *body.pages):
        whole.add_page(page)
    out = io.BytesIO()
    whole.write(out)
    return Bound(out.getvalue(), number - 1, left_out)


def contents(cover: Cover, rows: Sequence[tuple[str, str, str]], *, last: str, missing: Sequence[str] = ()) -> bytes:
    """卷内目录 .docx: (kind, title, last column) of each file, and what is missing by name."""
    return gongwen.write([gongwen.Title("卷内目录"), gongwen.Byline(cover.title), *_listed(rows, last, missing)])


def _listed(rows: Sequence[tuple[str, str, str]], last: str, missing: Sequence[str]) -> Iterator[gongwen.Part]:
    numbered = [(str(n), *row) for n, row in enumerate(rows, 1)]
    if rows:
        yield gongwen.Table(("序号", "类别", "题名", last), numbered, widths=(6, 9, 33, 12))
    else:
        yield gongwen.Paragraph("卷内还没有文件。")
    if missing:
        yield gongwen.Paragraph(f"缺：{'、'.join(missing)}。")


def _front(cover: Cover, placed: Sequence[tuple[Piece, int]], left_out: Sequence[tuple[Piece, str]]) -> bytes:
    rows = [(piece.kind, piece.name, str(page)) for piece, page in placed]
    parts: list[gongwen.Part] = [
        gongwen.Space(4),
        gongwen.Title(cover.unit),
        gongwen.Title(cover.title),
        gongwen.Space(6),
    ]
    parts += [gongwen.Paragraph(each) for each in cover.lines]
    parts += [gongwen.NewPage(), gongwen.Title("卷内目录"), *_listed(rows, "页次", ())]
    if left_out:
        parts.append(gongwen.Paragraph("没有装入合订本的："))
        parts += [gongwen.Paragraph(f"{piece.title}（{why}）") for piece, why in left_out]
    return gongwen.write(parts, numbered=False)


def _grouped(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Photos that follow one another share pages; every other file stands by itself."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not (piece.ending in PHOTOS and group[-1].ending in PHOTOS):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _pages(group: Sequence[Piece], number: int) -> list[PageObject]:
    """The pages of one file, or of photos that share theirs, numbered from `number`. Raises DocumentError when it has none."""
    piece = group[0]
    if piece.ending in PHOTOS:
        return _read(pdf.to_pdf(_album(group)), number)
    if piece.ending == "pdf":
        return _read(piece.data, number)
    if piece.ending in PAPERS:
        return _read(pdf.to_pdf(piece.data, ending=piece.ending), number)
    raise DocumentError("unsupported", suffix=f".{piece.ending}", wanted=".pdf")


def _album(photos: Sequence[Piece]) -> bytes:
    parts: list[gongwen.Part] = []
    for at, photo in enumerate(photos):
        if at and at % ON_A_PAGE == 0:
            parts.append(gongwen.NewPage())
        parts.append(Picture(photo.data, *photo.size, caption=photo.name, most=PHOTO))
    return gongwen.write(parts, numbered=False)


def _read(data: bytes, number: int) -> list[PageObject]:
    """The pages of a PDF, numbered; written anew, so that what is broken in it shows here and not in the whole."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise DocumentError("too_many_pages", pages=MOST_PAGES)
        writer = PdfWriter()
        for page in reader.pages:
            _number(writer.add_page(page), number + len(writer.pages) - 1)
        out = io.BytesIO()
        writer.write(out)
        return list(PdfReader(out).pages)
    except DocumentError:
        raise
    except Exception as error:  # somebody's bytes: the reader stumbles in more ways than it names
        raise DocumentError("broken") from error


def _number(page: PageObject, number: int) -> None:
    """“- 5 -” at the foot of a page, whatever its size."""
    if page.rotation:
        page.transfer_rotation_to_content()
    page.merge_page(_stamp(f"- {number} -", float(page.mediabox.width), float(page.mediabox.height)))


def _stamp(text: str, width: float, height: float) -> PageObject:
    page = PageObject.create_blank_page(width=width, height=height)
    font = DictionaryObject(
        {
            NameObject(k): NameObject(v)
            for k, v in (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"))
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/FNumber"): font})}
    )
    drawing = DecodedStreamObject()
    drawing.set_data(f"q 0 g BT /FNumber 10 Tf {width / 2 - 2.5 * len(text):.1f} 20 Td ({text}) Tj ET Q".encode())
    page[NameObject("/Contents")] = drawing
    return page
