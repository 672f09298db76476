"""What stands on a printed page, in millimetres from its upper left corner."""

from dataclasses import dataclass
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from xieshang.documents.gongwen import Kind
from xieshang.documents.office import office
from xieshang.documents.pdf import to_pdf
from xieshang.documents.samples import sample

MM = 25.4 / 72


@cache
def printed(kind: Kind) -> bytes:
    """The PDF of a sample, made once for all who look at it."""
    if office() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    return to_pdf(sample(kind))


@dataclass(frozen=True)
class Mark:
    """A character, or a stroke (its text empty)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    strokes: tuple[Mark, ...]
    characters: tuple[Mark, ...]

    def rules(self) -> list[Mark]:
        """The level lines, from above."""
        level = [one for one in self.strokes if one.right - one.left > 100 and one.bottom - one.top < 3]
        return sorted(level, key=lambda one: one.top)

    def lines(self) -> list[list[Mark]]:
        """The letters and digits of each line, from above; marks stand high and low."""
        found: list[list[Mark]] = []
        for one in sorted((c for c in self.characters if c.text.isalnum()), key=lambda c: c.middle):
            if found and abs(found[-1][0].middle - one.middle) < 4:
                found[-1].append(one)
            else:
                found.append([one])
        return [sorted(line, key=lambda c: c.left) for line in found]

    def line(self, beginning: str) -> list[Mark]:
        """The first line that begins so."""
        return next(line for line in self.lines() if "".join(c.text for c in line).startswith(beginning))


def sheets(pdf: bytes) -> list[Sheet]:
    """Each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_sheet(page) for page in document]
    finally:
        document.close()


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    high = page.get_height()

    def mark(text: str, box: tuple[float, float, float, float]) -> Mark:
        left, bottom, right, top = box
        return Mark(text, left * MM, (high - top) * MM, right * MM, (high - bottom) * MM)

    strokes = tuple(mark("", one.get_bounds()) for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))
    texts = page.get_textpage()
    characters = tuple(mark(texts.get_text_range(n, 1), texts.get_charbox(n)) for n in range(texts.count_chars()))
    return Sheet(page.get_width() * MM, high * MM, strokes, characters)
