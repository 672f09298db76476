"""What an activity was and where: kinds, carriers and places as chats and newsletters name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """Something read in `text[start:end]`, with how likely it is (only to be compared)."""

    value: str
    start: int
    end: int
    score: float


# code, words, weight. The codes are those of `work/activities/rules.py`; a test there compares them.
KINDS = (
    ("party_review", r"民主评议党员|评议党员|党员民主评议", 9.0),
    ("party_day", r"主题党日|党日活动", 8.0),
    ("joint_meeting", r"联席会", 8.0),
    ("supervision", r"民主监督|专项监督|监督性(?:视察|调研)", 7.0),
    ("supervision", r"监督(?!员|检查站)", 4.0),
    ("review", r"民主评议(?!党员)", 7.0),
    ("review", r"评议(?!党员)", 5.0),
    ("fellowship", r"联谊|联欢|茶话会|文艺汇演|趣味运动|游园会|球赛|友谊赛|团拜", 6.0),
    ("charity", r"义诊|捐赠|捐款|捐资|捐助|公益|助学|助残|送温暖|献爱心|爱心|植树|义卖|义务|志愿服务|送医|送法|送春联|写春联", 5.0),
    ("consultation", r"(?<!政治)协商(?!会议|委)|议事会|恳谈", 5.5),
    ("inspection", r"视察", 5.0),
    ("research", r"调研|调查研究|考察|踏勘|蹲点", 4.5),
    ("visit", r"走访|慰问|看望|探望|入户|探访|上门|串门|陪伴|陪老人", 4.0),
    ("study", r"学习(?!强国)|培训|讲堂|宣讲|讲座|党课|读书|辅导|研讨班|轮训|观摩|给[^，。；]{1,12}讲|上课|授课", 4.0),
    ("talk", r"座谈|交流会|沙龙|谈心|接待日|接访|约谈|圆桌|面对面", 3.5),
    ("meeting", r"主席会议|常委会(?!组成|委员)|全体会议|全会|(?:工作|推进|动员|总结|部署|协调|通报|务虚)会|例会|会议(?!室|中心|厅|精神)|述职会?", 3.0),
)  # fmt: skip
CARRIERS = (
    ("member_day", r"委员活动日"),
    ("beside_you", r"委员在身边"),
    ("into_community", r"(?<!走)进社区"),
    ("into_village", r"(?<!走)进(?:农村|乡村)|委员进村"),
    ("into_company", r"(?<!走)进(?:企业|园区)"),
    ("lecture", r"(?:政协|委员)(?:大)?讲堂"),
    ("salon", r"委员沙龙|界别?沙龙"),
    ("member_home", r"委员之家"),
    ("good_talk", r"有事好商量"),
)
KIND = tuple((code, re.compile(words), weight) for code, words, weight in KINDS)
CARRIER = tuple((code, re.compile(words)) for code, words in CARRIERS)
HOLDS = re.compile(r"(?:开展|组织|举行|召开|举办|进行|参加|集中)[^，。；！？\n]{0,18}\Z")
HELD = re.compile(r"[^，。；！？\n]{0,18}(?:召开|举行|举办|开讲|开班)")
LATER = re.compile(
    r"(?:下一?步|下次|下期|下月|下周|议定|商定|下阶段|今后|接下来|后续|改天|计划|将)[^，。；！？\n]{0,16}\Z"
)
NOT_SO = re.compile(r"(?:不算|不是|不属于|不计入|不占|另有|并非)[^，。；！？\n]{0,8}\Z|(?:下次|下期|下月|下周|上次|上期)的?[^，。；！？\n]{0,4}\Z")  # fmt: skip
NOT_AFTER = re.compile(r"”?(?:活动)?(?:不算|另行|另外安排|改天|下次|延期|取消)")

ENDS = (  # noqa: SIM905
    "村委会 村部 村小 村 社区 居委会 街道办 街道 镇政府 乡政府 镇 乡 县城 城区 开发区 工业园 产业园 创业园 科技园 园区 会议室 议事厅 接待室 报告厅 "
    "多功能厅 会客厅 礼堂 大厅 办公室 活动室 活动中心 服务中心 会展中心 中心 文化站 服务站 工作站 变电站 水电站 水站 车站 联络站 站点 图书馆 文化馆 博物馆 "
    "纪念馆 展览馆 档案馆 体育馆 科技馆 敬老院 养老院 福利院 法院 检察院 卫生院 医院 剧院 影院 书院 党校 广场 公园 景区 林场 农场 茶场 牧场 "
    "养殖场 水库 水厂 污水厂 加工厂 工厂 公司 集团 酒厂 茶厂 合作社 基地 学校 小学 中学 一中 二中 三中 高中 职高 职校 幼儿园 大学 学院 局 "
    "委员之家 之家 工作室 小区 工地 项目部 项目点 施工现场 码头 大桥 河段 水源地 酒店 宾馆 饭店 招待所 大楼 机关 老街 古镇 步行街 市场 超市 商场 "
    "夜市 大棚 茶园 果园 橘园 桑园 驿站 书屋 书店 祠堂 食堂 车间 门口 湿地 库区 展厅 供电所 派出所 司法所 研究所 农家乐 家庭农场 服务区 "
    "商会 银行 支行 药店 养殖场 苗圃 花园 佳苑 家园 大院"
).split()
ONE_SIGN = "局|厂|馆|站|院|河|江|湖|山|沟|楼|园|店|场|所|库|岭|坝|塘|里|寨|庄|屯|湾|校"
END = re.compile(
    "(?:"
    + "|".join(sorted(set(ENDS), key=len, reverse=True))
    + rf"|(?:{ONE_SIGN})(?=\Z|[、和及（(]))(?:[一二三四五六七八九十\d]{{1,3}}(?:楼|层)(?:[^，。]{{0,6}}?(?:室|厅|礼堂))?)?(?:门前|门口)?"
)
LABEL = re.compile(r"(?:活动|会议|集合|集中)?地[点址][：:为是]?(?:在|设在)?(?P<place>[^，。；！？\n（(]{2,40})")
GO = re.compile(
    r"(?P<how>(?<![现正存所不实])在(?!场|家(?!具)|职|座|此|线|身边|校|于|线|会上)|(?<![收得达看感听提遇了想做及直说轮等受迟签报])到(?!场|会|位|底|了|期|来|任|现在|目前|\d|岗)"
    r"|(?<![奔远])赴|前往|走进|深入|来到|奔赴|齐聚|相聚|聚集在|(?<![过除失])去(?!年|了|的|除|世)|(?:走访|慰问|看望|视察|参观|考察|调研|察看){1,3}了?)"
    r"(?P<rest>[^，。；！？\n：:（(]{2,40})"
)
BARE = re.compile(
    r"(?:^|(?<=[，。；！？\n：:”、》）)日午晚天]))(?P<place>[一-龥·A-Za-z\d]{1,12}?(?:社区|村|街道|镇|乡|公司|小区|委员之家|中心|会议室|学校|小学|中学|广场|公园))(?=[^一-龥]|委员之家|委员|值班|开展|举行|召开|举办|组织|走访|调研|视察|座谈|协商|的|里)",
    re.MULTILINE,
)
SEEN = ("走访", "慰问", "看望", "视察", "参观", "考察", "调研", "察看")
STOP = re.compile(
    r"开展|举行|召开|举办|进行|组织|集中|座谈|视察|调研|走访|慰问|看望|探望|参观|参加|学习|参与|围绕|实地|考察|协商|民主|评议|监督|听取|察看|查看|接待|入户|了解|"
    r"为(?!民)|给|对|就|与|同|跟|向|把|将|做|作|办了|办(?=台|起|一)|开(?![发放关门])|讲|搞|义诊|捐|送|植树|联谊|集合|出发|乘车|上课|培训|宣讲|调查|检查|督查|督导|现场|联合|共同|一起|顺利|圆满|专题|观摩|体验|主题|签到|落实|过|的(?=时候|活动)|，|来(?!凤|宾|安)|和(?=群众|村民|居民|企业|干部|职工)"
)
NO_PLACE = re.compile(
    r"(?:会上|活动中|过程中|期间|之际|带领下|陪同下|指导下|协助下|配合下|支持下|主持下|基础上|方面|时间|前提下|身上|心上|手中|一线|当中|之下|会后|之后|其中)\Z|^(?:本次|这次|此次|活动|会议|会上|交流|讨论|各|全县|全镇|哪|这里|那里|一起|家里|微信|群里|座谈|县(?:政协)?领导|认真|场|会)"
)


def kinds(text: str) -> list[Found]:
    """Every word for a kind of activity, the likeliest first."""
    found = []
    for code, words, weight in KIND:
        for match in words.finditer(text):
            before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
            score = weight - _depth(text, match.start())
            score += 3 if HOLDS.search(before) else 0
            score += 3 if code in ("meeting", "joint_meeting", "talk", "fellowship") and HELD.match(after) else 0
            score += 1 if re.match(r"活动|会(?!员)|日|工作|[，。；！”]|\Z", after) else 0
            score -= 6 if LATER.search(before) or NOT_SO.search(before) else 0
            found.append(Found(code, match.start(), match.end(), score))
    return sorted(found, key=lambda one: -one.score)


def _depth(text: str, place: int) -> float:
    """How far into the text: what an activity was is said early."""
    return min(3.0, len(re.findall(r"[。！？\n]", text[:place])) * 1.0 + place / 200)


def carriers(text: str) -> list[Found]:
    """The carriers named, each once; what is said not to count is left out."""
    found = []
    for code, words in CARRIER:
        for match in words.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if NOT_SO.search(before) or NOT_AFTER.match(text, match.end()):
                continue
            found.append(Found(code, match.start(), match.end(), 1.0))
            break
    return sorted(found, key=lambda one: one.start)


def places(text: str) -> list[Found]:
    """Where it may have been, the likeliest first. Each is a piece of the text."""
    found = [_labelled(match) for match in LABEL.finditer(text)]
    found += [place for match in GO.finditer(text) if (place := _gone_to(text, match))]
    found += [
        Found(match["place"], *match.span("place"), 1.5 - _depth(text, match.start())) for match in BARE.finditer(text)
    ]
    return sorted((one for one in found if not NO_PLACE.search(one.value)), key=lambda one: -one.score)


def _labelled(match: re.Match[str]) -> Found:
    place = match["place"].strip("“”\"' ")
    start = match.start("place") + match["place"].find(place)
    return Found(place, start, start + len(place), 9.0)


def _gone_to(text: str, match: re.Match[str]) -> Found | None:
    rest, start = match["rest"], match.start("rest")
    piece, ended = _until_verb(rest)
    ends = list(END.finditer(piece))
    score = 0.0 - _depth(text, start)
    if ends:
        piece = piece[: ends[-1].end()]
        score += 3
    elif not ended or len(piece) > 14 or match["how"][:2] in (*SEEN, "深入"):
        return None
    how = match["how"]
    if how[:2] in SEEN:
        score -= 1
    elif how == "在" and re.match(r"[^，。；]{0,16}?(?:召开|举行|举办|开展|进行|开讲|集中)", rest[len(piece) :]):
        score += 1.5
    else:
        score += 1
    if LATER.search(text[max(0, match.start() - 20) : match.start()]):
        score -= 4
    trimmed = piece.strip("“”‘’\"' 、和了")
    start += piece.find(trimmed) if trimmed else 0
    return Found(trimmed, start, start + len(trimmed), score) if len(trimmed) >= 2 else None


def _until_verb(rest: str) -> tuple[str, bool]:
    """What stands before the verb that says what was done there; the first verb after which a place is complete."""
    first: str | None = None
    for stop in STOP.finditer(rest, 2):
        piece = rest[: stop.start()]
        if first is None:
            first = piece
        if END.search(piece) and not _inside_a_name(rest, stop):
            return piece, True
    return (first, True) if first is not None else (rest, False)


def _inside_a_name(rest: str, stop: re.Match[str]) -> bool:
    """政务服务中心对面, 学习中心: the verb is part of the name that goes on to an ending."""
    end = END.match(rest, stop.end())
    return bool(end) and stop[0] in ("学习", "培训", "监督", "协商", "接待", "检查", "民主", "主题", "体验", "就", "作")


def names_in(text: str, names: Iterable[str]) -> list[Found]:
    """Which of these names stand in the text, the longer before the shorter where they overlap."""
    found: list[Found] = []
    for name in sorted({name for name in names if len(name) > 1}, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(Found(name, match.start(), match.end(), 1.0))
    return sorted(found, key=lambda one: one.start)
