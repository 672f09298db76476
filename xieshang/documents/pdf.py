"""PDF from .docx by LibreOffice, when it is there."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from xieshang.documents.errors import DocumentError

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120  # seconds; the first start of a fresh profile takes some of them


def office() -> str | None:
    """The path of LibreOffice, or None."""
    return next((path for program in PROGRAMS if (path := shutil.which(program))), None)


def to_pdf(docx: bytes, *, timeout: float = TIMEOUT) -> bytes:
    """The PDF of a .docx, made with a profile of its own, so that two at once do not disturb each other.

    raises  DocumentError: no_office when LibreOffice is missing, office_failed when it fails or takes over `timeout` s
    """
    program = office()
    if program is None:
        raise DocumentError("no_office")
    with tempfile.TemporaryDirectory(prefix="xieshang-pdf-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx)
        _convert(program, source, timeout)
        target = source.with_suffix(".pdf")
        if not target.is_file():
            raise DocumentError("office_failed")
        return target.read_bytes()


def _convert(program: str, source: Path, timeout: float) -> None:
    command = [
        program,
        f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    try:
        subprocess.run(command, check=True, timeout=timeout, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise DocumentError("office_failed") from error
