"""Bridge registers: they post what the later rooms will post, and stop on the day of switching; and what is private stays so."""

from datetime import date

import pytest

from xieshang.base.audit.models import Entry as AuditEntry
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PostedFact
from xieshang.base.ledger.verify import verify
from xieshang.base.settings import parameters
from xieshang.documents.sheets import read_rows
from xieshang.work.registers import actions, catalogue, queries, rules, sheets
from xieshang.work.registers.models import Entry, Register

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def kinds(entry):
    return {(fact.kind, fact.on.isoformat()) for fact in PostedFact.objects.filter(record=entry.ref)}


def enter(house, key, **values):
    register = Register.objects.filter(code=key).first() or actions.take(house.county, key, by=None, now=house.now)
    given = {"on": "2026-03-05", "title": "关于停车的建议", **values}
    return actions.record(
        register, on=given.pop("on"), title=given.pop("title"), values=given, by=house.user("clerk"), now=house.now
    )  # fmt: skip


CASES = [  # register, what is entered, what it posts: kind and day
    ("proposals", {}, {("proposals.submitted", "2026-03-05")}),
    ("proposals", {"disposition": "立案", "decided_on": "2026-03-20"}, {("proposals.submitted", "2026-03-05"), ("proposals.filed", "2026-03-20"), ("proposals.handed", "2026-03-20")}),
    ("proposals", {"disposition": "转社情民意信息"}, {("proposals.submitted", "2026-03-05"), ("proposals.to_info", "2026-03-05"), ("proposals.not_filed", "2026-03-05")}),
    (
        "proposals", {"disposition": "立案", "key_on": "2026-04-01", "outcome": "已解决或基本解决", "replied_on": "2026-06-01"},
        {("proposals.submitted", "2026-03-05"), ("proposals.filed", "2026-03-05"), ("proposals.handed", "2026-03-05"), ("proposals.key", "2026-04-01"), ("proposals.replied", "2026-06-01")},
    ),
    ("opinions", {"adopted": "未采用"}, {("opinions.submitted", "2026-03-05")}),
    (
        "opinions", {"adopted": "市级采用", "adopted_on": "2026-04-02", "instructed_on": "2026-04-09"},
        {("opinions.submitted", "2026-03-05"), ("opinions.adopted", "2026-04-02"), ("opinions.instructed", "2026-04-09")},
    ),
    ("reports", {"kind": "调研报告", "result": "部门采纳"}, {("research.completed", "2026-03-05"), ("research.used", "2026-03-05")}),
    ("speeches", {"occasion": "全体会议"}, {("speeches.submitted", "2026-03-05")}),
    ("special_reports", {"to": "市政协", "instructions": "2"}, {("special_reports.sent", "2026-03-05"), ("special_reports.instructions", "2026-03-05")}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "values", "wanted"), CASES)
def test_a_bridge_posts_the_kinds_of_the_later_room_on_the_days_they_happened(house, key, values, wanted):
    assert kinds(enter(house, key, **values)) == wanted
    assert verify().problems == []


def test_the_indicators_of_a_bridge_bear_the_codes_of_the_later_room(house):
    enter(house, "proposals", disposition="立案")
    enter(house, "proposals", title="另一件", disposition="作解释")
    known = figures.indicators(house.county)
    assert {code: figures.figure(figures.Query(known[code], house.county.pk, *YEAR), known).value for code in ("proposals.submitted", "proposals.filed", "proposals.filing_rate")} == {
        "proposals.submitted": 2, "proposals.filed": 1, "proposals.filing_rate": 50,
    }  # fmt: skip
    assert not [code for code in known if code.startswith("registers.proposals")]


def test_every_bridge_has_its_register_and_its_day_of_switching():
    prefixes = [ready.kind_prefix for ready in catalogue.ALL if ready.kind_prefix in rules.BRIDGES]
    assert sorted(prefixes) == sorted(rules.BRIDGES)
    assert all(parameters.PARAMETERS[rules.SWITCH[prefix]].type == "date" for prefix in prefixes)


@pytest.fixture
def switched(house):
    """提案 were switched over on 1 May."""
    return parameters.set_value(
        house.county, rules.SWITCH["proposals"], "2026-05-01", effective_from=date(2026, 4, 1), citation="主席会议", by=house.user("clerk"), now=house.now
    )  # fmt: skip


@pytest.mark.parametrize(("on", "taken"), [("2026-04-30", True), ("2026-05-01", False), ("2026-06-01", False)])
def test_from_the_day_of_switching_on_an_entry_is_refused_with_a_sentence(house, switched, on, taken):
    if taken:
        assert enter(house, "proposals", on=on)
        return
    with pytest.raises(Refused, match="改在专门的系统") as refused:
        enter(house, "proposals", on=on)
    assert (refused.value.field, Entry.objects.count()) == ("on", 0)


def test_an_old_entry_is_not_moved_past_the_day_but_is_answered_after_it(house, switched):
    entry = enter(house, "proposals", disposition="立案")
    who = {"by": house.user("clerk"), "now": house.now, "reason": "办复"}
    with pytest.raises(Refused, match="改在专门的系统"):
        actions.correct(entry, on="2026-05-02", values={}, seen=1, **who)
    actions.correct(entry, values={"outcome": "solved", "replied_on": "2026-06-01"}, seen=1, **who)
    assert ("proposals.replied", "2026-06-01") in kinds(entry)


def test_other_registers_go_on_and_the_page_tells_what_counts_twice(house, logged_in):
    entry = enter(house, "proposals", on="2026-06-01")
    parameters.set_value(
        house.county, rules.SWITCH["proposals"], "2026-05-01", effective_from=date(2026, 6, 1), citation="主席会议", by=house.user("clerk"), now=house.now
    )  # fmt: skip
    enter(house, "opinions", on="2026-06-02")
    assert queries.counted_twice(entry.register) == 1
    assert "会和专门的系统计两次" in logged_in().get(f"/registers/{entry.register_id}").content.decode()


def test_a_register_taken_before_it_was_a_bridge_stays_and_the_bridge_is_taken_beside_it(house):
    old = actions.take(house.county, "proposals", by=None, now=house.now)
    Register.objects.filter(pk=old.pk).update(kind_prefix="registers.proposals", name="提案（旧）")
    new = actions.take(house.county, "proposals", by=None, now=house.now)
    assert (new.pk != old.pk, new.code, new.kind_prefix) == (True, "proposals_2", "proposals")


def test_a_day_of_switching_is_a_day_or_nothing(house):
    given = {"effective_from": date(2026, 6, 1), "citation": "主席会议", "by": house.user("clerk"), "now": house.now}
    with pytest.raises(Refused, match="不是日期"):
        parameters.set_value(house.county, rules.SWITCH["opinions"], "五月一日", **given)
    assert parameters.set_value(house.county, rules.SWITCH["opinions"], "", **given).value == ""


# --- what is private ---

NAME = "魏长顺"


@pytest.fixture
def gift(house):
    return enter(house, "donations", title="慰问", purpose="care", needy=NAME)


def test_a_private_name_is_masked_everywhere_and_never_exported_nor_audited(house, gift, logged_in):
    client = logged_in()
    pages = [
        f"/registers/entries/{gift.pk}",
        f"/registers/{gift.register_id}",
        f"/registers/entries/{gift.pk}/edit",
        f"/api/registers/{gift.register_id}/entries?start=2026-01-01&end=2026-12-31",
    ]
    for path in pages:
        assert NAME not in client.get(path).content.decode(), path
    assert "魏**" in client.get(pages[0]).content.decode()
    found = queries.entries(gift.register, queries.Sift(*YEAR)).select_related("fields_version")
    rows = read_rows(sheets.export(gift.register, queries.shown(found)), "a.xlsx")
    assert not [cell for row in rows for cell in row if "魏" in str(cell) or str(cell) == "困难群众姓名"]
    assert not [one for one in AuditEntry.objects.all() if NAME in str(one.detail)]
    assert NAME not in Entry.objects.values_list("payload", flat=True)[0].values()


def test_it_lies_encrypted_in_the_database(gift):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT private FROM registers_entry")
        (stored,) = cursor.fetchone()
    assert stored and NAME not in stored and Entry.objects.get().secrets == {"needy": NAME}


def test_staff_looks_at_it_on_purpose_and_that_is_recorded(house, gift, logged_in):
    page = logged_in().post(f"/registers/entries/{gift.pk}/reveal")
    assert (NAME in page.content.decode(), page["Cache-Control"]) == (True, "no-store")
    assert AuditEntry.objects.filter(verb="registers.reveal", record=gift.ref).count() == 1
    assert logged_in("member").post(f"/registers/entries/{gift.pk}/reveal").status_code == 403
    with pytest.raises(NotAllowed):
        actions.reveal(gift, by=house.user("leader"), now=house.now)


def test_a_correction_keeps_it_unless_another_is_typed(house, gift, logged_in):
    client, path = logged_in(), f"/registers/entries/{gift.pk}/edit"
    typed = {"on": "2026-03-05", "title": "慰问孤老", "purpose": "care", "reason": "改名", "needy": ""}
    client.post(path, {**typed, "seen": 1})
    assert (Entry.objects.get().title, Entry.objects.get().secrets) == ("慰问孤老", {"needy": NAME})
    client.post(path, {**typed, "seen": 2, "needy": "谭玉兰"})
    assert Entry.objects.get().secrets == {"needy": "谭玉兰"}


def test_it_is_not_kept_in_a_draft(gift, logged_in):
    sent = {"client_id": "6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a10", "payload": '[["title", "慰问"], ["needy", "魏长顺"]]'}
    logged_in().post(f"/registers/{gift.register_id}/draft", sent)
    assert Draft.objects.get().values == {"title": ["慰问"]}


# --- measure words ---


def test_a_way_to_count_says_the_measure_word_of_what_it_sums(house):
    from xieshang.work.registers.fields import Field, Measure

    fields = (
        Field("on", "日期", "date", True, role="on"),
        Field("title", "事由", "text", True, role="title"),
        Field("money", "捐款", "money"),
    )
    with pytest.raises(Refused, match="可“捐款”按“元”计"):
        actions.make(
            house.county, name="捐款", unit="笔", fields=fields, measures=(Measure("sum", "捐款", "户", "sum", "money"),), by=None, now=house.now
        )  # fmt: skip


def test_a_register_is_made_with_a_stock_a_follow_up_and_a_private_text_in_the_browser(house, logged_in):
    typed = {
        "name": "联系点", "unit": "个", "rhythm": "none", "rhythm_count": "1", "fields": "3", "measures": "0", "stock": "on", "follow": "on", "by_members": "on",
        "f0-title": "日期", "f0-type": "date", "f1-title": "名称", "f1-type": "text", "f2-title": "户主", "f2-type": "text", "f2-private": "on",
    }  # fmt: skip
    assert logged_in().post("/registers/make", typed).status_code == 302
    made = Register.objects.get(name="联系点")
    assert (made.follow, made.by_members, made.until.title, [one.title for one in made.fields if one.private]) == (
        True,
        True,
        "撤销日期",
        ["户主"],
    )
    assert "stock" in {one.how for one in made.measures}
