"""Statements of something to be done that can be counted or dated, clause by clause.

What a sentence has said already (its deadline, the shared 每名委员 and 每年) is kept in `Said`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from xieshang.text import periods
from xieshang.text.amounts import Amount
from xieshang.text.exclusions import CHINESE_SIGNS, LISTING_UNITS
from xieshang.text.phrases import (
    ACCORDING,
    ANNOUNCING,
    COMPOUND,
    CONDITION,
    DATE_ONLY_REST,
    FINISHING,
    HEAD_WORDS,
    HEADING_REST,
    OUTCOME,
    POINTS,
    SET_OF_ONE,
    STANDING,
    TIME_OF_ITS_OWN,
    TOGETHER,
    UNDER,
    WHOSE_ONES,
    YEAR_OF_ITS_OWN,
)
from xieshang.text.pieces import Piece
from xieshang.text.words import ONE, VERB, action_and_object, actor, has_verb

COUNTED_AFTER = frozenset("篇本份件套条幅部辑册")
TERM = 5  # years
ACT = re.compile(r"[下记跑读写走进入谈访报驻](?![属者级面会])")  # after 每天, 每月: a verb of one sign
OFTEN_FIRST = re.compile(r"每(?:季度?|半年|个?月|周|天|日|旬)(?!末)")
NEW_SUBJECT = re.compile(r"[^，不至\d一二两三四五]{0,8}?(?:[率度]|会议|例会|座谈|宣传栏|公众号)")
OWNED = re.compile(
    r"(?!其中|总[量数]|平均|[^，]{0,3}(?:[率度面]|字数|篇幅|时间|时长|会期|人数|费用|经费))[一-龥]{2,4}?(?=不[少低超多得]|至少|最多|至多|控制在)"
)  # 每个单位来2人，车辆不超过1台
EXCESS = (
    r"(?:(?<!不)(?<!不得)(?<!不能)(?:超过|低于|高于|少于)|达不到|未达到?|不足|不满|未满|不到)\Z"  # 收缴率未达95%的小组
)


class Found(NamedTuple):
    """A target in squeezed offsets."""

    start: int
    end: int
    action: str | None
    object: str | None
    amount: Amount | None
    op: str | None
    value: int | float | None
    unit: str | None
    period: str | None
    per: str | None
    deadline: str | None
    actor: str | None
    sure: float
    rule: str


@dataclass
class Said:
    """What holds for the next clause: reset at the end of a sentence, partly at ；."""

    deadline: str | None = None  # said at the head of the sentence
    deadline_alone: bool = False  # it was a clause of its own
    per: str | None = None
    period: str | None = None
    pending: tuple[int, str | None] | None = None  # a clause that was only a date: its start and date
    standing: bool = False  # after 现有委员31名
    set_of_ones: bool = False  # after “四个一”活动，即
    ones_per: str | None = None  # whose “四个一” they are
    lead_per: str | None = None  # 每名委员须完成下列各项：
    lead_period: str | None = None

    def notice(self, clause: str) -> None:
        """Take in what a clause says about the clauses after it: “四个一”活动，即."""
        whose = WHOSE_ONES.search(clause)
        if whose and not self.set_of_ones:
            self.ones_per = {"党员": "person", "委员": "member"}.get(whose[0])
        if "个一" in clause and SET_OF_ONE.search(clause):
            self.set_of_ones = True

    def new_sentence(self) -> None:
        self.deadline = self.per = self.period = self.pending = None
        self.set_of_ones = self.standing = False

    def new_branch(self) -> None:
        """After ；: a date that was part of a clause held for that branch only, 到2025年， holds on."""
        if not self.deadline_alone:
            self.deadline = None
        self.per = self.period = None


def read_clause(text: str, parted: list[Piece], start: int, end: int, first: bool, said: Said) -> Iterator[Found]:
    """The targets of one clause that is to be done; `said` is brought up to date."""
    clause = text[start:end]
    said.notice(clause)
    date = periods.deadline(clause)
    if date and _is_only_date(clause, date):
        _keep_date(said, date, start)
        return
    if UNDER.search(clause) and not any(piece.amounts for piece in parted):
        return
    if ACCORDING.match(clause) and not any(amount.bounded for piece in parted for amount in piece.amounts):
        return
    if (
        date
        and date.by is False
        and not date.within
        and not _has_work(clause[date.end :])
        and not _in_brackets(clause, date)
    ):
        date = None
    pending, said.pending = said.pending, None
    if STANDING.search(clause) and not any(a.bounded and a.op != "about" for piece in parted for a in piece.amounts):
        said.standing = True
    if CONDITION.search(clause) or POINTS.search(clause) or said.standing:
        return
    if date and (first or said.deadline) and not date.within and _at_head(clause, date):
        said.deadline, said.deadline_alone = date.date, False
    found = list(_quantities(text, parted, date, said))
    if not found:
        found = list(_without_quantity(text, clause, start, end, date, pending, said))
    yield from found


def _keep_date(said: Said, date: periods.Deadline, start: int) -> None:
    said.pending = (start, date.date)
    said.deadline, said.deadline_alone = date.date, True


def _is_only_date(clause: str, date: periods.Deadline) -> bool:
    rest = clause[: date.start] + clause[date.end :]
    return len(rest) <= 6 and bool(DATE_ONLY_REST.fullmatch(rest))


def _at_head(clause: str, date: periods.Deadline) -> bool:
    return bool(HEAD_WORDS.match(clause[: date.start]))


def _in_brackets(clause: str, date: periods.Deadline) -> bool:
    """召开全体会议1次（1月份）."""
    return clause[date.start - 1 : date.start] in ("（", "(") and clause[date.end : date.end + 1] in ("）", ")")


def _has_work(rest: str) -> bool:
    return bool(VERB.search(rest) or ONE.match(rest))


def _quantities(text: str, parted: list[Piece], date: periods.Deadline | None, said: Said) -> Iterator[Found]:
    for piece in parted:
        words = text[piece.start : piece.end]
        period, per = _carried(words, piece.first, said)
        when = _deadline_of(words, piece.first, date, said)
        for amount in piece.amounts:
            if _counts(text, amount, words, piece, said):
                often = None if _is_no_rhythm(period, words, amount) else period
                until = None if amount.is_limit else when
                yield _found(text, piece, amount, often, per or _whose(said), until)


def _is_no_rhythm(period: str | None, words: str, amount: Amount) -> bool:
    """A rate does not take over the rhythm of the clause before; in 双月座谈会3次 the 双月 is part of a name."""
    if amount.unit == "%" and not periods.period(words):
        return True
    return (
        period == "two_months"
        and re.search("双月(?:座谈|协商|恳谈|论坛|讲堂|例会)", words) is not None
        and "每" not in words
        and (amount.value or 1) > 1
    )


def _whose(said: Said) -> str | None:
    return said.ones_per if said.set_of_ones else None


def _deadline_of(words: str, first: bool, date: periods.Deadline | None, said: Said) -> str | None:
    """Its own, or that of its clause, or that said at the head of the sentence."""
    own = periods.deadline(words)
    if own and not own.within:
        return own.date if own.by or _has_work(words[own.end :]) or _in_brackets(words, own) else None
    if YEAR_OF_ITS_OWN.search(words):
        return None
    return date.date if date and not first and not date.within else said.deadline


def _own(words: str) -> bool:
    return bool(TIME_OF_ITS_OWN.search(words))


def _carried(words: str, first: bool, said: Said) -> tuple[str | None, str | None]:
    """Period and per of a piece: its own, or those of the subject it shares with the clause before."""
    mine = periods.period(words)
    period, per = (mine.name if mine else None), periods.per(words)
    shares = not first or _shares_subject(words, said)
    if first and not shares:
        said.per = said.period = None
    if period is None and per is None and shares and not _own(words):
        period = said.period
    if per is None and shares and not re.search(r"总量|总数|共计|合计|^每次", words):
        per = None if said.per in ("member", "person") and TOGETHER.match(words) else said.per
    if period is None and per is None and not _own(words):
        period = said.lead_period
    if per is None:
        per = said.lead_per
    said.per, said.period = per, period
    return period, per


def _shares_subject(words: str, said: Said) -> bool:
    """Whether the clause begins with a verb or 为, 向, so that its subject is the one before."""
    rest = re.sub(
        r"^(?:再|还要|还|并|且|同时|累计|至少|不少于|共|要|应当?|须|力争|确保|全年|届内|每届|任期内|年内|每年|每季度?|每半年|每个?月|每逢[^，]{1,3}|每[周天日旬]|每两个?月|逢?[双单]月|原则上|积极|认真|主动)+",
        "",
        words,
    )
    if re.match(r"每|各|其中|人均", rest):
        return False
    if VERB.match(rest):
        return not COMPOUND.match(rest)
    if ACT.match(rest) and rest != words:
        return said.per is not None  # 每月记日记4篇
    if OWNED.match(rest) and said.per in ("unit", "group", "community") and not has_verb(rest[:5]):
        return True
    if OFTEN_FIRST.match(words) and not NEW_SUBJECT.match(rest):
        return said.per is not None
    if re.match(r"(?:为(?!期)|[向给对与就]|同(?!一))", rest):
        return said.per is not None or bool(re.match("[为向给]", rest) and said.period is None)
    if re.match(r"[在到于]", rest):
        return said.per is not None
    return bool(re.match(r"累计|时长|不|至少|\d|[一二两三四五六七八九十]", rest))


def _counts(text: str, amount: Amount, words: str, piece: Piece, said: Said) -> bool:
    """Whether a quantity is work to be done, not an article (一支队伍), a condition or points."""
    if amount.unit == "分":
        return bool(re.search(r"满意|测评|评价|群众", words)) and amount.bounded
    if not amount.bounded and _is_announced(amount, text[piece.start : amount.start]):
        return False
    if amount.is_limit and amount.unit == "年" and (len(piece.amounts) > 1 or amount.value == TERM):
        return False  # 一年内不少于12次, 五年内: the years are the plan's own
    after = text[amount.end : piece.end]
    if amount.written == "一" or (amount.written == "1" and not amount.unit):
        return _is_counted_one(amount, words, said, after)
    if text[amount.start - 1] in "（(" and after in ("）", ")") and not has_verb(words):
        return False  # 全体委员（236名）
    excess = re.search(EXCESS, text[piece.start : amount.start])
    return not (after.startswith("的") and excess)


def _is_announced(amount: Amount, before: str) -> bool:
    """落实三项制度, 抓好两项工程: the number announces what is told below; 24小时服务 is no quantity."""
    if amount.unit == "小时":
        return amount.written == "24"
    listed = amount.unit in LISTING_UNITS and amount.written[:1] in CHINESE_SIGNS
    return listed and bool(ANNOUNCING.search(before)) and "每" not in before


def _is_counted_one(amount: Amount, words: str, said: Said, after: str) -> bool:
    if amount.bounded or said.set_of_ones or amount.is_limit:
        return True
    if not after and amount.unit in COUNTED_AFTER and has_verb(words[: -len(amount.written) - 1]):
        return True  # 撰写报告一篇: after its noun it is no article
    if re.match(r"步|定|般|样|体|律|直|致|级|流|线", after):
        return False
    if amount.unit in ("次", "场", "期", "轮", "遍", "堂", "课"):
        return True
    return bool(periods.period(words)) or "每" in words[: max(0, len(words) - len(after))]


def _found(text: str, piece: Piece, amount: Amount, period: str | None, per: str | None, when: str | None) -> Found:
    words = text[piece.start : piece.end]
    place = (amount.start - piece.start, amount.end - piece.start)
    action, thing = action_and_object(words, place)
    sure = 0.95 if amount.bounded else 0.85 if has_verb(words) else 0.7
    rule = "limit" if amount.is_limit else "rate" if amount.unit == "%" else "frequency" if period else "quantity"
    return Found(
        piece.start, piece.end, action, thing, amount, amount.op, amount.value, amount.unit, period, per, when, actor(words), sure, rule
    )  # fmt: skip


def _without_quantity(
    text: str,
    clause: str,
    start: int,
    end: int,
    date: periods.Deadline | None,
    pending: tuple[int, str | None] | None,
    said: Said,
) -> Iterator[Found]:
    """A bare frequency (每季度召开会议) or a bare deadline (6月底前完成整改)."""
    how_often = periods.period(clause)
    per = periods.per(clause)
    if how_often and _is_bare_frequency(clause, how_often):
        said.period, said.per = how_often.name, per or said.per
        action, thing = action_and_object(clause[how_often.end :], None)
        when = date.date if date and date.by and how_often.name == "year" else None
        yield Found(
            start,
            end,
            action,
            thing,
            None,
            "exactly",
            1,
            None,
            how_often.name,
            per or said.lead_per,
            when,
            actor(clause),
            0.75,
            "bare frequency",
        )
        return
    if date is None and pending and not OUTCOME.search(clause):
        begin, when = pending
        yield _dated(text, begin, end, clause, when, 0.8, per)
    elif date and _is_dated_work(clause, date):
        yield from _dated_parts(text, clause, start, end, date, per)


def _dated_parts(
    text: str, clause: str, start: int, end: int, date: periods.Deadline, per: str | None
) -> Iterator[Found]:
    """One target, or one for each part that has its own date: 4月启动、8月完成."""
    parts = clause.split("、")
    dates = [periods.deadline(part) for part in parts]
    if len(parts) > 1 and all(when and _is_dated_work(part, when) for part, when in zip(parts, dates, strict=True)):
        at = start
        for part, when in zip(parts, dates, strict=True):
            if when:
                yield _dated(text, at, at + len(part), part[: when.start] + part[when.end :], when.date, 0.75, per)
            at += len(part) + 1
        return
    words = clause[: date.start] + clause[date.end :]
    yield _dated(text, start, end, words, date.date, 0.9 if date.by else 0.75, per)


def _is_bare_frequency(clause: str, how_often: periods.Period) -> bool:
    rest = clause if clause.startswith("双月", how_often.start) else clause[how_often.end :]
    if how_often.name in ("day",) or len(clause) > 60:
        return False
    if (
        re.match(r"[的都有]", rest)
        or re.search(r"为[^，]{0,10}[日节周月]\Z", rest)
        or re.search(r"通报制度|例会制度|制度\Z|机制\Z|一主题|有计划|有小结|有总结", rest)
    ):
        return False
    if how_often.name in ("year", "term") and not re.match(
        r"\d{1,2}月|第|初|底|末|年?[初底末]|\w{0,6}(?:前|后|期间)?(?:召开|组织|开展|举办|举行|听取|编印|评选|表彰)|(?:[向对][^，]{2,12})?(?:述职|报告|通报|公布|公开|清查|审计|测评|评议|体检|轮训|修订|更新|更换)",
        rest,
    ):
        return False
    return bool(VERB.search(rest) or ONE.search(rest[:8]))


def _is_dated_work(clause: str, date: periods.Deadline) -> bool:
    rest = clause[: date.start] + clause[date.end :]
    if len(rest) < 2 or re.match(r"(?:时间|日期|截稿)", clause) or len(clause) > 90 or HEADING_REST.fullmatch(rest):
        return False
    if date.end == len(clause) and not re.search("完成|办结|结束|截止|不[晚迟]于|最[迟晚]", clause[: date.start]):
        return False  # a row of a table: 河湖治理 对口协商 10月底前
    if date.within:
        return bool(
            FINISHING.match(clause[date.end :])
            or re.match(r"(?:要|力争|争取|全面|基本|全部)*(?:完成|建成|实现)", clause[date.end :])
        )
    return date.by or bool(VERB.search(clause[date.end :]) or ONE.match(clause[date.end :]))


def _dated(text: str, start: int, end: int, words: str, when: str | None, sure: float, per: str | None) -> Found:
    action, thing = action_and_object(words, None)
    return Found(start, end, action, thing, None, None, None, None, None, per, when, actor(words), sure, "deadline")
