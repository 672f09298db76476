"""The page and the type of an official paper (公文), GB/T 9704-2012, as Word wants to hear it.

Lengths are twips (1/20 pt) and sizes half points unless a name says otherwise. The standard gives millimetres and
lines: 22 lines of 28 characters of 3号 (16 pt) on A4, which is a line of 28.95 pt and characters of 15.75 pt.
"""

from dataclasses import dataclass
from functools import lru_cache

from xieshang.documents import measures
from xieshang.documents.measures import twips

LINE = 579  # 28.95 pt: 22 of them fill 225 mm
CHARACTER = 315  # 15.75 pt: 16 pt type set 0.25 pt closer, 28 of them fill 156 mm
CLOSER = -5  # that quarter point, as character spacing
LINES, CHARACTERS = int(measures.value("core.lines")), int(measures.value("core.characters"))

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 44, 32, 28, 24  # 2号 22 pt, 3号 16 pt, 4号 14 pt, 小4号 12 pt

SONG, TITLE_SONG, HEI, KAI, FANG = "宋体", "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
RED = "FF0000"
# What Word takes where a font is not installed; these come with Windows or Office.
INSTEAD = {TITLE_SONG: "华文中宋", KAI: "楷体", FANG: "仿宋", HEI: "SimHei", SONG: "SimSun"}


@dataclass(frozen=True)
class Page:
    """A sheet and its margins."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int  # from the lower edge of the sheet to the lower edge of the page number
    pitch: int | None = LINE  # of the line grid; None for none

    @property
    def core(self) -> int:
        """The width of the type area (版心)."""
        return self.width - self.left - self.right

    def section(self, footers: bool = True, first_plain: bool = False) -> str:
        """The w:sectPr. `first_plain`: no number on the first page, as a letter has it."""
        lying = ' w:orient="landscape"' if self.width > self.height else ""
        numbers = (
            '<w:footerReference w:type="default" r:id="rIdFooterOdd"/>'
            '<w:footerReference w:type="even" r:id="rIdFooterEven"/>'
        )
        plain = "<w:titlePg/>" if first_plain else ""
        grid = f'<w:docGrid w:type="lines" w:linePitch="{self.pitch}"/>' if self.pitch else ""
        return (
            f'<w:sectPr>{numbers if footers else ""}<w:pgSz w:w="{self.width}" w:h="{self.height}"{lying}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" w:left="{self.left}" '
            f'w:header="851" w:footer="{self.footer}" w:gutter="0"/>{plain}{grid}</w:sectPr>'
        )


# The dash of the page number stands in mid-line, so its line reaches half a line lower.
NUMBER_LINE = 360
TOP, RIGHT, BOTTOM, LEFT = (twips(f"margin.{side}") for side in ("top", "right", "bottom", "left"))
UPRIGHT = Page(
    11906, 16838, top=TOP, right=RIGHT, bottom=BOTTOM, left=LEFT, footer=BOTTOM - twips("page.below") - NUMBER_LINE // 2
)  # fmt: skip
# A sheet turned to the left: 订口 is above.
LYING = Page(16838, 11906, top=1587, right=1984, bottom=1474, left=2098, footer=720, pitch=None)


@dataclass(frozen=True)
class Look:
    """How one kind of paragraph is set.

    style    the id and the Chinese name under which Word lists it
    font     of Chinese characters; Latin letters and digits are set in `latin`
    indent   of the first line, in characters
    align    both, center, left, right
    level    of the outline, from 0; None for text
    line     exact line height
    """

    style: tuple[str, str]
    font: str
    size: int = SIZE_3
    indent: int = 2
    align: str = "both"
    level: int | None = None
    line: int = LINE
    latin: str = LATIN
    color: str = ""
    apart: int | None = None  # between characters; None as the standard has it for 3号

    @property
    def character(self) -> int:
        """The width of one character."""
        return self.size * 10 + (CLOSER if self.size == SIZE_3 else 0)

    @lru_cache(maxsize=1024)  # noqa: B019 - looks are few and constant; a table asks thousands of times
    def paragraph(
        self, more: str = "", left: float = 0, *, right: float = 0, hanging: float = 0, tabs: str = ""
    ) -> str:
        """The w:pPr; `left`, `right`, `hanging` are indents in characters, `more` goes first (keepNext …)."""
        first = self._indent("hanging", hanging) if hanging else self._indent("firstLine", self.indent)
        edge = self._indent("left", left) + " " if left else ""
        edge += self._indent("right", right) + " " if right else ""
        outline = f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else ""
        return (
            f'<w:pPr><w:pStyle w:val="{self.style[0]}"/>{more}{self._flow(tabs)}'
            f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
            f'<w:ind {edge}{first}/><w:jc w:val="{self.align}"/>{outline}</w:pPr>'
        )

    def _indent(self, side: str, count: float) -> str:
        return f'w:{side}Chars="{round(count * 100)}" w:{side}="{round(count * self.character)}"'

    def _flow(self, tabs: str) -> str:
        """No widow control (a page has its 22 lines), no air between 汉字 and digits.

        A mark may hang over the edge as Word does anyway; said aloud because LibreOffice 7 reads it the wrong way
        round, and with marks hanging it loses them from the PDF. The grid is left where type is larger than a line.
        """
        grid = "" if self.line == LINE and self.size <= SIZE_3 else '<w:snapToGrid w:val="0"/>'
        return (
            f'<w:widowControl w:val="0"/>{tabs}<w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
            f'<w:autoSpaceDN w:val="0"/>{grid}'
        )

    @lru_cache(maxsize=1024)  # noqa: B019
    def run(self, more: str = "", bold: bool = False) -> str:
        """The w:rPr; `more` is what follows w:szCs (a highlight)."""
        apart = (CLOSER if self.size == SIZE_3 else 0) if self.apart is None else self.apart
        closer = f'<w:spacing w:val="{apart}"/>' if apart else ""
        color = f'<w:color w:val="{self.color}"/>' if self.color else ""
        return (
            f'<w:rPr><w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:cs="{self.latin}" '
            f'w:eastAsia="{self.font}" w:hint="eastAsia"/>{"<w:b/>" if bold else ""}{color}{closer}<w:kern w:val="0"/>'
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>{more}</w:rPr>'
        )


BODY = Look(("GongwenBody", "公文正文"), FANG)
TITLE = Look(("Title", "Title"), TITLE_SONG, SIZE_2, indent=0, align="center")
BYLINE = Look(("GongwenByline", "公文题注"), KAI, indent=0, align="center")
ADDRESSEE = Look(("GongwenAddressee", "公文主送"), FANG, indent=0)
SIGNATURE = Look(("GongwenSignature", "公文署名"), FANG, indent=0, align="left")
HEADINGS = (
    Look(("Heading1", "heading 1"), HEI, level=0),
    Look(("Heading2", "heading 2"), KAI, level=1),
    Look(("Heading3", "heading 3"), FANG, level=2),
    Look(("Heading4", "heading 4"), FANG, level=3),
)
PAGE_NUMBER = Look(("Footer", "footer"), SONG, SIZE_4, indent=0, line=NUMBER_LINE, latin=SONG)
CELL = Look(("GongwenCell", "公文表格"), FANG, SIZE_SMALL_4, indent=0, align="left", line=380)
CELL_MIDDLE = Look(("GongwenCellMiddle", "公文表格居中"), FANG, SIZE_SMALL_4, indent=0, align="center", line=380)
CELL_HEAD = Look(("GongwenCellHead", "公文表头"), HEI, SIZE_SMALL_4, indent=0, align="center", line=380)
CAPTION = Look(("GongwenCaption", "公文表题"), HEI, indent=0, align="center")
NOTE = Look(("GongwenNote", "公文表注"), FANG, SIZE_SMALL_4, indent=0, align="right", line=380)
LAST = Look(("GongwenLast", "公文末行"), FANG, 2, indent=0, line=20)  # Word wants a paragraph after the last table
SIGN = Look(
    ("GongwenSign", "公文发文机关标志"), TITLE_SONG, 84, indent=0, align="center", line=850, latin=TITLE_SONG, color=RED
)
NUMBER = Look(("GongwenNumber", "公文发文字号"), FANG, indent=0, align="center")
MARK = Look(("GongwenMark", "公文份号密级"), HEI, indent=0, align="left")
LABEL = Look(("GongwenLabel", "公文附件标识"), HEI, indent=0, align="left")
PEOPLE = Look(("GongwenPeople", "公文出席"), FANG, indent=0)
COPY = Look(("GongwenCopy", "公文版记"), FANG, SIZE_4, indent=0, align="left", line=460)
CONTENTS = Look(("GongwenContents", "公文目录"), FANG, SIZE_4, indent=0, align="left", line=460)
CONTENTS_GROUP = Look(("GongwenContentsGroup", "公文目录类"), HEI, SIZE_4, indent=0, align="left", line=460)
BOX = Look(("GongwenBox", "公文批示栏"), FANG, SIZE_4, indent=0, align="left", line=400)

LOOKS = (
    BODY,
    TITLE,
    BYLINE,
    ADDRESSEE,
    SIGNATURE,
    *HEADINGS,
    PAGE_NUMBER,
    CELL,
    CELL_MIDDLE,
    CELL_HEAD,
    CAPTION,
    NOTE,
    LAST,
    SIGN,
    NUMBER,
    MARK,
    LABEL,
    PEOPLE,
    COPY,
    CONTENTS,
    CONTENTS_GROUP,
    BOX,
)
