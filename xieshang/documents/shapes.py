"""What stands at a fixed place of the sheet: a box with text and a straight line, in millimetres from its upper left corner."""

from dataclasses import dataclass

from xieshang.documents.pictures import EMU

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
FIRST = 1001  # the numbers of pictures are below


@dataclass(frozen=True)
class Place:
    """Where on the sheet, and how large; millimetres."""

    left: float
    top: float
    width: float
    height: float = 0.0


def rule(number: int, place: Place, thick: float, color: str, name: str) -> str:
    """A run that draws a level line `thick` mm thick, its middle at `place.top`."""
    pen = (
        f'<a:ln w="{round(thick * EMU)}" cap="flat"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        '<a:prstDash val="solid"/></a:ln>'
    )
    return _run(number, place, f"<wps:cNvCnPr/>{_look(place, 'line', pen)}<wps:bodyPr/>", name)


def box(number: int, place: Place, inside: str, name: str, *, framed: bool = False, low: bool = False) -> str:
    """A run that puts paragraphs and tables into a box without air at its sides.

    framed  draws its border
    low     what is inside stands at the lower edge, and no text of the page beside the box
    """
    pen = (
        f'<a:ln w="{EMU // 4}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        if framed
        else "<a:ln><a:noFill/></a:ln>"
    )
    air = 2 * EMU if framed else 0
    sides = f'lIns="{air}" tIns="{air}" rIns="{air}" bIns="{air}"'
    inner = (
        f'<wps:cNvSpPr txBox="1"/>{_look(place, "rect", "<a:noFill/>" + pen)}<wps:txbx><w:txbxContent>{inside}'
        f'</w:txbxContent></wps:txbx><wps:bodyPr {sides} wrap="square" anchor="{"b" if low else "t"}"><a:noAutofit/></wps:bodyPr>'
    )
    return _run(number, place, inner, name, "wrapTopAndBottom" if low else "wrapNone")


def _look(place: Place, form: str, paint: str) -> str:
    size = f'cx="{round(place.width * EMU)}" cy="{round(place.height * EMU)}"'
    return (
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{paint}</wps:spPr>'
    )


def _run(number: int, place: Place, shape: str, name: str, wrap: str = "wrapNone") -> str:
    across, down = round(place.left * EMU), round(place.top * EMU)
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice xmlns:wps="{_WPS}" Requires="wps"><w:drawing>'
        f'<wp:anchor xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" '
        'behindDoc="0" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{round(place.width * EMU)}" cy="{round(place.height * EMU)}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:{wrap}/>'
        f'<wp:docPr id="{FIRST + number}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_WPS}"><wps:wsp>{shape}</wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
