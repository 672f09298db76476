"""The documents of a collection: where each begins, its title, its kind."""

from __future__ import annotations

import re
from typing import NamedTuple

from xieshang.text.lines import Paragraph
from xieshang.text.markers import marker_of

LONGEST_TITLE = 60
KIND_WORDS = (  # first match wins: a document that is both summary and plan is a plan
    ("plan", r"计划|要点|安排|打算|方案|规划|任务书?|清单|实施意见|工作意见|思路|举措|倡议书|行动"),
    ("rules", r"章程|办法|制度|规则|细则|条例|规定|机制|准则|公约|守则|规范|规程|标准|职责"),
    ("summary", r"总结|小结|报告|汇报|述职|回顾|综述|纪实|简报|情况"),
    ("speech", r"讲话|致辞|发言|致词|闭幕词|开幕词|主持词|演讲|寄语"),
    ("notice", r"通知|公告|通告|函|启事|公示"),
)
_WORDS = "|".join(words for _, words in KIND_WORDS)
_SUFFIX = (
    r"(?:[（(][^（）()]{1,16}[）)]|篇[一二三四五六七八九十\d]{1,3}|之[一二三四五六七八九十]|[\d一二三四五六七八九十]{1,2}|范[文本]|模板|表|稿|"
    r"的(?:意见|说明))*"
)
TITLE_LIKE = re.compile(rf"(?:{_WORDS}){_SUFFIX}\Z")
# Inside a document a line that ends in one of these words alone is mostly a heading without a number.
SURE_WORDS = re.compile(
    rf"(?:计划|要点|方案|总结|小结|报告|汇报|讲话|致辞|实施意见|通知|办法|制度|章程|规则|细则|条例|规定|公约|守则|机制|倡议书){_SUFFIX}\Z"
)
GENERAL = re.compile(
    r"(?:下一步|今后|主要|重点|总体|基本|几点|存在|工作|活动|具体|有关|时间|进度|组织|保障|实施|责任|考核|评分|经费|人员|日程|年度|当前|前期|[上下]半年|完善|健全|建立|加强|强化|落实|推进)"
)
SUBJECT = re.compile(
    r"\d{4}年|[〇零一二三四五六七八九]{4}年|政协|委员会|支部|社区|街道|[县区市镇乡村局]|公司|学校|工委|联络|协会|关于|《|“"
)
PIECE = re.compile(r"篇[一二三四五六七八九十\d]{1,3}\Z")
NUMBERED_PIECE = re.compile(r"第[一二三四五六七八九十\d]{1,3}篇[：:]?(?=.{4})")  # 第二篇：某支部工作计划
COLLECTION = re.compile(
    r"\d{1,3}篇|[（(](?:精选|优质|通用|推荐|汇总|热门|最新)|[一二三四五六七八九十]{1,2}篇[）)]?\Z|汇编\Z|合集\Z"
)
NEWS_LEAD = re.compile(r"(?:\d{1,4}年)?\d{1,2}月\d{1,2}日(?:[上下]午|晚)?[，,]|本报讯|近日[，,]|日前[，,]|记者")
STOPS = re.compile(r"[。；;！？!?，,]|[：:]\Z")
MOST_LINES_BEFORE = 4
FIRST_STOPS = re.compile(r"[。；;]|[：:，,、]\Z")  # the headline of a report may hold a comma
FIRST_PLAIN = 7  # a shorter first line without a kind word is a heading of a fragment, no title
NOT_TITLE = re.compile(
    r"[—－-]{1,2}|附件?[\d一二三四五六七八九十]*[：:]?\Z|目录\Z|[（(].*[）)]\Z|各位|同志们|尊敬的|\d{4}年\d{1,2}月(?:\d{1,2}日)?\Z|.{0,20}〔\d{4}〕\d+号\Z|(?:主题|时间|地点|单位)[：:]"
)
HALF_TITLE = re.compile(r"(?:会议|委员会|办公室|政协|工委|支部|总支|党委|社区|街道|关于.{2,30}|县|区|市)\Z")


class Part(NamedTuple):
    """One document: its paragraphs without the title's."""

    title: str | None
    kind: str
    start: int
    end: int
    paragraphs: list[Paragraph]


def parts(text: str, paragraphs: list[Paragraph]) -> list[Part]:
    """The documents in order. A front page (title and introduction of the collection) belongs to none."""
    titles = _titles(text, paragraphs)
    if (
        titles
        and 0 < titles[0][0] <= MOST_LINES_BEFORE
        and all(_is_masthead(text, p) for p in paragraphs[: titles[0][0]])
    ):
        titles[0] = (0, *titles[0][1:])
    if not titles or titles[0][0] > 0:
        titles.insert(0, (0, 0, ""))
    titles = _without_own_parts(text, _without_front(text, titles, paragraphs), paragraphs)
    found = []
    for n, (first, after, title) in enumerate(titles):
        stop = titles[n + 1][0] if n + 1 < len(titles) else len(paragraphs)
        body = paragraphs[after:stop]
        if not body and not title:
            continue
        start = paragraphs[first].start
        end = body[-1].end if body else paragraphs[after - 1].end
        found.append(Part(title or None, kind_of(title, text[start : min(end, start + 20_000)]), start, end, body))
    return found


def _is_masthead(text: str, paragraph: Paragraph) -> bool:
    """附件1, a number of the paper, an office: what may stand above a title."""
    line = text[paragraph.start : paragraph.end]
    return len(line) <= 30 and not STOPS.search(line) and not marker_of(line)


def _titles(text: str, paragraphs: list[Paragraph]) -> list[tuple[int, int, str]]:
    """(paragraph of the title, first paragraph after it, the title) for each title line."""
    found: list[tuple[int, int, str]] = []
    i = 0
    while i < len(paragraphs):
        size = _title_size(text, paragraphs, i)
        if size:
            title = text[paragraphs[i].start : paragraphs[i + size - 1].end]
            found.append((i, i + size, title))
            i += size
        else:
            i += 1
    return found


def _title_size(text: str, paragraphs: list[Paragraph], i: int) -> int:
    """How many lines of a title begin at paragraph `i`: 0, 1 or 2."""
    line = _candidate(text, paragraphs[i])
    if line is None:
        return 0
    if TITLE_LIKE.search(line):
        return 1 if i == 0 or _stands_for_a_document(line) else 0
    size = _broken_title(text, paragraphs, i, line)
    if size:
        return size
    if i == 0:
        return 1 if len(line) >= FIRST_PLAIN or COLLECTION.search(line) else 0
    below = _candidate(text, paragraphs[i + 1]) if i + 1 < len(paragraphs) else None
    lead = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    if (
        lead
        and not below
        and paragraphs[i].after_blank
        and NEWS_LEAD.search(text[lead.start : min(lead.end, lead.start + 24)])
    ):
        return 1
    return 0


def _stands_for_a_document(line: str) -> bool:
    """Whether a line like a title, in mid-text, begins a document and is no heading without a number."""
    if PIECE.search(line) or NUMBERED_PIECE.match(line):
        return True
    if SURE_WORDS.search(line):
        return not GENERAL.match(line) or bool(SUBJECT.search(line))
    return bool(SUBJECT.search(line)) and not GENERAL.match(line) and len(line) >= FIRST_PLAIN


def _broken_title(text: str, paragraphs: list[Paragraph], i: int, line: str) -> int:
    """How many lines a title takes that was broken after the name of its office: 2, 3 or none."""
    for size in (2, 3):
        if i + size > len(paragraphs) or not HALF_TITLE.search(line):
            return 0
        below = _candidate(text, paragraphs[i + size - 1])
        if below is None:
            return 0
        if TITLE_LIKE.search(below):
            return size
        line = below
    return 0


def _candidate(text: str, paragraph: Paragraph) -> str | None:
    """The text of a line that may be a title: short, alone, not numbered, no stop in it."""
    if (
        any(cell < paragraph.end for cell in paragraph.cells)
        or paragraph.lines > 2
        or not 4 <= paragraph.end - paragraph.start <= LONGEST_TITLE
    ):
        return None
    line = text[paragraph.start : paragraph.end]
    stops = FIRST_STOPS if paragraph.start == 0 else STOPS
    return (
        None
        if (marker_of(line) and not NUMBERED_PIECE.match(line)) or stops.search(line) or NOT_TITLE.match(line)
        else line
    )


def _without_front(
    text: str, titles: list[tuple[int, int, str]], paragraphs: list[Paragraph]
) -> list[tuple[int, int, str]]:
    """Drop the front page: a first part that announces a collection, or stands before a `篇一`, and has no headings."""
    if len(titles) < 2:
        return titles
    _, after, title = titles[0]
    body = paragraphs[after : titles[1][0]]
    numbered = any(marker_of(text[p.start : p.start + 12]) for p in body)
    announced = COLLECTION.search(title) or (PIECE.search(titles[1][2]) and not PIECE.search(title))
    return titles[1:] if announced and not numbered else titles


def _without_own_parts(
    text: str, titles: list[tuple[int, int, str]], paragraphs: list[Paragraph]
) -> list[tuple[int, int, str]]:
    """Drop titles that are parts of the first, which has nothing of its own below it: 2025年总结和2026年思路, then 2025年总结."""
    if len(titles) < 2 or not all(_is_masthead(text, p) for p in paragraphs[titles[0][1] : titles[1][0]]):
        return titles
    whole = titles[0][2]
    return [titles[0], *(one for one in titles[1:] if len(one[2]) < len(whole) - 2 and one[2] not in whole)]


def kind_of(title: str | None, body: str) -> str:
    """plan, summary, speech, notice, rules or other, by the title and, where that says nothing, by the text."""
    line = title or ""
    if re.search(r"讲话|致辞|致词|发言|闭幕词|开幕词", line):
        return "speech"
    if re.search(r"(?:通知|公告|通告|启事)\Z", line):
        return "notice"
    found = [kind for kind, words in KIND_WORDS if re.search(words, line)]
    if (
        found
        and found[0] != "plan"
        and re.search(
            r"[一二三四五六七八九十][、.](?:\d{4}年|下半年|下一步|今后)?.{0,12}(?:安排|打算|计划|主要任务)", body
        )
    ):
        return "plan" if found[0] in ("summary", "notice") else found[0]
    if found:
        if found[0] == "plan" and PIECE.search(line) and _is_speech(body):
            return "speech"
        return found[0]
    if re.search(r"扣\d|加\d[\d.]*分|制定本(?:办法|制度|规定|规则)", body):
        return "rules"
    if re.search(r"制定本(?:方案|计划)|每(?:年|季度|月)|不少于", body):
        return "plan"
    return "other" if title else "plan"


def _is_speech(body: str) -> bool:
    return bool(re.search(r"各位委员|同志们", body[-600:])) and bool(re.search(r"我(?:再|谨|代表|讲)", body))
