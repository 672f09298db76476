"""One line more at the end of a .docx, in small type; not a byte of the rest is touched."""

import re
from html import escape

from xieshang.documents.comments import printable
from xieshang.documents.errors import DocumentError
from xieshang.documents.package import Package, W
from xieshang.documents.spans import as_utf8, paragraph_spans
from xieshang.documents.words import w

_LAST_SECTION = re.compile(rb"<(?:[\w.-]+:)?sectPr[\s/>]")
_LOOK = '<w:rFonts w:eastAsia="楷体_GB2312"/><w:sz w:val="21"/>'


def with_line(data: bytes, text: str) -> bytes:
    """The document with `text` as its last paragraph.

    raises  DocumentError: whatever keeps a .docx from being read
    """
    package = Package(data)
    main = package.main()
    body = package.tree(main).find(w("body")) if main else None
    if body is None:
        raise DocumentError("broken")
    xml = as_utf8(package.part(main))
    last = max((span.end for span in paragraph_spans(xml)), default=0)
    found = next(_LAST_SECTION.finditer(xml, last), None) if len(body) and body[-1].tag == w("sectPr") else None
    at = found.start() if found else xml.rfind(b"</" + (f"{body.prefix}:" if body.prefix else "").encode() + b"body")
    line = (
        f'<w:p xmlns:w="{W}"><w:pPr><w:spacing w:before="240"/><w:jc w:val="left"/></w:pPr>'
        f'<w:r><w:rPr>{_LOOK}</w:rPr><w:t xml:space="preserve">{escape(printable(text), quote=False)}</w:t></w:r></w:p>'
    )
    return package.rewritten({main: xml[:at] + line.encode() + xml[at:]})
