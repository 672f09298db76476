"""Numbers as offices write them: 12, １２, 1,284, 十二, 廿五, 两百, 3万, 百分之八十, 八成五, 三分之一, 半."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

Number = int | float

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
DIGITS |= {"肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
HALVES = {"半": 0.5, "半数": 50, "一半": 50, "对半": 50}

_ARABIC = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)(百|千|百万|千万|万亿|万|亿)?[%‰]?\Z", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_RATE = re.compile(r"百分之(.{1,12})\Z")
_FRACTION = re.compile(r"(.{1,6})分之(.{1,6})\Z")
_TENTHS = re.compile(r"(.{1,4})成(.?)\Z")
_SCALES = {None: 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_SCALES |= {"万亿": 1_000_000_000_000}


def to_number(written: str) -> Number | None:
    """The number `written` stands for; a rate (85%, 八成五, 三分之一, 半数) as its percents. None: not a number."""
    written = unicodedata.normalize("NFKC", written[:40]).replace(" ", "")
    if written in HALVES:
        return HALVES[written]
    for reader in (_tenths, _percents, _fraction, _arabic, _chinese):
        value = reader(written)
        if value is not None:
            return tidy(value)
    return None


def tidy(value: float) -> Number:
    """Whole numbers as int, others with two decimals (six where they are below one hundredth)."""
    if value == int(value):
        return int(value)
    return round(value, 2) if abs(value) >= 0.01 else round(value, 6)


def to_chinese(number: int) -> str:
    """十二, 一百一十, 二千零五: as markers of headings are written. Numbers below 0 get 负."""
    return _to_chinese(number)


@cache
def _to_chinese(number: int) -> str:
    if number < 0:
        return "负" + _to_chinese(-number)
    if number >= 10**16:
        return str(number)
    import cn2an  # slow to import, and seldom needed

    printed: str = cn2an.an2cn(number, "low")
    return printed[1:] if printed.startswith("一十") else printed


def _arabic(written: str) -> float | None:
    if _GROUPED.match(written):
        written = written.replace(",", "")
    found = _ARABIC.match(written)
    return float(found[1]) * _SCALES[found[2]] if found else None


def _percents(written: str) -> float | None:
    found = _RATE.match(written)
    if not found:
        return None
    return 100.0 if found[1] == "百" else _plain(found[1])


def _fraction(written: str) -> float | None:
    found = _FRACTION.match(written)
    if not found:
        return None
    below, above = _plain(found[1]), _plain(found[2])
    return round(100 * above / below, 2) if below and above is not None else None


def _tenths(written: str) -> float | None:
    found = _TENTHS.match(written)
    if not found:
        return None
    whole, half = _plain(found[1]), {"": 0.0, "半": 5.0}.get(found[2])
    if half is None:
        half = _plain(found[2])
    return whole * 10 + half if whole is not None and whole <= 10 and half is not None else None


def _plain(written: str) -> float | None:
    arabic = _arabic(written)
    return _chinese(written) if arabic is None else arabic


def _chinese(written: str) -> float | None:
    written = written.replace("廿", "二十").replace("卅", "三十")
    if not written or any(c not in DIGITS and c not in TENS and c not in MYRIADS and c != "点" for c in written):
        return None
    if "点" in written:
        whole, _, rest = written.partition("点")
        decimals = _digits(rest)
        head = _chinese(whole) if whole else 0.0
        return head + int(decimals) / 10 ** len(decimals) if decimals and head is not None else None
    if len(written) > 1 and all(c in DIGITS for c in written):
        return float(_digits(written))
    return float(_positional(written))


def _digits(written: str) -> str:
    return "".join(str(DIGITS[c]) for c in written if c in DIGITS)


def _positional(written: str) -> int:
    total = section = digit = 0
    last = 1
    for sign in written:
        if sign in DIGITS:
            digit = DIGITS[sign]
            if sign in "零〇○":
                last = 10
        elif sign in TENS:
            section += (digit or 1) * TENS[sign]
            digit, last = 0, TENS[sign]
        else:
            if sign == "亿":
                total = (total + section + digit or 1) * MYRIADS[sign]
            else:
                total += (section + digit or 1) * MYRIADS[sign]
            section, digit, last = 0, 0, MYRIADS[sign]
    return total + section + digit * (last // 10 if digit and last > 10 else 1)  # 一百二 is 120
