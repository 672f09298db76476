"""What was given: money and the value of things, in yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xieshang.text.numerals import to_number

YUAN = re.compile(
    r"(?P<n>\d[\d,，]{0,14}(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,6})(?:余|多|来|几)?(?P<scale>千万|百万|万|千|百|亿)?(?:余|多)?(?:元|块钱)(?!旦|宵|素|月)"
)
SCALE = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
GAVE = r"捐|资助|赞助|慰问金|慰问款|助学金|奖学金|善款|爱心款|帮扶资金|帮扶金|救助金|红包|送去|送上|认捐|筹款|募集|筹集|凑了|凑出|出资"
GIVEN = re.compile(rf"(?:{GAVE})[^。！？\n]{{0,24}}\Z")
GIVEN_AFTER = re.compile(r"(?:的)?(?:现金)?(?:助学金|奖学金|慰问金|慰问款|善款|爱心款|捐款|救助金|帮扶资金|爱心资金)")
WORTH = re.compile(
    r"(?:价值|折款|折合|约合|市值|折价|物资(?:共计|合计|总值)?|总值|作价|合人民币)(?:人民币)?(?:共计?|合计|约|近|达|总计)?\Z"
)
GIVES = re.compile(r"捐|送|带着|带来|带去|慰问|赠|发放|资助|物资|爱心|购买|采购|准备")
NO_GIFT = re.compile(
    r"(?:投资|引资|产值|收入|营收|销售额?|贷款|融资|签约|财政|工程款|总投入|节约|增收|每亩|预算|拨款|均)[^，。；！？\n]{0,12}\Z"
)
TOTAL = re.compile(r"(?:共计?|合计|总计|一共|总共|累计)[^，。；\d一二两三四五六七八九十]{0,8}\Z")
PART = re.compile(r"(?:其中|含)[^。；！？\n]{0,20}\Z")
EACH = re.compile(r"每(?P<whom>[户人名位个家])[^，。；！？\n\d]{0,10}\Z")


class Sum(NamedTuple):
    value: Decimal
    start: int
    end: int
    sure: bool


def money(text: str) -> Sum | None:
    """Money given."""
    return _summed(text, _amounts(text, worth=False))


def goods_value(text: str) -> Sum | None:
    """What the things that were given are worth."""
    return _summed(text, _amounts(text, worth=True))


def _amounts(text: str, *, worth: bool) -> Iterator[Sum]:
    for match in YUAN.finditer(text):
        number = to_number(match["n"].replace("，", ","))
        if not number:
            continue
        begin = max(text.rfind(stop, 0, match.start()) for stop in "。！？\n") + 1
        before = text[begin : match.start()]
        if NO_GIFT.search(before):
            continue
        is_worth = bool(WORTH.search(before)) or text.startswith(("的物资", "物资", "的慰问品", "的东西"), match.end())
        given = GIVES.search(before) if worth else GIVEN.search(before) or GIVEN_AFTER.match(text, match.end())
        if is_worth is worth and given:
            value = Decimal(str(number)) * SCALE.get(match["scale"] or "", 1)
            yield _for_each(text, Sum(value, match.start(), match.end(), True), before)


def _for_each(text: str, one: Sum, before: str) -> Sum:
    """每户500元 with 20户 before it is ten thousand, if that is what was meant."""
    each = EACH.search(before)
    if not each:
        return one
    count = re.search(
        rf"(?P<n>\d{{1,4}}|[一二两三四五六七八九十百]{{1,4}})[余多]?{each['whom']}", before[: each.start()]
    )
    number = to_number(count["n"]) if count else None
    return one._replace(value=one.value * Decimal(str(number or 1)), sure=False)


def _summed(text: str, found: Iterator[Sum]) -> Sum | None:
    """The total where one is named, else the sum of what does not belong to another."""
    amounts = [one for one in found if not PART.search(text[max(0, one.start - 22) : one.start])]
    if not amounts:
        return None
    for one in amounts:
        if TOTAL.search(text[max(0, one.start - 10) : one.start]):
            return one
    whole = sum((one.value for one in amounts), Decimal(0))
    return Sum(whole, amounts[0].start, amounts[-1].end, len(amounts) == 1 and amounts[0].sure)
