"""A photo in a paper: centred, with its caption under it, no larger than its place."""

from dataclasses import dataclass
from html import escape

from xieshang.documents import paper
from xieshang.documents.comments import printable
from xieshang.documents.tables import line

EMU = 36_000  # of DrawingML in a millimetre
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@dataclass(frozen=True)
class Picture:
    """图: a JPEG of so many pixels, at most `most` millimetres wide and high."""

    jpeg: bytes
    width: int
    height: int
    caption: str = ""
    most: tuple[float, float] = (140.0, 90.0)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the paper, in EMU; its shape is kept."""
        scale = min(self.most[0] / max(1, self.width), self.most[1] / max(1, self.height))
        return max(1, round(self.width * scale * EMU)), max(1, round(self.height * scale * EMU))


def relation(number: int) -> str:
    """The relationship by which picture `number` (from 0) is named in the body."""
    return f"rIdPicture{number + 1}"


def picture_xml(picture: Picture, number: int) -> str:
    """The paragraphs of picture `number`: itself, on a line as high as it needs, and its caption."""
    width, height = picture.size
    name = escape(printable(picture.caption) or f"图{number + 1}", quote=True)
    identity = f'id="{number + 1}" name="{name}" descr="{name}"'
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr {identity}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr {identity}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation(number)}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    keep = "<w:keepNext/>" if picture.caption else ""
    itself = (
        f'<w:p><w:pPr>{keep}<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f"<w:r>{drawing}</w:r></w:p>"
    )
    return itself + (line(paper.CELL_MIDDLE, picture.caption) if picture.caption else "")
