"""The page and the type of an official paper (公文), GB/T 9704-2012, as Word wants to hear it.

Lengths are twips (1/20 pt) and sizes half points unless a name says otherwise. The standard gives millimetres and
lines: 22 lines of 28 characters of 3号 (16 pt) on A4, which is a line of 28.95 pt and characters of 15.75 pt.
"""

from dataclasses import dataclass

SOURCE = "GB/T 9704-2012 党政机关公文格式"

LINE = 579  # 28.95 pt: 22 of them fill 225 mm
CHARACTER = 315  # 15.75 pt: 16 pt type set 0.25 pt closer, 28 of them fill 156 mm
CLOSER = -5  # that quarter point, as character spacing
LINES, CHARACTERS = 22, 28

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 44, 32, 28, 24  # 2号 22 pt, 3号 16 pt, 4号 14 pt, 小4号 12 pt

SONG, TITLE_SONG, HEI, KAI, FANG = "宋体", "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
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

    def section(self, footers: bool = True) -> str:
        """The w:sectPr."""
        lying = ' w:orient="landscape"' if self.width > self.height else ""
        numbers = (
            '<w:footerReference w:type="default" r:id="rIdFooterOdd"/>'
            '<w:footerReference w:type="even" r:id="rIdFooterEven"/>'
        )
        grid = f'<w:docGrid w:type="lines" w:linePitch="{self.pitch}"/>' if self.pitch else ""
        return (
            f'<w:sectPr>{numbers if footers else ""}<w:pgSz w:w="{self.width}" w:h="{self.height}"{lying}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" w:left="{self.left}" '
            f'w:header="851" w:footer="{self.footer}" w:gutter="0"/>{grid}</w:sectPr>'
        )


# 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; the dash of the page number, in mid-line, 7 mm below it.
UPRIGHT = Page(11906, 16838, top=2098, right=1474, bottom=1984, left=1587, footer=1407)
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

    @property
    def character(self) -> int:
        """The width of one character."""
        return self.size * 10 + (CLOSER if self.size == SIZE_3 else 0)

    def paragraph(self, more: str = "", left: float = 0) -> str:
        """The w:pPr; `left` is a left indent in characters, `more` goes first (keepNext …)."""
        first = f'w:firstLineChars="{self.indent * 100}" w:firstLine="{self.indent * self.character}"'
        edge = f'w:leftChars="{round(left * 100)}" w:left="{round(left * self.character)}" ' if left else ""
        outline = f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else ""
        return (
            f'<w:pPr><w:pStyle w:val="{self.style[0]}"/>{more}{self._flow()}'
            f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
            f'<w:ind {edge}{first}/><w:jc w:val="{self.align}"/>{outline}</w:pPr>'
        )

    def _flow(self) -> str:
        """No widow control (a page has its 22 lines), no air between 汉字 and digits.

        A mark may hang over the edge as Word does anyway; said aloud because LibreOffice 7 reads it the wrong way
        round, and with marks hanging it loses them from the PDF. The grid is left where type is larger than a line.
        """
        grid = "" if self.line == LINE and self.size <= SIZE_3 else '<w:snapToGrid w:val="0"/>'
        return (
            '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
            f'<w:autoSpaceDN w:val="0"/>{grid}'
        )

    def run(self, more: str = "", bold: bool = False) -> str:
        """The w:rPr; `more` is what follows w:szCs (a highlight)."""
        closer = f'<w:spacing w:val="{CLOSER}"/>' if self.size == SIZE_3 else ""
        return (
            f'<w:rPr><w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:cs="{self.latin}" '
            f'w:eastAsia="{self.font}" w:hint="eastAsia"/>{"<w:b/>" if bold else ""}{closer}<w:kern w:val="0"/>'
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
PAGE_NUMBER = Look(("Footer", "footer"), SONG, SIZE_4, indent=0, line=360, latin=SONG)
CELL = Look(("GongwenCell", "公文表格"), FANG, SIZE_SMALL_4, indent=0, align="left", line=380)
CELL_MIDDLE = Look(("GongwenCellMiddle", "公文表格居中"), FANG, SIZE_SMALL_4, indent=0, align="center", line=380)
CELL_HEAD = Look(("GongwenCellHead", "公文表头"), HEI, SIZE_SMALL_4, indent=0, align="center", line=380)
CAPTION = Look(("GongwenCaption", "公文表题"), HEI, indent=0, align="center")
NOTE = Look(("GongwenNote", "公文表注"), FANG, SIZE_SMALL_4, indent=0, align="right", line=380)
LAST = Look(("GongwenLast", "公文末行"), FANG, 2, indent=0, line=20)  # Word wants a paragraph after the last table

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
)
