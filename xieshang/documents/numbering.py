"""Word's automatic list numbers, as printed: 一、 （一） 1. (1) …

Word stores only "paragraph of level 2 in list 5"; what the reader sees is counted here as Word counts it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from xieshang.documents.package import Element
from xieshang.documents.words import PPR, VAL, is_on, w

LEVELS = 9
MOST = 99999  # larger numbers are printed as digits

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """一 … 十 十一 … 九千九百九十九 … in counting form; 0..99999."""
    if number >= 10000:
        rest = number % 10000
        gap = digits[0].replace("〇", "零") if 0 < rest < 1000 else ""
        return chinese(number // 10000, digits, units) + units[3] + gap + (chinese(rest, digits, units) if rest else "")
    zero = digits[0].replace("〇", "零")
    result, pending = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            result += (zero if pending and result else "") + digits[digit] + (units[place - 1] if place else "")
            pending = False
        else:
            pending = bool(result)
    if digits == _DIGITS and 10 <= number < 20:
        result = result[1:]
    return result or digits[0]


def roman(number: int) -> str:
    """i ii iii iv … up to 3999; larger ones as digits."""
    if not 0 < number < 4000:
        return str(number)
    result = ""
    for value, letters in _ROMAN + _ROMAN_SMALL:
        result += letters * (number // value)
        number %= value
    return result


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 8) if number > 0 else ""


def _from(first: str, last: int) -> Callable[[int], str]:
    """Ready-made signs of Unicode: ① ⑴ ⒈ …; past the last one, plain digits."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= last else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)]


def _formal(number: int) -> str:
    return chinese(number, _FORMAL, "拾佰仟万")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "bullet": lambda _n: "",
    "none": lambda _n: "",
}


@dataclass(frozen=True)
class Level:
    """One level of a list: its format, its pattern ("（%1）"), where it starts, and after which level it restarts."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int = -1  # restarts after a paragraph of a level below this number; -1: after any higher one
    legal: bool = False  # all numbers in it are printed as digits
    gap: str = "tab"


@dataclass
class _List:
    levels: dict[int, Level]
    key: str  # lists of the same abstract list go on counting together
    styles: dict[str, int]  # paragraph styles that stand for a level
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The counter of one document: ask it for every paragraph, in order.

    numbering, styles  the roots of those parts, or None when the document has none
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {} if styles is None else {s.get(w("styleId"), ""): s for s in styles.iter(w("style"))}
        self._lists = {} if numbering is None else _lists(numbering, self._styles)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def marker(self, paragraph: Element) -> str:
        """The number printed before this paragraph, with a space where it ends in a digit; "" when it has none."""
        number, depth = self._place(paragraph)
        entry = self._lists.get(number)
        if entry is None or depth not in entry.levels:
            return ""
        counts = self._counts[entry.key]
        if number not in self._begun:
            self._begun.add(number)
            for restarted, start in entry.restarts.items():
                counts[restarted] = start - 1
        level = entry.levels[depth]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            if entry.levels.get(deeper, Level()).restart == -1 or depth < entry.levels[deeper].restart:
                del counts[deeper]
        return _printed(entry.levels, depth, counts)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list number and level, from the paragraph itself or from its style and those it is based on."""
        own = paragraph.find(f"{PPR}/{w('numPr')}")
        style = _value(paragraph, f"{PPR}/{w('pStyle')}") or self._default()
        number, depth = _reference(own)
        for _ in range(20):
            if number or style not in self._styles:
                break
            element = self._styles[style]
            number, inherited = _reference(element.find(f"{PPR}/{w('numPr')}"))
            if number and depth is None:
                depth = self._level_of(number, style) if inherited is None else inherited
            style = _value(element, w("basedOn"))
        return ("" if number == "0" else number), depth or 0

    def _default(self) -> str:
        return next((i for i, s in self._styles.items() if s.get(w("default")) and s.get(w("type")) == "paragraph"), "")

    def _level_of(self, number: str, style: str) -> int:
        entry = self._lists.get(number)
        return 0 if entry is None else entry.styles.get(style, 0)


def _reference(element: Element | None) -> tuple[str, int | None]:
    if element is None:
        return "", None
    depth = _value(element, w("ilvl"))
    return _value(element, w("numId")), (to_int(depth, 0) if depth else None)


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else str(found.get(VAL, ""))


def to_int(text: str, default: int) -> int:
    """A whole number as Word writes it, kept within what can be printed; `default` when it is none."""
    return max(0, min(int(text), MOST)) if text.isdecimal() and len(text) < 10 else default


def _printed(levels: dict[int, Level], depth: int, counts: dict[int, int]) -> str:
    level = levels[depth]
    text = level.pattern
    for other in range(LEVELS):
        if f"%{other + 1}" in text:
            shape = levels.get(other, Level())
            count = counts.get(other, shape.start)
            digits = (level.legal and other != depth) or shape.format not in FORMATS
            text = text.replace(f"%{other + 1}", str(count) if digits else FORMATS[shape.format](count))
    if level.format == "bullet":
        return ""
    return text + (" " if text[-1:].isalnum() and text[-1:].isascii() and level.gap != "nothing" else "")


def _lists(numbering: Element, styles: dict[str, Element]) -> dict[str, _List]:
    abstract = {a.get(w("abstractNumId"), ""): a for a in numbering.iter(w("abstractNum"))}
    nums = {n.get(w("numId"), ""): n for n in numbering.iter(w("num"))}
    lists: dict[str, _List] = {}
    for number, num in nums.items():
        key = _value(num, w("abstractNumId"))
        base = _resolved(abstract.get(key), abstract, nums, styles)
        if base is None:
            continue
        levels = {to_int(lvl.get(w("ilvl"), ""), 0): _level(lvl) for lvl in base.findall(w("lvl"))}
        by_style = {_value(lvl, w("pStyle")): to_int(lvl.get(w("ilvl"), ""), 0) for lvl in base.findall(w("lvl"))}
        entry = _List(levels, base.get(w("abstractNumId"), key), by_style)
        for override in num.findall(w("lvlOverride")):
            _override(entry, override)
        lists[number] = entry
    return lists


def _resolved(
    base: Element | None, abstract: dict[str, Element], nums: dict[str, Element], styles: dict[str, Element]
) -> Element | None:
    """The abstract list itself, or the one its numbering style points to."""
    link = "" if base is None else _value(base, w("numStyleLink"))
    if not link or link not in styles:
        return base
    target = nums.get(_reference(styles[link].find(f"{PPR}/{w('numPr')}"))[0])
    return base if target is None else abstract.get(_value(target, w("abstractNumId")), base)


def _level(element: Element) -> Level:
    return Level(
        format=_value(element, w("numFmt")) or "decimal",
        pattern=_value(element, w("lvlText")),
        start=to_int(_value(element, w("start")), 1),
        restart=to_int(_value(element, w("lvlRestart")), -1),
        legal=is_on(element.find(w("isLgl"))),
        gap=_value(element, w("suff")) or "tab",
    )


def _override(entry: _List, override: Element) -> None:
    depth = to_int(override.get(w("ilvl"), ""), 0)
    own = override.find(w("lvl"))
    if own is not None:
        entry.levels[depth] = _level(own)
    start = _value(override, w("startOverride"))
    if start:
        entry.restarts[depth] = to_int(start, 1)
        entry.levels[depth] = replace(entry.levels.get(depth, Level()), start=to_int(start, 1))
