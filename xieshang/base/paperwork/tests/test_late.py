"""补登 by the rule: after the grace time a late entry waits for the head of the office, with all that was typed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from xieshang.base import clock, todo
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.notices.models import Notice
from xieshang.base.paperwork import actions, queries
from xieshang.base.paperwork.models import Approval, Typed
from xieshang.conftest import House
from xieshang.work.activities.models import Activity

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
ID = "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a11"
TYPED = {
    "title": "年末走访困难户", "kind": "visit", "collective": "on", "on": "2025-12-20", "half_days": "1", "place": "桂花村", "client_id": ID,
}  # fmt: skip


@pytest.fixture
def locked(house: House) -> House:
    PeriodLock.objects.create(
        organization=house.county, through=date(2025, 12, 31), grace_until=date(2026, 2, 28), locked_at=house.now
    )
    return house


def browser(house: House, role: str) -> Client:
    client = Client()
    client.force_login(house.user(role))
    return client


def asked(house: House, **more: Any) -> Approval:
    answer = browser(house, Role.CLERK).post("/activities/new", {**TYPED, "reason": "材料晚到", "late": "1", **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Approval.objects.get()


def test_within_the_grace_time_december_is_recorded_in_january_as_any_day(house: House) -> None:
    PeriodLock.objects.create(
        organization=house.county, through=date(2025, 12, 31), grace_until=date(2026, 7, 1), locked_at=house.now
    )
    assert browser(house, Role.CLERK).post("/activities/new", TYPED).status_code == 302
    assert Activity.objects.get().on == date(2025, 12, 20)


def test_after_it_the_form_offers_to_send_what_was_typed_to_the_head(locked: House) -> None:
    answer = browser(locked, Role.CLERK).post("/activities/new", TYPED)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "已经锁定" in text and 'name="late"' in text and "年末走访困难户" in text
    assert not Activity.objects.exists()


def test_sending_it_without_a_reason_asks_for_one_and_loses_nothing(locked: House) -> None:
    answer = browser(locked, Role.CLERK).post("/activities/new", {**TYPED, "late": "1"})
    assert answer.status_code == 422
    assert "还没有写为什么晚录" in answer.content.decode() and "年末走访困难户" in answer.content.decode()
    assert not Approval.objects.exists()


def test_what_was_sent_counts_nothing_and_waits_on_both_sides(locked: House) -> None:
    approval = asked(locked)
    assert (approval.state, approval.why, approval.title) == ("asked", "材料晚到", "年末走访困难户")
    assert not Activity.objects.exists() and not PostedFact.objects.exclude(kind__startswith="people.").exists()
    heads = todo.waiting(locked.user(Role.HEAD), locked.county, clock.today())
    clerks = todo.waiting(locked.user(Role.CLERK), locked.county, clock.today())
    assert [one.title for one in heads if one.post] == ["补登活动：年末走访困难户"]
    assert [one.title for one in clerks] == ["等签批：年末走访困难户"]


def test_the_head_consents_with_one_click_from_home_and_it_is_posted_now(locked: House) -> None:
    approval = asked(locked, reason="材料晚到")
    head = browser(locked, Role.HEAD)
    head.get("/")
    one = next(one for one in todo.waiting(locked.user(Role.HEAD), locked.county, clock.today()) if one.post)
    assert head.post(one.post).status_code == 302
    made = Activity.objects.get()
    assert (made.on, made.place, made.created_by, made.client_id.hex) == (
        date(2025, 12, 20), "桂花村", locked.users[Role.CLERK], ID.replace("-", ""),
    )  # fmt: skip
    facts = PostedFact.objects.filter(record=made.ref)
    assert {fact.posted_at for fact in facts} == {locked.now} and {fact.on for fact in facts} == {date(2025, 12, 20)}
    approval.refresh_from_db()
    assert (approval.state, approval.record, approval.on_paper) == ("approved", made.ref, False)
    assert not Typed.objects.exists()
    told = telling.told(telling.entries(made.ref), {}, lambda entry: [])[0]
    assert told.changes == ["经办公室主任同意（2026-06-30）"]
    assert [one.text for one in Notice.objects.filter(user=locked.users[Role.CLERK])] == [
        "办公室主任同意了：年末走访困难户"
    ]
    assert verify.verify().problems == []


def test_a_refusal_goes_back_with_words_and_what_was_typed_is_a_draft_again(locked: House) -> None:
    approval = asked(locked)
    head = browser(locked, Role.HEAD)
    given = {"agreed": "no", "seen": approval.version}
    assert head.post(f"/approvals/{approval.pk}/sign", {**given, "opinion": ""}).status_code == 422
    assert head.post(f"/approvals/{approval.pk}/sign", {**given, "opinion": "去年已经算过"}).status_code == 302
    draft = Draft.objects.get()
    assert (draft.user, draft.key, draft.values["place"]) == (locked.users[Role.CLERK], "activities.new", ["桂花村"])
    back = todo.waiting(locked.user(Role.CLERK), locked.county, clock.today())
    assert ("未同意：年末走访困难户", "办公室主任：去年已经算过") in [(one.title, one.detail) for one in back]
    page = browser(locked, Role.CLERK).get("/activities/new").content.decode()
    assert "年末走访困难户" in page
    browser(locked, Role.CLERK).post(f"/approvals/{approval.pk}/close")
    assert not [
        one for one in todo.waiting(locked.user(Role.CLERK), locked.county, clock.today()) if "未同意" in one.title
    ]


def test_on_paper_who_signed_and_who_entered_and_their_days_are_kept_apart(locked: House) -> None:
    approval = asked(locked)
    done = actions.enter(
        approval, agreed=True, signed_by="张国华（领导）", signed_on=date(2026, 6, 26), scan=("审批单.png", _png()), opinion="同意补登", by=locked.user(Role.CLERK),
        now=locked.now,
    )  # fmt: skip
    assert (done.signed_by, done.signed_on, done.entered_by, done.entered_at) == (
        "张国华（领导）", date(2026, 6, 26), locked.users[Role.CLERK], locked.now,
    )  # fmt: skip
    made = Activity.objects.get()
    told = telling.told(telling.entries(made.ref), {}, lambda entry: [])[0]
    assert told.changes == [
        "经张国华（领导）纸上签批（2026-06-26），办公室工作人员 2026-06-30 代录", "意见：同意补登",
    ]  # fmt: skip
    page = browser(locked, Role.CLERK).get(f"/approvals/{done.pk}").content.decode()
    assert "2026-06-26" in page and "2026-06-30" in page and "代录" in page


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"scan": None}, "no_scan"),
        ({"signed_by": " "}, "no_signer"),
        ({"signed_on": date(2026, 7, 1)}, "in_the_future"),
        ({"agreed": False}, "no_reason"),
    ],
)
def test_a_paper_that_lacks_something_is_not_entered(locked: House, changed: dict[str, Any], code: str) -> None:
    given = {"agreed": True, "signed_by": "张", "signed_on": date(2026, 6, 26), "scan": ("a.png", _png()), **changed}
    with pytest.raises(Refused) as refusal:
        actions.enter(asked(locked), **given, by=locked.user(Role.CLERK), now=locked.now)
    assert refusal.value.code == code and not Activity.objects.exists()


def _png() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return out.getvalue()


def test_only_who_may_consent_consents(locked: House) -> None:
    approval = asked(locked)
    for role in (Role.CLERK, Role.MEMBER, Role.PARTTIMER, Role.HANDLER):
        with pytest.raises(NotAllowed):
            actions.approve(approval, by=locked.user(role), now=locked.now)
    assert not Activity.objects.exists()


def test_what_no_longer_fits_is_said_to_who_consents_and_nothing_is_written(locked: House) -> None:
    approval = asked(locked)
    Typed.objects.update(values={**Typed.objects.get().values, "on": ["2019-12-20"]})
    before = Entry.objects.count()
    answer = browser(locked, Role.HEAD).post(
        f"/approvals/{approval.pk}/sign", {"agreed": "yes", "seen": approval.version}
    )
    assert answer.status_code == 422 and "任期" in answer.content.decode()
    approval.refresh_from_db()
    assert (approval.state, Entry.objects.count(), Typed.objects.count()) == ("asked", before, 1)


def test_a_second_sending_of_the_same_form_is_the_same_request(locked: House) -> None:
    asked(locked)
    asked(locked)
    assert Approval.objects.count() == 1


def test_withdrawn_it_is_a_draft_again(locked: House) -> None:
    approval = asked(locked)
    actions.withdraw(approval, by=locked.user(Role.CLERK), now=locked.now)
    assert Draft.objects.get().values["title"] == ["年末走访困难户"]
    assert list(queries.waiting(locked.user(Role.HEAD), locked.county)) == []
