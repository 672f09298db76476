"""Pages of a PDF as pictures: browsers inside other programs (WeChat) show no PDF, they only download it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2

from xieshang.documents.errors import DocumentError

WIDE = 1000  # pixels; a page is read well at that on a phone, and is about 150 KB
_ONE_AT_A_TIME = Lock()  # PDFium knows no threads


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document while nobody else has one open. Raises DocumentError: encrypted, broken."""
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise DocumentError("encrypted" if "password" in str(error).lower() else "broken") from error
        try:
            yield document
        finally:
            document.close()


def count(pdf: bytes) -> int:
    """How many pages it has. Raises DocumentError: encrypted, broken."""
    with opened(pdf) as document:
        return len(document)


def picture(pdf: bytes, number: int, *, wide: int = WIDE) -> bytes:
    """Page `number`, from 1, as a JPEG so many pixels wide. Raises DocumentError; IndexError where there is no such page."""
    with opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        try:
            page = document[number - 1]
            scale = min(wide / max(1.0, page.get_width()), 4.0)
            drawn = page.render(scale=scale).to_pil().convert("RGB")
        except pypdfium2.PdfiumError as error:
            raise DocumentError("broken") from error
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=80)
    return out.getvalue()
