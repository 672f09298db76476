"""A small plan of our own, and the desks it goes over."""

from datetime import date

import pytest
from django.test import Client

from xieshang.conftest import House
from xieshang.measure.plans import actions
from xieshang.measure.plans.models import Plan, Target
from xieshang.work.activities import actions as activities

TEXT = """青石镇委员小组2026年工作计划

一、围绕中心，深入调研

1、开展专题调研。围绕乡村振兴，组织2次专题调研活动。年内组织集体活动不少于4次。

二、贴近群众，办好实事

1、委员走进群众。每季度开展一次三进活动，年内至少进行一次为困难户捐款活动。

3、做好宣传工作。全年编发简讯___期。

三、加强自身建设

1、健全工作制度。完善委员意见建议的办理和反馈制度。
"""


@pytest.fixture
def text() -> str:
    return TEXT


def bring_in(house: House, text: str = TEXT, **more: object) -> Plan:
    given = {"year": 2026, "name": "计划.txt", "by": house.user("part_timer"), "now": house.now, **more}
    return actions.bring_in(house.township, data=text.encode(), **given)  # type: ignore[arg-type]


@pytest.fixture
def plan(house: House) -> Plan:
    """Read in, nothing decided yet."""
    return bring_in(house)


@pytest.fixture
def running(house: House) -> Plan:
    """In force: what is sure was confirmed, tasks too, the rest dropped."""
    made = bring_in(house, accept_sure=True)
    by = house.user("part_timer")
    actions.accept_tasks(made, by=by, now=house.now)
    for target in made.targets.filter(state="open"):
        actions.drop(target, by=by, now=house.now)
    return actions.put_in_force(made, by=by, now=house.now)


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    """The part-timer at the township's desk."""
    client.force_login(house.user("part_timer"))
    client.get("/plans/?org=qingshi")
    return client


def target(plan: Plan, words: str) -> Target:
    return plan.targets.select_related("plan", "organization").get(quote__contains=words)


def hold(house: House, on: date, **more: object) -> object:
    """An activity of the township is recorded."""
    fields = {"title": "视察小学", "kind": "inspection", "on": on, "collective": True, "carriers": [], **more}
    return activities.record(house.township, fields=fields, presence={}, by=house.user("part_timer"), now=house.now)
