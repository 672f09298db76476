"""The old Office formats (.doc, .xls; WPS's .wps and .et hold the same): what an OLE file is, and how far its cells reach, before anybody opens it."""

import io
import struct
from collections.abc import Iterator

import olefile

from xieshang.documents.errors import DocumentError

STREAMS = {"doc": ("WordDocument",), "sheet": ("Workbook", "Book"), "slides": ("PowerPoint Document",)}
MACROS = ("Macros/VBA", "_VBA_PROJECT_CUR/VBA")
MAX_BYTES = 20 * 1024 * 1024  # of one stream
# BIFF records that hold a value: number, label, shared string, RK, several RK, formula, truth, rich string
CELLS = frozenset((0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD, 0x0006, 0x0205, 0x00D6))
ROW_COLUMN = struct.Struct("<HH")


def kind(data: bytes) -> str:
    """doc, sheet or slides, by the streams an OLE file holds; "" for none of them. Raises DocumentError: broken, macros."""
    with _opened(data) as ole:
        if any(map(ole.exists, MACROS)):
            raise DocumentError("macros")
        return next((kind for kind, names in STREAMS.items() if any(ole.exists(name) for name in names)), "")


def _opened(data: bytes) -> olefile.OleFileIO:
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception as error:  # it parses the sender's bytes, and raises what it meets there
        raise DocumentError("broken") from error


def reach(data: bytes) -> tuple[int, int]:
    """Rows and columns up to the last cell of an old workbook with a value in it, without reading it. Raises DocumentError: broken."""
    rows = columns = 0
    with _opened(data) as ole:
        for row, column in _cells(_workbook(ole)):
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns


def _workbook(ole: olefile.OleFileIO) -> bytes:
    try:
        name = next(name for name in STREAMS["sheet"] if ole.exists(name))
        return bytes(ole.openstream(name).read(MAX_BYTES))
    except Exception as error:  # see above
        raise DocumentError("broken") from error


def _cells(stream: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 8 <= len(stream):
        record, length = ROW_COLUMN.unpack_from(stream, at)
        if record in CELLS and length >= ROW_COLUMN.size:
            yield ROW_COLUMN.unpack_from(stream, at + 4)
        at += 4 + length
