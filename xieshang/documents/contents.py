"""目录 of a paper: a line for each piece with the page it begins on, which Word, WPS and LibreOffice count themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from zlib import crc32

from xieshang.documents import paper
from xieshang.documents.tables import run

TABS = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{paper.UPRIGHT.core}"/></w:tabs>'


@dataclass(frozen=True)
class Contents:
    """rows: (what stands there, the anchor it points to); without an anchor it is the name of a group."""

    rows: Sequence[tuple[str, str]]


def _number(anchor: str) -> int:
    return crc32(anchor.encode()) >> 1


def anchor_xml(name: str) -> str:
    """The place to which a line of the contents points."""
    number = _number(name)
    return f'<w:bookmarkStart w:id="{number}" w:name="{escape(name)}"/><w:bookmarkEnd w:id="{number}"/>' if name else ""


def contents_xml(contents: Contents) -> str:
    return "".join(_line(text, anchor) for text, anchor in contents.rows)


def _line(text: str, anchor: str) -> str:
    if not anchor:
        return f"<w:p>{paper.CONTENTS_GROUP.paragraph('<w:keepNext/>')}{run(paper.CONTENTS_GROUP, text)}</w:p>"
    mark = paper.CONTENTS.run()
    page = "".join(
        f"<w:r>{mark}{inner}</w:r>"
        for inner in (
            "<w:tab/>", '<w:fldChar w:fldCharType="begin" w:dirty="true"/>', f'<w:instrText xml:space="preserve"> PAGEREF {escape(anchor)} \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>', "<w:t></w:t>", '<w:fldChar w:fldCharType="end"/>',
        )
    )  # fmt: skip
    return f"<w:p>{paper.CONTENTS.paragraph(tabs=TABS)}{run(paper.CONTENTS, text)}{page}</w:p>"
