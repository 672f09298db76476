"""Deciding what each blank of a template may be filled with: surely one indicator, the unit's own name or year, or only guesses. No database.

`tying` looks at the clause. Here the sentence is heeded: another period than the report's, another subject, a part of the whole
(其中, 参加…活动，共捐款), work that is still to be done, a count said twice. Each of these takes the sureness away, and says why.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from xieshang.base.ledger.facts import Indicator
from xieshang.measure import tying

from .reading import STOP, Spot

MOST_GUESSES = 3
ROUND_DIGITS = re.compile(r"20(?:[xX]{2}|_{2}|○{2})\Z")
YEAR_TAIL = re.compile(
    r"年(?:\Z|[度是，]|以来|来|全年|[上下]半年|工作|政协|[^\d底末初及至以前后上下x_]{2,}(?:总结|报告))"
)
FIGURES = ("count", "rate", "amount")

PERIOD = re.compile(
    r"(?P<own>今年以来|今年|全年|年内|一年以?来|本年度?|20(?:xx|XX|__)年(?![\dx_]))"
    r"|(?P<half>上半年|下半年|[一二三四]季度|前三季度)"
    r"|(?P<year>(?:19|20)\d\d年(?:\d{1,2}月)?)"
    r"|(?P<other>“?十[一二三四五六]五”?|期间|以来|近年来?|[近过]去?[两三四五六七八九十几x\d]+年|[两三四五六七八九十几x]年来|五年|届内|去年|上年|往年|同期|截至|截止|[x\d]{1,2}月|同比|比上)"
)
HALVES = {
    "上半年": ((1, 1), (6, 30)), "下半年": ((7, 1), (12, 31)), "一季度": ((1, 1), (3, 31)), "二季度": ((4, 1), (6, 30)), "三季度": ((7, 1), (9, 30)),
    "四季度": ((10, 1), (12, 31)), "前三季度": ((1, 1), (9, 30)),
}  # fmt: skip
SUBJECT = re.compile(
    r"(?:\A|[，；、])(?:(?![进入到向对为在]|委员|组织)[\u4e00-\u9fff]){1,8}(?:镇|乡|街道|社区|村|小组|联络室|界别?|支部|专委会|委员会|工委|办公室|局|党组)(?=[，\u4e00-\u9fff]|\Z)"
)
PART = re.compile(r"其中|之中|部分|新增|比上|同比|另有|另外")
NARROWING = re.compile(
    r"(?:并|还|又|先后)?(?:积极|广泛|主动)?(?:组织(?:政协)?委员)?(?:参加|参与|投身|围绕|针对|聚焦|紧扣|就|对|向|以.*为题|在(?!.*下\Z)|邀请|联合|会同|配合|协助|协同|助力)"
)
WIDE = re.compile(r"中心|大局|全局|各项|各类")
DOING = re.compile(r"(?:并|还|又)?(?:积极|广泛)?(?:组织|开展|举办|走访|慰问|通过)")
DEPENDENT = frozenset(
    ["人次", "人", "名", "位", "元", "万元", "亿元", "%"]
)  # figures that belong to what was said just before
SCOPE = re.compile(r"[，；]?[^，；]*\Z")


@dataclass(frozen=True)
class Period:
    """The days of the report, both included."""

    start: date
    end: date

    @property
    def year(self) -> int | None:
        return self.start.year if self.start.year == self.end.year else None

    def is_named(self, word: str) -> bool:
        """Does 上半年, 三季度 … name exactly these days?"""
        first, last = HALVES[word]
        return self.year is not None and (self.start, self.end) == (date(self.year, *first), date(self.year, *last))


@dataclass(frozen=True)
class Unit:
    """The unit whose report it is, in words: how a text calls it, its place names by their last word, and who else there is."""

    own: tuple[str, ...]
    places: dict[str, str]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What may stand in a blank.

    indicator  the one that is sure; None when none is
    text       a name or a year that is sure
    suggested  a name or a year that is likely
    guesses    what else it may be, best first
    why        why it is not sure, or by what it was known
    period     the days that the sentence itself names (上半年, 十三五期间, 五年来), where they are not the report's
    far        they begin before the report's: why it is not sure, unless the data reach back so far
    """

    spot: Spot
    indicator: Indicator | None = None
    text: str | None = None
    suggested: str = ""
    guesses: tuple[tying.Guess, ...] = ()
    why: str = ""
    period: Period | None = None
    far: str = ""


def decide(
    spots: Sequence[Spot], indicators: Sequence[Indicator], unit: Unit, period: Period, *, own_periods: bool = False
) -> list[Decision]:
    """A decision for every blank, in order. `own_periods`: whoever asks can count a blank over the days that its sentence names."""
    first = [_first(spot, indicators, unit, period, own_periods) for spot in spots]
    return _without_repeats(_without_dependents(_shares(first, indicators)))


SHARE = re.compile(r"(?:\A|，)占(?P<whole>[^，。；]{2,12}?)的?\Z")


def _shares(decisions: list[Decision], indicators: Sequence[Indicator]) -> list[Decision]:
    """“…的x件，占承办总数的x%”: the share of what was just counted in what is named, where one rate is of these two."""
    out: list[Decision] = []
    for decision in decisions:
        spot, before = decision.spot, out[-1] if out else None
        share = SHARE.search(_squeezed(spot.head)) if spot.unit == "%" and not decision.indicator else None
        if share and before and before.indicator and _beside(before.spot, spot):
            part, named = before.indicator.code, {one.code for one in indicators if share["whole"] in one.words}
            rates = [one for one in indicators if one.how == "rate" and one.part == part and one.whole in named]
            if len(rates) == 1:
                guess = tying.Guess(rates[0], 1.0, True, _("是前一个数占“%(whole)s”的比率") % {"whole": share["whole"]})
                decision = replace(before, spot=spot, indicator=rates[0], guesses=(guess, *decision.guesses)[:MOST_GUESSES], why=guess.why)  # fmt: skip
        out.append(decision)
    return out


def _beside(one: Spot, other: Spot) -> bool:
    return one.paragraph == other.paragraph and 0 <= other.start - one.end <= NEXT


NEXT = 16  # characters between a number and its share


def _first(spot: Spot, indicators: Sequence[Indicator], unit: Unit, period: Period, own_periods: bool) -> Decision:
    if not spot.fillable:
        return Decision(spot, why=_("原文此处隐去了内容，请人工补写"))
    if spot.kind == "date":
        return _year(spot, unit, period)
    if spot.kind == "name":
        return _place(spot, unit)
    if spot.kind not in FIGURES or spot.head.endswith("第") or re.match(r"\d", spot.mark):
        return Decision(spot, why=_("请人工填写"))
    guesses = tying.rank(spot.clause, spot.unit, indicators, at=spot.at, own=unit.own, before=spot.lead)
    shown = tuple(guesses[:MOST_GUESSES])
    if not guesses:
        return Decision(spot, why=_("没有对应的统计项，请人工填写"))
    own = _own_period(spot, period) if own_periods and not spot.future else None
    if not guesses[0].sure:
        return _offered(spot, shown, _("不能确定这个数指的是什么"), own)
    if against := _against(spot, unit, period):
        within = own and period.start <= own.start and own.end <= period.end
        years = bool(own and own.year is None and own.end <= period.end)
        if not own or not (within or years) or _against(spot, unit, own, named=not years):
            return _offered(spot, shown, against, own)
        far = "" if own == period else _offered(spot, shown, against, own).why
        return Decision(spot, guesses[0].indicator, guesses=shown, why=guesses[0].why, period=own, far=far if years else "")  # fmt: skip
    return Decision(spot, indicator=guesses[0].indicator, guesses=shown, why=guesses[0].why)


def _offered(spot: Spot, guesses: tuple[tying.Guess, ...], why: str, own: Period | None) -> Decision:
    """Not sure; of another period than the report's, the figures of that one are offered: the ledger may not go back so far."""
    if own:
        said = {"why": why, "start": own.start, "end": own.end}
        why = _("%(why)s；下列数按 %(start)s 至 %(end)s 统计，请核对") % said
    return Decision(spot, guesses=guesses, why=why, period=own)


def _against(spot: Spot, unit: Unit, period: Period, *, named: bool = True) -> str:
    """What in the sentence speaks against the whole figure of the report's period; empty when nothing does. `named`: the period is asked too."""
    said = spot.above + spot.lead + spot.clause
    if spot.future:
        return _("这里说的是打算做的事，不是已完成的数")
    if named and (another := _other_period(said, period)):
        return _("这句话说的是“%(period)s”，与本报告的统计期间不同") % {"period": another}
    if other := next((name for name in unit.others if name in said), ""):
        return _("这句话提到“%(name)s”，可能不是本单位的数") % {"name": other}
    lead = _squeezed(spot.lead)
    if PART.search(lead + spot.clause):
        return _("这是总数中的一部分")
    for name in sorted(unit.own, key=len, reverse=True):
        lead = lead.replace(name, "")
    if SUBJECT.search(lead):
        return _("这句话的主语可能不是本单位")
    before = STOP.split(lead.rstrip("，,；;：:"))[-1]
    if (NARROWING.match(before) and not WIDE.search(before)) or (spot.unit in DEPENDENT and DOING.match(before)):
        return _("前文在说“%(words)s”，这里可能只是其中的数") % {"words": before[-20:]}
    return ""


NUMBERS = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
PLAN_YEARS = re.compile(r"十([一二三四五六七八九])五")
YEARS = re.compile(r"(?:[近过]去?([两三四五六七八九十]|\d{1,2})年|([两三四五六七八九十]|\d{1,2})年来|(五)年)")


def _own_period(spot: Spot, period: Period) -> Period | None:
    """The days that the text names last: five years for 十三五期间 and 五年来, half a year for 上半年; None where they cannot be reckoned."""
    named = list(PERIOD.finditer(spot.above + spot.lead + spot.clause))
    if not named:
        return None
    last = next((one for one in reversed(named) if one[0] not in ("期间", "以来")), named[-1])[0]
    if last in HALVES and period.year is not None:
        first, end = HALVES[last]
        return Period(date(period.year, *first), date(period.year, *end))
    if plan := PLAN_YEARS.search(last):
        first_year = 1951 + 5 * (NUMBERS[plan[1]] + 10)
        return Period(date(first_year, 1, 1), date(first_year + 4, 12, 31))
    if years := YEARS.match(last):
        sign = years[1] or years[2] or years[3]
        many = int(sign) if sign.isdigit() else NUMBERS[sign]
        return Period(date(period.end.year - many + 1, 1, 1), period.end)
    return None


def period_against(title: str, start: date, end: date) -> str:
    """The period that a title names, when it is another than these days; empty otherwise."""
    return _other_period(title, Period(start, end))


def _other_period(said: str, period: Period) -> str:
    """The last period that the text names before the number, when it is another than the report's."""
    named = list(PERIOD.finditer(said))
    if not named:
        return ""
    last = named[-1]
    plain = period.year is not None and (period.start.month, period.start.day) == (1, 1)
    if last["own"]:
        whole_year = last["own"] not in ("全年",) or (period.end.month, period.end.day) == (12, 31)
        return "" if plain and whole_year else last[0]
    if last["half"]:
        return "" if period.is_named(last["half"]) else last[0]
    if last["year"]:
        return "" if plain and last[0] == f"{period.year}年" else last[0]
    return last[0]


# --- what is said elsewhere in the text -------------------------------------------------------------------------------------


def _without_dependents(decisions: list[Decision]) -> list[Decision]:
    """委员参加x人次 behind 组织集体活动x次 speaks of those activities only: not sure, unless a rate is of what was just counted."""
    said: dict[tuple[int, str, str], list[Indicator]] = defaultdict(list)
    out = []
    for decision in decisions:
        spot, indicator = decision.spot, decision.indicator
        sentence = (spot.section, spot.above, _start(spot))
        before = said[sentence]
        if indicator is None:
            if spot.kind in FIGURES and decision.guesses:
                before.append(decision.guesses[0].indicator)
        else:
            if (
                before
                and spot.unit in DEPENDENT
                and not {one.code for one in before} & {indicator.part, indicator.whole}
            ):
                decision = replace(
                    decision,
                    indicator=None,
                    why=_("前文在说“%(words)s”，这里可能只是其中的数") % {"words": before[-1].name},
                )
            before.append(indicator)
        out.append(decision)
    return out


def _start(spot: Spot) -> str:
    """What a sentence begins with: the same for all its blanks."""
    return (spot.lead + spot.clause)[:12]


def _without_repeats(decisions: list[Decision]) -> list[Decision]:
    """One indicator twice in a sentence, or under several headings, counts something narrower in each place."""
    places: dict[str, list[Spot]] = defaultdict(list)
    for decision in decisions:
        if decision.indicator:
            places[decision.indicator.code].append(decision.spot)
    repeated = set()
    for code, spots in places.items():
        sentences = {(s.paragraph, s.section, s.above, _start(s)) for s in spots}
        if len({s.section for s in spots}) > 1 or len(sentences) < len(spots):
            repeated.add(code)
    return [
        replace(
            d,
            indicator=None,
            why=_("文中有 %(n)d 处说到%(name)s，每处的范围可能不同")
            % {"n": len(places[d.indicator.code]), "name": d.indicator.name},
        )
        if d.indicator and d.indicator.code in repeated
        else d
        for d in decisions
    ]


# --- years and places -------------------------------------------------------------------------------------------------------


def _year(spot: Spot, unit: Unit, period: Period) -> Decision:
    """20xx年 where the sentence begins with it and it can only be the report's year."""
    if not ROUND_DIGITS.match(spot.mark) or period.year is None:
        return Decision(spot, why=_("请人工填写日期"))
    subject = _squeezed(spot.head)
    for name in sorted(unit.own, key=len, reverse=True):
        subject = subject.replace(name, "")
    halves = re.match(r"年([上下]半年)", spot.tail)
    named = not halves or period.is_named(halves[1])
    plain = named and not spot.lead and not spot.future and not subject and bool(YEAR_TAIL.match(spot.tail + "，"))
    if plain and not (
        (spot.retold and spot.tail.startswith(("年，是", "年是"))) or (spot.retold and spot.tail == "年")
    ):
        return Decision(spot, text=str(period.year), why=_("按统计期间的年份填写"))
    return Decision(spot, suggested=str(period.year), why=_("可能是 %(year)d 年，请核对前后文") % {"year": period.year})


TOWARDS = re.compile(r"赴|来我|考察|外地|兄弟|学习|邻|周边|及其|等县|等区")
PLACE_HEAD = re.compile(r"(?:政协|中共|《|（|\(|受|在|\A)\Z")
PLACE_TAIL = re.compile(r"政协|委(?!会|员)|人民政府|政府|人大|第|20")


def _place(spot: Spot, unit: Unit) -> Decision:
    """xx县 where it is the unit's own county (city, province) and nothing says another."""
    suffix = next((s for s in tying.PLACES if spot.tail.startswith(s)), "")
    stem = unit.places.get(suffix, "")
    rest = spot.tail.removeprefix(suffix)
    plain = PLACE_HEAD.search(spot.head) and (PLACE_TAIL.match(rest) or spot.head.endswith(("政协", "中共")))
    if stem and plain and not TOWARDS.search(spot.clause) and not re.search(r"\d", spot.mark):
        return Decision(spot, text=stem, why=_("按单位名称填写"))
    if stem:
        return Decision(spot, suggested=stem, why=_("可能是“%(name)s”，请核对") % {"name": stem + suffix})
    return Decision(spot, why=_("请人工填写名称"))


def _squeezed(text: str) -> str:
    return "".join(text.split())
