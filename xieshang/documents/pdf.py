"""PDF from .docx by LibreOffice, when it is there."""

import tempfile
from pathlib import Path

from xieshang.documents import paper
from xieshang.documents.office import TIMEOUT, convert, office

__all__ = ["office", "to_pdf"]

_SERIF, _SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
LIKENESS = {
    paper.FANG: ("仿宋", "FandolFang R", "Zhuque Fangsong (technical preview)", _SERIF),
    paper.KAI: ("楷体", "LXGW WenKai", "FandolKai", "AR PL UKai CN", _SERIF),
    paper.HEI: ("SimHei", "FandolHei", _SANS),
    paper.SONG: ("SimSun", "FandolSong", _SERIF),
    paper.TITLE_SONG: ("方正小标宋_GBK", "华文中宋", f"{_SERIF} SemiBold", _SERIF),
    paper.LATIN: ("Liberation Serif", _SERIF),
}


def to_pdf(paper: bytes, *, ending: str = "docx", timeout: float = TIMEOUT) -> bytes:
    """The PDF of a .docx, or of another paper that LibreOffice opens.

    raises  DocumentError: no_office when LibreOffice is missing, office_failed when it fails or takes over `timeout` s
    """
    with tempfile.TemporaryDirectory(prefix="xieshang-fonts-") as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_font_settings(), encoding="utf-8")
        return convert(paper, ending, "pdf", timeout=timeout, around={"FONTCONFIG_FILE": str(fonts)})


def _font_settings() -> str:
    """What stands for a font of the standard that is not installed: its free likeness, never a Japanese cut."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'{"".join(f"""<edit name="family" mode="append" binding="strong"><string>{other}</string></edit>""" for other in others)}'
        "</match>"
        for name, others in LIKENESS.items()
    )
    return f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
