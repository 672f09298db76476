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
from xieshang.text.pieces import Piece
from xieshang.text.words import ONE, VERB, VERBS, action_and_object, actor, any_of, has_verb

ANNOUNCING = re.compile(
    "(?:抓好|抓实|突出|实施|落实|坚持|把握|做到|健全|完善|强化|聚焦|处理好|做好|用好|发挥|推进|深化|抓|把好|守好|当好|打好|办好|实现|围绕|开展好|重点)\\Z"
)
POINTS = re.compile(
    r"扣|(?<![参增])加(?:扣)?[\d.]+[\d.—－~-]*分|[计记得减奖](?:满|\d[\d.]*|[一两二三四五])分|每.{1,16}(?<![参增])[加减奖][\d.]+|(?:基础|奖励|满|总|附加|加|减)分|折半|翻倍"
)
CONDITION = re.compile(
    "|".join(
        (
            r"的\Z|^(?:如果|若|凡|未|没有|不足|每[少缺超逾漏迟]|少于|低于|因.{0,6}造成|无故缺席(?:半天|\d|一))",
            r"^对于?.{0,12}(?:(?<!不)超过|(?<!不)低于|(?<!不)少于)",  # 对不合格票超过半数的
            r"^对[^，]{2,30}(?:以上|以下|超过|不足)[^，]{0,10}的[^，]{0,6}\Z",  # 对无故缺席两次以上的委员
            r"不足[^，]{0,6}\Z|达不到|未达到|[^不](?:少于|低于|超过)[^，]{0,10}(?:的|者)(?:情形|人员|委员|单位)?\Z",
            r"方可|方能|方为|方有效|始得|才能召开",  # a quorum
            r"为(?:优秀|良好|合格|基本合格|不合格|称职|不称职|[一二三]等奖?)\Z",  # a scale of marks
            rf"每(?:{any_of(VERBS)})[^，]{{0,4}}[一1][次条件篇个项场]",  # 每采用一条奖励
            r"(?:以下|如下|下列|几方面|几个方面|几项)(?:的?(?:主要|重点)?(?:工作|任务|要求|事项|措施))\Z|分.{0,20}(?:阶段|步骤|环节)",
        )
    )
)
STANDING = re.compile(
    r"现有|在册|现设|共有|下辖|总人口|平均年龄|任期|辖区(?:内?有|面积|人口|总)|[设有](?:主席|副主席|委员)|年满|^[^，]{0,6}委员\d+名\Z|分设|连任|组成人员(?:名额)?|名额|在岗|实有|常住"
)
COMPOUND = re.compile(  # a noun that begins with a verb is a subject of its own: 发展对象, 培养联系人, 调研报告; 收集意见 is none
    rf"(?!(?:收集|征集|征求|听取|提出|反馈|采纳|吸收|形成|提交|报送|撰写)(?:意见|报告|成果))(?:{any_of(VERBS)})(?:对象|人员|人(?![次均])|成员|率|度|组|点|报告|意见|成果|结果|等次|情况|时间|时长|单位|中心|经费|质量|数量|比例|代表|议题|小组|总量|"
    r"总数|联系人|覆盖|满意|采纳|面|费)|参[加训](?:委员|党员|群众|代表|人数|面)|[^，]{2,14}的[^，]{2,10}(?:占|达|比例)"
)
TOGETHER = re.compile("并?(?:召开|举办|评选|评议|表彰|编印|编发|印发|成立)")  # nobody does it alone
YEAR_OF_ITS_OWN = re.compile(
    r"全年|年内|年度|今年|当年|上半年|下半年|每年"
)  # the deadline of the sentence does not hold there
TIME_OF_ITS_OWN = re.compile(
    r"全年|年内|年度|今年|当年|上半年|下半年|每次|每场|每期|每篇|每项|总量|总数|共计|合计|其中"
)
WHOSE_ONES = re.compile("支部|组织生活|党员|委员(?!会)")
SET_OF_ONE = re.compile(r"个一[”\"]?(?:活动|行动|任务|工程|要求|目标|承诺)?[，,：:]?(?:即|：|:|要求|\Z)")
HEADING_REST = re.compile(
    r"的?(?:主要|重点|工作|任务|总体)*(?:打算|安排|计划|思路|重点|任务|目标|要点|措施|工作|部署|要求)"
)
OUTCOME = re.compile(r"取得[^，]{0,8}(?:进展|成效|成绩|成果)\Z|(?:较好|圆满|顺利|全面)地?完成了")
ACCORDING = re.compile(r"(?:按照?|根据|依照|围绕|坚持).{2,40}的?(?:要求|原则|制度|思路|部署|标准|规定|办法|频次)\Z")
UNDER = re.compile(
    r"(?:领导|指导|支持|部署|要求|安排|带领|推动|努力|关心|帮助|配合|引领|统筹)下\Z"
)  # says how, not what
FINISHING = re.compile(
    r"完成|建成|出台|竣工|完工|投用|投入使用|实现|全覆盖|办结|启动|修订|制定|上线|印发|落地|到位|达标|创成|整改|验收"
)
DATE_ONLY_REST = re.compile(r"[（(]?(?:要|力争|争取|计划|拟|确保|在|于|至|到|今年|，)*[）)]?")
HEAD_WORDS = re.compile(
    r"(?:今年|要|拟|力争|争取|确保|计划|在|于|同时|并|再|其中|一是|二是|三是|四是|五是|拟于|原则上)*\Z"
)


TERM = 5  # years


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
    if STANDING.search(clause) and not any(amount.bounded for piece in parted for amount in piece.amounts):
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
        r"^(?:再|还要|还|并|且|同时|累计|至少|不少于|共|要|应当?|须|力争|确保|全年|届内|每届|任期内|年内|每年|每季度|每半年|每个?月|每周|每两个月|原则上|积极|认真|主动)+",
        "",
        words,
    )
    if re.match(r"每|各|其中|人均", rest):
        return False
    if VERB.match(rest):
        return not COMPOUND.match(rest)
    if re.match(r"(?:为(?!期)|[向给对与同就])", rest):
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
    excess = re.search(r"(?:超过|低于|高于|少于|达不到)\Z", text[piece.start : amount.start])
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
    if re.match(r"[的都有]", rest) or re.search(r"通报制度|例会制度|制度\Z|机制\Z|一主题|有计划|有小结|有总结", rest):
        return False
    if how_often.name in ("year", "term") and not re.match(
        r"\d{1,2}月|第|初|底|末|年?[初底末]|\w{0,6}(?:前|后|期间)?(?:召开|组织|开展|举办|举行|听取|编印|评选|表彰)",
        rest,
    ):
        return False
    return bool(VERB.search(rest) or ONE.search(rest[:8]))


def _is_dated_work(clause: str, date: periods.Deadline) -> bool:
    rest = clause[: date.start] + clause[date.end :]
    if len(rest) < 2 or re.match(r"(?:时间|日期|截稿)", clause) or len(clause) > 90 or HEADING_REST.fullmatch(rest):
        return False
    if date.end == len(clause) and not re.search("完成|办结|结束|截止", clause[: date.start]):
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
