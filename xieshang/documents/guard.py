"""The look at a file before anything opens it: size, and whether its content is what its name says."""

from pathlib import PurePosixPath

from xieshang.documents.errors import KINDS, DocumentError

MAX_BYTES = 20 * 1024 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and encrypted .docx
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream's name inside an OLE file


def suffix_of(name: str) -> str:
    """The last suffix of a file name in lower case, with its dot; "" when there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def check_size(data: bytes, limit: int = MAX_BYTES) -> None:
    """Refuse what is empty or over `limit` bytes. Raises DocumentError: empty, too_large."""
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentError("empty")
    if len(data) > limit:
        raise DocumentError("too_large", limit=limit // (1024 * 1024))


def kind_of(data: bytes) -> str:
    """What the first bytes say: a key of KINDS, "encrypted", or "text" when no magic is known."""
    if data.startswith(OLE):
        return "encrypted" if ENCRYPTED in data else "doc"
    if data.startswith(ZIP):
        return "zip"
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return "image" if data.startswith(IMAGES) else "text"


def check_kind(data: bytes, name: str, *, expected: tuple[str, ...], wanted: str) -> str:
    """The kind of `data`, when it is one of `expected`.

    raises  DocumentError: encrypted, or misnamed naming what the file really is
    """
    kind = kind_of(data)
    if kind in expected:
        return kind
    if kind == "encrypted":
        raise DocumentError("encrypted")
    if kind == "text" and b"\x00" in data[:4096]:
        raise DocumentError("broken")  # right suffix, no magic, not even text: a damaged file
    raise misnamed(name, kind, wanted=wanted)


def misnamed(name: str, really: str, *, wanted: str) -> DocumentError:
    """The refusal of a file whose content is not what its name says. `really` is a key of KINDS."""
    return DocumentError("misnamed", suffix=suffix_of(name) or name, really=KINDS[really], wanted=wanted)
