"""Numbers that are no quantities of work: ordinals, dates, ages, set phrases, announced lists, votes."""

from __future__ import annotations

import re

from xieshang.text.numerals import to_number
from xieshang.text.words import VERB, has_verb

CHINESE_SIGNS = "零〇○一二两三四五六七八九十百千廿卅"
# A number before 个, 项, 种, 条, 类 and one of these only announces a list or names a set: 四个方面, 三个阶段, 两个维护.
ANNOUNCED = re.compile(
    "(?:方面|阶段|步骤|环节|等次|档次|等级|层次|层级|部分|层面|维度|转变|确保|围绕|坚持|统筹|意识|自信|维护|确立|务必|必须|毫不动摇|大局|代表(?!人)|"
    "全面|健康|结合|文明|认同|百年|关键词|重大|要|字|不|离不开|中心|基本|关口|突出|规定|纪律|规矩|更|到位|过硬|关系|高地|新突破|新成效|原则|一)"
)
LONGEST_ANNOUNCED = 6  # characters between the number and the colon
LISTING_UNITS = frozenset("个项种条类")
# Phrases that begin with the number.
SET_PHRASE = re.compile(
    "两手抓|一岗双责|三重一大|三会一课|五位一体|四个全面|一国两制|两学一做|四套班子|两套班子|一把手|一对一|一班人|一系列|一揽子|一体化|一站式|一条龙|"
    "一条心|一个个|一次性|一部分|一些|一批|一番|一面|一起|一块|一类|一课一|一门式|一件件|一项项|一口|一刀切|一张网|一盘棋|一家亲|一条心|一家人|一本账|"
    "[百千万][家村企名场人企校日年次种亩](?!以)|[一二三四五六七八九十]大|八项规定|六项纪律|一期一|一月一|一周一主|一季一|一年一度|一户一|一企一|一人一|一件事|十三五期|十[二三四五]五期"
)
# Measure words that in Chinese numerals are mostly part of another word: 三门县, 一组, 五台.
RARE_UNITS = frozenset(
    [
        "组",
        "队",
        "席",
        "桌",
        "趟",
        "块",
        "米",
        "版",
        "集",
        "卷",
        "辑",
        "款",
        "班",
        "课",
        "只",
        "节",
        "站",
        "间",
        "分",
        "部",
        "首",
        "台",
        "座",
        "处",
        "起",
        "类",
        "批",
        "种",
        "支",
        "字",
        "门",
        "面",
        "页",
        "根",
        "双",
        "头",
        "单",
        "对",
        "车",
    ]
)
# Measure words that stand after the noun they count: 党课四堂, 修复点两处.
AFTER_NOUN = frozenset("组 队 桌 趟 块 辑 班 课 只 节 站 间 部 首 台 座 处 起 批 支 门 面 页 根 双 头 对 单".split())  # noqa: SIM905
SPAN_UNITS = frozenset("年 年头 月 周 日 季度 星期".split())  # noqa: SIM905
ORDINAL_BEFORE = re.compile(
    r"第\Z|第[\d一二三四五六七八九十xX]{1,3}[、至—～~-]\Z|届\Z|〔\Z|〕第?\Z|(?<![A-Za-z])[A-WYZa-wyz]\Z"
)
RANKED = re.compile(r"(?:排名|排位|名列|位列|居|前|后|末)[前后末]?\Z")
DIVIDED = re.compile(r"(?:分设|分为|分成|划分为|共分|分)\Z")
POINTING = re.compile(r"(?:以下|下列|如下|上述|以上|[这该])\Z|(?<![之以日月底天年周])前\Z")
SESSION = re.compile(r"全会|全体会议|代表大会|党代会")
WITHIN = re.compile(r"内(?![容部设])|以[内上下]|之内|左右")
BOUND_BEFORE = re.compile(r"(?:不少于|不低于|不得少于|至少|不超过|不得超过|最多|提前|最长|最迟)[^，。]{0,4}\Z")
OTHER_UNIT_SENSE = {  # what follows shows that the sign is no measure word
    "分": re.compile(r"[之类别为享批工管析头配开散布解区会局院公司部支校行片线级层]"),
    "期": re.compile(r"间|末|望|待|初|工程|平台|项目|建设|改造|目标"),
    "场": re.compile(r"所|地|景|馆"),
    "条": re.compile(r"件|例|款规|规定|断|禁令"),
    "项": re.compile(r"目组"),
    "人": re.compile(r"大|民|员[^次]|物|才|均|口|社|心|行|制"),
    "名": re.compile(r"单|录|称|额|片|师"),
    "部": re.compile(r"门|分|长|委|署|队"),
    "本": re.compile(r"地|级|市|县|区|镇|办|次|着|身"),
    "个": re.compile(r"[一别性百]|人(?:所得|信息)"),
    "家": re.compile(r"庭|长|属|园|政|乡"),
    "处": re.compile(r"室|理|置|于|分|罚|级"),
    "件": re.compile(r"套"),
    "位": re.compile(r"一体|于|置"),
    "所": re.compile(r"有|在|以"),
    "次": re.compile(r"年|要|日|月"),
    "支": re.compile(r"部|持|委|撑|付"),
    "起": re.compile(r"来|草|步|点|到|诉"),
    "类": re.compile(r"别|型"),
    "份": re.compile(r"额"),
    "回": re.compile(r"[应访头复顾馈归收去来家购升避报国乡迁落答信]"),
    "讲": re.compile(r"[话课堂座解究述清透好理师台评学]"),
    "门": re.compile(r"[口类槛户诊票店前]"),
    "面": re.compile(r"[积向对临谈试貌粉]"),
    "头": re.compile(r"[部等目戏脑条雁]"),
    "根": re.compile(r"[据本源基]"),
    "双": re.compile(r"[方向月重随创拥联减碳周]"),
    "车": re.compile(r"[辆间站流型位费库主祸队厢棚道]"),
    "单": re.compile(r"[位元价独项一次]"),
    "对": re.compile(r"(?!\Z|[，。；、：）)]|以上|左右|以内|以下|师徒|夫妻|新人|伙伴|家庭|帮扶|结对|党员|干部)"),
    "节": re.compile(r"约|日"),
}
OTHER_SENSE_ALWAYS = frozenset(
    "分期对单门面车头讲回根双"
)  # also after Arabic numbers; the others only after Chinese ones
VOTE = re.compile(
    r"(?:以上)?的?(?:多数|票)|(?:以上|的)*(?:委员|成员|代表|组成人员|人员|常委|委员会组成人员)?(?:出席|到会|同意|赞成|通过|联名|联署|附议|提名|表决)"
)
FROM = re.compile(r"(?<!自)[由从](?:原来的?|最初的?|原先的?|目前的?|现在的?|年初的?|上年的?|去年的?|20\d\d年的?)?\Z")
TO = re.compile(
    r".{0,6}?(?:提[升高]|增[加长至到]|上升|扩大|壮大|拓展|发展到|跃升|升[到至]|下降|降[低至到]|减少|压缩|达到)"
)
THROUGH = re.compile("依托|利用|借助|团结|带领|率领")
ABOUT = re.compile("围绕|聚焦|针对|根据|按照|结合|紧扣|紧盯|突出|瞄准|立足|着眼|锁定")
BARE_BOUND = re.compile(r"(?:突破|达到?|过|不少于|不低于|至少|控制在|增[至加]到?|约|近|量|粉丝|人数|总数)\Z")
PARALLEL = re.compile(
    r"(?:[一二三四五六七八九十](?!季|月|年)[^、，\d]{2,7}、)+[一二三四五六七八九十][^、，\d]{2,7}\Z"
)  # 两个平台、三支队伍
RHYTHM = re.compile(r"一(?![次场期回个名人])[\u4e00-\u9fff]")  # 十天一调度
EACH_TIME = re.compile(r"一[次场期回](?:至少|最少|最多|不少于|不超过|不得)")  # 一次至少跑三个村
SUMMED = re.compile(r"[、和及与]|以及")

AGE = re.compile(r"周岁|岁|周年")


def is_no_amount(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether the number at `found` counts no work. `start` and `end` bound its clause."""
    if VOTE.match(text, found.end(), end) or _inside_quotes(text, found, start, end):
        return True
    groups = found.groupdict()
    before = text[max(start, found.start() - 12) : found.start()]
    if FROM.search(before) and TO.match(text, found.end(), end):
        return True  # 由65%提升到75%: where it stood before
    if "rate" in groups or "half" in groups:
        return False
    written, unit = groups.get("a") or "", groups.get("unit") or groups.get("measured") or groups.get("halved")
    chinese = written[:1] in CHINESE_SIGNS
    if before.endswith("每") and unit not in SPAN_UNITS and to_number(written) not in (None, 1):
        return True  # 每300户配备1名
    if unit in ("天", "日", "周", "月") and RHYTHM.match(text, found.end()):
        return True
    if before.endswith(("连续", "一式")) or (
        written == "一" and found.start() == start and EACH_TIME.match(text, start)
    ):
        return True
    if _is_ratio(text, found, before) or _is_ordinal(before, chinese, unit, text[found.end() : found.end() + 4]):
        return True
    if groups.get("money") or (unit and unit in "%％‰"):
        return written in ("百", "千")
    if unit is None:
        if groups.get("bare") is not None:
            return not BARE_BOUND.search(before)
        return not groups.get("scale") and chinese
    if unit == "版" and "." in written:
        return True  # 2.0版
    return (
        bool(AGE.match(text, found.end() - len(unit)))
        or _is_date(found, unit, text, before)
        or _is_other_word(text, found, unit, chinese, start)
        or _is_setting(text, found, start, end)
        or (
            chinese
            and unit in LISTING_UNITS
            and groups.get("b") is None
            and (bool(ANNOUNCED.match(text, found.end(), end)) or _sums_up(text, found, written, start))
        )
        or (chinese and _announces(text, found, unit, start, end))
        or (
            chinese
            and unit in RARE_UNITS
            and not groups.get("scale")
            and not _is_counted(text, found, unit, before, end)
        )
    )


def _sums_up(text: str, found: re.Match[str], written: str, start: int) -> bool:
    """城区、镇区、园区三个片区: the number counts the words before it."""
    named = len(SUMMED.findall(text, start, found.start())) + 1
    return named > 1 and to_number(written) == named


def _announces(text: str, found: re.Match[str], unit: str, start: int, end: int) -> bool:
    """抓好三件事： tells of the list below; 两个平台、三支队伍 are names of a set."""
    if PARALLEL.match(text, start, end):
        return True
    return (
        text[end : end + 1] in ("：", ":")
        and unit in ("件", "点", "条", "项", "个")
        and end - found.end() <= LONGEST_ANNOUNCED
        and not WITHIN.match(text, found.end())
    )


def _is_setting(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """The number of what the work is about or is done with: 围绕5个重点项目, 依托16个驿站."""
    if THROUGH.match(text, start, end):
        ahead = text[start : found.start()]
        return "、" not in ahead and not VERB.search(ahead)
    return (
        bool(ABOUT.match(text, start, end))
        and not has_verb(text[found.end() : end])
        and not has_verb(text[start + 2 : found.start()])
    )


def _is_other_word(text: str, found: re.Match[str], unit: str, chinese: bool, start: int) -> bool:
    other = OTHER_UNIT_SENSE.get(unit)
    blank = not chinese and not (found["a"] or "")[-1:].isdigit()
    if other and (chinese or blank or unit in OTHER_SENSE_ALWAYS) and other.match(text, found.end()):
        return True
    if text[max(start, found.start() - 1) : found.start()] in ("逾", "超", "近", "约", "达", "过", "上"):
        return False  # 逾千人次
    return chinese and bool(SET_PHRASE.match(text, found.start()))


def _is_ratio(text: str, found: re.Match[str], before: str) -> bool:
    """3：1, 9:30, 1对1 — not `名单：3人`."""
    follows = re.compile(r"[：:对]\d").match(text, found.end())
    return bool(follows) or (before[-1:] in ("：", ":", "对") and before[-2:-1].isdigit())


def _is_ordinal(before: str, chinese: bool, unit: str | None, after: str) -> bool:
    if ORDINAL_BEFORE.search(before) or (unit in RARE_UNITS and before.endswith(("周", "星期"))):
        return True
    if DIVIDED.search(before) or (chinese and POINTING.search(before)):
        return not before.endswith(("得分", "积分", "评分", "充分", "部分"))
    if unit in ("名", "位") and RANKED.search(before):
        return True
    return unit == "次" and bool(SESSION.match(after)) and before.endswith("届")


def _is_date(found: re.Match[str], unit: str, text: str, before: str) -> bool:
    """Years, months, days, and bare spans (三年行动, 70年来); a span with 内 or a bound is a limit."""
    if unit not in SPAN_UNITS:
        return False
    groups = found.groupdict()
    written = groups.get("a") or ""
    if (unit == "月" and "个" not in found[0]) or (unit == "日" and before.endswith("月")):
        return True
    if unit == "年" and (
        len(written) == 4 or (before.endswith(("到", "至", "—")) and written.isdigit() and int(written) > 1900)
    ):
        return True
    return not (WITHIN.match(text, found.end()) or BOUND_BEFORE.search(before))


def _is_counted(text: str, found: re.Match[str], unit: str, before: str, end: int) -> bool:
    """Whether a measure word that is mostly part of another word counts here: it is bounded, or stands after its noun."""
    if re.search(r"不少于|不低于|至少|不超过|每|[近约]\Z", before) or WITHIN.match(text, found.end()):
        return True
    written = found["a"] or ""
    if len(written) > 1 and any(sign in "十百千" for sign in written):
        return unit in AFTER_NOUN or unit == "米"
    ends = found.end() == end or re.compile(r"[、，]|共计?").match(text, found.end(), end)
    return unit in AFTER_NOUN and bool(ends) and len(before) > 1 and before[-1] not in "第、和与至—"


def _inside_quotes(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Set names: “四个一”, “三张清单”, 《…》."""
    left = max(start, found.start() - 20)
    for opener, closer in (("“", "”"), ("《", "》"), ('"', '"')):
        opened = text.rfind(opener, left, found.start())
        if opened >= 0 and text.find(closer, opened + 1, found.start()) < 0:
            return text.find(closer, found.start(), min(end, found.end() + 20)) >= 0
    return False
