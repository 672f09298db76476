"""The words of a stamped original, so that it is found by them."""

import io

from pypdf import PdfReader

MOST_PAGES, MOST = 60, 100_000  # pages that are read, characters that are kept


def text(pdf: bytes) -> str:
    """What a PDF says in words; nothing for a scan or for one that cannot be read: it is kept all the same."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        found = "\n".join(page.extract_text() for page in reader.pages[:MOST_PAGES])
    except Exception:  # it is the sender's bytes that are parsed, and pypdf raises what it likes
        return ""
    return found.replace("\0", "").encode("utf-8", "ignore").decode()[:MOST].strip()
