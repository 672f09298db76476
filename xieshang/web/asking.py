"""What a person means by “去年上半年经济界走访企业”: a period, what narrows it, how it is split, and the words of the 统计项 that are left."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from xieshang.base.ledger.cells import month_end
from xieshang.base.ledger.facts import Indicator
from xieshang.text.numerals import to_number

NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = re.compile(r"(?P<word>今年|本年度?|当年|去年|上年度?|前年)|(?<!\d)(?P<number>(?:19|20)\d\d)\s*年度?")
BACK = {"今": 0, "本": 0, "当": 0, "去": 1, "上": 1, "前": 2}
PARTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (re.compile(r"上半年"), lambda m: (1, 6)),
    (re.compile(r"下半年"), lambda m: (7, 12)),
    (re.compile(r"前三季度"), lambda m: (1, 9)),
    (re.compile(r"第?([一二三四1-4])季度"), lambda m: (3 * _number(m[1]) - 2, 3 * _number(m[1]))),
    (re.compile(rf"{NUMBER}月?\s*(?:至|到|—|－|-|~)\s*{NUMBER}月份?"), lambda m: (_number(m[1]), _number(m[2]))),
    (re.compile(rf"{NUMBER}月份?"), lambda m: (_number(m[1]), _number(m[1]))),
)
SPLITS = (
    ("month", re.compile(r"[按分各每]个?月份?(?:分列|统计)?")),
    ("sector", re.compile(r"[按分各]个?界别(?:分列|统计)?")),
    ("party", re.compile(r"[按分各]个?(?:民主)?党派(?:团体)?(?:分列|统计)?")),
    ("person", re.compile(r"[按分各]个?(?:委员|人员|人)(?:分列|统计)|每个?委员")),
    ("body", re.compile(r"[按分各]个?(?:机构|小组|专委会|委室|联络室)(?:分列|统计)?")),
)
MEMBERS = re.compile(r"的?(?:政协)?(?:委员|成员)")
# What people say for a 统计项 whose name is worded otherwise.
SYNONYMS = (
    (
        re.compile(r"(?:参加|参与|出席)过?(?:各类|各种|各项|履职|政协)*活动的?(?:多少|几)?人次|人次参加活动"),
        "委员参加活动人次",
    ),
    (
        re.compile(
            r"(?:多少|几)(?:个|名|位)?(?:人|委员)(?:参加|参与)[过了]?(?:各类|各种|履职|政协)*活动|(?:参加|参与)活动的?人数"
        ),
        "参加过活动的委员",
    ),
    (re.compile(r"(?:委员)?(?:参会|出席|到会|到场)(?:率|比例)"), "到会率"),
    (re.compile(r"捐了?(?:多少)?(?:钱物?|款物)|捐赠(?:总额|金额)"), "捐款捐物"),
    (re.compile(r"(?:现有|在任|在册)?委员(?:人数|总数|有多少人?|多少[人名位])"), "在任委员"),
)
BELOW = re.compile(r"含(?:下级|乡镇|社区|街道)(?:单位)?|汇总")
EMPTY = re.compile(
    r"一共|总共|共计|我们|咱们|单位|多少|几[次个件人场条]?|人次|人数|开展了?|组织了?|举办了?|办了?|[有的了吗呢？?，,。、\s]|数量|情况|次数"
)


@dataclass(frozen=True)
class Meant:
    """What was understood. `rest`: the words that are no period, split or name; `period`: the words that said when.

    members   the body is named for those who belong to it, not for what it organises
    equal     two 统计项 are meant as plainly as each other
    """

    start: date
    end: date
    rest: str
    period: str = ""
    by: str = ""
    children: bool = False
    body: int | None = None
    members: bool = False
    person: int | None = None
    found: list[Indicator] = field(default_factory=list)
    sure: bool = False
    equal: bool = False


def read(words: str, *, today: date, start: date, end: date) -> Meant:
    """The period, the split and the rest. Where no period is said, `start` and `end` hold; a period never ends after today."""
    rest, by, said = words, "", []
    for code, pattern in SPLITS:
        if match := pattern.search(rest):
            by, rest = code, _without(rest, match)
    below = BELOW.search(rest)
    rest = _without(rest, below) if below else rest
    if found := _relative(rest, today):
        (start, end), match = found
        return Meant(start, min(end, today), _without(rest, match), match[0], by, bool(below))
    year, months = None, None
    if match := YEAR.search(rest):
        year = int(match["number"]) if match["number"] else today.year - BACK[match["word"][0]]
        said.append(match[0])
        rest = _without(rest, match)
    for pattern, of in PARTS:
        match = pattern.search(rest)
        if match and 1 <= of(match)[0] <= of(match)[1] <= 12:
            months = of(match)
            said.append(match[0])
            rest = _without(rest, match)
            break
    if year is not None or months is not None:
        year = year if year is not None else start.year
        first, last = months or (1, 12)
        start, end = date(year, first, 1), month_end(date(year, last, 1))
        end = max(start, min(end, today))
    return Meant(start, end, rest, "".join(said), by, bool(below))


def understand(
    words: str,
    known: Mapping[str, Indicator],
    *,
    today: date,
    start: date,
    end: date,
    bodies: Iterable[Any] = (),
    people: Iterable[tuple[int, str]] = (),
) -> Meant:
    """`read`, and then the names in the rest: of a body or a person first, of 统计项 last. `sure`: the first is plainly meant, since its name is most of what is left."""
    meant = read(words, today=today, start=start, end=end)
    rest = meant.rest
    named = [(len(body.name), body) for body in bodies if len(body.name) > 1 and body.name in rest]
    person = next(((pk, name) for pk, name in people if len(name) > 1 and name in rest), None)
    found = scored(known, rest)
    if named:
        body = max(named, key=lambda one: one[0])[1]
        _before, _name, after = rest.partition(body.name)
        meant = replace(meant, body=body.pk, members=bool(MEMBERS.match(after)))
        rest = rest.replace(body.name, "", 1)
    if person is not None:
        meant = replace(meant, person=person[0])
        rest = rest.replace(person[1], "", 1)
    if named or person is not None:
        found = scored(known, rest) or found
    first = _named(found[0][1], _core(rest)) if found else 0
    return replace(
        meant, rest=rest, found=[one for _score, one in found[:12]], sure=first * 2 > len(_core(rest)),
        equal=len(found) > 1 and found[0][0] == found[1][0] and found[0][0] >= 1,
    )  # fmt: skip


def scored(known: Mapping[str, Indicator], words: str) -> list[tuple[float, Indicator]]:
    """Indicators that the words may mean, best first: those named in them, the longest name first; then those whose name holds them; else those spelled nearly so."""
    core = _core(words)
    if not core:
        return []
    usable = [one for one in known.values() if not one.aside]
    found = [(_named(one, core) or _holds(one, core), one) for one in usable]
    if not any(score for score, _one in found):
        found = [(_nearly(one, core), one) for one in usable]
    return sorted(
        (pair for pair in found if pair[0] > 0), key=lambda pair: (-pair[0], len(str(pair[1].name)), pair[1].code)
    )


def near(known: Mapping[str, Indicator], words: str) -> list[Indicator]:
    """What somebody may have meant who wrote a name or a code that there is not."""
    likely = [one for _score, one in scored(known, words)] or [
        known[code] for code in difflib.get_close_matches(words, known, 3, 0.6)
    ]
    return likely[:3]


def _core(words: str) -> str:
    for pattern, name in SYNONYMS:
        words = pattern.sub(name, words)
    return EMPTY.sub("", words)


def _names(one: Indicator) -> tuple[str, ...]:
    return (str(one.name), *one.words)


def _named(one: Indicator, core: str) -> float:
    """How long a name of the indicator stands in the words; 0 where a word beside it says that it is not meant."""
    if any(word in core for word in one.never):
        return 0
    longest = max((len(name) for name in map(_core, _names(one)) if name and name in core), default=0)
    return longest + (0.5 if _core(str(one.name)) == core or core in map(_core, one.words) else 0) if longest else 0


def _holds(one: Indicator, core: str) -> float:
    return 0.5 if len(core) > 1 and any(core in _core(name) for name in _names(one)) else 0


def _nearly(one: Indicator, core: str) -> float:
    """A slip of the pen: how like a name it is, from 0 to under 0.5; nothing when it is not very like."""
    if len(core) < 3 or any(word in core for word in one.never):
        return 0
    like = max(difflib.SequenceMatcher(None, _core(name), core).ratio() for name in _names(one))
    return like / 2.5 if like >= 0.66 else 0


def _relative(words: str, today: date) -> tuple[tuple[date, date], re.Match[str]] | None:
    """本月, 上月, 本季度, 上季度, 本周, 上周, 今天, 昨天: they need no year."""
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last_quarter = date(quarter.year - (quarter.month == 1), (quarter.month - 4) % 12 + 1, 1)
    monday = today - timedelta(days=today.weekday())
    spans = (
        (r"本月|这个?月|当月", (month, month_end(month))),
        (r"上个?月", (before, month_end(before))),
        (r"本季度|这个?季度", (quarter, month_end(date(quarter.year, quarter.month + 2, 1)))),
        (r"上个?季度", (last_quarter, month_end(date(last_quarter.year, last_quarter.month + 2, 1)))),
        (r"本周|这周|这个星期", (monday, monday + timedelta(days=6))),
        (r"上周|上个星期", (monday - timedelta(days=7), monday - timedelta(days=1))),
        (r"今天|今日", (today, today)),
        (r"昨天|昨日", (today - timedelta(days=1), today - timedelta(days=1))),
    )
    return next(((span, match) for pattern, span in spans if (match := re.search(pattern, words))), None)


def _number(written: str) -> int:
    return int(to_number(written) or 0)


def _without(words: str, match: re.Match[str]) -> str:
    return words[: match.start()] + words[match.end() :]
