"""Reading a template: its blanks, and what the text around each says about period, future and subject. No database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xieshang.documents.filling import Place
from xieshang.documents.sections import MARK, NAME
from xieshang.text.blanks import blanks
from xieshang.text.model import Blank

BESIDE = 8
NAMED, CELL = (
    "named",
    "cell",
)  # kinds of a blank that is no sign left out: {{集体活动}}, an empty cell in a table of figures
NEVER = "*＊□^“「《"  # words taken out, not figures left out
STOP = re.compile(r"[，；：。！？,;:!?]|(?<=[%％件篇次名人期])□(?!□)")  # a lost comma is a comma
END = re.compile(r"[。！？!?；;]")
HEADING = re.compile(
    r"\s*(?:(?P<a>[一二三四五六七八九十]{1,3}、)|(?P<b>[（(][一二三四五六七八九十]{1,3}[)）])|(?P<c>\d{1,2}[、．.](?!\d))|(?P<d>[（(]\d{1,2}[)）]))"
)
PLANNING = re.compile(
    r"安排|计划|打算|下一步|下步|展望|思路|部署|努力方向|工作重点|重点工作|主要任务|目标任务|今后|明年"
)
FUTURE = re.compile(
    r"力争|争取|确保|计划|拟|将(?!近)|不少于|不低于|不得|至少|最少|不超过|最多|控制在|(?<![主需])要(?!求|闻|点)|应当|必须|每季度|每月|每年|每两个月|每半年|双月|人均|每[名位人个]|左右|以上|以内|以下"
)
INTO_A_PLAN = re.compile(
    r"(?:已经?)?(?:列入|纳入)[^，。；\d]{0,12}计划"
)  # what became of a thing, not what is to be done
RETOLD = re.compile(r"过去的?一年|回顾|一年来|上一年")
TITLE_LENGTH = 45
OPEN_HEAD = 40  # a heading is no longer than this before its first stop


@dataclass(frozen=True)
class Spot:
    """One blank of a template, with what is said around it.

    paragraph, start, end   where it stands, as `documents.filling.Edit` counts
    address                 its paragraph's lasting address
    before, mark, after     as `text.blanks` gives them, eight characters across paragraphs
    kind, unit              count, rate, amount, date, name, redacted · the measure word printed behind it
    clause, at              its own clause, and where the mark stands in it
    lead                    the sentence up to the clause
    above                   the sentences of the paragraph before that one
    section                 number of the heading it stands under; 0 before the first
    future                  it speaks of what is to be done
    retold                  the text has already looked back on the year, so another year may be meant now
    """

    paragraph: int
    address: str
    start: int
    end: int
    before: str
    mark: str
    after: str
    kind: str
    unit: str | None
    clause: str
    at: tuple[int, int]
    lead: str
    above: str
    section: int
    future: bool
    retold: bool

    @property
    def fillable(self) -> bool:
        return self.kind != "redacted" and not any(sign in self.mark for sign in NEVER)

    @property
    def tail(self) -> str:
        """The clause behind the mark."""
        return self.clause[self.at[1] :]

    @property
    def head(self) -> str:
        """The clause before the mark."""
        return self.clause[: self.at[0]]


@dataclass(frozen=True)
class _Line:
    """Paragraphs that read as one: a hard line break in mid-sentence parts nothing."""

    text: str
    starts: tuple[int, ...]  # where each paragraph begins in `text`
    first: int
    section: int
    planning: bool
    retold: bool


def spots(places: Sequence[Place], cells: Mapping[int, tuple[str, str]] | None = None) -> list[Spot]:
    """Every blank of the template, in its order, and every named place ({{集体活动}}).

    cells   paragraphs that are cells of a table of figures as a whole: (what row and column say, the measure word)
    """
    found: list[Spot] = []
    ink = [_ink(place.text) for place in places]
    for line in _lines(places):
        for nth, begin in enumerate(line.starts):
            place = places[line.first + nth]
            if cells and place.index in cells:
                found.append(_cell(_spot(places, ink, line, place, begin, _whole(place.text)), *cells[place.index]))
                continue
            for blank in _marks(place.text):
                found.append(_spot(places, ink, line, place, begin, blank))
    return found


def _marks(text: str) -> list[Blank]:
    """Blanks and named places; a sign inside a name (20xx) is no blank."""
    names = [_named(text, found) for found in NAME.finditer(text) if not MARK.fullmatch(found[0])]
    signs = [m.span() for m in MARK.finditer(text)]
    taken = [(one.start, one.end) for one in names] + signs
    plain = [b for b in blanks(text) if not any(low < b.end and b.start < high for low, high in taken)]
    return sorted([*names, *plain], key=lambda one: one.start)


def _named(text: str, found: re.Match[str]) -> Blank:
    """A named place, with the measure word behind it, as if an x stood there."""
    start, end = found.span()
    beside = next((b for b in blanks(f"{text[:start]} x{text[end:]}") if b.start == start + 1), None)
    unit = beside.unit if beside and beside.kind in ("count", "rate", "amount") else None
    return Blank("", found[0], "", NAMED, start, end, unit, (0, len(text)))


def _whole(text: str) -> Blank:
    return Blank("", text, "", CELL, 0, len(text), None, (0, len(text)))


def _cell(spot: Spot, said: str, unit: str) -> Spot:
    """What a row and a column say stands before it like the words of a sentence."""
    return replace(
        spot,
        clause=f"{said}：{spot.mark}",
        at=(len(said) + 1, len(said) + 1 + len(spot.mark)),
        unit=unit or None,
        lead="",
        above="",
    )


def _spot(places: Sequence[Place], ink: list[str], line: _Line, place: Place, begin: int, blank: Blank) -> Spot:
    mark, start, end = blank.mark, blank.start, blank.end
    low, high = _clause(line.text, begin + start, begin + end)
    marker = HEADING.match(line.text)
    sentence = max((m.end() for m in END.finditer(line.text, 0, low)), default=min(low, marker.end()) if marker else 0)
    clause = line.text[low:high]
    before, after = _beside(
        ink, place.index - places[0].index, len(_ink(place.text[:start])), len(_ink(place.text[:end]))
    )
    return Spot(
        place.index, place.address, start, end, before, mark, after, blank.kind, blank.unit,
        clause, (begin + start - low, begin + end - low), line.text[sentence:low], line.text[:sentence], line.section,
        line.planning or bool(FUTURE.search(INTO_A_PLAN.sub("", clause))), line.retold,
    )  # fmt: skip


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    low = max((m.end() for m in STOP.finditer(text, 0, start)), default=0)
    after = STOP.search(text, end)
    marker = HEADING.match(text) if low == 0 else None
    return (marker.end() if marker and marker.end() <= start else low), (after.start() if after else len(text))


def _beside(ink: list[str], nth: int, start: int, end: int) -> tuple[str, str]:
    """The eight characters before and behind, without whitespace, over the edges of the paragraph."""
    before, after = ink[nth][:start], ink[nth][end:]
    back, on = nth - 1, nth + 1
    while len(before) < BESIDE and back >= 0:
        before, back = ink[back] + before, back - 1
    while len(after) < BESIDE and on < len(ink):
        after, on = after + ink[on], on + 1
    return before[-BESIDE:] if before else "", after[:BESIDE]


def _ink(text: str) -> str:
    return "".join(text.split())


def _lines(places: Sequence[Place]) -> list[_Line]:
    """The paragraphs, those that a hard break parted joined, each with its heading."""
    lines: list[_Line] = []
    retold = False
    section, planning = 0, 0  # the rank of the heading that speaks of what is to come; 0 for none
    nth = 0
    while nth < len(places):
        first = nth
        text, starts = places[nth].text, [0]
        while nth + 1 < len(places) and _goes_on(places[nth], places[nth + 1]):
            nth += 1
            starts.append(len(text))
            text += places[nth].text
        if rank := _rank(text):
            section += 1
            title = STOP.split(text)[0][:OPEN_HEAD]
            if not planning or rank <= planning:
                planning = rank if PLANNING.search(title) else 0
        lines.append(_Line(text, tuple(starts), first, section, bool(planning), retold))
        retold = retold or bool(RETOLD.search(text))
        nth += 1
    return lines


def _goes_on(place: Place, following: Place) -> bool:
    if place.kind != "body" or following.kind != "body":
        return False
    text, after = place.text.rstrip(), following.text.lstrip()
    if len(text) < 25 or not after or HEADING.match(after) or (HEADING.match(text) and len(text) < OPEN_HEAD):
        return False
    return text[-1] not in "。！？!?：:；;”）》…"


def _rank(text: str) -> int:
    """1 for 一、 down to 4 for (1); 0 when the paragraph begins with no marker."""
    found = HEADING.match(text)
    return 1 + "abcd".index(found.lastgroup or "a") if found else 0


def is_heading(text: str) -> bool:
    """一、… （一）… without a sentence behind it."""
    return bool(HEADING.match(text)) and len(text) <= OPEN_HEAD and text.rstrip()[-1] not in "。；，"


def is_title(place: Place) -> bool:
    """A short first line without a stop at its end."""
    return place.kind == "body" and len(place.text) <= TITLE_LENGTH and place.text.rstrip()[-1:] not in "。；，："
