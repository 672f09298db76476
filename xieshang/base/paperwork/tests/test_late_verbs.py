"""Whatever a locked period refuses can be asked for where it was refused: the head of the office consents, and it is done as it was asked."""

from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.errors import Refused
from xieshang.base.ledger import verify
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import actions
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import STEPS, late_step
from xieshang.conftest import House
from xieshang.documents.sheets import write_xlsx
from xieshang.work.activities import actions as activities
from xieshang.work.activities.models import Activity
from xieshang.work.registers import actions as registers
from xieshang.work.registers.fields import Field
from xieshang.work.registers.models import Entry, Register

MARCH = date(2026, 3, 12)


def browser(house: House, role: str, unit: str = "yunling") -> Client:
    client = Client()
    client.force_login(house.user(role))
    client.get(f"/?org={unit}")
    return client


def lock(house: House, unit: Organization | None = None) -> None:
    PeriodLock.objects.create(
        organization=unit or house.county, through=date(2026, 3, 31), grace_until=date(2026, 4, 30), locked_at=house.now
    )


def held(house: House, title: str = "视察镇中心小学", **more: Any) -> Activity:
    fields = {"title": title, "kind": "inspection", "on": MARCH, "carriers": [], "place": "镇中心小学"}
    return activities.record(
        house.county, fields=fields, presence={house.members[0].pk: "attended"}, by=None, now=house.now, **more
    )


def carried(page: str) -> dict[str, str]:
    """The fields of the form that asks, as a browser would send them."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "form":
                self.inside = given.get("action") == "/approvals/ask"
            elif tag == "input" and self.inside and given.get("name"):
                found[str(given["name"])] = str(given.get("value") or "")

    Reader().feed(page)
    return found


def asked(client: Client, address: str, typed: dict[str, Any], reason: str = "材料晚到") -> Approval:
    """Do it, be refused, and ask with the form that stands there."""
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "已经锁定" in page and "送办公室主任同意" in page
    given = carried(page)
    assert client.post("/approvals/ask", {**given, "reason": " "}).status_code == 422  # and not without a word
    answer = client.post("/approvals/ask", {**given, "reason": reason})
    assert answer.status_code == 302, answer.content.decode()
    return Approval.objects.latest("id")


def consented(house: House, approval: Approval) -> None:
    actions.approve(approval, by=house.user(Role.HEAD), now=house.now)
    assert verify.verify().problems == []


@pytest.mark.parametrize(
    ("verb", "typed", "state"),
    [
        ("void", {}, "void"),
        ("cancel", {}, "cancelled"),
        ("postpone", {"to": "2026-07-20"}, "postponed"),
        ("postpone", {"to": ""}, "postponed"),
    ],
)
def test_what_was_held_is_undone_once_the_head_consents(
    house: House, verb: str, typed: dict[str, str], state: str
) -> None:
    made = held(house)
    lock(house)
    client = browser(house, Role.CLERK)

    approval = asked(client, f"/activities/{made.pk}/{verb}", {**typed, "seen": made.version, "reason": "那天没有办"})
    assert Activity.objects.get().state == "held"
    consented(house, approval)

    made = Activity.objects.get()
    assert (made.state, made.undecided) == (state, verb == "postpone" and not typed["to"])
    if typed.get("to"):
        assert made.on == date(2026, 7, 20)


def test_two_that_are_the_same_are_merged_once_the_head_consents(house: House) -> None:
    first, second = held(house), held(house, "看学校")
    lock(house)
    typed = {"seen": second.version, "into": first.pk}

    approval = asked(browser(house, Role.CLERK), f"/activities/{second.pk}/merge", typed)
    consented(house, approval)

    second.refresh_from_db()
    assert second.state == "void"


def test_a_joint_activity_is_claimed_with_the_word_of_the_claiming_units_own_head(house: House) -> None:
    made = held(house, parts=activities.Parts(units=[house.township.pk]))
    lock(house, house.township)
    accounts.grant(house.user(Role.HEAD), Role.HEAD, house.township, by=None, now=house.now)
    client = browser(house, Role.PARTTIMER, "qingshi")
    typed = {"seen": made.version, "body": house.group.pk, "reason": "漏报了"}

    approval = asked(client, f"/activities/{made.pk}/claim", typed)
    assert (approval.organization, approval.step) == (house.township, "activities.claim")
    consented(house, approval)

    share = made.shares.get()
    assert (share.state, share.body) == ("claimed", house.group)


def test_the_head_himself_says_why_and_it_is_done(house: House) -> None:
    leads = registers.take(house.county, "investment", by=house.user(Role.CLERK), now=house.now)
    entry = registers.report(
        leads,
        on="2026-03-02",
        title="冷链仓储项目",
        values={"stage": "lead"},
        by=house.user(Role.MEMBER),
        now=house.now,
    )
    lock(house)
    accounts.grant(house.user(Role.HEAD), Role.CLERK, house.county, by=None, now=house.now)
    client = browser(house, Role.HEAD)

    page = client.post(f"/registers/entries/{entry.pk}/confirm", {"seen": entry.version})
    assert page.status_code == 422 and "写明理由再办" in page.content.decode()
    client.post(f"/registers/entries/{entry.pk}/confirm", {"seen": entry.version, "reason": "上报晚了"})

    assert Entry.objects.get().state == "valid"


def test_a_members_report_is_confirmed_once_the_head_consents(house: House) -> None:
    leads = registers.take(house.county, "investment", by=house.user(Role.CLERK), now=house.now)
    entry = registers.report(
        leads,
        on="2026-03-02",
        title="冷链仓储项目",
        values={"stage": "lead"},
        by=house.user(Role.MEMBER),
        now=house.now,
    )
    lock(house)

    approval = asked(
        browser(house, Role.CLERK), f"/registers/entries/{entry.pk}/confirm", {"seen": entry.version}, "上报晚了"
    )
    consented(house, approval)

    assert (Entry.objects.get().state, approval.why) == ("valid", "上报晚了")


# --- many at once ---


def test_a_sheet_with_late_rows_waits_whole_and_is_recorded_whole(house: House) -> None:
    lock(house)
    rows = [["视察水库", "2026-03-05", "委员01"], ["走访企业", "2026-05-05", "委员02"]]
    data = write_xlsx("活动", ["标题", "日期", "实到"], rows)
    client = browser(house, Role.CLERK)

    page = client.post("/activities/import", {"file": SimpleUploadedFile("活动.xlsx", data)}).content.decode()
    assert "送办公室主任同意" in page and "第 2 行" in page and not Activity.objects.exists()
    sheet = page.split('name="sheet" value="')[1].split('"')[0]
    assert client.post("/activities/import", {"sheet": sheet, "confirm": "1"}).status_code == 422
    assert client.post("/activities/import", {"sheet": sheet, "confirm": "1", "reason": "补录"}).status_code == 302
    approval = Approval.objects.get()
    assert not Activity.objects.exists() and "视察水库" in client.get(f"/approvals/{approval.pk}").content.decode()
    assert client.get(f"/approvals/{approval.pk}/slip.docx").status_code == 200
    consented(house, approval)

    assert list(Activity.objects.order_by("on").values_list("title", flat=True)) == ["视察水库", "走访企业"]
    approval.refresh_from_db()
    assert approval.record == Activity.objects.get(title="视察水库").ref


def test_of_a_sheet_that_waits_nothing_is_recorded_twice(house: House) -> None:
    lock(house)
    data = write_xlsx("活动", ["标题", "日期"], [["视察水库", "2026-03-05"]])
    client = browser(house, Role.CLERK)
    page = client.post("/activities/import", {"file": SimpleUploadedFile("活动.xlsx", data)}).content.decode()
    sheet = page.split('name="sheet" value="')[1].split('"')[0]
    client.post("/activities/import", {"sheet": sheet, "confirm": "1", "reason": "补录"})
    fields = {"title": "视察水库", "kind": "other", "on": date(2026, 3, 5), "place": ""}
    activities.record(house.county, fields=fields, presence={}, by=None, now=house.now)

    with pytest.raises(Refused) as refused:
        actions.approve(Approval.objects.get(), by=house.user(Role.HEAD), now=house.now)
    assert (refused.value.code, Activity.objects.count()) == ("has_problems", 1)


@pytest.fixture
def letters(house: House) -> Register:
    fields = (
        Field("on", "收到日期", "date", True, role="on"),
        Field("title", "来访事由", "text", True, role="title"),
        Field("until", "撤销日期", "date"),
        Field("phone", "电话", "text", private=True),
    )
    return registers.make(
        house.county, name="来信来访", unit="件", fields=fields, by=house.user(Role.CLERK), now=house.now, follow=True
    )


def test_rows_of_a_register_wait_together_and_what_is_private_is_sealed(house: House, letters: Register) -> None:
    lock(house)
    client = browser(house, Role.CLERK)
    text = "2026-03-05\t路灯不亮\t\t13900000001\n2026-05-05\t停车难\t\t13900000002"
    page = client.post(f"/registers/{letters.pk}/paste", {"text": text}).content.decode()
    rows = unescape(page.split('name="rows" value="')[1].split('"')[0])

    page = client.post(f"/registers/{letters.pk}/bring", {"rows": rows, "way": "paste"})
    assert page.status_code == 422 and "送办公室主任同意" in page.content.decode() and not Entry.objects.exists()
    client.post(f"/registers/{letters.pk}/bring", {"rows": rows, "way": "paste", "reason": "本子上补来的"})
    approval = Approval.objects.get()
    assert "1390000" not in str(approval.typed.values)
    consented(house, approval)

    assert sorted(Entry.objects.values_list("title", flat=True)) == ["停车难", "路灯不亮"]


def test_something_solved_in_a_locked_period_is_so_once_the_head_consents(house: House, letters: Register) -> None:
    entry = registers.record(
        letters, on="2026-03-02", title="路灯不亮", values={}, by=None, now=house.now, about=registers.About()
    )
    lock(house)
    client = browser(house, Role.CLERK)
    typed = {"course": "solved", "settled_on": "2026-03-20", "seen": entry.version, "reason": "当时就修好了"}

    page = client.post(f"/registers/entries/{entry.pk}/follow", typed)
    assert page.status_code == 422 and 'name="late"' in page.content.decode()
    assert client.post(f"/registers/entries/{entry.pk}/follow", {**typed, "late": "1"}).status_code == 302
    consented(house, Approval.objects.get())

    entry.refresh_from_db()
    assert (entry.course, entry.settled_on) == ("solved", date(2026, 3, 20))


def test_only_what_a_page_can_find_again_is_asked_for_with_a_reason_alone() -> None:
    assert late_step("activities.record") is None and late_step("reports.finish") is None and late_step("") is None
    assert {one.verb for one in STEPS.values() if late_step(one.verb)} >= {
        "activities.postpone", "activities.cancel", "activities.merge", "activities.claim", "activities.decline", "activities.agree", "registers.confirm",
    }  # fmt: skip
