"""Clues and the reference list of this year, two proposals open for seconding, and two saved views of the clerk."""

from datetime import date, timedelta

from xieshang.base.accounts.models import User
from xieshang.base.saved import actions as saved
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, clue_rules
from xieshang.work.proposals.actions import clues, seconding
from xieshang.work.proposals.models import Clue, Proposal

from .people import UNITS, County

# title, category ("" for those that wait), who says it
CLUES = (
    ("关于在老城区增设老年食堂的建议", "society", "周国栋"), ("关于规范电动自行车停放充电的建议", "society", "吴秀兰"), ("关于扶持茶叶小作坊改造的建议", "economy", "郑大明"),
    ("关于保护白石河沿岸古树的建议", "ecology", "钱文英"), ("关于把老剧场改成群众文化馆的建议", "culture", "孙小川"), ("关于简化村级证明手续的建议", "politics", "李玉梅"),
    ("关于加密早班公交的建议", "", "冯建军"), ("关于农贸市场雨棚漏水的建议", "", "陈阿妹"), ("关于我家邻居违建的反映", "refuse", "何某"), ("关于高考期间管控噪声的建议", "answer", "许晓芳"),
)  # fmt: skip
TEXT = (
    "{what}。近一年在周边走访了几十户居民，大家反映比较集中：一是平时用的人多，地方少，排队时间长；二是没有固定的单位管，坏了没有人修；三是钱从哪里出没有说清，办了又停。"
    * 5
)
TOPICS = ("关于建立村级养老互助点的提案", "关于推广节水灌溉的提案")


def of_the_year(county: County, today: date) -> None:
    from . import moment

    clerk, member = User.objects.get(username="liumin"), User.objects.get(username="heguilan")
    start = date(today.year, 1, 1)
    parameters.set_value(county.unit, clue_rules.CLUES_OPEN, True, effective_from=start, citation="征集提案线索公告", by=clerk, now=moment(start, 9))  # fmt: skip
    for n, (title, what, name) in enumerate(CLUES):
        on = moment(today - timedelta(days=40 - n * 3), 9)
        fields = {
            "title": title,
            "text": TEXT.format(what=title[2:-3])[:430],
            "name": name,
            "contact": f"0000-632{n:04}",
        }
        source = clue_rules.PUBLIC if n % 3 else clue_rules.TYPED_IN
        _deal(clues.receive(county.unit, fields, source=source, by=None, now=on), what, n, county, clerk, today)
    listed = Clue.objects.filter(organization=county.unit, state=clue_rules.LISTED).order_by("number")
    clues.publish_list(county.unit, listed[0].session, by=clerk, now=moment(today - timedelta(days=8), 15))
    yesterday = moment(today - timedelta(days=1), 16)
    words = {"title": "关于在老城区增设老年食堂的提案", "situation": listed[0].text, "analysis": "没有固定的场地和经费。", "advice": "请民政部门牵头，今年先办两处。"}  # fmt: skip
    made = actions.draft(county.unit, fields=words, first=county.people["全体委员"][8], clue=listed[0], by=None, now=yesterday)  # fmt: skip
    actions.submit(made, by=None, now=yesterday)
    for n, title in enumerate(TOPICS):
        _open(
            county, {**words, "title": title, "situation": "走访了六个村，需要的人多，眼下还没有。"}, n, member, today
        )
    for name, query in (("逾期的", "late=on&sort=due"), ("等初审的", "state=submitted")):
        saved.keep(county.unit, "proposals", name, query, by=clerk, now=yesterday)


def _deal(clue: Clue, what: str, n: int, county: County, clerk: User, today: date) -> None:
    from . import moment

    now = moment(today - timedelta(days=9), 10)
    if what == "refuse":
        clues.refuse(clue, words="属于个人纠纷，请向所在镇反映，不作提案线索", by=clerk, now=now, seen=clue.version)
    elif what == "answer":
        clues.answer(
            clue, words="县里每年高考期间都有专项管控，今年的通告已经发布", by=clerk, now=now, seen=clue.version
        )
    elif what:
        unit = county.bodies[UNITS[n % len(UNITS)]]
        clues.enlist(clue, category=what, units=[unit.pk], by=clerk, now=now, seen=clue.version)


def _open(county: County, words: dict[str, str], n: int, member: User, today: date) -> None:
    """Sent and open to others; one of them has 何桂兰 beside it already."""
    from . import moment

    now = moment(today - timedelta(days=1), 17)
    made = actions.draft(county.unit, fields=words, first=county.people["全体委员"][12 + n], by=None, now=now)
    made = actions.submit(made, by=None, now=now)
    seconding.open_up(made, by=None, now=now, seen=made.version)
    if n == 0:
        seconding.second(Proposal.objects.get(pk=made.pk), by=member, now=now)
