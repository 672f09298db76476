"""A proposal's paper as its parts: 案由, 情况, 分析, 建议, who proposes and who signs with him.

Papers differ: headings of many names, a printed table, "情况：" before the sentence, or no heading at all. What finds no place is kept and told, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SITUATION, ANALYSIS, ADVICE = "situation", "analysis", "advice"
ORDER = (SITUATION, ANALYSIS, ADVICE)

# What a heading of each part ends with, once its number and colon are gone. Advice first: “问题建议” is advice.
ENDS = {
    ADVICE: re.compile(r"(建议|对策|办法|措施|举措|途径|路径|思路|设想|解决方案)(与|和|及)?(建议|对策|办法|措施|思考)?$"),
    ANALYSIS: re.compile(r"(问题|困难|短板|不足|瓶颈|制约因素|症结|原因|成因|根源|难点|堵点|必要性|意义|分析)(与|和|及)?(原因|成因|挑战|困难|不足|分析|剖析)*$"),
    SITUATION: re.compile(r"(情况|现状|背景|概况|由来|缘由|案由|事由|现实基础|主要做法)(介绍|概述|说明|简介|描述)?$"),
}  # fmt: skip
PLAIN = re.compile(  # the whole heading, where nothing else marks it as one
    r"(基本|现实|主要|当前|目前|工作|调研)?(的)?(情况|现状|背景|概况)(介绍|概述|说明|简介)?|提案背景|案由分析|(案由)?情况分析|"
    r"(情况)?分析|(当前|目前)?(存在|主要|突出)?(的)?(主要|突出)?问题((及|与|和)?(其)?(原因|成因)?(分析)?)?|(问题)?(原因|成因)(分析)?|问题分析|必要性|"
    r"(具体|工作|对策|意见|几点|相关|提案|有关)?(的)?(建议|对策)(和|与|及|、)?(措施|办法|建议)?|(解决|改进|具体)(的)?(办法|措施|方案)|建议(和|与|及|、)?(办法|意见|措施)|办法|措施"
)
LEADS = {  # how a paragraph begins where there is no heading
    ADVICE: re.compile(r"(为此|对此|鉴于此|因此|综上|针对(以上|上述)?[^。，]{0,12})[，,]?(特)?(提出)?(以下|如下)?[^。]{0,8}建议|(特)?建议(如下|：|:|由|将|县|市|区|政府|有关|相关|尽快|在)|我们?建议"),
    ANALYSIS: re.compile(r"(但|但是|然而)?[，,]?(目前|当前)?(还|仍|主要)?(也)?存在(着)?[^。]{0,14}(问题|不足|困难)|究其原因|(主要)?(问题|原因)(是|在于|有)|分析(其)?原因"),
}  # fmt: skip
MARK = re.compile(
    r"\s*(?P<one>第[一二三四五六七八九十]+(部分|章)?[、：:\s]*|[一二三四五六七八九十]{1,3}\s*[、.．]|[ⅠⅡⅢⅣⅤ][、.．])|"
    r"\s*(?P<two>[（(][一二三四五六七八九十]{1,3}[）)]、?)|\s*(?P<three>\d{1,2}\s*[、.．](?!\d)|[（(]\d{1,2}[）)])"
)


def _split(words: str) -> list[str]:
    return words.split()


LABELS = {  # of a printed table, or before a colon
    "title": _split("案由 题目 标题 提案题目 提案名称 提案标题 案名 提案案由"),
    "first": _split("第一提案人 提案人 提案者 领衔人 领衔提案人 领衔委员 第一提案者 提案人姓名 提案委员 姓名"),
    "body": _split("提案单位 集体提案单位 提案团体 提案单位名称 提出单位"),
    "cosigners": _split("联名提案人 附议人 联名人 联名委员 会签人 会签委员 其他提案人 联名 附议 附议委员 联名提案者 共同提案人"),
    "wanted": _split("建议承办 建议承办单位 建议主办单位 建议主办 拟办单位 建议办理单位 建议会办单位 建议会办 建议承办部门"),
    "open": _split("同意公开 是否同意公开 是否公开 可否公开"),
    "content": _split("内容 提案内容 正文 案由分析及建议 情况分析建议 具体内容 内容及建议"),
}  # fmt: skip
OURS = frozenset(  # cells of a printed form that the office fills in, or that we do not take over
    _split("编号 提案编号 提案号 流水号 类别 提案类别 分类 提交日期 日期 提案日期 提出日期 交办系统 审查意见 交办意见 备注 界别 党派 单位 单位职务 单位及职务 工作单位 职务 工作单位及职务 通讯地址 通信地址 地址 邮编 邮政编码 "
    "电话 联系电话 手机 手机号码 联系方式 电子邮箱 邮箱 签名 盖章 提案单位盖章 立案意见 承办单位 主办单位 会办单位 收到日期 委员证号 性别 提案形式 联系人 处理意见 审查人")
)  # fmt: skip
LABEL_OF = {word: name for name, words in LABELS.items() for word in words}
SPACE = re.compile(r"[\s\u3000]+")
SIGN = re.compile(
    r"^[\s　]*([^，。；：:]{0,30}[(（]?(盖章|签名|签字|公章)[)）]?|二?[〇○0-9一二三四五六七八九十]{2,5}年[^，。]{2,8}[日号])[\s　]*$"
)
BROKEN = re.compile(r"(?<=[。！？；：:])[ \u3000]+(?=\S)|[ \u3000]+(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]))")  # fmt: skip
NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff·\d]{1,14}")
STOP = re.compile(r"[。；！？]")
LONGEST_HEADING = 26


@dataclass
class Sections:
    """What was read.

    places     part → where it was found: the heading or the label, "" for where it was judged by its words
    joined     parts that stood under one heading and were not parted
    rest       lines that found no place
    """

    title: str = ""
    situation: str = ""
    analysis: str = ""
    advice: str = ""
    first: str = ""
    body: str = ""
    cosigners: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    open_text: bool | None = None
    closed_reason: str = ""
    places: dict[str, str] = field(default_factory=dict)
    joined: bool = False
    rest: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in ("title", *ORDER) if not getattr(self, name))


def read(text: str) -> Sections:
    """Lay a paper's text out: lines parted by newlines, cells of a row by tabs, as the document room reads it."""
    reader = _Reader()
    for line in _lines(text):
        reader.line(line)
    return reader.done()


def _lines(text: str) -> Iterator[str]:
    """Lines of text; of a table its cells, each label with what it names."""
    for line in text.splitlines():
        if "\t" in line:
            yield from _row([cell.strip() for cell in line.split("\t")])
        elif line.strip():
            yield line.strip()


def _row(cells: list[str]) -> Iterator[str]:
    """The cells of a row as lines "label：value"; the lines of a long cell come out as lines again."""
    label = ""
    for cell in cells:
        plain = SPACE.sub("", cell).rstrip("：:")
        if plain in LABEL_OF or plain in OURS or (PLAIN.fullmatch(plain) and cell):
            if label in LABEL_OF:
                yield f"{label}：\t"
            label = plain
        elif cell:
            first, *more = [cell] if label in OURS else BROKEN.split(cell)
            yield f"{label}：\t{first}" if label else first
            yield from more
            label = ""
    if label:
        yield f"{label}：\t"


class _Reader:
    """Lines come in one by one; each is a heading, a label with its value, or text of the part at hand."""

    def __init__(self) -> None:
        self.found = Sections()
        self.parts: dict[str, list[str]] = {name: [] for name in ORDER}
        self.head: list[str] = []  # before the first heading
        self.rest: list[str] = []
        self.part, self.level = "", ""
        self.headed = False
        self.skips = False  # below a cell that the office fills in

    def line(self, line: str) -> None:
        name, value = _labelled(line)
        if name == "content":
            self.skips = False
            if value:
                self.line(value)
        elif name == "ours":
            self.skips = not value and SPACE.sub("", line).rstrip("：:").endswith(("意见", "备注"))
            if value:
                self.rest.append(line.replace("\t", ""))
        elif name in ORDER:
            self._enter(name, line.replace("\t", "").partition("：")[0] if "：" in line else line.partition(":")[0], "")
            if value:
                self._text(value)
        elif name:
            self.skips = False
            self._keep(name, value)
        elif part := self._heading(line):
            self._enter(*part)
        elif self.skips or SIGN.match(line):
            self.rest.append(line)
        else:
            self._text(line)

    def _keep(self, name: str, value: str) -> None:
        if not value:
            return
        found = self.found
        if name in ("cosigners", "wanted"):
            kept = tuple(names(value)) if name == "cosigners" else tuple(_units(value))
            setattr(found, name, (*getattr(found, name), *kept))
        elif name == "open":
            no = re.match(r"(否|不同意|不公开|不可以)[：:，,（(]?(?P<why>[^）)]*)", value)
            found.open_text = no is None
            found.closed_reason = no["why"].strip() if no else ""
        elif name == "first":
            people = list(names(value))
            found.first = found.first or (people[0] if people else "")
            found.cosigners = (*found.cosigners, *people[1:])
            if not people:
                found.body = found.body or value
        elif not getattr(found, name):
            setattr(found, name, value.strip("《》 \u3000"))
            if name == "title":  # what stands over a labelled title is the paper's head
                self.rest += [line for line in self.head if not STOP.search(line)]
                self.head = [line for line in self.head if STOP.search(line)]
        found.places.setdefault(name, "")

    def _heading(self, line: str) -> tuple[str, str, str] | None:
        """(part, the heading's words, level) where the line heads a part that may come now."""
        mark = MARK.match(line)
        plain = SPACE.sub("", line[mark.end() :] if mark else line).rstrip("：:。")
        if not plain or len(plain) > LONGEST_HEADING or STOP.search(plain):
            return None
        level = next((name for name in ("one", "two", "three") if mark and mark[name]), "")
        whole = PLAIN.fullmatch(plain) is not None
        if not whole and not level and not re.match(r".{0,18}(如下|几点|以下).{0,6}$", plain):
            return None
        stem = re.sub(r"(如下|：|:)$", "", plain)
        part = next((name for name, ends in ENDS.items() if ends.search(stem)), "")
        if not part or ("，" in plain and not stem.endswith("建议")):
            return None
        if whole and self._may(part, level):
            return part, line.rstrip("：:"), level
        return (part, line.rstrip("：:"), level) if self._may(part, level) and self._forward(part) else None

    def _may(self, part: str, level: str) -> bool:
        """A heading below the level of those that part the paper is one of the part's own."""
        depth = {"": 0, "one": 1, "two": 2, "three": 3}
        return not self.part or not level or not self.level or depth[level] <= depth[self.level]

    def _forward(self, part: str) -> bool:
        return not self.part or ORDER.index(part) > ORDER.index(self.part)

    def _enter(self, part: str, words: str, level: str) -> None:
        plain = SPACE.sub("", words)
        if (
            part == ANALYSIS
            and re.search(r"(情况|现状|案由)(分析|与分析|及分析|、分析|和?问题|及问题|与问题)", plain)
            and not self.parts[SITUATION]
        ):
            part, self.found.joined = SITUATION, True
        self.part, self.level, self.headed, self.skips = part, level or self.level, True, False
        self.found.places.setdefault(part, words.strip())

    def _text(self, line: str) -> None:
        if not self.part:
            self.head.append(line)
        else:
            self.parts[self.part].append(line)

    def done(self) -> Sections:
        found = self.found
        self.head = self._titled(self.head)
        if self.headed:
            self.parts[SITUATION][:0] = self.head
            if self.head:
                found.places.setdefault(SITUATION, "")
        else:
            self._judged()
        for name, lines in self.parts.items():
            setattr(found, name, "\n".join(lines).strip())
        found.rest = tuple(self.rest)
        return found

    def _titled(self, head: list[str]) -> list[str]:
        """The title out of the lines before the first heading; the name of the meeting over it is no text."""
        found = self.found
        for n, line in enumerate(head[:6]):
            plain = SPACE.sub("", line).strip("《》")
            if re.fullmatch(
                r".{0,40}(届|次)[^。，]{0,12}会议|.{0,12}提案(表)?|(委员|集体)提案|政协.{0,24}委员会|.{0,12}政协", plain
            ) and not plain.startswith("关于"):
                self.rest.append(line)
                continue
            if not found.title and len(plain) <= 80 and not STOP.search(plain):
                if n + 1 < len(head) and plain.startswith("关于") and not plain.endswith(("提案", "建议")) and len(head[n + 1]) < 30 and SPACE.sub("", head[n + 1]).endswith(("提案", "建议")):  # fmt: skip
                    found.title, n = plain + SPACE.sub("", head[n + 1]).strip("《》"), n + 1
                else:
                    found.title = plain
                found.places["title"] = ""
                return head[n + 1 :]
            return head[n:]
        return head[6:]

    def _judged(self) -> None:
        """No heading at all: a paragraph that begins as advice begins the advice."""
        at = SITUATION
        for line in self.head:
            for part in (ADVICE, ANALYSIS):
                if LEADS[part].match(line) and ORDER.index(part) > ORDER.index(at):
                    at = part
            self.parts[at].append(line)
            self.found.places.setdefault(at, "")


def _labelled(line: str) -> tuple[str, str]:
    """(name, value) of "案由：关于…"; ("ours", …) of what the office fills in; ("", "") of plain text."""
    match = re.match(r"\s*([^：:\t。，；]{1,16})[：:]\s*(.*)$", line, re.S)
    if not match:
        return "", ""
    label = SPACE.sub("", MARK.sub("", match[1], count=1))
    if label in LABEL_OF:
        return LABEL_OF[label], match[2].strip()
    if label in OURS:
        return "ours", match[2].strip()
    if PLAIN.fullmatch(label) and not MARK.match(match[1]):
        part = next((name for name, ends in ENDS.items() if ends.search(label)), "")
        return part, match[2].strip()
    return "", ""


def names(text: str) -> Iterator[str]:
    """The names of people in a list; what stands in brackets or behind a name is left out."""
    plain = re.sub(r"[（(][^）)]*[）)]|(等\s*\d*\s*(名|位|人).*$)|(电话|联系)[：:]?.*$", " ", text)
    for word in re.split(r"[、，,；;／/\s\u3000]+", plain):
        word = re.sub(r"(委员|同志|先生|女士)$", "", word)
        if NAME.fullmatch(word) and not word.endswith(("局", "委", "会", "组", "界", "党", "部", "办")):
            yield word


def _units(text: str) -> Iterator[str]:
    for word in re.split(r"[、，,；;\s\u3000]+", re.sub(r"(主办|会办|协办|承办)[：:]", " ", text)):
        if len(word) > 1:
            yield word
