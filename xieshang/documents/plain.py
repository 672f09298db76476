"""Plain text and Markdown: which encoding the bytes are in, and the lines without markup."""

import codecs
import re
from collections.abc import Callable

from xieshang.documents.errors import DocumentError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HAN = re.compile("[\u4e00-\u9fff]")
_STRANGE = re.compile("[\u0370-\u04ff\u2500-\u257f\u3005-\u3007\u3040-\u30ff\u3105-\u3129\ue000-\uf8ff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

MAX_CONTROL = 0.01  # share of control characters above which a file is no text
MIN_BIG5 = 0.95  # the same share of a text in Big5, whose everyday characters are 5401
MIN_COMMON = 0.45  # share of everyday characters below which the encoding was guessed wrong; traditional text has 0.65
MAX_STRANGE = 0.1  # share of kana, Cyrillic … beside Chinese characters, above which it was guessed wrong
ENOUGH_HAN = 8  # fewer characters tell nothing


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: utf-8, utf-8-sig, utf-16, gb18030 or big5. Line ends become newlines.

    raises  DocumentError: binary, encoding
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _tidy(_strict(data, name)), name
    if data.count(0) > len(data) * MAX_CONTROL:
        return _tidy(_utf16(data)), "utf-16"
    text = _utf8(data)
    if text is not None and not _is_misread(text, data):
        return _tidy(text), "utf-8"
    if (text := _gb18030(data)) is not None:
        return _tidy(text), "gb18030"
    return _tidy(_big5(data)), "big5"


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise DocumentError("encoding") from error


def _utf8(data: bytes) -> str | None:
    """The text, when it is UTF-8; a last character cut in half is left away."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return None


def _is_misread(text: str, data: bytes) -> bool:
    """“联通”: a short GB text whose bytes happen to be UTF-8, of letters no Chinese text holds."""
    strange = [char for char in text if char > "\x7f"]
    if not strange or any(char > "\u07ff" for char in strange):
        return False
    try:
        return _common_share(data.decode("gb18030")) == 1
    except UnicodeDecodeError:
        return False


def _utf16(data: bytes) -> str:
    """The text, when it is UTF-16 without a mark at its beginning: the line ends hold the zeros, the characters are everyday ones."""
    texts = [data.decode(name, "replace") for name in ("utf-16-le", "utf-16-be")]
    text = max(texts, key=_common_share)
    if len(_HAN.findall(text)) < ENOUGH_HAN or _common_share(text) < MIN_COMMON or "\x00" in text or "\ufffd" in text:
        raise DocumentError("binary")
    return text


def _gb18030(data: bytes) -> str | None:
    """The text, when it makes sense as GB 18030; None when it is Big5, Shift-JIS, damaged UTF-8 …"""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    han, strange = len(_HAN.findall(text)), len(_STRANGE.findall(text))
    nonsense = han >= ENOUGH_HAN and (_common_share(text) < MIN_COMMON or strange > han * MAX_STRANGE)
    return None if nonsense else text


def _big5(data: bytes) -> str:
    """The text, when it is clearly Big5: nearly all its characters are everyday ones there. Raises DocumentError: encoding."""
    text = _strict(data, "big5hkscs")
    han = _HAN.findall(text)
    common = sum(b"\xa4\x40" <= char.encode("big5", "replace") <= b"\xc6\x7e" for char in han)
    if len(han) < ENOUGH_HAN or common < len(han) * MIN_BIG5 or len(_STRANGE.findall(text)) > len(han) * MAX_STRANGE:
        raise DocumentError("encoding")
    return text


def _common_share(text: str) -> float:
    """The share of the Chinese characters of `text` that are among the 3755 of everyday use (GB 2312, level 1)."""
    han = _HAN.findall(text)
    return sum(map(_is_common, han)) / len(han) if han else 0.0


def _is_common(char: str) -> bool:
    return b"\xb0\xa1" <= char.encode("gb2312", "replace") <= b"\xd7\xf9"


def _tidy(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) * MAX_CONTROL:
        raise DocumentError("binary")
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text.lstrip("\ufeff")))


_FENCE = re.compile(r"^\s*(```|~~~)")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
Put = str | Callable[[re.Match[str]], str]


def _heading(found: re.Match[str]) -> str:
    """Without the signs that may close it."""
    return re.sub(r"(?:^|(?<=\s))#+$", "", found[1].rstrip()).rstrip()


# What may be long is bounded: a search that fails must not cost the square of the line.
_LINE_MARKS: tuple[tuple[re.Pattern[str], Put], ...] = (
    (re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$"), ""),  # a rule across the page
    (re.compile(r"^\s{0,3}(=+|-+)\s*$"), ""),  # the line under a heading
    (re.compile(r"^\s{0,3}(?:>\s?)+"), ""),
    (re.compile(r"^\s{0,3}#{1,6}\s+(.*)$"), _heading),
    (re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?"), ""),  # bullets; numbers stay, for they are part of the plan
    (re.compile(r"^\s*(\d{1,3}[.)])\s+(?!\d)"), r"\1"),  # 1. 2026年 keeps its space
)
_INLINE_MARKS: tuple[tuple[re.Pattern[str], Put], ...] = (
    (re.compile(r"<!--.{0,500}?-->"), ""),
    (re.compile(r"!\[([^\]]{0,200})\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"\[([^\]]{1,200})\]\([^)]{0,500}\)"), r"\1"),
    (re.compile(r"<(https?://[^>\s]{1,500})>"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|div|p|font|sub|sup|center)\b[^>]{0,500}>", re.IGNORECASE), ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"(`{1,3})(.{1,200}?)\1"), r"\2"),
    (re.compile(r"(?<![*\\])(\*{1,3})(?=[^\s*])([^*]{1,500}?)(?<=[^\s*\\])\1(?!\*)"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]{1,500}?)(?<=[^\s_])\1(?!\w)"), r"\2"),  # ____ is a blank, it stays
    (re.compile(r"~~(.{1,500}?)~~"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def without_markup(text: str) -> str:
    """The plain lines of a Markdown text: one line for a line, cells of a table parted by tabs, numbers kept."""
    lines, in_code = [], False
    for line in _without_front_matter(text).split("\n"):
        if _FENCE.match(line):
            in_code = not in_code
        elif in_code:
            lines.append(line)
        elif not ("|" in line and _TABLE_RULE.match(line)):
            lines.append(_plain_line(line))
    return "\n".join(lines)


def _without_front_matter(text: str) -> str:
    return re.sub(r"\A---\n(?:[\w-]+:.*\n|[ \t]+.*\n)*---\n", "", text)


def _plain_line(line: str) -> str:
    for pattern, instead in _LINE_MARKS:
        line = pattern.sub(instead, line)
    for mark, put in _INLINE_MARKS:
        line = mark.sub(put, line)
    stripped = line.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == "|":
        return "\t".join(cell.strip() for cell in stripped[1:-1].split("|"))
    return line.rstrip(" ")
