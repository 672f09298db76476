"""活动 for programs: the same actions, and every refusal in one shape."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import include, path
from ninja import NinjaAPI
from ninja.security import django_auth

from xieshang.base.accounts.roles import Role
from xieshang.conftest import House
from xieshang.web import urls
from xieshang.work.activities import actions
from xieshang.work.activities.api import router
from xieshang.work.activities.models import Activity

alone = NinjaAPI(title="activities alone", auth=django_auth, urls_namespace="activities-alone")
alone.add_router("/activities/", router)
urlpatterns = [path("api/", alone.urls), path("", include(urls.urlpatterns))]  # type: ignore[arg-type]

BODY = {
    "title": "视察镇中心小学",
    "kind": "inspection",
    "on": "2026-03-12",
    "carriers": ["member_day"],
    "half_days": 7,
    "money": 300,
}


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    client.force_login(house.user(Role.CLERK))
    return client


@pytest.fixture(autouse=True)
def _mounted() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def post(client: Client, body: object, query: str = "") -> Any:
    return client.post(f"/api/activities/{query}", body, content_type="application/json")


def test_what_is_posted_is_recorded_and_read_back(house: House, clerk: Client) -> None:
    answer = post(
        clerk,
        {
            **BODY,
            "presence": {str(house.members[0].pk): "attended", str(house.members[1].pk): "excused"},
            "collective": False,
        },
    )

    told = answer.json()
    assert answer.status_code == 201
    assert (told["title"], told["half_days"], told["money"], told["collective"]) == ("视察镇中心小学", 7, 300, False)
    assert [(one["name"], one["presence"], one["sector"]) for one in told["people"]] == [
        ("委员01", "attended", "经济界"),
        ("委员02", "excused", "教育界"),
    ]
    assert {"indicator": "activities.attended", "amount": 1} in told["counted"]
    assert clerk.get(f"/api/activities/{told['id']}").json() == told
    assert [
        (one["id"], one["attended"])
        for one in clerk.get("/api/activities/?from=2026-03-01&to=2026-03-31").json()["items"]
    ] == [(told["id"], 1)]


def test_the_same_client_id_twice_is_one_record(house: House, clerk: Client) -> None:
    body = {**BODY, "client_id": str(uuid4())}

    assert [post(clerk, body).status_code, post(clerk, body).status_code, Activity.objects.count()] == [201, 200, 1]


@pytest.mark.parametrize(
    "body, code, field",
    [
        ({**BODY, "title": ""}, "invalid", "title"),
        ({**BODY, "on": "2026-13-01"}, "invalid", "on"),
        ({**BODY, "on": "2026-07-01"}, "in_the_future", "date"),
        ({**BODY, "on": "2019-07-01"}, "outside_term", "on"),
        ({**BODY, "presence": {"99999": "attended"}}, "invalid", "people"),
        ({**BODY, "presence": ["x"]}, "invalid", "presence"),
        ({**BODY, "client_id": "7"}, "invalid", "client_id"),
        ({**BODY, "carriers": "member"}, "invalid", "carriers"),
        ([1], "not_json", ""),
    ],
)
def test_a_refusal_has_one_shape_and_writes_nothing(
    house: House, clerk: Client, body: object, code: str, field: str
) -> None:
    answer = post(clerk, body)

    assert (answer.status_code, set(answer.json())) == (422, {"code", "why", "do", "field"})
    assert (answer.json()["code"], answer.json()["field"], Activity.objects.count()) == (code, field, 0)


def test_the_same_happening_is_asked_about(house: House, clerk: Client) -> None:
    post(clerk, BODY)

    assert post(clerk, BODY).json()["code"] == "maybe_recorded"
    assert post(clerk, {**BODY, "again": True}).status_code == 201


def test_who_may_not_is_told_so_and_a_foreign_activity_is_not_there(house: House, client: Client) -> None:
    theirs = actions.record(
        house.township,
        fields={"title": "镇里的", "kind": "visit", "on": date(2026, 3, 1)},
        presence={},
        by=house.user(Role.PARTTIMER),
        now=house.now,
    )
    client.force_login(house.user(Role.MEMBER))

    assert [client.get(f"/api/activities/{theirs.pk}").status_code, post(client, BODY).status_code] == [404, 403]
    assert client.get(f"/api/activities/{theirs.pk}").json()["code"] == "not_found"


def test_without_logging_in_nothing_is_answered(house: House, client: Client) -> None:
    assert client.get("/api/activities/").status_code == 401
