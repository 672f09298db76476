"""A browserless visitor for each role of the small county, and a few things to do there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from xieshang.base import clock
from xieshang.conftest import House
from xieshang.work.activities import actions

PASSWORD = "correct horse battery"
Visit = Callable[[str], Client]


@pytest.fixture(autouse=True)
def fresh(settings: Any, tmp_path: Any) -> None:
    """Files and heads of the chain in a folder of this test; nothing remembered from another."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    cache.clear()


@pytest.fixture
def visit(house: House) -> Visit:
    """`visit("clerk")`: a client that is logged in as that role of the county."""

    def made(role: str) -> Client:
        client = Client()
        client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return made


def record(house: House, on: date, title: str = "视察农村饮水安全", **more: Any) -> Any:
    """An inspection of the county to which the first four members came, the fifth was excused."""
    fields = {
        "title": title, "kind": "inspection", "carriers": [], "collective": True, "on": on, "half_days": 1, "place": "青石镇", "organizer": None,
        "guests": 0, "outcome": "", "money": 0, "goods_value": 0, "goods": "",
    }  # fmt: skip
    unit = more.pop("unit", house.county)
    people = house.members[: more.pop("came", 4)]
    presence = {person.pk: "attended" for person in people} | {house.members[4].pk: "excused"}
    return actions.record(unit, fields=fields | more, presence=presence, notes={}, by=None, now=clock.now())


def words(response: Any) -> str:
    return response.content.decode()
