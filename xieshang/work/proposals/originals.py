"""The words of a stamped original, so that it is found by them."""

from xieshang.documents.errors import DocumentError
from xieshang.documents.reading import read_document

MOST = 100_000  # characters that are kept


def text(pdf: bytes) -> str:
    """What a PDF says in words; nothing for a scan or for one that cannot be read: it is kept all the same."""
    try:
        found = read_document(pdf, "original.pdf").text
    except DocumentError:
        return ""
    return found.replace("\0", "").replace("\u3000", "").strip()[:MOST]
