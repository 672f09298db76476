"""A whole .docx around a body: styles, fonts, page numbers, comments, properties. The same input, the same bytes."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from lxml import etree

from xieshang.documents import charts as drawn
from xieshang.documents import comments, paper
from xieshang.documents.package import OFFICE_REL, REL, TYPES, W
from xieshang.documents.pictures import relation
from xieshang.documents.words import w

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = f'xmlns:w="{W}" xmlns:r="{OFFICE_REL}"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_PARTS = {  # part: (relationship id, kind, content type)
    "styles": ("rIdStyles", "styles", f"{_WORD}.styles+xml"),
    "settings": ("rIdSettings", "settings", f"{_WORD}.settings+xml"),
    "fontTable": ("rIdFonts", "fontTable", f"{_WORD}.fontTable+xml"),
    "footer1": ("rIdFooterOdd", "footer", f"{_WORD}.footer+xml"),
    "footer2": ("rIdFooterEven", "footer", f"{_WORD}.footer+xml"),
    "comments": ("rIdComments", "comments", comments.CONTENT_TYPE),
}


def whole(
    body: str, page: paper.Page, *, title: str, category: str, notes: Sequence[str] = (), pictures: Sequence[bytes] = (),
    charts: Sequence[tuple[bytes, bytes]] = (), at: datetime | None = None, numbered: bool = True, first_plain: bool = False,
) -> bytes:  # fmt: skip
    """The .docx with this body (paragraphs and tables as XML) on this page.

    notes     the texts of comments 0, 1, 2 …, anchored in the body by their number
    pictures  JPEGs 0, 1, 2 …, named in the body by `pictures.relation`
    charts    chart parts and their workbooks 0, 1, 2 …, named in the body by `charts.relation`
    at        the moment of making, for comments and properties; None leaves it out
    first_plain  no page number on the first page
    """
    parts = {
        "styles": _part("styles", _styles()),
        "settings": _part("settings", _SETTINGS),
        "fontTable": _part("fonts", _fonts()),
        "footer1": _part("ftr", _footer("right")),
        "footer2": _part("ftr", _footer("left")),
    }
    if notes:
        parts["comments"] = _comments(notes, at)
    document = _part("document", f"<w:body>{body}{page.section(numbered, first_plain)}</w:body>")
    return _zipped(
        {
            "[Content_Types].xml": _types(parts, len(charts)),
            "_rels/.rels": _rels([("rId1", "officeDocument", "word/document.xml"), _CORE_REL]),
            "docProps/core.xml": _properties(title, category, at),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _rels(
                [(*_PARTS[name][:2], f"{name}.xml") for name in parts]
                + [(relation(n), "image", f"media/image{n + 1}.jpg") for n in range(len(pictures))]
                + [(drawn.relation(n), "chart", f"charts/chart{n + 1}.xml") for n in range(len(charts))]
            ),
            **{f"word/{name}.xml": content for name, content in parts.items()},
            **{f"word/media/image{n + 1}.jpg": picture for n, picture in enumerate(pictures)},
            **_charts(charts),
        }
    )


def _part(tag: str, inner: str) -> str:
    return f"{_HEAD}<w:{tag} {_NAMES}>{inner}</w:{tag}>"


_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    '<w:adjustLineHeightInTable/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def _styles() -> str:
    body = paper.BODY
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{body.run().replace('</w:rPr>', '')}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return defaults + normal + "".join(_style(look) for look in paper.LOOKS)


def _style(look: paper.Look) -> str:
    identity, name = look.style
    custom = ' w:customStyle="1"' if identity.startswith("Gongwen") else ""
    paragraph = look.paragraph().replace(f'<w:pStyle w:val="{identity}"/>', "")
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>{paragraph}{look.run()}</w:style>'
    )


def _fonts() -> str:
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in paper.INSTEAD.items()
    )


def _footer(side: str) -> str:
    """“— 1 —”, one character in from the outer edge."""
    look = paper.PAGE_NUMBER
    settings = look.paragraph().replace('w:val="both"', f'w:val="{side}"')
    settings = settings.replace("<w:ind ", f'<w:ind w:{side}Chars="100" w:{side}="{look.character}" ')
    formatting = look.run()
    pieces = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    return f"<w:p>{settings}{''.join(f'<w:r>{formatting}{piece}</w:r>' for piece in pieces)}</w:p>"


def _comments(notes: Sequence[str], at: datetime | None) -> str:
    root = etree.Element(w("comments"), nsmap={"w": W})
    for number, note in enumerate(notes):
        root.append(comments.comment_element(number, note, at=at))
    return _HEAD + etree.tostring(root, encoding="unicode")


def _charts(charts: Sequence[tuple[bytes, bytes]]) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {}
    for n, (chart, book) in enumerate(charts, 1):
        found[f"word/charts/chart{n}.xml"] = chart
        found[f"word/charts/_rels/chart{n}.xml.rels"] = _rels(
            [(drawn.BOOK_RELATION, "package", f"../embeddings/chart{n}.xlsx")]
        )
        found[f"word/embeddings/chart{n}.xlsx"] = book
    return found


def _types(parts: dict[str, str], charts: int) -> str:
    overrides = [(f"/word/{name}.xml", _PARTS[name][2]) for name in parts]
    overrides += [(f"/word/charts/chart{n}.xml", drawn.CONTENT_TYPE) for n in range(1, charts + 1)]
    overrides += [
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    return (
        f'{_HEAD}<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Default Extension="xlsx" ContentType="{drawn.BOOK_TYPE}"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
        + "</Types>"
    )


_CORE_REL = ("rId2", "core", "docProps/core.xml")


def _rels(targets: Sequence[tuple[str, str, str]]) -> str:
    kinds = {"core": f"{REL}/metadata/core-properties"}
    return (
        f'{_HEAD}<Relationships xmlns="{REL}">'
        + "".join(
            f'<Relationship Id="{identity}" Type="{kinds.get(kind, f"{OFFICE_REL}/{kind}")}" Target="{target}"/>'
            for identity, kind, target in targets
        )
        + "</Relationships>"
    )


def _properties(title: str, category: str, at: datetime | None) -> str:
    moment = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        if at is not None
        else ""
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(comments.printable(title), quote=False)}</dc:title><dc:creator>{comments.AUTHOR}</dc:creator>{moment}"
        f"<cp:category>{category}</cp:category></cp:coreProperties>"
    )


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            data = content.encode() if isinstance(content, str) else content
            target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
