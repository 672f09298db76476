"""When and how often: period (每季度), per (每名委员), deadline (6月底前)."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from xieshang.text.numerals import to_number

_N = r"[一二两三四五六七八九十\d]"
_DOES = r"(?:召开|组织|开展|举办|听取|通报|调度|研究|活动|碰头|集中|评议|公布|公开)(?:不少于|至少)?[一1]次"
PERIODS = (  # the first that matches wins
    ("session", r"每次(?:全会|全体会议|政协全会|大会|例会期间)|每次.{0,6}全会|会期内"),
    ("term", r"每届|届内|任期内|本届内?(?!政协|委员|常委)|五年(?:内|累计|共|不少于|至少)|一届内"),
    ("two_months", r"每(?:两|二|2|２)个?月|(?:逢)?双月|逢单月|隔月|[两二]个?月(?=[一1][次期场回])"),
    (
        "half_year",
        rf"每半年|每(?:六|6)个月|半年(?:内)?(?:不少于|至少)?(?=一次|1次|各)|(?<![上下一])半年(?={_DOES})|(?:上(?:半年)?[、和与]?下半年|年中[、和]年[底末])(?=各)|每年[上下]、?[上下]?半年各",
    ),
    (
        "quarter",
        r"每(?:个|一)?季度?|每(?:三|3)个月|按季度?|逐季|一季(?:度)?(?=[一两二三1-3]次)|季度(?:不少于|至少)(?=[一1])|季均",
    ),
    (
        "month",
        rf"每(?:个|一)?月(?!底前)|每逢(?:每?月)|月均|按月|逐月|(?<![\d一二三四五六七八九十])一个?月(?=(?:不少于|至少)?(?:[一两二三四1-4]次|一[期场回]))|一个月(?={_DOES})|每月度",
    ),
    ("week", r"每(?:个|一)?(?:周|星期)|周均|按周|一周(?=[一两二三1-3]次)"),
    ("day", r"每(?:一)?(?:天|日|晚)|日均|按日"),
    (
        "year",
        r"每(?:一)?年|(?<!全)年均|一年(?=一次|1次|一度|[两二三四五六七八九十2-9]{1,2}[次场期])|(?<!全)年人均|逐年(?=新增|不少于)|按年度?",
    ),
)
PERIOD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PERIODS))
NOT_PERIOD = re.compile(r"一年一度|双月刊")

_MEMBER = r"委员|常委|主席会议成员|常务委员"
_PERSON = r"党员(?!委员)|干部|居民|职工|同志|成员|支委|工作者|志愿者|网格员|群众|学生|社工|人员|老人|家长|专干|代表(?![团队处])|领导|书记|(?<!委)员工|公务员|支部书记|讲师|教师|议事员|联络员|领题人|积极分子|联系人|楼长|组长"
_UNIT = r"单位|企业|学校|部门|机关|医院|公司|商会|机构|院校|班子|局"
_GROUP = r"小组|专委会|专门委员会|委员会|界别|联络室|支部|工作室|组|委室|工委|联组|工作站|党派|总支|党委|党组织|协会|团队|处室|科室|联络处|活动组|室|专委|服务队|志愿队|小分队|队伍|代表团|代表队|宣讲队|队(?!员)|联络组|驿站|客厅"
_COMMUNITY = r"社区|行政村|村|街道|镇|乡|区|县|市|居委会|网格|地(?!方标)|小区|镇街|楼栋|园区"
_MODIFIER = r"[^，。；、：的\d每各_xX]{0,8}?"
_EVERY = r"每(?!年|个?季|个?月|个?周|个?星期|天|日|半|两|双|届|次|场|期|篇|项|条|件|份|户|逢|二|三|六|\d|个?(?:议题|课题|项目|活动|环节|专题|案例))"
_NOT_ONE = r"(?!名|位|一名|一位)"
PER = tuple(  # of those that match, the one that ends first
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "member",
            rf"人均|(?:{_MEMBER}|副主席)(?:的|每)?(?:每人|人均|每位)|{_EVERY}(?:一?名|位|个)?{_MODIFIER}(?:{_MEMBER}|副主席)(?!会|小组|工作|之家|履职|站|组|驿站|客厅|联络|企业)",
        ),
        ("person", rf"{_EVERY}(?:一?名|位|个)?{_MODIFIER}(?:{_PERSON})|每人"),
        (
            "group",
            rf"{_EVERY}{_NOT_ONE}个?(?:一个)?{_MODIFIER}(?:{_GROUP})(?!内|间|织|建(?!立|成|档)|成(?!立)|委员|书记|党员|干部|工作者)",
        ),
        (
            "community",
            rf"{_EVERY}{_NOT_ONE}个?(?:一个)?{_MODIFIER}(?:{_COMMUNITY})(?!工作者|居民|党员|干部|书记|网格员|志愿者|镇?(?:政协|联络|党?支部|工委|党委|党组织))",
        ),
        ("unit", rf"{_EVERY}[个家所](?:一个)?{_MODIFIER}(?:{_UNIT})"),
    )
)
EACH = re.compile(  # 各支部, 各村（社区）: only where they are to act
    rf"(?:^|前|全年|年内|每年|每月|每季度?|每半年|组织|督促|指导|推动|要求|确保|发动|，|由|力争)各(?!级|类|项|种|界(?!别)|方|族|自|不|至?少)(?:[^，。；、：\d各每]{{0,8}}?(?<!牵头)(?<!责任)(?<!承办)(?<!实施))"
    rf"(?:(?P<group>{_GROUP})|(?P<community>(?:{_COMMUNITY})(?!镇?[）)]?(?:[（(][^）)]{{1,8}}[）)])?(?:政协|人大)?(?:联络|工作|党|工委)))|(?P<unit>{_UNIT}))"
)
_MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九]|[xX×]{1,2}|_{1,20}|\*{2,4})"
_DAY = r"(?:[12]\d|3[01]|0?[1-9](?!\d)|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|[xX×]{1,2}|_{1,20})"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d|[二一][〇零○九][〇零○一二三四五六七八九]{2})年|今年|本年度?|当年|明年|次年|翌年)"
_CLOCK = r"(?:(?:上午|下午|中午|晚上?|晚间)?(?:\d{1,2}(?:时|点|[:：]\d\d)(?:整|半)?|下班))"
_BEFORE = r"(?:以?之?前|止|截止)"
DATES = (
    ("day", rf"{_YEAR}?(?P<m>{_MONTH})月(?P<d>{_DAY})日{_CLOCK}?(?P<by>{_BEFORE})?(?![至到\-—–~～－])"),
    ("days", rf"{_YEAR}?{_MONTH}月{_DAY}日?[至到\-—–~～－](?:(?P<m>{_MONTH})月)?(?P<d>{_DAY})日(?P<by>{_BEFORE})?"),
    (
        "months",
        rf"{_YEAR}?{_MONTH}月?(?:[、和]{_MONTH}月)*[至到\-—–~～－、和](?P<m>{_MONTH})月份?(?P<part>底|末|中旬|上旬|下旬|初)?(?P<by>{_BEFORE})?",
    ),
    (
        "month",
        rf"(?<!个){_YEAR}?(?P<m>{_MONTH})月(?P<part>份|底|末|上旬|中旬|下旬|初|中|上中旬|中下旬)?(?P<by>{_BEFORE})?(?!度|报|刊|均|嫂|饼)",
    ),
    (
        "quarter",
        rf"{_YEAR}?(?:第?[一二三四1-4][、至到\-—和])?第?(?P<q>[一二三四1-4])季度(?:结束|末|底)?(?P<by>{_BEFORE})?",
    ),
    ("half", rf"{_YEAR}?(?P<h>上半年|下半年)(?:底|末)?(?P<by>{_BEFORE})?"),
    ("end", rf"{_YEAR}?(?:年?底|年?末|岁末|年中)(?P<by>{_BEFORE})?"),
    (
        "year",
        r"(?:(?:力争|争取)?(?:到|至)(?P<y1>(?:19|20)\d\d|[二一][〇零○九][〇零○一二三四五六七八九]{2})年(?:底|末)?(?:以?前)?|(?P<y2>(?:19|20)\d\d|[二一][〇零○九][〇零○一二三四五六七八九]{2})年(?:底|末)?(?:以?之?前))",
    ),
    ("within", r"(?<![\d一二两三四五六七八九十半周])(?P<within>年内|今年内|本年度内|当年内)"),
)
DATE = tuple((name, re.compile(pattern)) for name, pattern in DATES)
DATE_HINT = re.compile(r"月|季度|半年|年底|年末|岁末|到|至|前|年内")
NO_DATE_BEFORE = re.compile(r"(?:每年?|每逢|截至|截止到?|自|从|第|于?每|去年|上年|同年|\d年|每个|近|过去|上一年)\Z")
NO_DATE_AFTER = re.compile(
    r"(?:有|起(?!草)|以来|开始|以后|之后|至今|期间的|的(?!第)|工作(?!例会|总结|会)|情况|同期|度(?!末)|版|刊|一[调通访课讲会报走学研督评例](?!次))"
)
BOTH = re.compile(
    r"(?:[、和与](?:年[底末]|下半年))?各(?=[一两二三四1-9]|组织|开展|召开|举办|督查|视察|通报|调度)"
)  # 年中、年末各一次: no date, but a rhythm
NOT_LATER = re.compile(r"(?:不[晚迟]于|最[迟晚][于在]?)\Z")
QUARTER_END = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
PART_DAY = {"上旬": 10, "初": 10, "中旬": 20, "中": 15, "上中旬": 20}


class Deadline(NamedTuple):
    date: str | None  # None: the month is blank
    by: bool  # 前, 底前, 到…: a limit; otherwise a plain time of doing
    start: int
    end: int
    within: bool = False  # 年内


class Period(NamedTuple):
    name: str
    start: int
    end: int


def period(text: str) -> Period | None:
    """How often, e.g. `quarter` for 每季度; offsets in `text`."""
    found = PERIOD.search(text)
    if not found or NOT_PERIOD.match(text, found.start()):
        return None
    return Period(found.lastgroup or "", *found.span())


def per(text: str) -> str | None:
    """For each of what: member, person, unit, group or community."""
    if "每" not in text and "各" not in text and "均" not in text:
        return None
    found = [(match.start(), match.end(), name) for name, pattern in PER if (match := pattern.search(text))]
    each = EACH.search(text)
    if each:
        found.append((*each.span(), next(name for name, value in each.groupdict().items() if value)))
    if not found:
        return "person" if "每名" in text else None
    return min(found, key=lambda match: match[:2])[2]


def deadline(text: str) -> Deadline | None:
    """The first date in `text` that can be a limit or a time of doing; the last day of a month, quarter, half, year."""
    if not DATE_HINT.search(text):
        return None
    best: Deadline | None = None
    for name, pattern in DATE:
        for found in pattern.finditer(text):
            candidate = _deadline(text, name, found)
            if candidate and (
                best is None
                or candidate.start < best.start
                or (candidate.start == best.start and candidate.end > best.end)
            ):
                best = candidate
            if candidate:
                break
    return best


def _deadline(text: str, name: str, found: re.Match[str]) -> Deadline | None:
    before = text[max(0, found.start() - 4) : found.start()]
    groups = found.groupdict()
    by = bool(groups.get("by")) or name == "year" or bool(NOT_LATER.search(before))
    if name == "month" and groups.get("part") in ("底", "末") and text[found.end() : found.end() + 1] == "前":
        by = True
    if re.search(r"每年\Z", before) and by and name in ("day", "month", "quarter", "half", "end"):
        pass
    elif NO_DATE_BEFORE.search(before):
        return None
    if NO_DATE_AFTER.match(text, found.end()) or (name in ("half", "end") and not by and BOTH.match(text, found.end())):
        return None
    if name == "month" and found[0] == "一月" and text.startswith("一", found.end()):
        return None  # 一月一主题
    year = _year(groups.get("year"))
    date = _date(name, groups, found[0])
    if name == "end" and not by and not re.match(r"年|岁", text[found.start() :]) and not year:
        return None
    if date and len(date) == 5 and year:
        date = f"{year}-{date}"
    return Deadline(date, by, found.start(), found.end(), name == "within")


def _date(name: str, groups: dict[str, str | None], whole: str) -> str | None:
    if name in ("day", "days", "months", "month"):
        return _month_day(groups)
    if name == "quarter":
        return QUARTER_END.get(int(to_number(groups["q"] or "") or 0))
    if name == "half":
        return "06-30" if groups["h"] == "上半年" else "12-31"
    if name in ("end", "within"):
        return "06-30" if "年中" in whole else "12-31"
    year = _year(groups.get("y1") or groups.get("y2"))
    return f"{year}-12-31" if year else None


def _month_day(groups: dict[str, str | None]) -> str | None:
    month = _small(groups.get("m"))
    if month is None or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(2025, month)[1]
    if "d" in groups:
        day = _small(groups["d"])
        return f"{month:02}-{day:02}" if day and day <= 31 else None
    return f"{month:02}-{min(last, PART_DAY.get(groups.get('part') or '', last)):02}"


def _small(written: str | None) -> int | None:
    value = to_number(written) if written else None
    return int(value) if value is not None else None


def _year(written: str | None) -> int | None:
    value = to_number(written) if written else None
    return int(value) if value and value > 1900 else None
