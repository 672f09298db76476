"""The pages of 活动 through their addresses: who may, what is kept when something is wrong, and what they cost."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries as Asserted

from xieshang.base import clock, todo
from xieshang.base.accounts.roles import Role
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import Sent
from xieshang.base.files import storage
from xieshang.base.ledger.models import PeriodLock
from xieshang.conftest import House
from xieshang.documents.sheets import read_rows
from xieshang.work.activities import actions, queries
from xieshang.work.activities.models import Activity, Attendance

TYPED = {"title": "视察镇中心小学", "kind": "inspection", "carriers": ["member_day", "into_community"], "collective": "on", "on": "2026-03-12", "half_days": "1", "place": "镇中心小学", "outcome": "提出建议 3 条"}  # fmt: skip


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    client.force_login(house.user(Role.CLERK))
    return client


def record(
    house: House, title: str = "视察镇中心小学", on: date = date(2026, 3, 12), came: int = 3, **more: object
) -> Activity:
    presence = {p.pk: "attended" for p in house.members[:came]}
    fields = {"title": title, "kind": "inspection", "carriers": ["member_day"], "on": on, "place": "镇中心小学", **more}
    return actions.record(house.county, fields=fields, presence=presence, by=house.user(Role.CLERK), now=house.now)


# --- who may ---

ADDRESSES = ["/activities/", "/activities/{pk}", "/activities/export.xlsx", "/activities/new", "/activities/{pk}/edit", "/activities/import", "/activities/import/template.xlsx"]  # fmt: skip
ALLOWED = {
    Role.CLERK: [200, 200, 200, 200, 200, 200, 200],
    Role.LEADER: [200, 200, 200, 403, 403, 403, 403],
    Role.MEMBER: [200, 200, 403, 403, 403, 403, 403],
    Role.PARTTIMER: [200, 404, 200, 200, 404, 200, 200],  # of a township: the county's activity is not theirs to see
    Role.SYS_ADMIN: [403, 404, 403, 403, 404, 403, 403],
    Role.HANDLER: [403, 404, 403, 403, 404, 403, 403],
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_opens_what_it_may(house: House, client: Client, role: Role) -> None:
    activity = record(house)
    client.force_login(house.user(role))

    answers = [client.get(address.format(pk=activity.pk)).status_code for address in ADDRESSES]

    assert answers == ALLOWED[role]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_opens_anything_without_logging_in(house: House, client: Client, address: str) -> None:
    answer = client.get(address.format(pk=record(house).pk))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login")


def test_an_activity_of_another_unit_is_not_there_and_cannot_be_voided(house: House, clerk: Client) -> None:
    theirs = actions.record(
        house.township,
        fields={"title": "镇里的活动", "kind": "visit", "on": date(2026, 3, 1)},
        presence={},
        by=house.user(Role.PARTTIMER),
        now=house.now,
    )

    assert clerk.get(f"/activities/{theirs.pk}").status_code == 404
    assert clerk.post(f"/activities/{theirs.pk}/void", {"seen": "1", "reason": "不该有"}).status_code == 404
    assert "镇里的活动" not in clerk.get("/activities/").text
    assert Activity.objects.get(pk=theirs.pk).state == "held"


# --- the list ---


def test_the_list_shows_the_year_at_hand_with_who_came(house: House, clerk: Client) -> None:
    record(house, "今年的视察", came=5)
    record(house, "去年的视察", on=date(2025, 12, 31))

    page = clerk.get("/activities/").context["page"]

    assert [(a.title, a.came, a.carrier_titles) for a in page] == [("今年的视察", 5, ["委员活动日"])]


@pytest.mark.parametrize(
    "asked, titles",
    [
        ("from=2026-03-01&to=2026-03-31", ["三月走访"]),
        ("kind=visit", ["三月走访"]),
        ("q=学校 视察", ["视察学校"]),
        ("state=void", ["登错的"]),
        ("state=planned", ["拟视察"]),
        ("state=any", ["拟视察", "视察学校", "三月走访"]),
        ("role=joined", []),
        ("from=坏的", ["视察学校", "三月走访"]),  # what cannot be read does not hide anything
        ("page=99", ["视察学校", "三月走访"]),
    ],
)
def test_the_filters_stand_in_the_address(house: House, clerk: Client, asked: str, titles: list[str]) -> None:
    record(house, "三月走访", on=date(2026, 3, 5), kind="visit")
    record(house, "视察学校", on=date(2026, 5, 5))
    actions.void(
        record(house, "登错的", on=date(2026, 5, 6)), by=house.user(Role.CLERK), now=house.now, seen=1, reason="登错"
    )

    actions.plan(
        house.county, fields={"title": "拟视察", "kind": "visit", "on": date(2026, 7, 8)}, presence={}, by=house.user(Role.CLERK), now=house.now
    )  # fmt: skip

    assert [a.title for a in clerk.get(f"/activities/?{asked}").context["page"]] == titles


def test_htmx_is_given_the_table_alone(house: House, clerk: Client) -> None:
    record(house)

    whole, part = clerk.get("/activities/"), clerk.get("/activities/", headers={"HX-Request": "true"})

    assert ("<html" in whole.text, "<html" in part.text) == (True, False)
    assert part.text.count('id="activities"') == 1
    assert "HX-Request" in part["Vary"]


def test_an_empty_list_offers_the_first_step_only_to_who_can_take_it(house: House, client: Client) -> None:
    seen = {}
    for role in (Role.CLERK, Role.MEMBER):
        client.force_login(house.user(role))
        seen[role] = (
            'href="/activities/new">登记活动</a>' in client.get("/activities/", headers={"HX-Request": "true"}).text
        )

    assert seen == {Role.CLERK: True, Role.MEMBER: False}


def test_the_export_is_the_sheet_that_can_be_brought_in(house: House, clerk: Client) -> None:
    record(house, came=2, outcome="=1+1", money=300)

    rows = read_rows(clerk.get("/activities/export.xlsx?kind=inspection").content, "a.xlsx")

    assert rows[0][:3] == ["标题", "日期", "种类"]
    told = dict(zip(rows[0], rows[1], strict=True))
    assert [told[name] for name in ("标题", "日期", "载体", "实到", "结果", "捐款")] == [
        "视察镇中心小学", date(2026, 3, 12), "委员活动日", "委员01、委员02", "=1+1", 300,
    ]  # fmt: skip


# --- recording ---


def test_a_whole_body_is_invited_with_one_tick_and_exceptions_by_name(house: House, clerk: Client) -> None:
    absent, left_out = house.members[0], house.members[3]  # both of the first sector

    answer = clerk.post("/activities/new", {**TYPED, "group": [str(house.sectors[0].pk)], f"who_{absent.pk}": "absent", f"note_{absent.pk}": "没有请假", f"who_{left_out.pk}": "none"})  # fmt: skip

    made = Activity.objects.get()
    assert answer["Location"] == f"/activities/{made.pk}"
    came = Attendance.objects.filter(activity=made).values_list("person__name", "presence", "note")
    assert sorted(came) == [("委员01", "absent", "没有请假"), ("委员07", "attended", ""), ("委员10", "attended", "")]


def test_after_recording_the_page_links_to_the_plan(house: House, clerk: Client) -> None:
    page = clerk.post("/activities/new", TYPED, follow=True)

    assert "已登记“视察镇中心小学”" in page.text
    assert 'href="/plans/"' in page.text


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"title": ""}, "title"),
        ({"kind": "party"}, "kind"),
        ({"on": "2026-02-30"}, "on"),
        ({"on": "2026-07-01"}, "on"),  # tomorrow: the ledger's refusal stands at its field
        ({"on": "2019-01-01"}, "on"),  # outside the term
        ({"guests": "-3"}, "guests"),
        ({"money": "三千"}, "money"),
        ({"organizer": "999"}, "organizer"),
        ({"half_days": "0"}, "half_days"),
        ({"who_999999": "attended"}, "people"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    house: House, clerk: Client, wrong: dict[str, str], field: str
) -> None:
    who = f"who_{house.members[5].pk}"

    answer = clerk.post("/activities/new", {**TYPED, who: "excused", **wrong})

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), Activity.objects.count()) == (422, [field], 0)
    assert form.presence[house.members[5].pk] == "excused"
    assert "提出建议 3 条" in answer.text
    for value in wrong.values():
        assert field in ("kind", "organizer", "half_days", "people") or f'value="{value}"' in answer.text or not value


def test_a_person_of_another_unit_cannot_be_put_on_the_list(house: House, client: Client) -> None:
    client.force_login(house.user(Role.PARTTIMER))  # at the community, to which nobody belongs

    answer = client.post(
        f"/activities/new?org={house.community.code}", {**TYPED, f"who_{house.members[0].pk}": "attended"}
    )

    assert (answer.status_code, list(answer.context["form"].errors), Activity.objects.count()) == (422, ["people"], 0)


def test_files_survive_an_error_elsewhere_in_the_form(house: House, clerk: Client) -> None:
    wrong = clerk.post(
        "/activities/new", {**TYPED, "title": "", "files": SimpleUploadedFile("方案.txt", "方案".encode())}
    )
    kept = wrong.context["files"]

    right = clerk.post("/activities/new", {**TYPED, "files_id": [str(kept[0]["id"])]})

    assert (wrong.status_code, [file["name"] for file in kept]) == (422, ["方案.txt"])
    assert [a.name for a in storage.of(f"activities.activity:{right['Location'].rsplit('/', 1)[1]}")] == ["方案.txt"]


def test_a_bad_file_is_named_and_the_good_one_beside_it_is_kept(house: House, clerk: Client) -> None:
    answer = clerk.post(
        "/activities/new",
        {**TYPED, "files": [SimpleUploadedFile("木马.exe", b"MZ"), SimpleUploadedFile("方案.txt", b"1")]},
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["papers"])
    assert "木马.exe" in answer.text
    assert [file["name"] for file in answer.context["files"]] == ["方案.txt"]


def test_a_photo_can_be_sent_ahead_and_a_refused_one_says_why(house: House, clerk: Client) -> None:
    good = clerk.post("/activities/upload", {"file": SimpleUploadedFile("方案.txt", b"1")}).json()
    bad = clerk.post("/activities/upload", {"file": SimpleUploadedFile("照片.jpg", b"not a photo")})

    assert good["name"] == "方案.txt"
    assert (bad.status_code, bad.json()["code"]) == (422, "misnamed")


def test_a_locked_period_asks_for_the_reason_in_the_form(house: House, clerk: Client) -> None:
    PeriodLock.objects.create(
        organization=house.county, through=date(2026, 3, 31), grace_until=date(2026, 4, 30), locked_at=house.now
    )

    head = Client()
    head.force_login(house.user(Role.HEAD))

    asked = head.post("/activities/new", TYPED)
    given = head.post("/activities/new", {**TYPED, "reason": "主任同意补登"})

    assert (asked.status_code, list(asked.context["form"].errors), 'name="reason"' in asked.text) == (
        422,
        ["reason"],
        True,
    )
    assert given.status_code == 302


def test_the_same_form_sent_twice_is_one_record(house: House, clerk: Client) -> None:
    typed = {**TYPED, "client_id": str(uuid4())}

    first, second = clerk.post("/activities/new", typed), clerk.post("/activities/new", typed)

    assert first["Location"] == second["Location"]
    assert Activity.objects.count() == 1


def test_another_activity_typed_over_a_sent_form_is_not_lost(house: House, clerk: Client) -> None:
    """The browser's back button brings the sent form back, with its id."""
    typed = {**TYPED, "client_id": str(uuid4())}
    clerk.post("/activities/new", typed)

    warned = clerk.post("/activities/new", {**typed, "title": "走访企业", "on": "2026-04-01"})
    again = clerk.post(
        "/activities/new", {**typed, "title": "走访企业", "on": "2026-04-01", "client_id": warned.context["client_id"]}
    )

    assert (warned.status_code, again.status_code) == (422, 302)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["视察镇中心小学", "走访企业"]


def test_the_same_happening_is_asked_about_before_it_counts_twice(house: House, clerk: Client) -> None:
    clerk.post("/activities/new", TYPED)

    asked = clerk.post("/activities/new", TYPED)
    sure = clerk.post("/activities/new", {**TYPED, "again": "on"})

    assert (asked.status_code, list(asked.context["form"].errors), sure.status_code) == (422, ["again"], 302)
    assert Activity.objects.count() == 2


def test_copying_last_time_brings_everything_but_the_day(house: House, clerk: Client) -> None:
    record(house, came=4, outcome="上次的结果", money=300)

    form = clerk.get("/activities/new?copy=last").context["form"]

    assert (form["title"].value(), form["on"].value(), form["place"].value()) == (
        "视察镇中心小学",
        house.now.date(),
        "镇中心小学",
    )
    assert (form["outcome"].value(), form["money"].value()) == (None, None)
    assert set(form.presence.values()) == {"attended"}
    assert len(form.presence) == 4


# --- drafts ---


def keep(client: Client, client_id: str, **typed: str) -> Any:
    payload = json.dumps([[name, value] for name, value in typed.items()])
    return client.post(
        "/activities/draft",
        {"key": "activities.new:yunling", "client_id": client_id, "at": "2026-06-30T04:00:00Z", "payload": payload},
    )


def test_a_form_is_saved_as_it_is_typed_and_comes_back(house: House, clerk: Client) -> None:
    client_id, who = str(uuid4()), f"who_{house.members[2].pk}"
    saved = keep(
        clerk, client_id, title="视察县医", kind="inspection", on="2026-06-", guests="十来个", **{who: "excused"}
    )

    page = clerk.get("/activities/new")

    assert saved.json() == {"saved_at": "12:00", "kept": True}
    form = page.context["form"]
    assert [form[name].value() for name in ("title", "on", "guests")] == ["视察县医", "2026-06-", "十来个"]
    assert (form.presence, form.errors) == ({house.members[2].pk: "excused"}, {})
    assert str(page.context["client_id"]) == client_id


def test_a_draft_typed_over_a_recorded_form_is_kept_and_recorded_under_a_new_id(house: House, clerk: Client) -> None:
    client_id = str(uuid4())
    clerk.post("/activities/new", {**TYPED, "client_id": client_id})
    ghost = keep(clerk, client_id, title=TYPED["title"], on=TYPED["on"])
    other = keep(clerk, client_id, title="走访企业", on="2026-04-01")

    page = clerk.get("/activities/new")
    done = clerk.post(
        "/activities/new",
        {**TYPED, "title": "走访企业", "on": "2026-04-01", "draft": str(page.context["draft"].client_id)},
    )

    assert [answer.json()["kept"] for answer in (ghost, other)] == [False, True]
    assert (page.context["client_id"], done.status_code, Draft.objects.count()) == ("", 302, 0)


def test_a_draft_can_be_left_aside_or_thrown_away(house: House, clerk: Client) -> None:
    client_id = str(uuid4())
    keep(clerk, client_id, title="半截")

    aside = clerk.get("/activities/new?fresh=1").context["form"]["title"].value()
    clerk.post("/activities/draft/drop", {"client_id": client_id})

    assert (aside, Draft.objects.count()) == (None, 0)


def test_a_draft_is_nobody_elses(house: House, clerk: Client) -> None:
    client_id = str(uuid4())
    keep(clerk, client_id, title="我的")
    other = Client()
    other.force_login(house.user(Role.PARTTIMER))

    assert other.get(f"/activities/new?draft={client_id}").context["draft"] is None
    other.post("/activities/draft/drop", {"client_id": client_id})
    assert Draft.objects.count() == 1


def test_a_draft_is_taken_as_json_and_as_the_form_itself(house: House, clerk: Client) -> None:
    one, two = str(uuid4()), str(uuid4())
    clerk.post("/activities/draft", {"client_id": one, "payload": [["title", "甲"]]}, content_type="application/json")
    clerk.post("/activities/draft", {"client_id": two, "title": "乙"})

    assert sorted(d.typed["title"] for d in Draft.objects.all()) == ["乙", "甲"]


@pytest.mark.parametrize("sent", [{"client_id": "x"}, {"payload": "["}, {"client_id": str(uuid4()), "payload": "[1]"}])
def test_a_draft_that_cannot_be_read_is_refused(house: House, clerk: Client, sent: dict[str, str]) -> None:
    answer = clerk.post("/activities/draft", sent, headers={"Accept": "application/json"})

    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_an_old_draft_waits_among_the_things_to_do(house: House, clerk: Client) -> None:
    keep(clerk, str(uuid4()), title="视察县医院")
    user, today = house.user(Role.CLERK), house.now.date()

    def waits(day: date) -> list[str]:
        return [one.title for one in todo.waiting(user, house.county, day) if "/activities/" in one.url]

    assert (waits(today), waits(today + timedelta(days=1))) == ([], ["没有登记完的活动：视察县医院"])


# --- one activity, correcting, voiding ---


def test_the_page_of_an_activity_tells_who_came_where_it_counts_and_what_was_changed(
    house: House, clerk: Client
) -> None:
    house.members[0].phone = "13800001234"
    house.members[0].save()
    activity = record(house, came=2)
    actions.correct(
        activity, fields={"kind": "research"}, presence={house.members[0].pk: "attended", house.members[1].pk: "excused"},
        by=house.user(Role.CLERK), now=house.now, seen=1, reason="种类登错了",
    )  # fmt: skip

    page = clerk.get(f"/activities/{activity.pk}")

    assert [(str(word), [one.person.name for one in people]) for word, people in page.context["lists"]] == [("实到", ["委员01"]), ("请假", ["委员02"]), ("缺席", [])]  # fmt: skip
    counted = {one.indicator.code: one.amount for one in page.context["counted"]}
    assert (counted["activities.research"], counted["activities.attended"], counted["activities.excused"]) == (1, 1, 1)
    assert "activities.inspection" not in counted
    assert page.context["history"][0].changes == ["活动种类：视察 → 专题调研", "委员02：实到 → 请假"]
    assert "1380000" not in page.text
    assert f"/figures/drawer?indicator=activities.research&amp;org={house.county.code}&amp;from=2026-01-01" in page.text


def test_a_member_sees_no_buttons(house: House, client: Client) -> None:
    activity = record(house)
    client.force_login(house.user(Role.MEMBER))

    assert client.get(f"/activities/{activity.pk}").context["verbs"] == []


def test_correcting_opens_with_what_was_recorded_and_changes_only_what_was_changed(house: House, clerk: Client) -> None:
    activity = record(house, came=2, half_days=7, money=300)
    form = clerk.get(f"/activities/{activity.pk}/edit").context["form"]
    typed = {**form.given, "on": ["2026-03-12"]}

    answer = clerk.post(
        f"/activities/{activity.pk}/edit", {**typed, "place": "新校区", "seen": "1", "reason": "地点写错了"}
    )

    now = Activity.objects.get(pk=activity.pk)
    assert answer.status_code == 302
    assert (now.place, now.half_days, now.money, now.carriers, now.version) == ("新校区", 7, 300, ["member_day"], 2)
    assert now.attendances.count() == 2


def test_a_correction_without_reason_keeps_what_was_typed(house: House, clerk: Client) -> None:
    activity = record(house)

    answer = clerk.post(f"/activities/{activity.pk}/edit", {**TYPED, "title": "视察新校区", "seen": "1"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert 'value="视察新校区"' in answer.text


def test_a_correction_of_what_somebody_changed_shows_both_and_saves_only_when_sent_again(
    house: House, clerk: Client
) -> None:
    activity = record(house)
    actions.correct(
        activity,
        fields={"place": "老校区"},
        presence=None,
        by=house.user(Role.CLERK),
        now=house.now,
        seen=1,
        reason="地点",
    )
    typed = {**TYPED, "place": "新校区", "collective": "on", "reason": "地点"}

    stale = clerk.post(f"/activities/{activity.pk}/edit", {**typed, "seen": "1"})
    again = clerk.post(f"/activities/{activity.pk}/edit", {**typed, "seen": stale.context["seen"]})

    assert stale.status_code == 409
    assert {"label": "地点", "theirs": "老校区", "yours": "新校区"} in stale.context["differences"]
    assert (again.status_code, Activity.objects.get(pk=activity.pk).place) == (302, "新校区")


def test_voiding_wants_a_reason_and_the_version_that_was_seen(house: House, clerk: Client) -> None:
    activity = record(house)
    address = f"/activities/{activity.pk}/void"

    answers = [
        clerk.post(address, {"seen": "1"}).status_code,
        clerk.post(address, {"reason": "登错"}).status_code,
        clerk.post(address, {"seen": "1", "reason": "登错"}).status_code,
    ]

    assert answers == [422, 409, 302]
    assert Activity.objects.get(pk=activity.pk).state == "void"
    assert "不计入任何统计项" in clerk.get(f"/activities/{activity.pk}").text


def test_a_voided_activity_is_not_opened_for_correcting(house: House, clerk: Client) -> None:
    activity = actions.void(record(house), by=house.user(Role.CLERK), now=house.now, seen=1, reason="登错")

    answer = clerk.get(f"/activities/{activity.pk}/edit")

    assert (answer.status_code, "已作废" in answer.text) == (422, True)


# --- its course ---


def planned(house: House, on: date = date(2026, 6, 30), **more: Any) -> Activity:
    presence = {p.pk: "attended" for p in house.members[:3]}
    fields = {"title": "拟视察河道", "kind": "inspection", "on": on}
    return actions.plan(
        house.county, fields=fields, presence=presence, by=house.user(Role.CLERK), now=house.now, **more
    )


def test_a_planned_activity_is_typed_into_the_same_form(house: House, clerk: Client) -> None:
    group = {"group": [str(house.sectors[0].pk)], "state": "planned", "on": "2026-07-08"}

    page = clerk.post("/activities/new", {**TYPED, **group}, follow=True)

    made = Activity.objects.get()
    assert (made.state, {one.presence for one in made.attendances.all()}) == ("planned", {"invited"})
    assert "开展后再计数" in page.text
    assert [str(word) for word, people in page.context["lists"] if people] == ["受邀"]


def test_a_day_to_come_asks_for_planned_and_keeps_what_was_typed(house: House, clerk: Client) -> None:
    answer = clerk.post("/activities/new", {**TYPED, "on": "2026-07-08"})

    assert (answer.status_code, "请选“拟开展”" in str(answer.context["form"].errors["on"])) == (422, True)


def test_what_was_planned_is_recorded_as_held_with_all_the_invited(house: House, clerk: Client) -> None:
    activity, left_out = planned(house), house.members[2]
    form = clerk.get(f"/activities/{activity.pk}/hold").context["form"]
    assert set(form.presence.values()) == {"attended"}

    answer = clerk.post(
        f"/activities/{activity.pk}/hold", {**form.given, f"who_{left_out.pk}": "excused", "outcome": "提出建议 3 条", "seen": "1"}
    )  # fmt: skip

    now = Activity.objects.get()
    assert (answer.status_code, now.state, now.outcome) == (302, "held", "提出建议 3 条")
    assert sorted(now.attendances.values_list("presence", flat=True)) == ["attended", "attended", "excused"]
    assert clerk.get(f"/activities/{activity.pk}/hold").status_code == 422


def test_postponing_and_cancelling_stand_on_the_page_and_say_what_is_wrong(house: House, clerk: Client) -> None:
    activity = planned(house)
    address = f"/activities/{activity.pk}"

    bad = clerk.post(f"{address}/postpone", {"seen": "1", "to": "七月八日", "reason": "改期"})
    later = clerk.post(f"{address}/postpone", {"seen": "1", "to": "", "reason": "场地没有定"})
    page = clerk.get(f"{address}?ask=cancel")
    done = clerk.post(f"{address}/cancel", {"seen": "2", "reason": "不办了"})

    cancelled = clerk.get(address)
    assert [str(word) for word, people in cancelled.context["lists"] if people] == ["受邀"]
    assert "改期再办" in cancelled.text and "登错了" in cancelled.text
    assert ([bad.status_code, later.status_code, done.status_code], "认不出这个日期" in bad.text) == (
        [422, 302, 302],
        True,
    )
    assert ("日期待定" in page.text, page.context["open_cancel"], Activity.objects.get().state) == (
        True,
        True,
        "cancelled",
    )


def test_the_form_keeps_joint_bodies_leaders_sites_and_capacity(house: House, clerk: Client) -> None:
    person = house.members[0]
    more = {
        "co_organizers": [str(house.sectors[1].pk)], "units": [str(house.township.pk)], "leaders": "章国华 县政协主席\n县委副书记 周立", "sites": "新安村：茶园\n石桥村",
        "experts": "2", "until": "2026-03-13", "counted_times": "2", "times_reason": "两天各一份报告", f"who_{person.pk}": "attended", f"as_{person.pk}": str(house.sectors[0].pk),
    }  # fmt: skip

    wrong = clerk.post("/activities/new", {**TYPED, **more, "title": ""})
    clerk.post("/activities/new", {**TYPED, **more})

    made = Activity.objects.get()
    assert 'name="leaders"' in wrong.text and "县委副书记 周立" in wrong.text
    assert [str(one) for one in (*made.leaders.all(), *made.sites.all())] == [
        "章国华 县政协主席", "周立 县委副书记", "新安村：茶园", "石桥村",
    ]  # fmt: skip
    assert made.attendances.get().capacity == house.sectors[0]
    again = clerk.get(f"/activities/{made.pk}/edit").context["form"]
    assert (again["counted_times"].value(), again["units"].value()) == ("2", [str(house.township.pk)])


def test_a_body_or_unit_that_is_not_near_is_refused_at_its_field(house: House, clerk: Client) -> None:
    answer = clerk.post(
        "/activities/new", {**TYPED, "units": [str(house.community.pk)], "co_organizers": [str(house.group.pk)]}
    )

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["co_organizers", "units"])


def test_what_another_unit_named_as_joint_is_claimed_on_its_page(house: House, client: Client) -> None:
    activity = actions.record(
        house.county, fields={"title": "联合调研", "kind": "research", "on": date(2026, 3, 1)}, presence={}, by=house.user(Role.CLERK), now=house.now,
        parts=actions.Parts(units=[house.township.pk]),
    )  # fmt: skip
    user = house.user(Role.PARTTIMER)
    client.force_login(user)
    waits = [one for one in todo.waiting(user, house.township, house.now.date()) if one.verb == "认领"]

    page = client.get(waits[0].url)
    done = client.post(f"{waits[0].url}/claim", {"seen": "1", "body": str(house.group.pk)}, follow=True)

    assert ("与青石镇联办" in page.text, "更正</a>" in page.text) == (True, False)
    assert {str(one.indicator.name) for one in done.context["counted"]} >= {"活动", "专题调研"}
    assert [a.title for a in client.get("/activities/?org=qingshi").context["page"]] == ["联合调研"]
    assert client.post(f"/activities/{activity.pk}/void", {"seen": "2", "reason": "不是我的"}).status_code == 403


def test_what_was_held_can_be_put_off_or_cancelled_from_its_page(house: House, clerk: Client) -> None:
    page = clerk.get(f"/activities/{record(house).pk}")

    assert all(words in page.text for words in ("其实没有开展", "/postpone", "/cancel", "/void"))


def test_an_answer_that_was_given_too_fast_is_put_right_on_the_page(house: House, clerk: Client) -> None:
    first = record(house)
    clerk.post("/activities/new", TYPED)
    second = clerk.post("/activities/new", {**TYPED, "again": "on"})["Location"]

    page = clerk.get(second)
    clerk.post(f"{second}/merge", {"seen": "1", "into": str(first.pk)})

    assert [one.pk for one in page.context["apart"]] == [first.pk]
    assert sorted(Activity.objects.values_list("state", flat=True)) == ["held", "void"]


def test_what_is_planned_for_the_day_is_asked_about_before_it_is_recorded_twice(house: House, clerk: Client) -> None:
    planned(house)

    answer = clerk.post("/activities/new", {**TYPED, "title": "拟视察河道", "on": "2026-06-30"})

    assert "已排定“拟视察河道”" in str(answer.context["form"].errors["again"])


# --- what they cost ---


def many(house: House, n: int) -> None:
    for i in range(n):
        record(house, f"活动 {i}", on=date(2026, 1, 1) + timedelta(days=i), came=2 + i % 9, place=f"地点 {i}")


@pytest.mark.parametrize(
    "address, budget",
    [("/activities/", 9), ("/activities/new", 12), ("/activities/{pk}", 20), ("/activities/{pk}/edit", 19)],
)
def test_a_page_costs_the_same_with_five_and_with_fifty(
    house: House,
    clerk: Client,
    django_assert_num_queries: Asserted,
    django_assert_max_num_queries: Asserted,
    address: str,
    budget: int,
) -> None:
    many(house, 5)
    address = address.format(pk=Activity.objects.latest("id").pk)
    clerk.get(address)
    with django_assert_max_num_queries(budget) as few:
        clerk.get(address)
    many(house, 45)
    with django_assert_num_queries(len(few)):
        clerk.get(address)


def test_the_clock_of_the_pages_is_ours(house: House, clerk: Client) -> None:
    with clock.at(date(2026, 5, 4)):
        assert clerk.get("/activities/new").context["form"]["on"].value() == date(2026, 5, 4)


def test_a_draft_is_found_by_its_key(house: House) -> None:
    user = house.user(Role.CLERK)
    activity = record(house)
    sent = Sent(uuid4(), f"activities.edit.{activity.pk}", {"values": {}})
    actions.keep_draft(house.county, sent, by=user, now=house.now)

    assert (len(queries.drafts(user, house.county)), queries.edit_draft(user, activity) is not None) == (0, True)
