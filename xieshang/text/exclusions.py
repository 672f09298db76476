"""Numbers that are no quantities of work: ordinals, dates, ages, set phrases, announced lists."""

from __future__ import annotations

import re

_C = "零〇一二两三四五六七八九十百千"
ANNOUNCED = (
    "方面|阶段|步骤|环节|等次|档次|等级|层次|层级|部分|层面|维度|转变|确保|围绕|坚持|统筹|意识|自信|维护|确立|务必|必须|毫不动摇|"
    "大局|代表(?!人)|全面|健康|结合|文明|认同|百年|关键词|主题|重大|要|字|不|离不开|中心|基本点|关口|月内不|突出|基本原则|"
    "规定|纪律|规矩|定位|新|更|有|上|到位|到底|务|过硬|导向|体系|理论|优势|作用|关系"
)
BEFORE = (  # (name, what stands before the number)
    ("ordinal", re.compile(r"第\Z|第[\d一二三四五六七八九十]{1,3}[、至—-]\Z|[届]第?\Z|前\Z(?<=[^以之]前)")),
    ("number of a paper", re.compile(r"[〔\[]\Z|[〕\]]第?\Z|No\.?\Z")),
    (
        "structure",
        re.compile(r"(?:分设|分为|分成|划分为|分|设|设有|共分|包括|以下|下列|如下|上述|这|该|此|哪|那|[0-9][、.])\Z"),
    ),
    ("ratio", re.compile(r"\d[：:比]\Z|[^\d][A-Za-z]\Z")),
    (
        "condition of points",
        re.compile(
            r"(?:每少|每缺|每缺席|每超|每多|每增加|每减少|每降低|每立案|每迟到|每逾期|每漏|少|差|缺|扣|计|加|奖励?|得|记|减)(?:\w{0,3})\Z"
        ),
    ),
    (
        "age or standing",
        re.compile(r"(?:现有|现设|在册|在岗|设有|下辖|辖区?有?|总人口|年满|平均年龄|连续|任期|现任)\w{0,10}\Z"),
    ),
    ("since", re.compile(r"(?:近|最近|过去|这|前)\Z(?=.)")),
)
AFTER = (  # (name, what follows the quantity)
    ("ordinal", re.compile(r"[次届](?:全会|全体会议|代表大会|党代会|中全会)")),
    ("age", re.compile(r"周岁|岁|周年")),
    ("set phrase", re.compile(r"^个?(?:一(?!次)[^个]{0,2}|[甲乙])(?=[”\"])")),
)
_ALWAYS = (  # phrases, the number within
    "一带一路|两手抓|一岗双责|三重一大|三会一课|五位一体|四个全面|一国两制|两学一做|一府一委两院|两代表一委员|四套班子|一把手|"
    "一对一|点对点|一班人|一系列|一揽子|一体化|一站式|一条龙|一条心|一件事|一个个|一次性|一部分|一些|一批|一番|一片|一面|一点|一起|"
    "一道|一把|一块|一类|一线|一门式|[一二三四五六七八九]大|一项项|一件件|百日|百家|万家|千家|百年|百姓|两面人|一口|二中|三中|四中|五中|六中|"
    "三方|四方|一周年|三农|八项规定|六项纪律|三项机制|十条|两个人|百名|百场|百村|百企|千名|千村|千企|万名|十项规定|两新|一刀切|一张网|一盘棋"
)
ALWAYS = re.compile(_ALWAYS)
RARE_UNITS = frozenset(
    ["对", "组", "队", "席", "桌", "趟", "片", "块", "门", "届", "段", "顶", "米", "面", "版", "集", "卷", "辑", "款", "班", "课", "回", "道", "点", "口", "头", "把", "眼", "只", "节", "站", "间", "分", "部", "首", "副", "盘", "岗"]
)
SPAN_UNITS = frozenset(["年", "月", "周", "日", "季度", "星期", "届"])
ARTICLE_UNITS = frozenset(["次", "场", "期", "轮", "遍", "回", "堂", "课", "趟"])


def is_no_amount(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether the number at `found` counts no work. `start` and `end` bound its clause."""
    groups = found.groupdict()
    before = text[max(start, found.start() - 12) : found.start()]
    after = text[found.end() : min(end, found.end() + 10)]
    written = groups.get("a") or ""
    unit = groups.get("unit") or groups.get("measured")
    if "rate" in groups:
        return _is_voting(text, found, end)
    if re.match(r"[：:]\d", after) or (
        before[-1:] and before[-1] in "：:" and before[-2:-1].isdigit() and written.isdigit()
    ):
        return True
    if _inside_quotes(text, found, start, end):
        return True
    if _is_ordinal(before, written, unit, after):
        return True
    if unit is None or unit in "%％‰":
        return _is_voting(text, found, end) or (
            unit is None and not groups.get("money") and not groups.get("scale") and not written[:1].isdigit()
        )
    chinese = bool(written) and written[0] in _C
    return (
        _is_date(found, unit, after, before)
        or (chinese and (_is_announced(text, found, end) or bool(ALWAYS.match(text, found.start(), end))))
        or (chinese and unit in RARE_UNITS and not _bounded(before, after))
        or (written in ("百", "千") or (written == "" and bool(groups.get("scale"))))
        or bool(re.match(r"周岁|岁|周年", text[found.start() + len(written) : found.end() + 2]))
    )


def _is_ordinal(before: str, written: str, unit: str | None, after: str) -> bool:
    if re.search(r"第\Z|第[\d一二三四五六七八九十xX]{1,3}[、至—～~-]\Z|届\Z|〔\Z|〕第?\Z|[A-Za-z](?<![xX])\Z", before):
        return True
    if (
        re.search(r"(?:分设|分为|分成|划分为|共分|以下|下列|如下|上述|这|该|前|后)\Z", before)
        and not written[:1].isdigit()
    ):
        return True
    if re.search(r"(?:分设|分为|分成|划分为|共分)\Z", before):
        return True
    return bool(unit == "次" and re.match(r"(?:全会|全体会议|代表大会|党代会)", after) and before.endswith("届"))


def _is_date(found: re.Match[str], unit: str, after: str, before: str) -> bool:
    """Years, months, days and clock times, and bare spans (三年行动, 70年来); a span with 内 or a bound is a limit."""
    if unit not in SPAN_UNITS:
        return unit == "分" and bool(re.match(r"[之类别为享批工]", after))
    digits = found["a"] if "a" in found.groupdict() else ""
    if unit in ("月", "日") and "measured" in found.groupdict() and not found["measured"]:
        if unit == "月" and (digits or "").isdigit():
            return True
    within = bool(re.match(r"内(?![容部设])|以[内上下]|之内|左右", after))
    bounded = re.search(r"(?:不少于|不低于|不得少于|至少|不超过|不得超过|最多|提前)[^，。]{0,4}\Z", before)
    if unit == "年" and len(digits or "") == 4:
        return True
    if unit == "日" and re.search(r"月\Z", before):
        return True
    return not (within or bounded)


def _is_announced(text: str, found: re.Match[str], end: int) -> bool:
    after = text[found.end() : min(end, found.end() + 5)]
    return bool(re.match(rf"(?:{ANNOUNCED})", after)) and found["b"] is None


def _bounded(before: str, after: str) -> bool:
    return bool(re.search(r"不少于|不低于|至少|不超过|每", before)) or bool(re.match("以上|以内|左右", after))


def _is_voting(text: str, found: re.Match[str], end: int) -> bool:
    after = text[found.end() : min(end, found.end() + 14)]
    return bool(
        re.match(
            r"(?:以上)?的?(?:多数|票)|(?:以上|的)*(?:委员|成员|代表|组成人员|人员|常委|委员会组成人员)?(?:出席|到会|同意|赞成|通过|联名|表决)",
            after,
        )
    )


def _inside_quotes(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Set names: “四个一”, “三张清单”, 《…》."""
    left = max(start, found.start() - 20)
    for opener, closer in (("“", "”"), ("《", "》"), ('"', '"')):
        opened = text.rfind(opener, left, found.start())
        if opened >= 0 and text.find(closer, opened + 1, found.start()) < 0:
            return text.find(closer, found.start(), min(end, found.end() + 20)) >= 0
    return False
