"""Days as people name them in running text, seen from a day: 3月5日, 8日至9日, 上周五, 昨天, 本月8日, 元月, 2026.3.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from xieshang.text.numerals import to_number

_M = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]|元|正|冬|腊)"
_D = r"(?:3[01]|[12]\d|0?[1-9](?!\d)|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_DAY = r"(?:日|号(?![楼院店门线桌地文召公]))"
_TO = r"(?:至|到|-|—|–|~|～|－|、|和|及){1,2}"
_YEAR = r"(?:(?P<y>20\d\d|二[〇零○0][一二三四五六七八九〇零○]{2})年|(?P<yw>今年|本年|去年|上年|前年|明年))?"
FORMS = {
    "month_day": rf"(?<![\d.]){_YEAR}(?P<m>{_M})月(?P<d>{_D})(?:{_DAY}(?:{_TO}(?:(?P<m2>{_M})月)?(?P<d2>{_D}){_DAY})?|{_TO}(?P<d3>{_D}){_DAY}|(?=上午|下午|晚上|早上|全天))",
    "numeric": r"(?<![\d.\-/])(?P<y>20\d\d)(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d])",
    "short": r"(?<![\d./〔\[])(?P<m>1[0-2]|[1-9])[./](?P<d>3[01]|[12]\d|[1-9])(?![\d.])(?=日|号|上午|下午|早上?|晚上?|全天|[（(]?周|[（(]?星期|，|、|到|在|组织|开展|\n)",
    "day": rf"(?<![\d月年〔第.一二三四五六七八九十])(?P<rel>本月|这个月|当月|上个?月|下个?月)?(?P<d>{_D}){_DAY}(?:{_TO}(?P<d2>{_D}){_DAY})?(?!常|前后|益|用|均|程|子|期)",
    "days": rf"(?<![\d月年〔第.])(?P<rel>本月|这个月|当月|上个?月|下个?月)?(?P<d>{_D}){_TO}(?P<d2>{_D})日",
    "near": r"(?P<word>大前天|前[天日]|昨[天日儿晚夜]|昨(?=上午|下午)|今[天日早晨晚儿]|今(?=上午|下午)|刚刚|刚才|明[天日早晚]|明(?=上午|下午)|后天|大后天)",
    "week": r"(?<![每一两二三四五几\d第半])(?P<rel>上上个?|上个?|本|这个?|下下个?|下个?)?(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?![年期次季个周]|至周)",
}
PATTERNS = {name: re.compile(pattern) for name, pattern in FORMS.items()}
NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "刚": 0, "明": 1, "后": 2, "大后": 3}
MONTHS = {"元": 1, "正": 1, "冬": 11, "腊": 12}
LONGEST = 31  # days of one happening


class Said(NamedTuple):
    """A day, or a span of days, as it stands in `text[start:end]`. `ahead`: the words themselves lie ahead (明天, 下周五)."""

    first: date
    last: date
    start: int
    end: int
    ahead: bool
    form: str


def days(text: str, today: date, *, planned: bool = False) -> list[Said]:
    """Every day named in `text`, in reading order; what is no day of the calendar is left out. Never raises.

    planned  a day without a year, month or week is the next one; otherwise the last one, never one to come
    """
    found: list[Said] = []
    taken: list[tuple[int, int]] = []
    for name, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            said = _said(name, match, today, planned)
            if said:
                found.append(said)
                taken.append(match.span())
    return sorted(found, key=lambda one: one.start)


def _said(name: str, match: re.Match[str], today: date, planned: bool) -> Said | None:
    groups = match.groupdict()
    if name == "near":
        stem = next(stem for stem in ("大前", "大后", "前", "昨", "今", "刚", "明", "后") if match[0].startswith(stem))
        first = moved(today, NEAR[stem])
        return Said(first, first, *match.span(), NEAR[stem] > 0, name) if first else None
    if name == "week":
        return _weekday(match, groups, today, planned)
    first = _first(groups, today, planned)
    if first is None:
        return None
    last = _last(groups, first)
    ahead = (groups.get("rel") or "").startswith("下") or groups.get("yw") == "明年"
    return Said(first, last, *match.span(), ahead and first > today, name)


def _first(groups: dict[str, str | None], today: date, planned: bool) -> date | None:
    day = _small(groups["d"])
    if groups.get("m") is None:
        return _day_of_month(groups.get("rel") or "", day, today, planned)
    month = _small(groups["m"])
    year = _small(groups.get("y")) or {"今年": today.year, "本年": today.year, "去年": today.year - 1, "上年": today.year - 1}.get(
        groups.get("yw") or ""
    )  # fmt: skip
    if groups.get("yw") in ("前年", "明年"):
        year = today.year + (1 if groups["yw"] == "明年" else -2)
    if year:
        return _date(year, month, day)
    near = [one for years in (-1, 0, 1) if (one := _date(today.year + years, month, day))]
    return _nearest(near, today, planned)


def _day_of_month(rel: str, day: int, today: date, planned: bool) -> date | None:
    if rel[:1] in ("本", "这", "当"):
        return _date(today.year, today.month, day)
    month = today.year * 12 + today.month - 1
    if rel:
        month += 1 if rel.startswith("下") else -1
        return _date(month // 12, month % 12 + 1, day)
    near = [one for step in (-2, -1, 0, 1, 2) if (one := _date((month + step) // 12, (month + step) % 12 + 1, day))]
    return _nearest(near, today, planned)


def _nearest(near: list[date], today: date, planned: bool) -> date | None:
    if planned:
        return min((one for one in near if one >= today), default=None)
    return max((one for one in near if one <= today), default=None)


def _last(groups: dict[str, str | None], first: date) -> date:
    """The last day of a span; the first itself where the span is none, or longer than a happening can be."""
    day = _small(groups.get("d2") or groups.get("d3"))
    if not day:
        return first
    month = _small(groups.get("m2")) or first.month
    year = first.year + (1 if month < first.month else 0)
    last = _date(year, month, day)
    return last if last and 0 < (last - first).days <= LONGEST else first


def _weekday(match: re.Match[str], groups: dict[str, str | None], today: date, planned: bool) -> Said | None:
    weekday = "一二三四五六日".find((groups["w"] or "").replace("天", "日"))
    rel = (groups["rel"] or "").rstrip("个")
    weeks = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}.get(rel)
    step = weekday - today.weekday() + 7 * (weeks or 0)
    if weeks is None:
        if planned and step < 0:
            step += 7
        elif not planned and step > 0:
            step -= 7
    first = moved(today, step)
    return Said(first, first, *match.span(), (weeks or 0) > 0, "week") if first else None


def spoken_days(text: str) -> Iterator[tuple[int, int, int]]:
    """(half days, start, end) of how long something took: 半天, 一天, 为期两天, 一天半."""
    for match in LONG.finditer(text):
        number = 0.5 if match["n"] == "半" else to_number(match["n"].replace("整", "一"))
        if number and 0 < number <= 30:
            yield int(number * 2) + (1 if match["half"] else 0), match.start(), match.end()


LONG = re.compile(
    r"(?<![这近几前提早晚每隔第后过整\d])(?:(?:为期|历时|用时|连续|共|用了?|花了)?(?P<n>\d{1,2}|[一二两三四五六七八九十半]|整)个?(?:整)?天(?P<half>半)?)(?!内|前|后|以|之|每|左右|然|空|气|花|线|地|河|窗|津)"
)


def moved(today: date, step: int) -> date | None:
    """So many days on, or None where the calendar ends."""
    try:
        return today + timedelta(days=step)
    except OverflowError:
        return None


def _small(written: str | None) -> int:
    if not written:
        return 0
    return MONTHS.get(written) or int(to_number(written) or 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
