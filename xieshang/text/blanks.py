"""Places where a text leaves something out: x件, ___, 20xx年, **局, ^v^, □, （ ）, “”."""

from __future__ import annotations

import re
from bisect import bisect_left

from xieshang.text.amounts import UNIT
from xieshang.text.crowd import SURNAMES
from xieshang.text.exclusions import OTHER_UNIT_SENSE
from xieshang.text.lines import Squeezed, squeeze
from xieshang.text.model import Blank
from xieshang.text.words import any_of

BESIDE = 8
SIGN = re.compile(
    r"(?P<lost>\^[vV_oO.\-]\^)"
    r"|(?P<x>(?<![A-Za-z0-9+＋])\d{0,4}(?:[xX]{1,40}|[ｘＸ]{1,40}|(?<!\d)×{1,40}(?!\d))(?![A-Za-z]))"
    r"|(?P<year>(?<!\d)(?:19|20)\d?(?:_{1,4}|\*{1,4}|○{1,2}|□{1,2})(?=年|[-—~～至]))"
    r"|(?P<line>_+|＿+)"
    r"|(?P<star>[*＊]+)"
    r"|(?P<box>□+)"
    r"|(?P<ring>(?<![〇○零一二三四五六七八九十])[○◯〇]{2,}(?![〇○零一二三四五六七八九十]))"
    r"|(?P<bracket>（）|\(\))"
    r"|(?P<quotes>“”|「」|《》)"
)
PLACE = re.compile(  # what follows a sign that stands for a proper name
    any_of(
        "省 市 区 县 镇 乡 村 州 盟 旗 街道 社区 局 委 办 厅 院 部 广场 书院 大院 学校 小学 中学 大学 医院 公司 集团 农贸市场 市场 园区 "
        "开发区 公园 路 街 小区 党支部 党委 支部 工委 政协 同志 先生 女士 界别 联络室 协会 商会 银行 酒店 大厦 河 湖 山 桥 站 报 寺 古镇 "
        "工业园 企业 讲堂 论坛 茶馆 客厅 驿站 议事厅 工作室 杯 大道 花园 苑 居委会 合作社 党组 专委会 主席 书记 副主席 副书记 县长 区长 市长 镇长 乡长 主任 局长 委员 老师 教授 书"
    )
)
FARTHER_PLACE = re.compile(
    "[一-龥]{1,3}(?:市场|广场|小学|中学|学校|医院|社区|公司|书院|大院|公园|园区|集团|街道)"
)  # □□花卉市场
PERSON_BEFORE = re.compile(
    r"(?:主席|书记|县长|区长|市长|镇长|乡长|主任|局长|委员|部长|秘书长|同志|组长|部门负责人|姓名|单位|人)[：:]?\Z"
)
SURNAME_BEFORE = re.compile(
    rf"(?:[、，：:由和及]|主席|书记|[县区市镇乡主]长|主任|委员|同志|组长|代表|联系人)[{SURNAMES}]\Z"
)
MEASURE = re.compile(
    rf"[余多来几]?(?:万|亿|千|百)?(?:个?(?:学时|工作日|月(?!份)|小时|百分点)|(?:{UNIT})(?!庭|别|管|类|析|享|批评|头|为|配|布)|万(?!元|[余多]元)|方面|届|轮|号|部门|单位|分之)"
)
MONEY = re.compile(r"[余多来几]?(?:百|千|百万|千万|万|亿)?元")
DATE = re.compile(r"(?:年(?!级|度人)|月(?!刊)|日(?!报))")
RATE = re.compile(r"[余多]?[%％‰]|个?百分点")
GREETING = re.compile("各位|同志们|尊敬的")  # the speaker's name stands above it
SECOND = re.compile(
    r"^(?:[-－—–~～至到]{1,2}|[.．])[\dxXｘＸ×_]{1,6}(?=[^\dxXｘＸ×_])"
)  # x—x人: of the first what the second is
OPTION = re.compile(
    r"(?:是|否|有|无|优秀|良好|优|良|好|差|同意|不同意|不?合格|基本合格|称职|不称职|非常满意|基本满意|不?满意|男|女|赞成|反对|弃权|完成|未完成|已|未)(?![级率区市县镇])"
)
OPTION_BEFORE = re.compile(r"(?:是|否|有|无|优秀|良好|同意|合格|满意|赞成|反对|弃权|[：:])\Z")
YEAR = re.compile(r"(?:19|20)\d?[xXｘＸ×]{1,2}")
STOPS = re.compile(r"[，；：。！？,;:!?]")


def blanks(text: str) -> list[Blank]:
    """Every blank in `text`, in order; offsets in `text`. Blanks made of mere spaces are not seen."""
    squeezed = squeeze(text)
    return blanks_in(squeezed, 0, len(squeezed.text))


def blanks_in(squeezed: Squeezed, start: int, end: int) -> list[Blank]:
    """The same for a piece of a squeezed text; offsets in the original."""
    stops = [stop.start() for stop in STOPS.finditer(squeezed.text, start, end)]
    found = []
    for match in SIGN.finditer(squeezed.text, start, end):
        if not _is_tick_box(squeezed.text, match):
            found.append(_blank(squeezed, match, _clause(stops, *match.span(), start, end)))
    return found


def _blank(squeezed: Squeezed, match: re.Match[str], clause: tuple[int, int]) -> Blank:
    text = squeezed.text
    begin, stop = match.span()
    return Blank(
        before=text[max(0, begin - BESIDE) : begin],
        mark=match[0],
        after=text[stop : stop + BESIDE],
        kind=_kind(text, match),
        start=squeezed.original(begin, stop)[0],
        end=squeezed.original(begin, stop)[1],
        unit=_unit(text, stop),
        clause=squeezed.original(*clause),
    )


def _kind(text: str, match: re.Match[str]) -> str:
    sign, stop = match.lastgroup or "", match.end()
    if sign in ("lost", "quotes"):
        return "redacted"
    if sign == "year" or YEAR.fullmatch(match[0]):
        return "date"
    after = SECOND.sub("", text[stop : stop + 16])
    if sign != "box" or len(match[0]) > 1:
        if RATE.match(after):
            return "rate"
        if MONEY.match(after):
            return "amount"
        if DATE.match(after):
            return "date"
        if _is_measured(after) and not (sign == "star" and after[0] in "部处所户家面门对队组"):
            return "count"
    return _name_or_redacted(text, match, sign, after)


def _is_measured(after: str) -> bool:
    """A measure word stands here, and it is not the beginning of another word: x面锦旗, but xx面积."""
    found = MEASURE.match(after)
    unit = after[found.end() - 1] if found else ""
    other = OTHER_UNIT_SENSE.get(unit) if unit in "对讲门面头单车双回根" else None
    return bool(found) and not (other and found and other.match(after, found.end()))


def _name_or_redacted(text: str, match: re.Match[str], sign: str, after: str) -> str:
    if sign in ("x", "ring"):
        return "name"
    if sign == "bracket":
        return "redacted"
    if sign == "star" and (
        (text[match.start() - 1 : match.start()] == "《" and len(match[0]) == 2) or GREETING.match(after)
    ):
        return "name"
    named = (PLACE.match(after) or (len(match[0]) == 2 and FARTHER_PLACE.match(after))) and not (
        sign == "box" and len(match[0]) == 1
    )
    if (
        sign == "star"
        and PLACE.match(after)
        and after[:2] in ("政协", "主席", "书记", "委员", "党组")
        and len(match[0]) > 2
    ):
        named = None
    if sign == "line" and not re.match(r"(?:县|区|市|镇|乡|村|街道|社区|局|同志|党支部)(?!委|政)", after):
        named = None
    if named or (
        sign == "star" and len(match[0]) < 4 and SURNAME_BEFORE.search(text, max(0, match.start() - 5), match.start())
    ):
        return "name"
    if (
        sign == "box"
        and len(match[0]) in (2, 3)
        and PERSON_BEFORE.search(text[max(0, match.start() - 4) : match.start()])
    ):
        return "name"
    if sign in ("star", "line") and PERSON_BEFORE.search(text[max(0, match.start() - 4) : match.start()]):
        return "name"
    return "redacted"


def _is_tick_box(text: str, match: re.Match[str]) -> bool:
    if match.lastgroup != "box" or len(match[0]) > 1:
        return False
    if OPTION.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 3) : match.start()]
    return bool(OPTION_BEFORE.search(before)) and text[match.end() : match.end() + 1] in (
        "",
        "、",
        "□",
        "；",
        "/",
        "。",
        "，",
    )


def _unit(text: str, stop: int) -> str | None:
    for pattern in (RATE, MONEY, MEASURE, DATE):
        found = pattern.match(text, stop, stop + 12)
        if found:
            return found[0].lstrip("余多来几个") or found[0]
    return None


def _clause(stops: list[int], begin: int, stop: int, start: int, end: int) -> tuple[int, int]:
    """From the stop before to the stop after, by the places of all stops."""
    at = bisect_left(stops, begin)
    return (stops[at - 1] + 1 if at else start), (stops[at] if at < len(stops) else end)
