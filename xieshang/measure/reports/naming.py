"""What a named place of a template means ({{集体活动 上年}}, {{单位}}), and the name of a row or column of a table of figures. No database.

A name is an indicator's own name or one of its words, whole; beside it, parted by a space, a period (一季度 上年 2025年), a body, a unit below,
or a comparison (同比 增减). Better not understood than understood wrongly: what is left over is said, with the names nearest to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import SequenceMatcher

from xieshang.base.calendar.workdays import add_months
from xieshang.base.ledger.facts import Indicator
from xieshang.base.words import MEASURES

from .scopes import DIFFERENCE, RATE, Scope

WHOLE = Scope()
NEAREST = 3
NEAR = 0.5  # how alike two names must be to be offered
PARTED = re.compile(r"[\s　·•・,，;；|｜/／]+")
QUIET = re.compile(r"[\s　“”\"'‘’《》「」]")
MEASURE = re.compile(r"[(（]\s*(?:单位[:：])?\s*(?P<unit>[^()（）]{1,6})\s*[)）]\Z")  # 集体活动（次）
COUNT = re.compile(r"(?:总?数量?|总计|合计|情况|件数|次数|条数|篇数|期数|个数|总数|总量|金额|总额)\Z")
NUMBERS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
TEN = "十[一二]?|[一二三四五六七八九]"
TOTAL = re.compile(r"(?:合|总|共)计|总数|总和|全[县市区省年]?合?计|小计")
PLAIN = re.compile(
    r"(?:数量?|完成(?:数|量|情况|次数|件数)?|实际完成(?:数|情况)?|实绩|实有数?|数字|统计数|(?:次|件|条|篇|期|人|个|场)数|本期|数据|总数量|完成值)"
)
HAND = (
    "文号",
    "发文字号",
    "主送",
    "主送机关",
    "抄送",
    "抄报",
    "签发人",
    "印发日期",
    "会议名称",
    "联系人",
    "联系电话",
    "附件",
    "期号",
    "密级",
)
SPELLED = str.maketrans("０１２３４５６７８９（）", "0123456789()")


@dataclass(frozen=True)
class Meaning:
    """What a name says.

    indicators  what it may count: one is sure, more are offered
    scope       the days and the body named with it
    text        words to put in
    total       合计 or 小计
    plain       only that a number stands here (数量, 完成数)
    unit        the measure word it names: （次）
    hand        known, and not in the house: a clerk writes it
    unknown     the words that were not understood, with the names nearest to them
    """

    indicators: tuple[Indicator, ...] = ()
    scope: Scope = WHOLE
    text: str | None = None
    total: bool = False
    sub: bool = False
    plain: bool = False
    unit: str = ""
    hand: bool = False
    unknown: str = ""
    near: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return self.scope != WHOLE


@dataclass(frozen=True)
class Names:
    """All that a unit's template may name.

    fixed    name → words: 单位, 年份, 期间 …
    places   name of a body or a unit below → how it narrows
    """

    indicators: tuple[Indicator, ...]
    start: date
    end: date
    fixed: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Scope] = field(default_factory=dict)

    def all(self) -> list[str]:
        """Every name, for those that come near."""
        return [*self.fixed, *HAND, *(str(one.name) for one in self.indicators), *self.places]


def meaning(name: str, names: Names, own: Mapping[str, str] | None = None, *, axis: bool = False) -> Meaning:
    """What `name` means; `own`: the words of the thing that a repeated part speaks of; `axis`: it names a row or column, where a bare year is a period."""
    name = name.translate(SPELLED).strip()
    for words in (own or {}, {} if axis else names.fixed):
        if _plain(name) in words:
            return Meaning(text=words[_plain(name)])
    if _plain(name) in HAND:
        return Meaning(hand=True)
    unit = MEASURE.search(name)
    if unit and (
        _narrow(unit["unit"], names) or (not _indicators(name[: unit.start()], names.indicators) and not axis)
    ):
        name, unit = f"{name[: unit.start()]} {unit['unit']}", None  # 集体活动（上年）
    bare = name[: unit.start()].strip() if unit else name
    if axis and (found := _axis(bare)):
        return replace(found, unit=unit["unit"]) if unit else found
    found = _read(bare, names)
    return replace(found, unit=unit["unit"]) if unit else found


def _axis(name: str) -> Meaning | None:
    plain = _plain(name)
    if TOTAL.fullmatch(plain):
        return Meaning(total=True, sub=plain == "小计")
    if plain in MEASURES:
        return Meaning(plain=True, unit=plain)
    return Meaning(plain=True) if PLAIN.fullmatch(plain) else None


def _read(name: str, names: Names) -> Meaning:
    if found := _indicators(name, names.indicators):
        return Meaning(found)
    said = WHOLE
    rest: list[str] = []
    for word in filter(None, PARTED.split(name)):
        if narrowed := _narrow(word, names):
            said = merged(said, narrowed)
        else:
            rest.append(word)
    if not rest:
        return Meaning(scope=said)
    if found := _indicators("".join(rest), names.indicators):
        return Meaning(found, said)
    if len(rest) == 1 and (split := _prefixed(rest[0], names)):
        found, narrowed = split
        return Meaning(found, merged(said, narrowed))
    return Meaning(scope=said, unknown=" ".join(rest), near=tuple(nearest("".join(rest), names.all())))


def _prefixed(word: str, names: Names) -> tuple[tuple[Indicator, ...], Scope] | None:
    """上年集体活动, 集体活动同比: a period or comparison written together with the name."""
    for cut in range(1, len(word)):
        for narrow, rest in ((word[:cut], word[cut:]), (word[cut:], word[:cut])):
            if (narrowed := _narrow(narrow, names)) and (found := _indicators(rest, names.indicators)):
                return found, narrowed
    return None


def merged(one: Scope, other: Scope) -> Scope:
    """Both together: what the other says holds where both say something, and their words stand side by side."""
    said = {name: value for name, value in vars(other).items() if value}
    said["words"] = " ".join(filter(None, dict.fromkeys([one.words, other.words])))
    return replace(one, **said)


def together(one: Scope, other: Scope) -> Scope | None:
    """Of a row and of a column: None where both speak of the same, differently."""
    for name, value in vars(one).items():
        against = getattr(other, name)
        if name not in ("words", "code") and value and against and value != against:
            return None
    return merged(one, other)


# --- indicators -------------------------------------------------------------------------------------------------------------


def _indicators(name: str, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Those whose name it is; else those of which it is a word; else the same without 数, 次数 … at its end."""
    plain = _plain(name)
    if not plain:
        return ()
    known = list(indicators)
    for asked in dict.fromkeys([plain, COUNT.sub("", plain)]):
        for level in (
            [one for one in known if _plain(str(one.name)) == asked],
            [one for one in known if asked in (_plain(word) for word in one.words)],
        ):
            if level:
                return tuple(level)
    return ()


def fitting(found: tuple[Indicator, ...], unit: str) -> tuple[Indicator, ...]:
    """Those that count in this measure word; all where none is named."""
    return tuple(one for one in found if not unit or unit in one.accepts or (unit == "%" and one.unit == "%"))


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names most like it, best first: those that hold it or that it holds before those that are spelled alike."""
    plain = _plain(name)
    scored = []
    for other in dict.fromkeys(names):
        bare = _plain(other)
        within = len(bare) > 1 and (bare in plain or plain in bare)
        alike = SequenceMatcher(None, plain, bare, autojunk=False).ratio()
        if within or alike >= NEAR:
            scored.append((-int(within), -alike, other))
    return [other for *_score, other in sorted(scored)[:NEAREST]]


def _plain(text: str) -> str:
    return QUIET.sub("", text)


# --- periods, bodies, comparisons -------------------------------------------------------------------------------------------


def _narrow(word: str, names: Names) -> Scope | None:
    plain = _plain(word)
    if plain in names.places:
        return names.places[plain]
    if plain.removesuffix("委员") in names.places and names.places[plain.removesuffix("委员")].sector:
        return names.places[plain.removesuffix("委员")]
    if found := _change(plain):
        return found
    return period(plain, names.start, names.end)


def _change(plain: str) -> Scope | None:
    plain = re.sub(r"[(]?%[)]?\Z", "", plain)
    if re.fullmatch(
        r"(?:比上年|比去年|较上年|较去年|与上年相比|同比)?(?:增减|增长|增幅|升降|变化)(?:率|幅度|百分比)|同比|同比(?:增长|增减|变化)|增幅|增长",
        plain,
    ):
        return Scope(change=RATE, words="同比")
    if re.fullmatch(r"(?:比上年|比去年|较上年|较去年|与上年相比|同比)?(?:增减|增加|净增|增减数|增减量)", plain):
        return Scope(change=DIFFERENCE, words="比上年增减")
    return None


def period(plain: str, start: date, end: date) -> Scope | None:
    """一季度, 上半年, 3月, 2025年, 上年, 本年 …, of the year of the report."""
    year = end.year if (start + timedelta(days=183)).year != start.year else start.year
    if re.fullmatch(r"(?:本|今|当)(?:年度?|期)(?:实绩|完成数?)?|累计", plain):
        return WHOLE
    if plain in ("全年", "年度"):
        at = date(year, 1, 1), date(year, 12, 31)
        return WHOLE if at == (start, end) else Scope(since=at[0], until=at[1], words=plain)
    if re.fullmatch(r"(?:上|去)年(?:度|同期|全年)?(?:实绩|完成数?)?|上年同期|去年同期|同期", plain):
        whole = plain.endswith("全年")
        return (
            Scope(since=date(year - 1, 1, 1), until=date(year - 1, 12, 31), words="上年")
            if whole
            else Scope(back=1, words="上年")
        )
    if re.fullmatch(r"前年(?:同期)?", plain):
        return Scope(back=2, words="前年")
    if found := re.fullmatch(r"((?:19|20)\d\d)年?度?", plain):
        back = start.year - int(found[1])
        whole_year = (start.month, start.day) == (1, 1) and start.year == end.year
        if whole_year and back >= 0 and (end.month, end.day) == (12, 31):
            return Scope(back=back, words=f"{found[1]}年") if back else WHOLE
        if int(found[1]) == start.year == end.year:
            return WHOLE
        return Scope(since=date(int(found[1]), 1, 1), until=date(int(found[1]), 12, 31), words=f"{found[1]}年")
    if found := re.match(r"((?:19|20)\d\d)年(.+)", plain):
        return _part(found[2], int(found[1]), plain)
    if found := re.match(r"(?:上|去)年(.+)", plain):
        return _part(found[1], year - 1, plain)
    return _part(re.sub(r"\A(?:本|今)年", "", plain), year, plain)


def _part(plain: str, year: int, words: str) -> Scope | None:
    first, months = 0, 0
    if found := re.fullmatch(r"第?([一二三四1-4])季度?", plain):
        first, months = 3 * _number(found[1]) - 2, 3
    elif found := re.fullmatch(rf"({TEN}|\d{{1,2}})月份?", plain):
        first, months = _number(found[1]), 1
    elif found := re.fullmatch(rf"({TEN}|\d{{1,2}})月?[—–\-~～至到]({TEN}|\d{{1,2}})月份?", plain):
        first, months = _number(found[1]), _number(found[2]) - _number(found[1]) + 1
    elif plain in ("上半年", "下半年", "前三季度"):
        first, months = {"上半年": (1, 6), "下半年": (7, 6), "前三季度": (1, 9)}[plain]
    if not (1 <= first <= 12 and 1 <= months <= 13 - first):
        return None
    since = date(year, first, 1)
    return Scope(since=since, until=add_months(since, months) - timedelta(days=1), words=words)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text]
