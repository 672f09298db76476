"""Who came, in numbers and names: members, guests by kind, leaders with their posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xieshang.text.numerals import to_number

_N = r"(?P<n>\d{1,5}|[一二两三四五六七八九十百]{1,5})(?P<many>余|多|来|几)?"
_HEAD = r"(?:个|名|位|人)"
_NOT_IN = re.compile(
    r"(?:其中|应到|请假|缺席|未到|没来|惠及|受益|涉及|覆盖|辐射|常住|户籍|现有|共有|带动|吸纳|解决|全村|辖区|不算|上次|那天|去年|服务人口|安置|就业|报名|邀请了?\Z)[^，。；！？\n]{0,12}\Z"
)
_NOT_AFTER = re.compile(
    r"[^，。；！？\n]{0,4}?(?:(?:先后|分别|代表)?(?:作|做|进行|交流)了?[^，。；]{0,4}发言|发言|请假|缺席|没来|没到|未到|未能|因[病事公故]|获|被评|受表彰|不算|受益|报名|提问|户|岁)"
)
_MODIFIED = r"(?:(?:省|市|县|区|镇|乡|住|驻|州|政协|界别?|活动组|本|小组|女|青年|党员|企业家|界|三级|新|老|新老|省市县|的|[一-龥]{2,4}界){0,4})"
MEMBERS = (
    re.compile(rf"实到(?:会)?(?:委员)?{_N}{_HEAD}?"),
    re.compile(rf"(?<![第\d.]){_N}{_HEAD}(?:来自[^，。；]{{2,12}}的)?{_MODIFIED}(?:政协)?委员(?!会|小组|工作|之家|企业|代表团|活动|沙龙|讲堂|履职)"),
    re.compile(rf"委员(?:代表)?(?:们)?(?:一行|共计?|总共|约|近|有|来了|到了|实到|到会|参加|一共|人数)?[：:]?(?:共|约|近)?{_N}{_HEAD}(?!次)"),
    re.compile(rf"一行{_N}人"),
)  # fmt: skip
GUESTS = {
    "masses": "群众|居民|村民|老人|老年人|学生|师生|孩子|儿童|小朋友|家长|职工|市民|乡亲|农户代表|农民|工人|员工|商户代表|业主|住户代表|老乡|村民代表|居民代表|群众代表",
    "experts": "专家|教授|学者|技术员|技术人员|农技员|农技人员|医生|医护人员|医护|律师|工程师|顾问|智库成员",
    "departments": "(?:有关|相关|职能|承办|县直|市直|区直)?(?:部门|单位)(?:的)?(?:主要|分管)?(?:负责人|负责同志|干部|代表|同志|人员|领导)|(?:部门|局|委办局)(?:负责人|同志|干部|人员)|镇村干部|村干部|机关干部|乡镇干部|社区干部|工作人员",
}
GUEST = {
    kind: (
        re.compile(rf"(?<![第\d.]){_N}{_HEAD}(?:来自[^，。；]{{2,10}}的)?[一-龥]{{0,6}}?(?:{nouns})(?![^，。；]{{0,3}}户)"),
        re.compile(rf"(?:{nouns})(?:代表|们|等|朋友)?(?:一共|共计?|约|近|有|来了|到了|参加)?[：:]?(?:约|近)?{_N}{_HEAD}(?!次|均)"),
    )
    for kind, nouns in GUESTS.items()
}  # fmt: skip

_POST = (
    r"(?:党组书记|党工委书记|党委书记|副书记|书记|副主席|主席|秘书长|副秘书长|部长|副部长|县长|副县长|镇长|副镇长|乡长|副乡长|区长|副区长|市长|副市长|"
    r"局长|副局长|主任|副主任|院长|副院长|常委|调研员|巡视员|办事处主任|会长|副会长|站长|所长|检察长|党组成员|专职副主席|场长|行长|校长|组长|处长|科长)"
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "章钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁"
    "隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴古都桑骆滕臧卓银敖仇蒙晏路瞿蒲麦池燕乐雷尚连商简饶裘虞娄褚卞巩娜邝鄢冼计窦明郎佟丘宫全楼米艾糜练荆喻和"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|南宫|长孙|宇文"
_NAME = re.compile(rf"(?:{_COMPOUND})[一-龥]{{1,2}}|[{SURNAMES}][一-龥]{{1,2}}")
_AFTER_NAME = (  # what surely follows a name, and what may
    re.compile(
        r"\Z|[、，。；：:！？\s（()）“”\n\d]|带队|带着|带领|参加|出席|主持|陪同|率队|率领|一行|讲话|讲党课|讲了|全程|也来|也到|到场|到会|宣布|介绍|强调|指出|表示|深入|看望|"
        r"走访|视察|调研|牵头|莅临|亲自|一同|分别|参与|点评|总结|现场|先后|随同|前往|实地|应邀|代表|列席|一起|主讲|委托|批示|同志|听取|通报|组织|要求|最后|专程|负责|等人|作了|致辞|因[病公事故]|今天|昨天|上午|下午"
    ),
    re.compile(
        r"[带率讲作致也等和与及到来同赴在为对说领任随给就向还都当因听做发开不没未的上下从则共以于又把并去逐全今昨]"
    ),
)
_LEADERS = re.compile(rf"{_POST}(?:、{_POST})*(?P<names>)")
_OFFICE = re.compile(
    r"(?:(?<=[，。；：:、（\s的是由请日午天])|^)(?:(?:省|市|县|区|州|镇|乡|街道|村|社区|[一-龥]{2,3}(?:省|市|县|区|镇|乡|街道|村|社区))?"
    r"(?:政协|党委|人大|政府|党工委|党支部|支部|委|[一-龥]{1,6}(?:局|委|办|部|会|院|室|公司))?(?:党组)?)\Z"
)
_NAME_FIRST = re.compile(
    rf"(?<![一-龥])(?P<name>[{SURNAMES}][一-龥]{{1,2}})(?=(?:副主席|主席|副书记|书记|副县长|县长|秘书长|副镇长|镇长|部长|局长|主任))"
)
_NOT_THERE_BEFORE = re.compile(r"(?:受|根据|按照|遵照|落实|向|请示|经|原|由于|代替|替)[^，。；！？\n、]{0,14}\Z")
_NOT_THERE = re.compile(
    r"[^，。；！？\n、]{0,6}?(?:委托|批示|的(?:要求|指示|批示)|因(?!势)[^。；]{0,10}(?:未|没|请假|缺席|不能)|请假|缺席|未能|没能|没来|未参加|没参加|不在)"
)


class Number(NamedTuple):
    value: int
    start: int
    end: int
    sure: bool


class Name(NamedTuple):
    value: str
    start: int
    end: int
    sure: bool
    post: str = ""


def members(text: str) -> Number | None:
    """How many members came: 实到 before anything else, then the first number that is theirs."""
    for rank, pattern in enumerate(MEMBERS):
        for number in _numbers(pattern, text):
            return number._replace(sure=rank < 3)
    return None


def guests(text: str) -> dict[str, Number]:
    """Guests by kind: masses, experts, departments. Several of one kind are added up."""
    found: dict[str, Number] = {}
    for kind, patterns in GUEST.items():
        numbers: list[Number] = []
        for pattern in patterns:
            for number in _numbers(pattern, text):
                if not any(number.start < other.end and other.start < number.end for other in numbers):
                    numbers.append(number)
        if numbers:
            first, last = min(numbers, key=lambda n: n.start), max(numbers, key=lambda n: n.end)
            found[kind] = Number(sum(n.value for n in numbers), first.start, last.end, len(numbers) == 1)
    return found


def _numbers(pattern: re.Pattern[str], text: str) -> Iterator[Number]:
    for match in pattern.finditer(text):
        value = to_number(match["n"])
        if not value or value != int(value):
            continue
        before = text[max(0, match.start() - 16) : match.start()]
        if _NOT_IN.search(before) or _NOT_AFTER.match(text, match.end()):
            continue
        yield Number(int(value), match.start(), match.end(), True)


def leaders(text: str) -> list[Name]:
    """Names that follow a post, or stand before one, of those who were there."""
    found: dict[str, Name] = {}
    for match in _LEADERS.finditer(text):
        absent = bool(_NOT_THERE_BEFORE.search(text[max(0, match.start() - 16) : match.start()]))
        post = _whole_post(text, match)
        for name in _names_at(text, match.end()):
            if not absent and not _NOT_THERE.match(text, name.end):
                found.setdefault(name.value, name._replace(post=post))
    for match in _NAME_FIRST.finditer(text):
        if not _NOT_THERE.match(text, match.end() + 2):
            found.setdefault(match["name"], Name(match["name"], *match.span("name"), False))
    return sorted(found.values(), key=lambda one: one.start)


def _whole_post(text: str, match: re.Match[str]) -> str:
    """县政协副主席, with the office before the post; only the post where more than an office stands before it."""
    before = _OFFICE.search(text[max(0, match.start() - 14) : match.start()])
    return (before[0] if before else "") + match[0]


def _names_at(text: str, at: int) -> Iterator[Name]:
    """One name after another, joined by 、 or 和."""
    while match := _NAME.match(text, at):
        name = _cut(text, match)
        if name is None:
            return
        yield name
        at = name.end
        if text[at : at + 1] not in ("、", "和"):
            return
        at += 1


def _cut(text: str, match: re.Match[str]) -> Name | None:
    """Where the name ends is told by what follows: 周敬川参加, 张丽带队."""
    longest = match.end()
    for place, follows in enumerate(_AFTER_NAME):
        for end in range(longest, match.start() + 1, -1):
            if follows.match(text, end):
                return Name(text[match.start() : end], match.start(), end, place == 0)
    return Name(match[0], match.start(), longest, False) if longest - match.start() > 2 else None
