"""Read a paragraph of a chat or newsletter about one activity: who, when, where, what, how many, each with the words it was read from.

`read(text, today)` is all that the other rooms need. It fills a form that a person checks; it never decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xieshang.text import crowd, gifts, scenes
from xieshang.text.days import LONGEST, Said, days, moved, spoken_days

LONGEST_TEXT = 4000  # characters of a paragraph that are read
LONGEST_TITLE = 60
SOON = 200  # days: what is announced comes within them; a day that has just passed does not come again next year
WIDE = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９／．－", "0123456789/.-", strict=True)}
STOPS = "。！？!?\n；;"


@dataclass(frozen=True)
class Read:
    """One field: its value, the words it was read from (`text[start:end]`), and whether they can hardly mean anything else."""

    name: str
    value: Any
    start: int
    end: int
    sure: bool


@dataclass(frozen=True)
class Happening:
    """What was read.

    fields  title, on, until (dates), half_days, place, kind, carriers (list), organizer, people (names known), excused, absent,
            members, masses, experts, departments (numbers), leaders (names), posts (theirs, in the same order), money, goods_value (yuan), goods, outcome, planned;
            only those that the text says
    """

    text: str
    fields: tuple[Read, ...]

    def get(self, name: str) -> Read | None:
        return next((one for one in self.fields if one.name == name), None)

    def value(self, name: str, missing: Any = None) -> Any:
        found = self.get(name)
        return found.value if found else missing

    def quote(self, name: str) -> str:
        """The words a field was read from."""
        found = self.get(name)
        return self.text[found.start : found.end].strip() if found else ""


def read(text: str, today: date, *, people: Iterable[str] = (), bodies: Iterable[str] = ()) -> Happening:
    """Everything one paragraph says about an activity.

    people   names of persons who are known, bodies names of bodies that may have organised it
    returns  offsets in `text`; nothing is read that no words stand for; a day after `today` only with 拟 or the like
    raises   nothing
    """
    plain, places = _plain(text[:LONGEST_TEXT])
    found = _Reader(plain, today, tuple(people), tuple(bodies)).fields() if plain.strip() else ()
    back = (
        Read(one.name, one.value, places[one.start], places[one.end - 1] + 1, one.sure)
        for one in found
        if one.end > one.start
    )
    return Happening(text, tuple(back))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without blanks (line ends stay) and with plain figures, and where each of its characters stood."""
    kept: list[tuple[str, int]] = []
    for token in TOKEN.finditer(text):
        before = token.start() - 1
        if kept and before >= 0 and text[before] in BLANKS and _parts(text[:before], token[0]):
            kept.append(("，", before))
        kept += [(sign, token.start() + at) for at, sign in enumerate(token[0])]
    return "".join(sign for sign, _place in kept).translate(WIDE), [place for _sign, place in kept]


def _parts(before: str, token: str) -> bool:
    """Whether a blank parts two phrases, as chats write it, and does not stand inside a date, a number or a name."""
    left = BLANK.split(before)[-1]
    return len(left) >= 4 and len(token) >= 4 and bool(HAN.match(left[-1]) and HAN.match(token[0]))


BLANKS = " \t\u3000\xa0"
BLANK = re.compile(r"[ \t\u3000\xa0\n]+")
TOKEN = re.compile(r"\n|[^\s\ufeff\u200b]+")
HAN = re.compile("[一-龥”）]")
AHEAD = re.compile(
    r"拟于|拟(?=在|定|组织|开展|赴|到|举办|召开|邀请)|(?<![议商决确固指约原])定于|将于|计划于|计划(?=在|组织|赴|开展|\d)|预定|预计(?=于|在)|(?:准备|打算)(?=下|\d|明|后|在|组织|去|到|搞|开)|"
    r"将(?=在|组织|开展|赴|到|举行|召开|举办|前往)|准时(?:参加|到|出席)|(?:请|欢迎|敬请)[^。！？\n]{0,18}(?:参加|报名|安排好时间|集合|出席|到场|接龙)|报名(?:截止|接龙|从速|请)|届时|接龙"
)  # fmt: skip
ASIDE = re.compile(
    r"(?:下一步|下阶段|接下来|后续|今后|议定|商定|会议[^，。]{0,6}(?:要求|强调|决定)|表示|提出|指出|强调|答应|承诺|建议|反映|介绍|镇上|县里|说)[^。！？\n]{0,24}\Z"
)
NO_DAY_BEFORE = re.compile(
    r"(?:截至|截止到?|原定于?|原计划|本来|根据|按照|按|接到?|收到|生于|成立于|距|比|议定|商定|决定|下一?次|下一?[期步场]|上一?[次期场]|定在|答应|承诺|预计|力争|争取|务必|于?最迟|去年)[^，。；！？\n]{0,6}\Z"
)
NO_DAY_AFTER = re.compile(
    r"(?:[前后]的?(?:上午|下午)?)?(?:上午|下午|晚)?(?:\d{1,2}[:：点时]\d{0,2}分?)?(?:以?之?前|截止|起报|报名|印发|下发|发布|发的|的?通知|发[）)】]|讯|来[文函电]|收到|底|以来|之?后(?=再|报|交)|回复|答复|反馈|上报|报送)|"
    r"[^，。；！？\n]{0,10}?(?:定的|议定|决定|布置|安排的|的通知|说的|提到|请示|来函|来文|发的|已?取消|因故)"
)
MOVED_BEFORE = re.compile(
    r"(?:改到|改至|改为|改在|改期到?|推迟[到至]|延期?[到至]|顺延[到至]|挪到|提前到|调整[到为至]|换到)(?:了)?\Z"
)
MOVED_AFTER = re.compile(r"[^。！？\n]{0,16}?(?:改到|改至|改在|改期|推迟|延期|顺延|挪到|提前到|调整到)")
LABEL = re.compile(r"(?:时间|日期)[：:为]?\Z")
JOIN = re.compile(r"(?:[、和至到\-—～~]|和)\Z")
PARTS = re.compile(r"上午|下午|晚上|傍晚|早上|早晨|一早|今早|今晚|昨晚|明晚|明早|半天|中午")
MORNING, AFTERNOON = ("上午", "早上", "早晨", "一早", "今早", "明早"), ("下午", "傍晚", "中午")
WHOLE = re.compile(r"(?<![一两半])(?:全天|一整天|整天|整整一天|跑了一天|忙了一天|一天时间)")
CLOCK = re.compile(
    r"(?<![\d.])(?P<h>[01]?\d|2[0-3])(?:[:：点时])(?:\d{2}分?|半)?(?P<to>(?:至|到|-|—|–|~|～)(?:[01]?\d|2[0-3])[:：点时])?"
)
OUTCOME = re.compile(
    r"提出|收到(?!请)|征集|反映(?!社情)|查出|发现|达成|形成|当场|现场(?:解决|答复)|解决了?|梳理|答应|表示将|促成|落实了|签订|评为"
)
HELD = re.compile(
    r"(?:开展|举行|召开|举办|组织(?![^，。]{0,12}委员)|进行|参加|办(?!公|理|事))(?:了|的|好)?(?:一[台场次期个])?台?"
)
GIVEN = re.compile(r"(?:捐赠?了?|送去了?|送上了?|带着|带来了?|带去了?|发放了?|赠送了?|准备了?)(?P<goods>[^，。；！？\n（(、]{1,12}?\d{1,5}(?:床|件|套|份|袋|桶|箱|册|本|台|个|张|只|斤|公斤|吨|盒|双|副|支)[^，。；！？\n（(]{0,30})")  # fmt: skip
AWAY = re.compile(r"(?P<how>请假|缺席|未到|没来)")


@dataclass
class _Reader:
    """One paragraph being read; offsets are those of the plain text."""

    text: str
    today: date
    people: tuple[str, ...]
    bodies: tuple[str, ...]

    def fields(self) -> Iterator[Read]:
        kind = next(iter(scenes.kinds(self.text)), None)
        day, planned = self._day()
        yield from self._days(day, planned)
        if kind:
            yield Read("kind", kind.value, kind.start, kind.end, kind.score >= 5)
        if title := self._title(kind):
            yield Read("title", self.text[title[0] : title[1]], *title, False)
        if carriers := scenes.carriers(self.text):
            yield Read("carriers", [one.value for one in carriers], carriers[0].start, carriers[-1].end, True)
        if place := next(iter(scenes.places(self.text)), None):
            yield Read("place", place.value, place.start, place.end, place.score >= 3)
        yield from self._who()
        yield from self._given()
        if (kind or day) and (outcome := self._outcome()):
            yield Read("outcome", self.text[outcome[0] : outcome[1]], *outcome, False)

    # --- when ---

    def _day(self) -> tuple[Said | None, tuple[int, int] | None]:
        """The day of the activity itself, and the words that say it has yet to come."""
        words = next((m.span() for m in AHEAD.finditer(self.text) if not ASIDE.search(self.text[: m.start()])), None)
        if words:
            day = self._likeliest(days(self.text, self.today, planned=True))
            if (
                day
                and 0 <= (day.first - self.today).days <= SOON
                and not (day.form == "near" and day.first == self.today and self._is_over())
            ):
                return day, words
        day = self._likeliest(days(self.text, self.today))
        if day is None or day.first <= self.today:
            return day, None
        return (day, (day.start, day.end)) if day.ahead or day.form in ("near", "week") else (None, None)

    def _is_over(self) -> bool:
        return bool(re.search(r"圆满|顺利|结束|参加了|开展了|举行了|来了\d", self.text))

    def _likeliest(self, found: list[Said]) -> Said | None:
        joined = _joined(found, self.text)
        scored = [(self._weigh(one) - 0.3 * place, -place, one) for place, one in enumerate(joined)]
        return max(scored, default=(0, 0, None))[2]

    def _weigh(self, one: Said) -> float:
        before, score = self.text[max(0, one.start - 14) : one.start], 0.0
        line = self.text[self.text.rfind("\n", 0, one.start) + 1 :].split("\n", 1)[0]
        sentence = self._sentence(one.start)
        score -= 4 if NO_DAY_BEFORE.search(before) else 0
        score -= 4 if NO_DAY_AFTER.match(self.text, one.end) else 0
        score -= 4 if MOVED_AFTER.match(self.text, one.end) else 0
        score += 6 if MOVED_BEFORE.search(before) else 0
        score += 3 if LABEL.search(before) else 0
        score += (
            1
            if re.match(
                r"[（(]?[周星]?[^，。]{0,4}[)）]?(?:上午|下午|晚|全天|，|[\d一二三四五六七八九十]+点)",
                self.text[one.end : one.end + 10],
            )
            else 0
        )
        score += 1 if re.search(r"组织|开展|举行|召开|视察|调研|走访|座谈|参加|到|赴|在", sentence) else 0
        score -= 2 if ASIDE.search(before) else 0
        score -= (
            4 if one.start > 20 and len(line) - (one.end - one.start) <= 16 and not re.search(r"[，。：:]", line) else 0
        )
        return score

    def _days(self, day: Said | None, planned: tuple[int, int] | None) -> Iterator[Read]:
        if day is None:
            return
        halves = self._half_days(day)
        last, stop = day.last, day.end
        if halves and day.last == day.first and halves[0] > 2:
            last = moved(day.first, min(LONGEST, (halves[0] + 1) // 2 - 1)) or day.last
            stop = max(stop, halves[2])
        if planned:
            yield Read("planned", True, *planned, True)
        yield Read("on", day.first, day.start, day.end, day.form in ("month_day", "numeric", "near"))
        if last > day.first:
            yield Read("until", last, day.start, stop, day.last > day.first)
        if halves:
            yield Read("half_days", *halves, True)

    def _half_days(self, day: Said) -> tuple[int, int, int] | None:
        """Half days: said outright, or the days of the span, or the parts of the day that are named."""
        length = (day.last - day.first).days + 1
        for count, start, end in spoken_days(self.text):
            if length == 1 or count >= length:
                return count, start, end
        if length > 1:
            return length * 2, day.start, day.end
        if whole := WHOLE.search(self.text):
            return 2, *whole.span()
        parts = [
            m
            for m in PARTS.finditer(self.text)
            if not NO_DAY_AFTER.match(self.text, m.end()) and not self._other_day(m.start(), day)
        ]
        if parts:
            both = {m[0] in MORNING for m in parts if m[0] in MORNING or m[0] in AFTERNOON}
            return (2, parts[0].start(), parts[-1].end()) if len(both) == 2 else (1, *parts[0].span())
        clock = CLOCK.search(self.text, day.end, day.end + 14)
        return (1, *clock.span()) if clock else None

    def _other_day(self, place: int, day: Said) -> bool:
        """Whether the part of a day stands right after another day than the activity's."""
        return any(one.end <= place <= one.end + 3 and one.first != day.first for one in days(self.text, self.today))

    def _sentence(self, place: int) -> str:
        start, end = self._sentence_span(place)
        return self.text[start:end]

    def _sentence_span(self, place: int) -> tuple[int, int]:
        start = max(self.text.rfind(stop, 0, place) for stop in STOPS) + 1
        ends = [at for stop in STOPS if (at := self.text.find(stop, place)) >= 0]
        return start, min(ends, default=len(self.text))

    # --- what ---

    def _title(self, kind: scenes.Found | None) -> tuple[int, int] | None:
        """A piece of the text that can stand as the name: what was held, or the verb with its object."""
        if kind is None:
            return None
        begin = max(self.text.rfind(stop, 0, kind.start) for stop in "，。！？；：:、\n") + 1
        end = min(
            (at for stop in "，。！？；\n（(" if (at := self.text.find(stop, kind.end)) >= 0), default=len(self.text)
        )
        clause = self.text[begin:end]
        held = list(HELD.finditer(clause[: kind.start - begin]))
        start = begin + held[-1].end() if held else _opening(self.text, begin, kind.start)
        if not held and (noun := re.search(r"(?:在[^，。]{2,20})?(?:召开|举行|举办|开讲)", self.text[kind.end : end])):
            start, end = self._noun_start(begin, kind.start), kind.end + noun.start()
        if end - start <= 4 and (over := re.search(r"(?:对|就|围绕)[^，。对就]{2,30}\Z", self.text[begin:start])):
            start = begin + over.start()
        if end - start < 3:
            start = begin
        while (
            end > start
            and self.text[end - 1] in "”“。，、了"
            and self.text[start:end].count("“") == self.text[start:end].count("”") - (self.text[end - 1] == "”")
        ):
            end -= 1
        return (start, min(end, start + LONGEST_TITLE)) if end - start >= 2 else None

    def _noun_start(self, begin: int, place: int) -> int:
        inside = [one.end for one in days(self.text, self.today) if begin <= one.start and one.end <= place]
        return max([begin, *inside])

    # --- who ---

    def _who(self) -> Iterator[Read]:
        if number := crowd.members(self.text):
            yield Read("members", number.value, number.start, number.end, number.sure)
        for kind, count in crowd.guests(self.text).items():
            yield Read(kind, count.value, count.start, count.end, count.sure)
        if names := crowd.leaders(self.text):
            place = (names[0].start, names[-1].end)
            yield Read("leaders", [one.value for one in names], *place, all(one.sure for one in names))
            yield Read("posts", [one.post for one in names], *place, False)
        if bodies := scenes.names_in(self.text, self.bodies):
            yield Read("organizer", bodies[0].value, bodies[0].start, bodies[0].end, False)
        away: dict[str, list[scenes.Found]] = {"people": [], "excused": [], "absent": []}
        for name in scenes.names_in(self.text, self.people):
            away[self._presence(name)].append(name)
        for field, found in away.items():
            if found:
                yield Read(field, list(dict.fromkeys(one.value for one in found)), found[0].start, found[-1].end, True)

    def _presence(self, name: scenes.Found) -> str:
        """请假：甲、乙 or 甲因病请假; everybody else who is named was there."""
        start, end = self._sentence_span(name.start)
        clause_end = min((at for stop in "，；。" if (at := self.text.find(stop, name.end, end)) >= 0), default=end)
        before = list(AWAY.finditer(self.text, start, name.start))
        after = AWAY.search(self.text, name.end, clause_end)
        colon = before and re.fullmatch(
            r"(?:的)?(?:委员)?[：:有]?[一-龥、\d]*", self.text[before[-1].end() : name.start]
        )
        word = after or (before[-1] if colon else None)
        if word is None:
            return "people"
        return "excused" if word["how"] == "请假" else "absent"

    # --- what came of it ---

    def _given(self) -> Iterator[Read]:
        for name, found in (("money", gifts.money(self.text)), ("goods_value", gifts.goods_value(self.text))):
            if found:
                yield Read(name, found.value, found.start, found.end, found.sure)
        if goods := GIVEN.search(self.text):
            yield Read("goods", goods["goods"], *goods.span("goods"), False)

    def _outcome(self) -> tuple[int, int] | None:
        found = OUTCOME.search(self.text)
        if not found:
            return None
        start, end = self._sentence_span(found.start())
        clause = max(self.text.rfind("，", start, found.start()) + 1, start)
        return clause, end


def _opening(text: str, begin: int, place: int) -> int:
    """A name in quotes right before the word belongs to it: “委员在身边”接待日."""
    quoted = re.search(r"“[^“”]{2,20}”\Z", text[begin:place])
    return begin + quoted.start() if quoted else place


def _joined(found: list[Said], text: str) -> list[Said]:
    """上周四、上周五: two days with nothing between them are one span."""
    made: list[Said] = []
    for one in found:
        before = made[-1] if made else None
        if (
            before
            and (one.first - before.last).days > 0
            and (one.first - before.first).days <= LONGEST
            and JOIN.fullmatch(text[before.end : one.start])
        ):
            made[-1] = before._replace(last=one.last, end=one.end)
        else:
            made.append(one)
    return made
