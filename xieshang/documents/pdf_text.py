"""What stands on the pages of a PDF and where; `layout` makes text of it."""

import ctypes
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from xieshang.documents.errors import DocumentError
from xieshang.documents.layout import Page, Run, in_lines
from xieshang.documents.pages import opened
from xieshang.documents.ruled import MOST_RULES, Box, Rule, rules_of, with_tables

MOST_PAGES = 500
MOST_CHARACTERS = 20_000  # on a page; a full one has two thousand
MOST_IN_ALL = 2_000_000  # characters; five hundred full pages have half of that
GARBLED = 0.3  # share of characters without a meaning above which the text cannot be used
FEW = 40  # characters that a program which scans may print over its picture
COVERED = 0.5  # of the page, from which a picture is the page
WIDE = 1600  # pixels of a page as a picture; characters of the usual size are then some thirty high

TOUCHING = 0.3  # em: pieces of one line nearer than this are one, in whatever order they were written
NEAR = 1.0  # em: what stands farther apart belongs to two columns or cells
# radicals and doubles of characters, which some fonts give for the real ones
_ODD = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff]")


def pages_of(data: bytes) -> list[Page]:
    """All pages with their text. Raises DocumentError: encrypted, broken, too_many_pages, zip_bomb, garbled."""
    with opened(data) as document:
        if len(document) > MOST_PAGES:
            raise DocumentError("too_many_pages", pages=MOST_PAGES)
        found, read = [], 0
        for number in range(1, len(document) + 1):
            found.append(_page(document, number))
            read += sum(len(run.text) for run in found[-1].runs)
            if read > MOST_IN_ALL:
                raise DocumentError("zip_bomb")
    whole = "".join(run.text for page in found for run in page.runs)
    if len(_MEANINGLESS.findall(whole)) > len(whole) * GARBLED:
        raise DocumentError("garbled")
    return found


def drawn(data: bytes, number: int) -> tuple[Image.Image, float]:
    """One page, from 1, as a picture, and how many points wide it is. Raises DocumentError: encrypted, broken."""
    with opened(data) as document:
        try:
            page = document[number - 1]
            width = max(1.0, page.get_width())
            return page.render(scale=WIDE / width).to_pil(), width
        except pypdfium2.PdfiumError as error:
            raise DocumentError("broken") from error


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        page = document[number - 1]
        try:
            across, down = rules_of(_paths(page))
            runs = tuple(with_tables(list(_runs(page, down)), across, down))
            few = sum(len(run.text) for run in runs) < FEW
            if few and (_is_picture(page) if runs else _shows_something(page)):
                return Page(number, page.get_height(), (), picture=True)
            return Page(number, page.get_height(), runs)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise DocumentError("broken") from error


def _shows_something(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(max_depth=2))


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture covers most of the page."""
    left, bottom, right, top = page.get_mediabox()
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        x, y, x_end, y_end = one.get_bounds()
        if (x_end - x) * (y_end - y) > COVERED * (right - left) * (top - bottom):
            return True
    return False


def _paths(page: pypdfium2.PdfPage) -> list[Box]:
    """The boxes of what is drawn on a page, as it is shown upright."""
    objects = islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2), MOST_RULES + 1)
    drawn = [_upright(Run("", left, right, bottom, top), page) for left, bottom, right, top in map(_bounds, objects)]
    width, height = page.get_size()
    seen = (one for one in drawn if one.right > 0 and one.left < width and one.top > 0 and one.bottom < height)
    return [(one.left, one.bottom, one.right, one.top) for one in seen]


def _bounds(drawn: pypdfium2.PdfObject) -> Box:
    try:
        return drawn.get_bounds()  # type: ignore[no-any-return]
    except pypdfium2.PdfiumError:  # an empty path has none
        return (0.0, 0.0, 0.0, 0.0)


def _runs(page: pypdfium2.PdfPage, walls: Sequence[Rule]) -> Iterator[Run]:
    """The runs of a page, as it is shown upright; none goes through a wall."""
    text = page.get_textpage()
    try:
        number = text.count_chars()
        if number > MOST_CHARACTERS:
            raise DocumentError("zip_bomb")
        characters = [c for n in range(number) if (c := _character(text, n)) is not None]
    finally:
        text.close()
    width, height = page.get_size()
    upright = [
        one for c in characters if 0 <= (one := _upright(c, page)).left <= width and 0 <= one.middle <= height
    ]  # what stands beside the page is not seen
    ordered = sorted(walls, key=lambda wall: wall.at)
    for line in in_lines(list(_joined(upright, ordered, NEAR))):  # once more, for what the program wrote in pieces
        yield from _joined(line, ordered, TOUCHING)


def _character(text: pypdfium2.PdfTextPage, number: int) -> Run | None:
    """One character with the box of its line height; None for the spaces and line ends that PDFium adds."""
    if pdfium.FPDFText_IsGenerated(text, number) == 1:
        return None
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, number, ctypes.byref(box)):
        return None
    return Run(chr(pdfium.FPDFText_GetUnicode(text, number)), box.left, box.right, box.bottom, box.top)


def _upright(run: Run, page: pypdfium2.PdfPage) -> Run:
    """Where it stands on the page as shown, which is turned clockwise and then so wide and high."""
    turn = page.get_rotation()
    if not turn:
        return run
    left, right, bottom, top = run.left, run.right, run.bottom, run.top
    width, height = page.get_size()
    if turn == 90:
        return replace(run, left=bottom, right=top, bottom=height - right, top=height - left)
    if turn == 180:
        return replace(run, left=width - right, right=width - left, bottom=height - top, top=height - bottom)
    return replace(run, left=width - top, right=width - bottom, bottom=left, top=right)


def _joined(characters: Iterable[Run], walls: Sequence[Rule], near: float) -> Iterator[Run]:
    """Characters that follow each other side by side, as one run; printed spaces bridge as much room as they take."""
    held: list[Run] = []
    spaces: list[Run] = []
    for one in characters:
        if not one.text.strip():
            spaces.append(one)
            continue
        bridged = sum(space.right - space.left for space in spaces)
        if held and not (_follows(held[-1], one, near, bridged) and not _is_parted(held[-1], one, walls)):
            yield _as_run(held)
            held = []
        between = "".join(space.text for space in spaces) if held else ""
        held.append(replace(one, text=between + one.text) if between else one)
        spaces = []
    if held:
        yield _as_run(held)


def _follows(last: Run, one: Run, near: float, bridged: float) -> bool:
    em = min(last.em, one.em)
    return last.bottom < one.middle < last.top and -em < one.left - last.right < near * em + bridged


def _is_parted(last: Run, one: Run, walls: Sequence[Rule]) -> bool:
    """Whether a wall stands between the last character of the one and the first of the other."""
    begin = bisect_left(walls, last.right - last.em / 2, key=lambda wall: wall.at)
    end = bisect_left(walls, one.left + one.em / 2, key=lambda wall: wall.at)
    return any(wall.begin < one.middle < wall.end for wall in walls[begin:end])


def _as_run(held: list[Run]) -> Run:
    text = _ODD.sub(lambda odd: unicodedata.normalize("NFKC", odd[0]), "".join(one.text for one in held))
    low, high = median(one.bottom for one in held), median(one.top for one in held)
    return Run(text, held[0].left, max(one.right for one in held), low, high)
