"""What became of what was noted: follow-ups that were solved, are overdue or hard; homes given up; entries that a member reported."""

from datetime import date, timedelta
from random import Random

from xieshang.base.accounts.models import User
from xieshang.work.registers import actions
from xieshang.work.registers.models import Entry, Register

from .people import County

OWNERS = ("县住建局", "县交通运输局", "县教育局", "青石镇人民政府", "县卫生健康局", "县农业农村局")
REPORTED = (
    ("investment", "茶叶冷链仓储项目线索", {"stage": "contact", "capital": "600万元", "origin": "省城"}, 40, "confirm"),
    ("good_deeds", "为新安村小学捐建图书角", {"kind": "school", "people": "120"}, 20, "send_back"),
    ("investment", "竹制品加工企业来访", {"stage": "lead", "origin": "邻县"}, 5, ""),
    ("donations", "资助三名大学新生", {"purpose": "school", "money": "6000"}, 2, ""),
)  # fmt: skip


def of_the_registers(county: County, today: date, dice: Random) -> None:
    """Take what was noted through its course, in order of days."""
    clerk = User.objects.get(username="liumin")
    noted = Entry.objects.filter(register__follow=True, state="valid").select_related("register", "organization")
    for entry in noted.order_by("on", "id"):
        _follow(entry, clerk if entry.organization_id == county.unit.pk else None, today, dice)
    for home in Entry.objects.filter(register__code="member_homes", on__year=today.year - 1).order_by("id")[:1]:
        _give_up(home, today)
    _report(county, today, clerk)


def _follow(entry: Entry, keeper: User | None, today: date, dice: Random) -> None:
    from . import moment

    due, settled = entry.on + timedelta(days=60), entry.on + timedelta(days=dice.randrange(10, 70))
    about = actions.About(dice.choice(OWNERS), keeper, due)
    actions.assign(entry, about, by=None, now=max(moment(entry.on), entry.saved_at), seen=1)
    how = dice.choice(("solved", "solved", "solved", "solved", "hard", "open"))
    then = max(moment(settled), entry.saved_at)
    if settled >= today or how == "open":
        return
    if how == "hard":
        about = actions.About(answer="要等规划调整，已向提出人说明。")
        actions.shelve(entry, about, by=None, now=then, seen=2, reason="涉及规划，暂不具备条件")
    else:
        about = actions.About(answer="已办结，并向提出人反馈。")
        actions.solve(entry, about, on=settled, by=None, now=then, seen=2)


def _give_up(home: Entry, today: date) -> None:
    from . import moment

    day = min(home.on + timedelta(days=200), today - timedelta(days=1))
    actions.give_up(home, on=day, by=None, now=moment(day), seen=1)


def _report(county: County, today: date, clerk: User) -> None:
    from . import moment

    member = User.objects.get(username="heguilan")
    books = {one.code: one for one in Register.objects.filter(organization=county.unit, by_members=True)}
    for code, title, values, ago, then in REPORTED:
        day = today - timedelta(days=ago)
        entry = actions.report(books[code], on=day, title=title, values=values, by=member, now=moment(day))
        after = moment(min(day + timedelta(days=1), today))
        if then == "confirm":
            actions.confirm(entry, by=clerk, now=after, seen=1)
        elif then:
            actions.send_back(entry, by=clerk, now=after, seen=1, reason="请写清捐了多少册、哪一天送到")
