"""The demo's units, bodies, people and accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization, System, Term
from xieshang.base.people import actions
from xieshang.base.people.models import Person

SURNAMES = "丁方毛邓史冯吕朱乔任江汤孙严苏杜李杨吴何余邹沈宋张陆陈邵林罗金周郑赵胡柯段俞施姚秦袁夏顾钱徐高郭唐陶黄曹章梁彭董蒋韩程傅曾温谢蓝雷蔡熊潘薛"
GIVEN = "安柏保斌波昌朝成春达德东恩帆方芳飞峰凤福刚广国海涵航红宏洪华辉慧吉佳建健江杰捷金晶景静军君俊凯康可兰乐雷丽良林玲凌龙梅敏明宁培鹏平琴青清庆荣瑞若珊盛诗世淑树双顺松涛田婷文武西希先贤祥晓欣新秀学雪雅燕阳一怡义英颖永友宇玉元远月云泽展哲珍振正之芝志忠竹卓子宗"
PARTIES = (
    ("中共党员",) * 8
    + ("民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "九三学社社员")
    + ("无党派人士",) * 3
    + ("群众",) * 4
)
SECTORS: dict[str, tuple[tuple[str, str], ...]] = {
    "中共界": (("县委办公室", "副主任"), ("县委宣传部", "副部长"), ("县委统战部", "副部长"), ("青石镇党委", "副书记"), ("县政协办公室", "主任")),
    "共青团青联界": (("团县委", "书记"), ("云岭电商服务中心", "负责人"), ("白沙镇团委", "书记"), ("青年创业协会", "会长"), ("县第二中学", "教师")),
    "工会界": (("县总工会", "副主席"), ("青石机械有限公司工会", "主席"), ("县供水公司工会", "主席"), ("白沙工业园工会", "副主席"), ("县邮政分公司", "班组长")),
    "妇联界": (("县妇联", "副主席"), ("柳河乡妇联", "主席"), ("云绣手工合作社", "理事长"), ("县幼儿园", "园长"), ("县家政服务中心", "负责人")),
    "工商联界": (("云岭茶业有限公司", "董事长"), ("恒达建材有限公司", "总经理"), ("柳河食品有限公司", "总经理"), ("新安农资商行", "经理"), ("县工商联", "副主席")),
    "科学技术界": (("县农业科学研究所", "高级农艺师"), ("县林业站", "工程师"), ("县气象局", "工程师"), ("青石机械有限公司", "总工程师"), ("县科协", "副主席")),
    "经济界": (("县财政局", "副局长"), ("县农村商业银行", "副行长"), ("白沙工业园管委会", "副主任"), ("县供销社", "副主任"), ("云岭旅游开发公司", "总经理")),
    "农业和农村界": (("白沙粮油专业合作社", "理事长"), ("大坪村", "村委会主任"), ("梅溪水产养殖场", "场长"), ("石桥村茶园", "负责人"), ("县农业农村局", "农艺师")),
    "教育界": (("云岭县第一中学", "校长"), ("青石镇中心小学", "校长"), ("县职业教育中心", "副校长"), ("县教师进修学校", "高级讲师"), ("柳河乡初级中学", "高级教师")),
    "医药卫生界": (("云岭县人民医院", "主任医师"), ("县中医院", "副院长"), ("白沙镇卫生院", "院长"), ("县疾病预防控制中心", "主管医师"), ("新安村卫生室", "乡村医生")),
    "文化艺术界": (("县文化馆", "副研究馆员"), ("县图书馆", "馆长"), ("云岭采茶剧团", "团长"), ("县书法家协会", "主席"), ("县融媒体中心", "编辑")),
    "社会福利和民族宗教界": (("县社会福利中心", "主任"), ("县慈善会", "秘书长"), ("桂花社区", "居委会主任"), ("县残联", "副理事长"), ("县民族小学", "教师")),
}  # fmt: skip
COMMITTEES = ("提案委员会", "经济科技委员会", "教科卫体委员会", "社会法制和民族宗教委员会", "文化文史和学习委员会")
UNITS = ("县发展和改革局", "县教育局", "县交通运输局", "县农业农村局", "县卫生健康局", "县住房和城乡建设局")
OFFICES = (("县委办公室", System.PARTY), ("县政府办公室", System.GOVERNMENT))  # 交办机构
TOWNSHIPS = (("青石镇", "qingshi"), ("白沙镇", "baisha"), ("柳河乡", "liuhe"))
COMMUNITIES = (("桂花社区", "guihua", "青石镇"), ("东园社区", "dongyuan", "白沙镇"))


@dataclass
class County:
    """What the other parts of the demo build on."""

    unit: Organization
    term: Term
    began: datetime
    townships: dict[str, Organization] = field(default_factory=dict)
    communities: dict[str, Organization] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, list[Person]] = field(default_factory=dict)

    @property
    def units(self) -> list[Organization]:
        return [self.unit, *self.townships.values(), *self.communities.values()]


def county(today: date, dice: Random, password: str, logins: dict[str, tuple[str, str]]) -> County:
    """The tree, the bodies, 120 members and the party members of two communities."""
    first = date(today.year - 3, 1, 12)
    began = datetime.combine(first, datetime.min.time(), clock.SHANGHAI) + timedelta(hours=9)
    unit = orgs.add(
        name="云岭县政协", short_name="云岭县", code="yunling", level=Level.COUNTY, parent=None, by=None, now=began
    )
    term = orgs.add_term(unit, 11, date(today.year - 3, 1, 1), date(today.year + 1, 12, 31), by=None, now=began)
    for number in range(1, 6):
        opens = date(today.year - 4 + number, 1, 12)
        orgs.add_session(term, number, opens, opens + timedelta(days=3), by=None, now=began)
    made = County(unit, term, began)
    _bodies(made)
    _members(made, dice, first)
    _party(made, dice, first)
    _accounts(made, password, logins)
    return made


def _bodies(made: County) -> None:
    now = made.began

    def add(unit: Organization, kind: BodyKind, names: tuple[str, ...]) -> None:
        for order, name in enumerate(names):
            made.bodies[name] = orgs.add_body(unit, kind, name, order=order, by=None, now=now)

    add(made.unit, BodyKind.COMMITTEE, COMMITTEES)
    add(made.unit, BodyKind.SECTOR, tuple(SECTORS))
    add(made.unit, BodyKind.OFFICE, ("县政协办公室",))
    for order, name in enumerate(UNITS):
        made.bodies[name] = orgs.add_body(made.unit, BodyKind.HANDLING_UNIT, name, order=order, system=System.GOVERNMENT, by=None, now=now)  # fmt: skip
    for name, system in OFFICES:
        made.bodies[name] = orgs.add_body(made.unit, BodyKind.HANDLING_UNIT, name, order=90, system=system, assigns=True, by=None, now=now)  # fmt: skip
    for name, code in TOWNSHIPS:
        town = orgs.add(name=name, short_name=name, code=code, level=Level.TOWNSHIP, parent=made.unit, by=None, now=now)
        made.townships[name] = town
        add(town, BodyKind.LIAISON, (f"{name}政协委员联络室",))
        add(town, BodyKind.GROUP, (f"{name}委员小组",))
    for name, code, town_name in COMMUNITIES:
        place = orgs.add(
            name=name,
            short_name=name,
            code=code,
            level=Level.COMMUNITY,
            parent=made.townships[town_name],
            by=None,
            now=now,
        )
        made.communities[name] = place
        add(place, BodyKind.BRANCH, (f"{name}党支部",))


def _names(dice: Random, taken: set[str]) -> str:
    while True:
        name = dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(dice.choice((1, 2, 2, 2))))
        if name not in taken:
            taken.add(name)
            return name


def _members(made: County, dice: Random, first: date) -> None:
    """120 members: ten in each sector, a committee for most, a township group for half."""
    taken = {"刘敏", "周晓云", "何桂兰", "章国华"}
    sectors, towns = list(SECTORS), list(made.townships)
    for n in range(120):
        sector = sectors[n // 10]
        fixed = {95: "何桂兰", 0: "章国华"}.get(n)
        workplace, post = SECTORS[sector][n % 10 // 2]
        party = "中共党员" if sector == "中共界" else dice.choice(PARTIES)
        person = actions.add(
            made.unit, name=fixed or _names(dice, taken), gender="f" if fixed == "何桂兰" else dice.choice("mmf"), party=party, workplace=workplace,
            post=post, phone=f"199{dice.randrange(10**8):08}", order=n, by=None, now=made.began,
        )  # fmt: skip
        rank = "主席" if n == 0 else "副主席" if n in (1, 41, 81) else "常委" if n % 5 == 1 else "委员"
        actions.seat(
            person,
            made.term,
            sector=made.bodies[sector],
            started_on=first,
            number=f"11-{n + 1:03}",
            rank=rank,
            by=None,
            now=made.began,
        )
        made.people.setdefault("全体委员", []).append(person)
        made.people.setdefault(sector, []).append(person)
        if rank != "委员":
            made.people.setdefault("常委会", []).append(person)
        for name in [COMMITTEES[n % 5], *([f"{towns[n // 2 % 3]}委员小组"] if n % 2 else [])]:
            actions.join(person, made.bodies[name], started_on=first, by=None, now=made.began)
            made.people.setdefault(name, []).append(person)


def _party(made: County, dice: Random, first: date) -> None:
    """Party members of the two communities: no members of the committee, and unseen from the county."""
    taken = {person.name for person in made.people["全体委员"]}
    for name, place in made.communities.items():
        branch = f"{name}党支部"
        for n in range(18):
            person = actions.add(
                place,
                name=_names(dice, taken),
                gender=dice.choice("mf"),
                party="中共党员",
                order=n,
                by=None,
                now=made.began,
            )
            actions.join(
                person, made.bodies[branch], started_on=first, post="书记" if n == 0 else "", by=None, now=made.began
            )
            made.people.setdefault(branch, []).append(person)


def _accounts(made: County, password: str, logins: dict[str, tuple[str, str]]) -> None:
    by_name = {person.name: person for person in made.people["全体委员"]}
    towns, places = made.townships, made.communities
    grants: dict[str, tuple[tuple[Role, Organization] | tuple[Role, Organization, str], ...]] = {
        "liumin": ((Role.CLERK, made.unit),),
        "tangwenbin": ((Role.HEAD, made.unit),),
        "zhouxiaoyun": ((Role.PARTTIMER, towns["青石镇"]), (Role.PARTTIMER, places["桂花社区"])),
        "heguilan": ((Role.MEMBER, made.unit),),
        "zhangguohua": ((Role.LEADER, made.unit),),
        "fubo": ((Role.HANDLER, made.unit, "县政府办公室"),),
        "wujun": ((Role.HANDLER, made.unit, "县交通运输局"),),
        "sys": ((Role.SYS_ADMIN, made.unit),),
        "sec": ((Role.SEC_ADMIN, made.unit),),
        "audit": ((Role.AUDIT_ADMIN, made.unit),),
    }
    for username, (name, _role) in logins.items():
        user = accounts.make(
            username,
            name=name,
            password=password,
            organization=made.unit,
            person=by_name.get(name),
            by=None,
            now=made.began,
        )
        for role, unit, *body in grants[username]:
            accounts.grant(user, role, unit, body=made.bodies[body[0]] if body else None, by=None, now=made.began)
