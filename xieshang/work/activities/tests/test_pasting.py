"""粘贴一段话: the form filled from a chat's paragraph, for checking."""

import pytest
from django.test import Client

from xieshang.base.accounts.roles import Role
from xieshang.base.drafts.models import Draft
from xieshang.text import scenes
from xieshang.work.activities import rules
from xieshang.work.activities.models import Activity

TEXT = "6月25日下午，经济界组织12名委员到青石镇柳坝村视察高标准农田，委员01、委员02参加，委员03请假，村民四十余人到场，捐款2.3万元。"


@pytest.fixture
def clerk(house, client: Client) -> Client:
    client.force_login(house.user(Role.CLERK))
    return client


def paste(client, text=TEXT, **typed):
    return client.post("/activities/new", {"read": "1", "pasted": text, "on": "2026-06-30", "half_days": "1", **typed})


def given(response, name):
    return list(response.context["form"].given.get(name, []))


def test_the_readers_codes_are_those_of_the_rules():
    assert {code for code, _words, _weight in scenes.KINDS} <= {code for code, _title in rules.KINDS}
    assert {code for code, _words in scenes.CARRIERS} == {code for code, _title, _group in rules.CARRIERS}


def test_a_paragraph_fills_the_form_and_saves_nothing(clerk, house):
    shown = paste(clerk)

    assert shown.status_code == 200 and not Activity.objects.exists()
    assert (given(shown, "on"), given(shown, "kind"), given(shown, "place")) == (
        ["2026-06-25"],
        ["inspection"],
        ["青石镇柳坝村"],
    )
    assert (given(shown, "money"), given(shown, "organizer")) == (["23000.00"], [str(house.sectors[0].pk)])
    first, second, third = house.members[:3]
    assert [given(shown, f"who_{one.pk}") for one in (first, second, third)] == [
        ["attended"],
        ["attended"],
        ["excused"],
    ]


def test_every_field_that_was_filled_says_from_which_words(clerk, house):
    shown = paste(clerk).content.decode()

    assert shown.count("识别自原文") >= 6 and "<q>6月25日</q>" in shown
    assert "原文写了 12 名委员，其中 2 人认出了姓名" in shown


def test_what_was_typed_by_hand_stays_and_what_was_read_before_is_read_anew(clerk, house):
    first = paste(clerk, title="视察农田建设", outcome="")
    again = paste(
        clerk,
        "6月26日在县政协会议室召开座谈会",
        pasted_read=TEXT,
        **{name: given(first, name)[0] for name in ("title", "on", "kind", "place", "money")},
    )

    assert given(first, "title") == ["视察农田建设"]
    assert (given(again, "title"), given(again, "on"), given(again, "kind")) == (
        ["视察农田建设"],
        ["2026-06-26"],
        ["talk"],
    )
    assert given(again, "money") == [""]


def test_a_paragraph_without_an_activity_says_so(clerk, house):
    shown = paste(clerk, "大家好，收到请回复").content.decode()

    assert "没有认出可以填的内容" in shown and "大家好，收到请回复" in shown


def test_the_paragraph_stays_in_the_draft_with_its_marks(clerk, house):
    shown = paste(clerk)
    client_id = "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a10"
    typed = {name: values[0] for name, values in shown.context["form"].given.items() if values}
    clerk.post("/activities/draft", {**typed, "client_id": client_id, "key": "activities.new"})

    assert Draft.objects.get().values["pasted"] == [TEXT]
    reopened = clerk.get("/activities/new").content.decode()
    assert "6月25日下午，经济界组织" in reopened and "识别自原文" in reopened


def test_leaders_are_written_with_their_posts_and_those_on_the_list_are_ticked_there(clerk, house):
    house.members[4].name = "林秉章"
    house.members[4].save()

    shown = paste(clerk, "6月20日在县政协会议室召开座谈会，县政协副主席林秉章主持，青石镇党委书记魏青松参加。")

    assert given(shown, "leaders") == ["魏青松 青石镇党委书记"]
    assert given(shown, f"who_{house.members[4].pk}") == ["attended"]


def test_what_is_announced_is_filled_in_as_planned(clerk, house):
    shown = paste(clerk, "拟于7月7日上午在县政协会议室召开座谈会，请各位委员准时参加。")

    assert (given(shown, "state"), given(shown, "on")) == (["planned"], ["2026-07-07"])


def test_two_of_one_name_are_left_to_the_clerk(clerk, house):
    namesake = house.members[5]
    namesake.name = "委员01"
    namesake.save()

    shown = paste(clerk)

    assert given(shown, f"who_{namesake.pk}") == [] and "有 2 位“委员01”" in shown.content.decode()


def test_a_filled_form_is_recorded_like_any_other(clerk, house):
    shown = paste(clerk)
    typed = {name: values for name, values in shown.context["form"].given.items() if values and values[0]}

    clerk.post("/activities/new", {**typed, "collective": "on"})

    made = Activity.objects.get()
    assert (made.kind, made.money, made.attendances.filter(presence="attended").count()) == ("inspection", 23000, 2)


def test_a_leader_may_not_read_a_paragraph_into_a_form(house, client):
    client.force_login(house.user(Role.LEADER))

    assert paste(client).status_code == 403
