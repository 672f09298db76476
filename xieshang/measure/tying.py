"""Tying a number in a text to the indicator it counts: of a plan's target, of a report's blank. Better none than a wrong one.

A number is tied surely only when its own noun is a word of the indicator: 组织集体活动4次 (the noun stands before it), 组织2次专题调研活动
(behind its measure word), 对党员进行一次民主评议 (around it). All else in the clause must be words that change nothing about what is counted;
an unknown noun beside it (对4名新委员举办培训班, 读书座谈会4次, 视察、调研4次) leaves a guess, never a tie.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from xieshang.base import words
from xieshang.base.errors import Refused
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Level, Organization
from xieshang.text.amounts import MONEY, NUMBER, SCALE, TIME_UNITS, UNIT

# fmt: off
_TIME = (
    r"(?:19|20)(?:\d\d|[xX]{2}|_{2,4})年(?:度|以来)?|全年度?|年内|年度|今年以来|今年|一年以?来|本年度?|上半年|下半年|前三季度|第?[一二三四]季度|年底前|年底"
    r"|\d{1,2}月份?|每个?季度|每个?月|每半年|每年|每两个月|每?逢?双月|每周"
)
_LEFT_OUT = r"[xX×＊*]{2,}(?=省|市|区|县|旗|镇|乡|街道|社区)"  # a place blanked out: xx县政协 is 县政协
_CAUSE = r"因[^，。；、]{1,12}等(?:原因|因素)"  # why, not what: it narrows nothing
_HOW = (
    "深入", "广泛", "积极", "认真", "扎实", "继续", "坚持", "定期", "经常", "经常性", "切实", "大力", "全面", "进一步", "充分", "精心", "有序", "主动", "持续", "努力", "力争", "争取", "确保",
    "共", "总共", "一共", "共计", "累计", "合计", "总计", "先后", "分别", "已经", "已", "并", "还", "再", "要", "应", "应当", "需", "须", "拟", "计划", "同时", "原则上", "一般",
)
_VERB = (
    "组织", "开展", "举办", "召开", "举行", "进行", "安排", "完成", "实施", "搞好", "做好", "抓好", "组织好", "开展好", "编发", "编印", "编辑", "印发", "出版", "撰写", "形成", "建成", "建立",
    "承办", "主办", "牵头", "落实", "推进", "用好",
)
_WHO = (
    "政协", "政协机关", "政协委员", "委员", "委员们", "全体委员", "全体政协委员", "广大委员", "广大政协委员", "我们", "本单位", "各类", "各种", "各项",
)
_BOUND = (
    "不少于", "不低于", "不得少于", "不得低于", "不超过", "不得超过", "至少", "最少", "最多", "不下", "达到", "达", "超过", "突破", "控制在", "保持在", "约", "大约", "近", "将近", "为", "是", "有", "了", "到",
    "数量", "总数", "次数", "总额", "金额", "场次", ":", "：",
)
# fmt: on
MEMBERS = re.compile(r"人均|每[名位个](?:[省市区县])?(?:政协)?委员|委员每人|委员人均")
TAIL = ("以上", "及以上", "左右", "以内", "以下", "活动", "。", "；", "，", "的目标", "的任务", "）", "(", "（")
JOINT = "、和及与并"
PLACES = ("街道", "社区", "省", "市", "区", "县", "旗", "镇", "乡", "村")
QUIET = "“”‘’\"'《》「」『』〈〉 \t\r\n　"
HEADS = "人次"
STANDING = ("建成", "现有", "共有", "已有", "拥有", "建立")  # how a stock is spoken of


@dataclass(frozen=True)
class Guess:
    """What a number may count.

    score  0..1, only for ordering
    sure   it may be tied without asking
    why    the words it was known by, or what speaks against it
    """

    indicator: Indicator
    score: float
    sure: bool
    why: str


class _Text(NamedTuple):
    """A clause without blanks and quotation marks, its number with measure word cut out at `hole` (None: no number was found).

    low, high  the part of the clause that belongs to this number
    """

    cut: str
    hole: int | None
    low: int
    high: int


class _Word(NamedTuple):
    word: str
    start: int
    end: int
    indicators: tuple[Indicator, ...]


def tie(
    clause: str, unit: str | None, indicators: Iterable[Indicator], *, object: str | None = None, inside: bool = True, at: tuple[int, int] | None = None, own: Sequence[str] = (),
) -> Guess | None:  # fmt: skip
    """The one sure guess, or None."""
    first = next(iter(rank(clause, unit, indicators, object=object, inside=inside, at=at, own=own)), None)
    return first if first and first.sure else None


def rank(
    clause: str, unit: str | None, indicators: Iterable[Indicator], *, object: str | None = None, inside: bool = True, at: tuple[int, int] | None = None, own: Sequence[str] = (),
    before: str = "", divided: bool = False,
) -> list[Guess]:  # fmt: skip
    """What the number of `clause` may count, best first; at most one of them is sure.

    unit    the measure word printed with it, as `text.blanks` and `text.targets` give it; None when there is none
    object  the number's noun where the reader of the text knows it; a word beside it is not sure then
    inside  whether indicators for the unit itself (Party work of a community) may be meant
    at      where the number stands in the clause; found by its measure word when not given
    own     names by which the text calls the unit itself: a subject that changes nothing
    before  what the sentence says before the clause; only ever a reason to guess
    divided  who asks divides by the members in office: 人均提案 is meant by the proposals, not by their average
    """
    indicators, unit = tuple(indicators), unit.replace("％", "%") if unit else None
    each = MEMBERS.search(clause)
    text = _cut(MEMBERS.sub(lambda found: " " * len(found[0]), clause), unit, at)
    noun = _squeeze(object) if object else ""
    guesses: dict[str, Guess] = {}
    usable = tuple(
        one
        for one in indicators
        if not one.aside and (inside or not one.inside) and not (divided and one.how == "average")
    )
    for found in _words(text.cut, usable):
        for indicator in found.indicators:
            if any(word in text.cut for word in indicator.never):
                continue
            guess = _guess(indicator, found, text, unit, noun, tuple(own))
            if guess.score > guesses[indicator.code].score if indicator.code in guesses else True:
                guesses[indicator.code] = guess
    for guess in likely(text.cut, unit, usable, _squeeze(before)) if unit else ():
        guesses.setdefault(guess.indicator.code, guess)
    for guess in [one for one in guesses.values() if one.sure]:
        if rival := _heads_of_another(guess.indicator, unit, _squeeze(before), usable):
            guesses[rival.indicator.code] = rival
            guesses[guess.indicator.code] = replace(guess, sure=False, score=rival.score - 0.1, why=rival.why)
    ordered = sorted(guesses.values(), key=lambda g: (not g.sure, -g.score, g.indicator.code))
    if each and not divided:
        ordered = _averages(ordered, unit, usable)
    if sum(g.sure for g in ordered) > 1:
        return [Guess(g.indicator, g.score, False, _("不止一个统计项符合")) if g.sure else g for g in ordered]
    return ordered


def _averages(guesses: list[Guess], unit: str | None, indicators: tuple[Indicator, ...]) -> list[Guess]:
    """人均, 每名委员: the average of what is counted, per member in office; a count that has none is not sure."""
    averages = {one.part: one for one in indicators if one.how == "average"}
    found: dict[str, Guess] = {}
    for guess in guesses:
        average = guess.indicator if guess.indicator.how == "average" else averages.get(guess.indicator.code)
        fits = average is not None and (unit is None or unit in average.accepts)
        made = replace(guess, indicator=average or guess.indicator, sure=guess.sure and fits)
        found.setdefault(made.indicator.code, made)
    return list(found.values())


def unlike(indicator: Indicator, unit: str) -> Refused | None:
    """Why a number that is written with this measure word cannot be what the indicator counts; None when it can. 元 and 万元, 人 and 户, 场 and 次 are one only where it is declared."""
    if unit.replace("％", "%") in indicator.accepts:
        return None
    said = {"name": indicator.name, "unit": words.listed(indicator.accepts), "printed": unit}
    why = _("“%(name)s”按%(unit)s计，原文写的是“%(printed)s”，两者不能互换") % said
    return Refused("other_measure", why=why, do=_("请换一个统计项，或者先核对原文的量词"), field="indicator")


def own_names(organization: Organization) -> tuple[str, ...]:
    """What a text calls this unit: 云岭县政协, 云岭县, 县政协, 我县, 全县; of a township never 县政协, which is another unit."""
    place = place_name(organization)
    suffix = next((s for s in PLACES if place.endswith(s)), "")
    names = [organization.name, organization.short_name, place]
    if suffix:
        names += [f"{which}{suffix}" for which in ("我", "全", "本")]
    if organization.has_committee:
        committees = {"县政协", "区政协"} if organization.level == Level.COUNTY else set()
        names += [f"{place}政协", f"政协{place}委员会", *sorted(committees | {f"{suffix}政协"})]
    if organization.level == Level.COMMUNITY:
        names.append(suffix)
    return tuple(dict.fromkeys(filter(None, names)))


def place_name(organization: Organization) -> str:
    """The name of the place: 云岭县政协 → 云岭县, 政协云岭县委员会 → 云岭县."""
    name = organization.short_name or organization.name
    return name.removeprefix("中国人民政治协商会议").removeprefix("政协").removesuffix("委员会").removesuffix("政协")


def _guess(indicator: Indicator, found: _Word, text: _Text, unit: str | None, noun: str, own: tuple[str, ...]) -> Guess:
    accepted = unit in indicator.accepts
    fits = _noun_fits(found.word, noun, own)
    if unit is None:
        sure = fits is True and bool(noun) and text.hole is None
    else:
        sure = accepted and fits is not False and _is_own_noun(found, text, own) and _stock_fits(indicator, text)
    near = 0.0 if text.hole is None else 1 / (2 + min(abs(text.hole - found.end), abs(found.start - text.hole)))
    score = round(min(0.3, len(found.word) * 0.03) + 0.3 * accepted + 0.2 * near + 0.2 * (fits is True), 3)
    words = f"“{found.word}”“{unit}”" if unit else f"“{found.word}”"
    if sure:
        return Guess(indicator, 1.0, True, _("依据%(words)s") % {"words": words})
    if unit is not None and not accepted:
        return Guess(
            indicator, score, False, _("含“%(word)s”，但量词“%(unit)s”不合") % {"word": found.word, "unit": unit}
        )
    return Guess(indicator, score, False, _("含“%(word)s”，是否所指请核对") % {"word": found.word})


def _is_own_noun(found: _Word, text: _Text, own: tuple[str, ...]) -> bool:
    """Does the word stand as the number's noun, and is all else in its part of the clause indifferent?"""
    if text.hole is None or found.start < text.low or found.end > text.high:
        return False
    cut, hole = text.cut, text.hole
    if found.end <= hole:
        before, between, after = cut[text.low : found.start], cut[found.end : hole], cut[hole : text.high]
        joins = bool(_only("活动", "的", *_HOW, *_VERB, *_BOUND).fullmatch(between))
    elif found.start >= hole:
        before, between, after = cut[text.low : hole], cut[hole : found.start], cut[found.end : text.high]
        joins = bool(_only(*_WHO, *own).fullmatch(between))
    else:
        before, after, joins = cut[text.low : found.start], cut[found.end : text.high], True
    return (
        joins
        and bool(_only(*_HOW, *_VERB, *_WHO, *_BOUND, *own, "，").fullmatch(before))
        and bool(_only(*TAIL).fullmatch(after))
    )


def _stock_fits(indicator: Indicator, text: _Text) -> bool:
    return indicator.how != "stock" or any(word in text.cut for word in STANDING)


def _noun_fits(word: str, noun: str, own: tuple[str, ...]) -> bool | None:
    """None: the noun is not known. A noun may carry the unit's own name before the word, or be the end of it."""
    if not noun:
        return None
    noun = noun.removesuffix("活动") if noun.endswith("活动") and not word.endswith("活动") else noun
    if word.endswith(noun):
        return True
    return noun.endswith(word) and bool(_only(*_WHO, *_VERB, *own).fullmatch(noun.removesuffix(word)))


@lru_cache(maxsize=256)
def _only(*words: str) -> re.Pattern[str]:
    """A run of these words and of words of time, and nothing else."""
    longest = sorted((re.escape(_squeeze(word)) for word in words if word.strip()), key=len, reverse=True)
    return re.compile(f"(?:{_TIME}|{_LEFT_OUT}|{_CAUSE}|{'|'.join(longest)})*")


# --- what it may be, though the words do not say so by themselves --------------------------------------------------------------

SHORT = (
    6  # characters; so little beside the number is no noun of its own: 全年不少于6次 goes on about what was just said
)
BARE = re.compile(rf"{_TIME}|{'|'.join(sorted((*_HOW, *_BOUND, '其中', '以上', '左右'), key=len, reverse=True))}")


def likely(cut: str, unit: str, indicators: tuple[Indicator, ...], before: str) -> list[Guess]:
    """Guesses, never ties: kindred of a word that does not go with the measure word (走访50户 → 走访群众), a rate by what it is a part of,
    a word that other words part (中心组全年集中学习), and, of a clause that has no noun, what the sentence spoke of before."""
    bare = BARE.sub("", cut)
    found = [guess for word in _words(cut, indicators) for guess in _kindred(word, unit, indicators, 0.34)]
    for word in _words(bare, indicators):
        if word.word not in cut:
            found += _of_word(word, unit, 0.32) + _kindred(word, unit, indicators, 0.3)
    if not found and len(bare) <= SHORT and before:
        for word in reversed(_words(before, indicators)[-4:]):
            found += _of_word(word, unit, 0.2) + _kindred(word, unit, indicators, 0.15)
    said = cut + before
    kept = [one for one in found if not any(word in cut for word in one.indicator.never)]
    return [
        one for one in sorted(kept, key=lambda g: -g.score) if one.indicator.how != "average" or MEMBERS.search(said)
    ]


def _heads_of_another(one: Indicator, unit: str | None, before: str, indicators: tuple[Indicator, ...]) -> Guess | None:
    """“委员讲堂”1期，参训委员70人: those who came belong to what the sentence spoke of last, if it has a count of heads of its own."""
    named = sorted(_words(re.split("[。；]", before)[-1], indicators), key=lambda word: (word.end, word.start))
    if not named or one.how != "sum" or one.unit != HEADS:
        return None
    rooms = {_room(indicator) for indicator in named[-1].indicators}
    heads = [other for other in indicators if _room(other) in rooms and (other.how, other.unit) == ("sum", HEADS)]
    if _room(one) in rooms or len(heads) != 1 or unit not in heads[0].accepts:
        return None
    return Guess(heads[0], 0.8, False, _("前后文说到“%(word)s”，是否所指请核对") % {"word": named[-1].word})


def _room(one: Indicator) -> str:
    return one.code.rpartition(".")[0]


def _of_word(found: _Word, unit: str, score: float) -> list[Guess]:
    why = _("前后文说到“%(word)s”，是否所指请核对") % {"word": found.word}
    return [Guess(one, score + len(found.word) * 0.01, False, why) for one in found.indicators if unit in one.accepts]


def _kindred(found: _Word, unit: str, indicators: tuple[Indicator, ...], score: float) -> list[Guess]:
    """What goes with the measure word and bears the word in its own, where the word itself means something counted otherwise."""
    if any(unit in one.accepts for one in found.indicators):
        return []
    codes = {one.code for one in found.indicators}
    why = _("含“%(word)s”，按量词“%(unit)s”推测，请核对") % {"word": found.word, "unit": unit}
    made = []
    for one in indicators:
        if unit not in one.accepts:
            continue
        if unit == "%":
            near = 0.1 if one.part in codes else 0.05 if one.whole in codes else 0.0
        else:
            near = max((len(found.word) / len(word) / 10 for word in one.words if found.word in word), default=0.0)
        if near:
            made.append(Guess(one, round(score + near, 3), False, why))
    return made


# --- the words of indicators in a clause ------------------------------------------------------------------------------------


def _words(cut: str, indicators: tuple[Indicator, ...]) -> list[_Word]:
    """Every word of an indicator in the clause that is not part of a longer one."""
    found = []
    for word, meant in _vocabulary(indicators).items():
        start = cut.find(word)
        while start >= 0:
            found.append(_Word(word, start, start + len(word), meant))
            start = cut.find(word, start + 1)
    return [
        w for w in found if not any(o.start <= w.start and w.end <= o.end and len(o.word) > len(w.word) for o in found)
    ]


@lru_cache(maxsize=16)
def _vocabulary(indicators: tuple[Indicator, ...]) -> dict[str, tuple[Indicator, ...]]:
    words: dict[str, dict[str, Indicator]] = {}
    for indicator in indicators:
        for word in indicator.words:
            words.setdefault(_squeeze(word), {})[indicator.code] = indicator
    return {word: tuple(meant.values()) for word, meant in words.items() if word}


# --- the number in a clause -------------------------------------------------------------------------------------------------

_COUNTED = rf"[余多来几]?{SCALE}?[余多来几]?(?:{MONEY}|个?(?:工作日|小时|百分点)|{UNIT}|[%％])多?"
NUMBERS = re.compile(rf"(?<![第\d])(?P<number>{NUMBER})(?P<unit>{_COUNTED})")


def _squeeze(text: str) -> str:
    return "".join(c for c in text if c not in QUIET)


def _cut(clause: str, unit: str | None, at: tuple[int, int] | None) -> _Text:
    text = _squeeze(clause).replace("％", "%")
    numbers = [
        m
        for m in NUMBERS.finditer(text)
        if (m["unit"] not in TIME_UNITS or m["unit"] == unit) and not text[: m.start()].endswith("第")
    ]
    if at is not None:
        start, end = len(_squeeze(clause[: at[0]])), len(_squeeze(clause[: at[1]]))
    elif unit and len(mine := [m for m in numbers if m["unit"].strip("余多来几个") == unit or m["unit"] == unit]) == 1:
        start, end = mine[0].span("number")
    else:
        return _Text(text, None, 0, len(text))
    counted = re.compile(_COUNTED).match(text, end) if unit else None
    stop = counted.end() if counted else end
    others = [m for m in numbers if m.end() <= start or m.start() >= stop]
    return _windowed(text[:start] + text[stop:], start, [(m.start(), m.end()) for m in others], stop - start)


def _windowed(cut: str, hole: int, others: list[tuple[int, int]], removed: int) -> _Text:
    """The part of the clause between the numbers beside this one, and between the 、 or 和 that parts it from theirs."""
    low = max((end for _start, end in others if end <= hole), default=0)
    high = min((start - removed for start, _end in others if start >= hole + removed), default=len(cut))
    if low and (parted := re.search(f"[{JOINT}]", cut[low:hole])):
        low += parted.end()
    if high < len(cut) and (parted := re.search(f"[{JOINT}]", cut[hole:high])):
        high = hole + parted.start()
    return _Text(cut, hole, low, high)
