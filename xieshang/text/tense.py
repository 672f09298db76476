"""Done or to be done: what headings, paragraphs and clauses say about it."""

from __future__ import annotations

import re
from enum import Enum


class Tense(Enum):
    PLAN = "plan"  # to be done
    PAST = "past"  # done
    OPEN = "open"  # only what says so itself is read (speeches)
    NEITHER = "neither"  # problems, introductions: nothing is read unless it says so itself


HEAD_PAST = re.compile(
    r"总结(?:\Z|[及和与])|小结|回顾|(?:完成|工作|基本|开展|进展|落实|履职|执行)情况|主要(?:做法|成效|成绩|工作(?!任务|目标|安排|打算|思路))|做法及|做法和|(?:取得|初见|工作)的?成[效绩](?:\Z|和|及)|亮点|过去|(?:上半年|前三季度|今年以来|去年|上年|上一年|这一年|一年来|半年来|五年来)的?(?:各项|主要)?工作\Z|(?:去年|上年|上一年|过去|这一年|一年来|半年来|上半年|前一阶段|前段).{0,10}(?:[干做办]|如何|怎样|得失|看点|体会|收获)|[干做办]了(?!解).{0,6}\Z"
)
HEAD_PAST_SURELY = re.compile(r"总结(?:\Z|[及和与])|小结|回顾|完成情况|开展情况|进展情况")
INTRODUCED = re.compile(
    r"(?:取得|获得)了?[^，。；]{0,10}(?:成绩|成效|进步|进展|成果)[：:]\Z|(?:较好|圆满|顺利|全面)地?完成了[^，。；]{0,16}[：:]\Z"
)
DONE_WELL = re.compile(r"(?:较好|圆满|顺利|全面)地?完成了")
LONGEST_HEADING = 24  # a longer title is a sentence, and speaks for itself only
HEAD_PLAN = re.compile(
    r"安排|计划|打算|任务|要求|下一步|今后|目标|措施|思路|部署|展望|努力方向|举措|建议\Z|重点工作|对策|(?:明年|来年|下一年|下半年|下阶段|下一阶段|接下来|今年|新的一年).{0,8}(?:[干做办抓]|如何|怎样)|(?<!认识)(?<!思想)(?<!站位)要(?:再|更|有)"
)
HEAD_PROBLEM = re.compile(r"问题|不足|差距|困难|短板|薄弱")
PLAIN_HEADING = re.compile(r"(?:总结|回顾|情况|成效|做法|打算|安排|计划|思路|任务|重点|措施|不足|问题|差距)\Z")
WORK_HEADING = re.compile(
    r"(?:过去|今后|未来|[一五]年来|下一?步|[去明今]年|[上下]半年)[^，。；：、]{0,8}(?:工作|建议|目标)\Z"
)  # 今后五年的工作
STOP = re.compile(r"[，。；：、]")
PARAGRAPH_PAST = re.compile(
    r"(?:过去(?:的)?一年|一年来|今年以来|上半年以来|回顾|过去五年|五年来|去年|.{0,12}届.{0,6}次(?:会议|全会)以来|年初以来|半年来|自.{2,14}以来)"
)
SAID_OF_THE_MEETING = re.compile(r"(?:这次|本次)?(?:会议|大会|全会)(?:期间|上)?[，,]|(?:会议|大会|全会)期间|几天来")
PARAGRAPH_PLAN = re.compile(r"(?:下一步|今后|下半年|明年|新的一年|接下来|下阶段|来年|未来)")
PROBLEM = re.compile(
    r"(?:不足|问题|差距)(?:和不足|主要是|：|:|，主要)|存在的(?:问题|不足|差距)|还(?:存在|有)(?:一些|不少|差距)|看到.{0,8}(?:不足|问题)|没有提交|至今没有"
)

DONE = re.compile(
    "|".join(
        (
            r"(?<![不而])已(?:经|于|有|全部|[^列纳入成为定知批])|现已|(?<!为)(?<!除)了(?!解|然|结)",
            r"截至|截止目前|目前(?!正在)|(?<![对将就把])去年|今年以来|今年来|一年来|过去|以来|期间共",
            r"共(?:收到|征集|提交|收集|召开|组织|举办|走访|形成)|先后|被评为|荣获",
        )
    )
)
RESULT = re.compile(  # in a speech: what has come about, unless the sentence says that it must
    r"(?:形成|提出|收到|办成|化解|解决|结成|建成|走访|帮助|转化|采纳|引进|提交|撰写|组织|召开|举办|开展|帮扶|捐[款赠资]|筹集|募集|惠及|受益|完成|培训|服务|接待|报送)"
)
MUST = re.compile(
    r"[要须请将拟每]|应当?(?!对|急|用|邀)|必须|力争|争取|希望|不少于|不低于|至少|以上|计划|打算|可以|能否|如果|今后|下一步|明年|目标|确保|\d月底?前"
)
TO_DO = re.compile(
    "|".join(
        (
            r"拟于?(?!定)|力争|确保(?!了)|下一步|今后|后几个月|下半年(?!以)|明年|尚未|今年要|全年计划|还须|还要|必须|应当|须(?=[^，])",
            r"将(?=于|在|对|继续|进一步|组织|开展|召开|举办|重点|着力|按照|围绕|以|从|全面|坚持|力争|认真|积极|切实|紧扣|聚焦|不断|持续|通过|突出|分|再|每|安排)",
            r"争取(?!\d|[一二三四五六七八九十]|“|资金|项目|到|了)|要(?=[对在求把开组完实形加继坚确做抓提走联撰带帮建推争达于每至])(?!求(?!主办|承办|各|有关|相关|牵头))",
            r"计划(?=[于在对到新引开组举完投安邀年走调召培])|再(?=举办|开展|组织|召开|安排|新增|建)",
            r"不(?:得|能|应)?(?:少|低)于|不得超过|控制在|(?:月|季度)(?:底|末)?前|年(?:底|末)前|(?<=[\dxX一二三四五六七八九十])日前(?!已)",
        )
    )
)


def of_heading(title: str, outer: Tense, inner: bool = False) -> Tense:
    """The tense under a heading, `outer` where the heading says nothing; `inner`: it stands below another."""
    if len(title) > LONGEST_HEADING:
        return outer
    plan, past = (
        HEAD_PLAN.search(title),
        (HEAD_PAST_SURELY if outer is Tense.PLAN and inner else HEAD_PAST).search(title),
    )
    if HEAD_PROBLEM.search(title) and not plan:
        return Tense.NEITHER
    if plan and past:
        return Tense.PLAN if plan.start() > past.start() else Tense.PAST if outer is Tense.PAST else outer
    if past:
        return Tense.PAST
    return Tense.PLAN if plan else outer


def of_plain_heading(line: str, outer: Tense) -> Tense:
    """The tense below a short line without a number, if it reads like a heading: 存在的不足, 2026年工作打算."""
    line = line.strip("【】")
    if WORK_HEADING.search(line) and (told := of_heading(line, Tense.OPEN)) is not Tense.OPEN:
        return told
    return of_heading(line, Tense.OPEN) if PLAIN_HEADING.search(line) and not STOP.search(line) else outer


def of_paragraph(opening: str, outer: Tense) -> Tense:
    """The tense of a paragraph by its first words."""
    if (
        PARAGRAPH_PAST.match(opening)
        or DONE_WELL.search(opening)
        or (outer is Tense.OPEN and SAID_OF_THE_MEETING.match(opening))
    ):
        return Tense.PAST
    if PARAGRAPH_PLAN.match(opening):
        return Tense.PLAN
    return outer


def of_clause(clause: str, so_far: Tense) -> Tense:
    """The tense of a clause: what it says itself, else as the sentence so far."""
    done, to_do = _last(DONE, clause), _last(TO_DO, clause)
    if done < 0 and to_do < 0:
        return so_far
    if so_far is Tense.PLAN and done >= 0 and to_do >= 0:
        return Tense.PLAN
    return Tense.PAST if done > to_do else Tense.PLAN


def _last(pattern: re.Pattern[str], clause: str) -> int:
    place = -1
    for found in pattern.finditer(clause):
        place = found.start()
    return place


def of_document(kind: str, body: str) -> Tense:
    if kind in ("plan", "rules", "notice"):
        return Tense.PLAN
    if kind == "speech":
        return Tense.OPEN
    if kind == "summary":
        return Tense.PAST
    plan = len(re.findall(r"不少于|每(?:年|季度|月|名|位)|力争|要(?=[^求])|月底前", body))
    past = len(re.findall(r"了|已|共|以来|过去一年|记者", body))
    return Tense.PLAN if plan > past else Tense.PAST
