"""What a member reports from his phone: it waits, counts when it is confirmed, comes back with a reason; he sees what became of it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base import todo
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.ledger.models import PostedFact
from xieshang.base.ledger.verify import verify
from xieshang.base.notices.models import Notice
from xieshang.work.registers import actions, queries
from xieshang.work.registers.fields import Field
from xieshang.work.registers.models import Entry, EntryPerson

TYPED = {"on": "2026-05-02", "title": "冷链仓储项目", "stage": "lead", "capital": "600万元"}


@pytest.fixture
def leads(house):
    """招商信息, to which members report."""
    return actions.take(house.county, "investment", by=house.user("clerk"), now=house.now)


@pytest.fixture
def report(house, leads):
    def send(title="冷链仓储项目", **more):
        return actions.report(
            leads,
            on="2026-05-02",
            title=title,
            values={"stage": "lead"},
            by=house.user("member"),
            now=house.now,
            **more,
        )

    return send


def judge(house, verb, entry, **more):
    return getattr(actions, verb)(entry, by=house.user("clerk"), now=house.now, seen=entry.version, **more)


def waits(house, role):
    return [one.title for one in todo.waiting(house.user(role), house.county, house.now.date()) if "上报" in one.title]


def test_a_report_says_nothing_until_it_is_confirmed(house, report):
    entry = report()
    assert (entry.state, PostedFact.objects.filter(record=entry.ref).count(), waits(house, "clerk")) == (
        "reported",
        0,
        ["委员上报待核实：冷链仓储项目"],
    )

    judge(house, "confirm", entry)

    assert {fact.kind for fact in PostedFact.objects.filter(record=entry.ref)} == {
        "registers.investment.entries",
        "registers.investment.person",
    }
    assert (waits(house, "clerk"), Notice.objects.filter(user=house.user("member")).count()) == ([], 1)
    assert verify().problems == []


def test_the_reporter_himself_stands_in_it(house, report):
    report()
    assert [(row.field, row.person) for row in EntryPerson.objects.all()] == [("givers", house.members[0])]


def test_what_is_sent_back_waits_for_the_member_with_the_reason_and_can_be_reported_again(house, report):
    entry = judge(house, "send_back", report(), reason="投资方是谁")
    assert waits(house, "member") == ["您上报的被退回：冷链仓储项目"]

    again = actions.resubmit(
        entry,
        on="2026-05-03",
        title="冷链仓储项目（省城）",
        values={"stage": "contact"},
        by=house.user("member"),
        now=house.now,
        seen=2,
    )

    assert (again.state, again.reply, waits(house, "member")) == ("reported", "", [])
    judge(house, "confirm", again)
    assert verify().problems == []


def test_a_report_is_sent_back_with_a_reason_only(house, report):
    with pytest.raises(Refused, match="理由"):
        judge(house, "send_back", report(), reason=" ")


def test_a_report_is_nobody_elses(house, report):
    entry = judge(house, "send_back", report(), reason="投资方是谁")
    other = accounts.make(
        "other", name="另一位", password="correct horse battery", organization=house.county, by=None, now=house.now
    )
    accounts.grant(other, Role.MEMBER, house.county, by=None, now=house.now)
    assert not queries.seen_by(other).exists()
    with pytest.raises(NotAllowed):
        actions.resubmit(
            entry, on="2026-05-03", title="抢来的", values={"stage": "lead"}, by=other, now=house.now, seen=2
        )


def test_nobody_confirms_his_own_and_no_clerk_reports(house, leads, report):
    with pytest.raises(NotAllowed):
        actions.confirm(report(), by=house.user("member"), now=house.now, seen=1)
    with pytest.raises(NotAllowed):
        actions.report(
            leads, on="2026-05-02", title="甲", values={"stage": "lead"}, by=house.user("clerk"), now=house.now
        )


def test_a_register_that_is_not_open_to_members_takes_none(house):
    news = actions.take(house.county, "newsletters", by=None, now=house.now)
    with pytest.raises(Refused, match="工作人员登记"):
        actions.report(news, on="2026-05-02", title="第一期", values={}, by=house.user("member"), now=house.now)


def test_the_same_report_sent_twice_is_one(report):
    client_id = "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a10"
    assert report(client_id=client_id).pk == report(client_id=client_id).pk
    assert Entry.objects.count() == 1


def test_staff_completes_what_a_member_is_not_asked_for_before_it_counts(house):
    fields = (
        Field("on", "日期", "date", True, role="on"), Field("title", "事项", "text", True, role="title"), Field("body", "对接机构", "body", True),
    )  # fmt: skip
    book = actions.make(house.county, name="线索", unit="条", fields=fields, by_members=True, by=None, now=house.now)
    entry = actions.report(book, on="2026-05-02", title="甲", values={}, by=house.user("member"), now=house.now)
    with pytest.raises(Refused, match="对接机构") as refused:
        judge(house, "confirm", entry)
    assert "补充" in refused.value.do

    entry = actions.correct(entry, values={"body": house.sectors[0].pk}, by=house.user("clerk"), now=house.now, seen=1)
    judge(house, "confirm", entry)
    assert PostedFact.objects.get(record=entry.ref).body == house.sectors[0]


def test_a_member_reports_on_his_phone_with_a_photo_and_sees_what_became_of_it(house, leads, logged_in):
    client = logged_in("member")
    form = client.get(f"/registers/{leads.pk}/report")
    assert [field.name for field in form.context["rows"]] == ["on", "title", "stage", "capital", "origin"]
    photo = SimpleUploadedFile("现场.txt", b"1")
    done = client.post(f"/registers/{leads.pk}/report", {**TYPED, "files": photo})
    entry = Entry.objects.get()
    assert (done.url, entry.state, len(storage.of(entry.ref))) == ("/registers/reports", "reported", 1)
    assert "待核实" in client.get("/registers/reports").content.decode()

    clerk = logged_in("clerk")
    clerk.post(f"/registers/entries/{entry.pk}/send_back", {"seen": 1, "reason": "投资方是谁"})
    client = logged_in("member")
    assert "投资方是谁" in client.get("/registers/reports").content.decode()
    client.post(f"/registers/entries/{entry.pk}/report", {**TYPED, "origin": "省城", "seen": 2})
    logged_in("clerk").post(f"/registers/entries/{entry.pk}/confirm", {"seen": 3})
    assert "已核实" in logged_in("member").get("/registers/reports").content.decode()


def test_a_report_that_does_not_fit_keeps_what_was_typed(leads, logged_in):
    page = logged_in("member").post(f"/registers/{leads.pk}/report", {**TYPED, "on": "2026-07-02", "capital": "三百"})
    assert (page.status_code, page.context["form"]["title"].value(), Entry.objects.count()) == (422, TYPED["title"], 0)
    assert "capital" in page.context["form"].errors


def test_what_was_reported_into_a_locked_time_wants_a_reason_when_it_is_confirmed(house, report):
    from xieshang.base.ledger.models import PeriodLock

    PeriodLock.objects.create(
        organization=house.county, through=date(2026, 5, 31), grace_until=date(2026, 6, 10), locked_at=house.now
    )
    entry = report()
    with pytest.raises(Refused):
        judge(house, "confirm", entry)
    assert Entry.objects.get().state == "reported"


def test_the_photo_of_a_report_is_nobody_elses_until_it_is_confirmed(house, leads, logged_in):
    other = accounts.make(
        "other", name="另一位", password="correct horse battery", organization=house.county, by=None, now=house.now
    )
    accounts.grant(other, Role.MEMBER, house.county, by=None, now=house.now)
    member = logged_in("member")
    member.post(f"/registers/{leads.pk}/report", {**TYPED, "files": SimpleUploadedFile("现场.txt", b"1")})
    entry = Entry.objects.get()
    photo = storage.of(entry.ref)[0]
    address = f"/files/{photo.pk}/{photo.name}"
    stranger = Client()
    stranger.force_login(other, backend="django.contrib.auth.backends.ModelBackend")

    assert (member.get(address).status_code, stranger.get(address).status_code) == (200, 404)
    entry = actions.correct(entry, values={"body": house.sectors[0].pk}, by=house.user("clerk"), now=house.now, seen=1)
    judge(house, "confirm", entry)
    assert stranger.get(address).status_code == 200
