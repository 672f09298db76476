"""Quantities: a number (or a blank) with its measure word, and how it is bounded."""

from __future__ import annotations

import re
from typing import NamedTuple

from xieshang.text.exclusions import is_no_amount
from xieshang.text.lines import squeeze
from xieshang.text.numerals import MYRIADS, tidy, to_number
from xieshang.text.words import any_of

Number = int | float

ARABIC = r"\d{1,12}(?:[,，]\d{3}){0,4}(?:[.．]\d{1,4})?"
CHINESE = r"[零〇一二两三四五六七八九十百千廿卅]{1,9}"
BLANK = r"(?:\d{0,3}[xX×ｘＸ]{1,12}|[_＿]{1,40}|（）|\(\)|□{1,10}|\*{2,12}|○{2,6})"
NUMBER = rf"(?:{ARABIC}|{CHINESE}|{BLANK})"
DASH = r"(?:[-－—–~～〜]{1,2}|至|到|或)"
UNITS = (  # "对", "把", "口" and their like are left out: too often they begin another word
    "人次 件次 场次 篇次 轮次 户次 家次 项次 批次 条次 例次 车次 期次 辆次 学时 课时 学分 积分 人天 工作日 交易日 自然日 小时 分钟 "
    "平方米 平方公里 公里 公斤 百分点 星期 季度 课题 年 月 周 日 天 次 名 人 位 篇 条 件 期 个 场 份 项 户 家 所 册 本 部 幅 张 座 处 "
    "支 只 套 台 批 类 种 起 宗 例 轮 遍 字 分 堂 节 站 间 栋 幢 辆 盏 棵 株 吨 亩 桩 笔 首 组 队 席 桌 趟 块 米 则 封 版 集 卷 辑 款 "
    "盒 箱 瓶 袋 班 课 枚 餐 斤 公顷 平米 回 讲 对 班次 台次 人份 门 面 页 根 双 头 艘 单 顿 车"
)
UNIT = any_of(UNITS)
MONEY = r"(?:百|千|百万|千万|万|亿)?(?:美|欧|港)?元(?!宵|旦|素|月|器|气)"
BEFORE_MEASURE = r"(?:字|学时|课时|工作日|交易日|自然日|月(?!份)|小时|百分点|季度|星期|年头|平方米)"
SCALE = r"(?:万亿|千万|百万|万|亿|千|百)"
MANY = r"(?:余|多|来|几)"

RATE = re.compile(
    rf"(?P<rate>百分之(?:百|{CHINESE}(?:点{CHINESE})?|{ARABIC}|{BLANK})(?:{DASH}百?分?之?(?:百分之)?{CHINESE})?"
    rf"|{CHINESE}分之{CHINESE}|{NUMBER}成(?:半|[一二三四五六七八九])?(?![为立员果本效绩就功长交都熟份分型])|半数|(?<!超)过半数?(?!天|小时|个?月|年)|一半|对半)"
)
PERCENT = re.compile(
    rf"(?P<a>{ARABIC}|{BLANK})(?P<ua>[%％‰])?(?:{DASH}(?P<b>{ARABIC}|{BLANK}))?(?P<unit>[%％‰])(?![：:]\d)"
)
_FIRST = rf"(?P<a>{NUMBER})(?P<many>{MANY})?(?P<scale>{SCALE})?(?P<many2>{MANY})?"
_SECOND = rf"(?:(?P<ua>{UNIT})?{DASH}(?P<b>{NUMBER})(?P<scaleb>{SCALE})?)"
_MEASURE = (
    rf"(?:(?P<money>{MONEY})|个半(?P<halved>月|小时|学期|星期)|个?(?P<measured>{BEFORE_MEASURE})|(?P<unit>{UNIT})(?P<more>多)?"
    rf"|(?=以上|左右|以内|以下)|(?<=[万亿])(?P<bare>)(?=\Z|[，。；、]))"
)
COUNT = re.compile(rf"{_FIRST}{_SECOND}?{_MEASURE}")
ONE_COUNT = re.compile(rf"{_FIRST}{_SECOND}{{0}}{_MEASURE}")
HALF = re.compile(r"(?P<half>半)个?(?P<unit>天|小时|日(?=以|内)|月(?=内|以)|年(?=内|以))")
ANY = re.compile(r"[\d＿xX×ｘＸ_（(□*○零〇一二两三四五六七八九十百千廿卅半对过]")

AT_LEAST = re.compile(
    r"[≥≧＞>]=?|(?:不|不得|不能|不应|不宜)(?:少|低|小|下)于|至少|最少|最低|不下|(?<!不)(?<!不得)(?<!不能)(?<!未)(?:超过|高于|多于|大于|突破)|要过|保底"
)
AT_MOST = re.compile(
    r"[≤≦＜<]=?|(?:不|不得|不能|不应|不宜|不准|未)(?:超过|超出|多于|高于|大于|突破|超)|最多|至多|上限|最高|限(?:在|为|于)?(?=\Z|[^期制定])|控制(?:在|为|到)|压[减缩降]到|降(?:低|至|到)"
)
DIRECT_LEAST = re.compile(r"(?:达到|达|突破|过|逾|超)了?(?:至|到)?[约近]?\Z")
DIRECT_ABOUT = re.compile(r"(?:大约|约|近|将近|接近|大概)\Z")
OTHER_UNIT = rf"[（(](?:含[^）)]{{0,6}}|{UNIT}(?:[、/]{UNIT})*)[）)]"  # 10篇（条）以上
AFTER_LEAST = re.compile(rf"(?:{OTHER_UNIT})?(?:及|或|和)?以上|之上|起(?!草|来)")
AFTER_MOST = re.compile(rf"(?:{OTHER_UNIT})?(?:及|或)?以[内下]|之[内下前]|内(?![容部外设])")
AFTER_ABOUT = re.compile(r"左右|上下|前后")
WHOLE = re.compile(r"(?:至少|最少|最多|至多)[^，、。；\d]{2,8}\Z")
OR = re.compile(r"[^，；、。]{0,10}或者?")
TIME_UNITS = frozenset("年 月 周 日 天 小时 分钟 工作日 交易日 自然日 星期 季度".split())  # noqa: SIM905
WINDOW = 22  # characters before a number in which its bound may stand


class Amount(NamedTuple):
    """A quantity in `text[start:end]`; the end covers 以上, 左右, 以内."""

    op: str
    value: Number | None
    max: Number | None
    unit: str | None
    start: int
    end: int
    bounded: bool  # a word says more or less than the bare number
    written: str  # the number as printed

    @property
    def is_limit(self) -> bool:
        """A span of time within which something is to be done: 15个工作日内."""
        return self.unit in TIME_UNITS and self.op == "at_most"


def amounts(text: str) -> list[Amount]:
    """Every quantity in `text`, in reading order, offsets in `text`. Never raises.

    Ordinals, dates, ages, set phrases and numbers that only announce a list are no quantities.
    """
    squeezed = squeeze(text)
    found = amounts_in(squeezed.text, 0, len(squeezed.text))
    places = [squeezed.original(amount.start, amount.end) for amount in found]
    return [amount._replace(start=start, end=end) for amount, (start, end) in zip(found, places, strict=True)]


def amounts_in(text: str, start: int, end: int) -> list[Amount]:
    """The same for a piece of squeezed text."""
    found: list[Amount] = []
    at = start
    while at < end:
        begin = ANY.search(text, at, end)
        if not begin:
            break
        amount, at = _amount_at(text, begin.start(), start, end, found[-1].end if found else start)
        if amount:
            found.append(_like_the_one_before(text, found[-1], amount) if found else amount)
    return found


def _like_the_one_before(text: str, before: Amount, amount: Amount) -> Amount:
    """分别达到90%、95%, 至少1件提案或2条信息: the bound holds for both."""
    between = text[before.end : amount.start]
    if between.endswith("、") and not amount.bounded and _holds_on(text, before):
        return amount._replace(op=before.op, bounded=True)  # 至少联系1个支部、2户村民
    joined = (between in ("、", "和", "及", "与") and amount.unit == before.unit) or bool(OR.fullmatch(between))
    return amount._replace(op=before.op, bounded=True) if joined and not amount.bounded and before.bounded else amount


def _holds_on(text: str, before: Amount) -> bool:
    """The bound stands before the verb, or was held on already."""
    if WHOLE.search(text, max(0, before.start - WINDOW), before.start):
        return True
    return (
        before.bounded
        and before.op in ("at_least", "at_most")
        and text[before.start - 1] == "、"
        and text[before.end - 1] not in "上下内"
    )


def _amount_at(text: str, at: int, start: int, end: int, last: int) -> tuple[Amount | None, int]:
    for pattern in (RATE, PERCENT, COUNT, HALF):
        found = pattern.match(text, at, end)
        if not found:
            continue
        if is_no_amount(text, found, start, end):
            return None, found.end()
        if pattern is COUNT and found["ua"] and found["ua"] != (found["measured"] or found["unit"]):
            found = ONE_COUNT.match(text, at, end) or found  # 3天或24学时
        amount = _read(text, found, max(last, found.start() - WINDOW), end)
        return amount, amount.end if amount else found.end()
    run = re.compile(r"\d+|[xX×ｘＸ]+|_+|\*+|[零〇一二两三四五六七八九十百千廿卅]+").match(text, at, end)
    return None, run.end() if run else at + 1


def _read(text: str, found: re.Match[str], window: int, end: int) -> Amount | None:
    groups = found.groupdict()
    value, high, unit, written = _values(groups, found[0])
    if groups.get("a") and value is None and written[:1].isdigit() and not re.search("[xX×ｘＸ]", written):
        return None
    op, bounded, stop = _bound(text, found, window, end, high is not None)
    many = groups.get("many") or groups.get("many2") or groups.get("more")
    if many and op == "exactly":
        op = "about"
    return Amount(op, value, high, unit, found.start(), stop, bounded or bool(many), written)


def _values(groups: dict[str, str | None], whole: str) -> tuple[Number | None, Number | None, str | None, str]:
    if "rate" in groups:
        low, high = _rate_values(whole)
        return low, high, "%", whole
    if "half" in groups:
        return 0.5, None, groups["unit"], "半"
    a, b = groups["a"] or "", groups["b"]
    unit = groups.get("money") or groups.get("halved") or groups.get("measured") or groups.get("unit")
    scale = MYRIADS.get(groups.get("scale") or "", {"千": 1000, "百": 100}.get(groups.get("scale") or "", 1))
    low, high = _pair(a) if b is None else (to_number(a), to_number(b))
    if groups.get("money"):
        if groups.get("scale"):
            unit = (groups["scale"] or "") + (unit or "")
    else:
        factor = MYRIADS.get(groups.get("scaleb") or "", scale) if b is not None else scale
        low = None if low is None else tidy(low * factor)
        high = None if high is None else tidy(high * factor)
    if groups.get("halved") and low is not None:
        low += 0.5  # 两个半月
    if unit == "％":
        unit = "%"
    return low, high, unit, a


def _pair(written: str) -> tuple[Number | None, Number | None]:
    """两三 is a range, 二十 is not."""
    if re.fullmatch("[一二两三四五六七八九]{2}", written):
        low, high = to_number(written[0]), to_number(written[1])
        if low is not None and high is not None and low < high:
            return low, high
    return to_number(written), None


def _rate_values(written: str) -> tuple[Number | None, Number | None]:
    if written.startswith("过半"):
        return 50, None
    parts = re.split(r"[-－—–~～]{1,2}|至|到", written)
    low = to_number(parts[0])
    if len(parts) < 2:
        return low, None
    high = to_number(parts[1] if parts[1].startswith("百分之") else "百分之" + parts[1])
    return low, high


def _bound(text: str, found: re.Match[str], window: int, end: int, ranged: bool) -> tuple[str, bool, int]:
    """(op, whether a word says so, end of the quantity with the words after it)."""
    before = text[window : found.start()]
    stop, after_op = found.end(), None
    for op, pattern in (("at_least", AFTER_LEAST), ("at_most", AFTER_MOST), ("about", AFTER_ABOUT)):
        after = pattern.match(text, stop, end)
        if after:
            after_op, stop = op, after.end()
            break
    if ranged:
        return "between", True, stop
    least, most = _last(AT_LEAST, before), _last(AT_MOST, before)
    if after_op == "about" or DIRECT_ABOUT.search(before):
        return "about", True, stop
    if after_op:
        return after_op, True, stop
    if least > most or (DIRECT_LEAST.search(before) and most < 0) or found[0].startswith("过半"):
        return "at_least", True, stop
    if most >= 0:
        return "at_most", True, stop
    return "exactly", False, stop


def _last(pattern: re.Pattern[str], before: str) -> int:
    place = -1
    for found in pattern.finditer(before):
        place = found.start()
    return place
