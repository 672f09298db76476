"""The demo: an invented county at work for two years, made through the pages' own actions, from a fixed seed.

Every person, place and body is invented. The same day gives the same county.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from xieshang.base import clock
from xieshang.base.audit import sealing
from xieshang.base.ledger import rollup

from . import courses, earlier, handing, ledgers, paperwork, people, plans, proposals, submissions, templates, work

LOGINS = {
    "liumin": ("刘敏", "云岭县政协办公室"),
    "tangwenbin": ("唐文彬", "办公室主任"),
    "zhouxiaoyun": ("周晓云", "青石镇联络室兼桂花社区党建"),
    "heguilan": ("何桂兰", "委员"),
    "zhangguohua": ("章国华", "领导"),
    "fubo": ("傅博", "县政府办公室，交办提案"),
    "wujun": ("吴军", "县交通运输局，承办提案"),
    "sys": ("钱立", "系统管理员"),
    "sec": ("郑岚", "安全管理员"),
    "audit": ("邵平", "审计管理员"),
}


def make(password: str, *, today: date | None = None) -> None:
    """The county of the demo in an empty database; everyone's password is `password`. All or nothing."""
    today = today or clock.today()
    dice = Random(20260101)
    with transaction.atomic():
        county = people.county(today, dice, password, LOGINS)
        work.two_years(county, today, dice)
        work.on_the_way(county, today)
        ledgers.two_years(county, today, dice)
        courses.of_the_registers(county, today, dice)
        proposals.of_the_year(county, today)
        earlier.three_years(county, today)
        plans.of_the_year(county, today)
        handing.of_the_year(county, today)
        plans.being_worked_on(county, today)
        submissions.of_the_year(county, today)
        templates.of_the_office(county, today)
        paperwork.of_the_year(county, today)
    sealing.seal_all(clock.now())
    rollup.fold_all()


def moment(day: date, hour: int = 17, *, dice: Random | None = None) -> datetime:
    """When something of that day was entered: the same afternoon, or a day or two later; never after now."""
    late = dice.choice((0, 0, 0, 1, 2)) if dice else 0
    made = datetime.combine(day + timedelta(days=late), time(hour, dice.randrange(60) if dice else 0), clock.SHANGHAI)
    return min(made, clock.now())
