"""PDF from .docx by LibreOffice, when it is there."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from xieshang.documents import paper
from xieshang.documents.errors import DocumentError

PROGRAMS = ("soffice", "libreoffice")
_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
LIKENESS = {
    paper.FANG: ("仿宋", "FandolFang R", "Zhuque Fangsong (technical preview)", _SERIF),
    paper.KAI: ("楷体", "LXGW WenKai", "FandolKai", "AR PL UKai CN", _SERIF),
    paper.HEI: ("SimHei", "FandolHei", _SANS),
    paper.SONG: ("SimSun", "FandolSong", _SERIF),
    paper.TITLE_SONG: ("方正小标宋_GBK", "华文中宋", f"{_SERIF} SemiBold", _SERIF),
    paper.LATIN: ("Liberation Serif", _SERIF),
}
TIMEOUT = 120  # seconds; the first start of a fresh profile takes some of them


def office() -> str | None:
    """The path of LibreOffice, or None."""
    return next((path for program in PROGRAMS if (path := shutil.which(program))), None)


def to_pdf(paper: bytes, *, ending: str = "docx", timeout: float = TIMEOUT) -> bytes:
    """The PDF of a .docx, or of another paper that LibreOffice opens, made with a profile of its own, so that two at once do not disturb each other.

    raises  DocumentError: no_office when LibreOffice is missing, office_failed when it fails or takes over `timeout` s
    """
    program = office()
    if program is None:
        raise DocumentError("no_office")
    with tempfile.TemporaryDirectory(prefix="xieshang-pdf-") as folder:
        source = Path(folder) / f"paper.{ending}"
        source.write_bytes(paper)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_font_settings(), encoding="utf-8")
        _convert(program, source, fonts, timeout)
        target = source.with_suffix(".pdf")
        if not target.is_file():
            raise DocumentError("office_failed")
        return target.read_bytes()


def _font_settings() -> str:
    """What stands for a font of the standard that is not installed: its free likeness, never a Japanese cut."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'{"".join(f"""<edit name="family" mode="append" binding="strong"><string>{other}</string></edit>""" for other in others)}'
        "</match>"
        for name, others in LIKENESS.items()
    )
    return f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>'


def _convert(program: str, source: Path, fonts: Path, timeout: float) -> None:
    command = [
        program,
        f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    around = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(source.parent)}
    try:
        subprocess.run(command, check=True, timeout=timeout, stdin=subprocess.DEVNULL, capture_output=True, env=around)
    except (subprocess.SubprocessError, OSError) as error:
        raise DocumentError("office_failed") from error
