"""The pages: what they show, to whom, at what cost; nothing typed is lost."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base import clock, todo
from xieshang.base.drafts.models import Draft
from xieshang.base.ledger.verify import verify
from xieshang.documents.sheets import read_rows, write_xlsx
from xieshang.work.registers import actions, catalogue, queries, sheets
from xieshang.work.registers.models import Entry, Register

TYPED = {"on": "2026-03-05", "title": "反映停车难", "kind": "visit", "heads": "3"}


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def paths(desk, entry):
    """name → (path, how it is asked)."""
    return {
        "list": ("/registers/", "get"), "choose": ("/registers/choose", "get"), "catalogue": ("/registers/catalogue", "get"), "make": ("/registers/make", "get"),
        "one": (f"/registers/{desk.pk}", "get"), "edit": (f"/registers/{desk.pk}/make", "get"), "switch": (f"/registers/{desk.pk}/switch", "post"),
        "reports": ("/registers/reports", "get"), "report": (f"/registers/{desk.pk}/report", "get"),
        "entry_follow": (f"/registers/entries/{entry.pk}/follow", "get"), "entry_reveal": (f"/registers/entries/{entry.pk}/reveal", "post"),
        "entry_give_up": (f"/registers/entries/{entry.pk}/give_up", "post"), "entry_confirm": (f"/registers/entries/{entry.pk}/confirm", "post"),
        "entry_send_back": (f"/registers/entries/{entry.pk}/send_back", "post"),
        "draft": (f"/registers/{desk.pk}/draft", "post"), "drop_draft": (f"/registers/{desk.pk}/draft/drop", "post"),
        "entry_new": (f"/registers/{desk.pk}/new", "get"), "paste": (f"/registers/{desk.pk}/paste", "get"), "import": (f"/registers/{desk.pk}/import", "get"),
        "bring": (f"/registers/{desk.pk}/bring", "post"), "refused": (f"/registers/{desk.pk}/refused.xlsx", "post"), "template": (f"/registers/{desk.pk}/template.xlsx", "get"),
        "export": (f"/registers/{desk.pk}/export.xlsx", "get"), "entry": (f"/registers/entries/{entry.pk}", "get"),
        "entry_edit": (f"/registers/entries/{entry.pk}/edit", "get"), "entry_void": (f"/registers/entries/{entry.pk}/void", "post"),
    }  # fmt: skip


# --- drafts ---


def keep(client, desk, client_id, key="", **typed):
    pairs = [[name, each] for name, value in typed.items() for each in (value if isinstance(value, list) else [value])]
    sent = {"key": key or f"registers.new.{desk.pk}", "client_id": client_id, "payload": json.dumps(pairs)}
    return client.post(f"/registers/{desk.pk}/draft", sent)


def test_what_is_typed_into_an_entry_comes_back_on_another_device_and_ends_with_the_entry(house, desk, logged_in):
    client, client_id = logged_in(), str(uuid4())
    team = [str(person.pk) for person in house.members[:2]]
    assert keep(client, desk, client_id, title="反映停", kind="visit", heads="十", team=team).json()["kept"]

    page = Client()
    page.force_login(house.user("clerk"), backend="django.contrib.auth.backends.ModelBackend")
    form = page.get(f"/registers/{desk.pk}/new").context["form"]

    assert [form[name].value() for name in ("title", "kind", "heads")] == ["反映停", "visit", "十"]
    assert (form.picked("team"), form.errors) == (team, {})
    client.post(f"/registers/{desk.pk}/new", {**TYPED, "client_id": client_id})
    late = keep(client, desk, client_id, title=TYPED["title"], on=TYPED["on"])
    assert (Entry.objects.count(), late.json()["kept"], Draft.objects.count()) == (1, False, 0)


def test_a_draft_written_over_an_entry_becomes_another_entry(desk, logged_in):
    client, client_id = logged_in(), str(uuid4())
    client.post(f"/registers/{desk.pk}/new", {**TYPED, "client_id": client_id})
    keep(client, desk, client_id, title="反映噪声", on="2026-03-06")

    assert str(client.get(f"/registers/{desk.pk}/new").context["client_id"]) != client_id


def test_a_draft_of_an_entry_can_be_left_aside_or_thrown_away_and_waits_the_next_day(house, desk, logged_in):
    client, client_id = logged_in(), str(uuid4())
    keep(client, desk, client_id, title="半截")
    user, today = house.user("clerk"), house.now.date()

    def waits(day):
        return [one.title for one in todo.waiting(user, house.county, day) if "没有登记完" in one.title]

    assert (waits(today), waits(today + timedelta(days=1))) == ([], ["没有登记完的信访登记：半截"])
    assert client.get(f"/registers/{desk.pk}/new?fresh=1").context["form"]["title"].value() is None
    client.post(f"/registers/{desk.pk}/draft/drop", {"client_id": client_id})
    assert Draft.objects.count() == 0


def test_a_correction_is_drafted_until_somebody_saves_the_entry(house, desk, enter, logged_in):
    client, entry = logged_in(), enter()
    keep(client, desk, str(uuid4()), f"registers.edit.{entry.pk}", title="反映停车很难", on="2026-03-05", reason="改名")
    path = f"/registers/entries/{entry.pk}/edit"
    form = client.get(path).context["form"]
    assert (form["title"].value(), form["reason"].value()) == ("反映停车很难", "改名")

    with clock.at(house.now + timedelta(minutes=1)):
        actions.correct(entry, title="反映", values={}, by=None, now=clock.now(), seen=1, reason="核对")

    assert client.get(path).context["form"]["title"].value() == "反映"


# --- roles ---

MINE = {"reports", "report"}  # a member's own
READ = {"list", "one", "entry", "catalogue"}
ALLOWED = {"clerk": None, "leader": READ | {"export"}, "member": READ | MINE | {"draft", "drop_draft"}}


@pytest.mark.parametrize("role", ["clerk", "leader", "member"])
def test_each_page_answers_those_who_may_and_no_one_else(desk, enter, logged_in, role):
    client, pages = logged_in(role), paths(desk, enter())
    for name, (path, how) in pages.items():
        status = getattr(client, how)(path).status_code
        if (ALLOWED[role] is None and name not in MINE) or name in (ALLOWED[role] or ()):
            assert status in (200, 302, 409, 422) or name == "entry_follow", (
                name,
                status,
            )  # there is no follow-up here: 404
        else:
            assert status == 403, (name, status)


@pytest.mark.parametrize("role", ["part_timer", "sys_admin", "handler"])
def test_what_belongs_to_another_unit_is_not_there(desk, enter, logged_in, role):
    client, pages = logged_in(role), paths(desk, enter())
    for name, (path, how) in pages.items():
        if str(desk.pk) in path or "entries" in path:
            assert getattr(client, how)(path).status_code == 404, name


def test_nobody_is_shown_anything_before_log_in(desk, enter, client):
    for name, (path, how) in paths(desk, enter()).items():
        assert getattr(client, how)(path).status_code == 302, name


def test_an_office_takes_a_register_from_the_catalogue_in_one_click(house, logged_in):
    client = logged_in()
    assert all(ready.name in text(client.get("/registers/catalogue")) for ready in catalogue.ALL)
    response = client.post("/registers/catalogue", {"key": "media"}, follow=True)
    assert Register.objects.get().name == "媒体报道"
    assert "这段时间还没有登记" in text(response)


@pytest.mark.parametrize("key", catalogue.READY)
def test_every_form_of_the_catalogue_can_be_filled(house, logged_in, key):
    register = actions.take(house.county, key, by=None, now=house.now)
    client = logged_in()
    assert client.get(f"/registers/{register.pk}/new").status_code == 200
    example = sheets.example(register)
    typed = {
        one.key: next((code for code, title in one.options if title == example[one.key]), example[one.key])
        for one in sheets.columns(register)
    }
    response = client.post(f"/registers/{register.pk}/new", typed)
    assert response.status_code == 302, text(response)
    assert client.get(response["Location"]).status_code == 200
    assert example["title"] in text(client.get(f"/registers/{register.pk}"))


def test_recording_with_the_form_shows_where_it_counts(house, desk, logged_in):
    response = logged_in().post(f"/registers/{desk.pk}/new", {**TYPED, "team": [house.members[0].pk]}, follow=True)
    assert "计入 5 个统计项" in text(response)
    assert "当面来访" in text(response)
    assert verify().problems == []


def test_a_wrong_form_comes_back_with_all_that_was_typed(house, desk, logged_in):
    response = logged_in().post(
        f"/registers/{desk.pk}/new",
        {**TYPED, "heads": "几个", "on": "", "team": [house.members[0].pk], "client_id": "not-one"},
    )
    page = text(response)
    assert response.status_code == 422
    assert "“人数”里的“几个”不是数字，请只填数字" in page
    assert "请填写收到日期" in page
    assert 'value="反映停车难"' in page
    assert re.search(rf'value="{house.members[0].pk}" checked', page)
    assert Entry.objects.count() == 0


def test_a_day_to_come_is_said_beside_the_day(desk, logged_in):
    response = logged_in().post(f"/registers/{desk.pk}/new", {**TYPED, "on": "2026-08-01"})
    assert response.status_code == 422
    assert 'id="id_on_error"' in text(response)


def test_the_form_sent_twice_is_one_entry(desk, logged_in):
    client = logged_in()
    page = text(client.get(f"/registers/{desk.pk}/new"))
    sent = re.search(r'name="client_id" value="([^"]+)"', page)[1]
    for _ in range(2):
        client.post(f"/registers/{desk.pk}/new", {**TYPED, "client_id": sent})
    assert Entry.objects.count() == 1


def test_a_correction_shows_what_changed_and_why(desk, enter, logged_in):
    entry, client = enter(heads="3"), logged_in()
    assert 'value="3"' in text(client.get(f"/registers/entries/{entry.pk}/edit"))
    page = text(
        client.post(
            f"/registers/entries/{entry.pk}/edit", {**TYPED, "heads": "5", "seen": 1, "reason": "数错了"}, follow=True
        )
    )
    assert "人数：3 → 5" in page
    assert "理由：数错了" in page


def test_a_correction_keeps_what_was_not_touched(house, desk, enter, logged_in):
    entry, client = (
        enter(
            heads="3", team=[house.members[1].pk], keeper=house.members[0].pk, body=house.sectors[0].pk, place="一楼"
        ),
        logged_in(),
    )
    page = client.get(f"/registers/entries/{entry.pk}/edit")
    form = page.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {
        "team": form.picked("team"),
        "seen": 1,
        "reason": "改事由",
        "title": "新的事由",
    }
    client.post(f"/registers/entries/{entry.pk}/edit", typed)
    entry = Entry.objects.get()
    assert (entry.title, entry.payload) == ("新的事由", {"kind": "visit", "heads": "3", "place": "一楼"})
    assert queries.values(entry)["keeper"] == [house.members[0].pk]
    assert queries.values(entry)["team"] == [house.members[1].pk]


def test_of_two_who_correct_at_once_the_second_sees_both(house, desk, enter, logged_in):
    entry = enter(heads="3")
    actions.correct(entry, values={"heads": "4"}, by=None, now=house.now, seen=1, reason="先改")
    client = logged_in()
    response = client.post(f"/registers/entries/{entry.pk}/edit", {**TYPED, "heads": "5", "seen": 1, "reason": "后改"})
    page = text(response)
    assert response.status_code == 409
    assert "<td>4</td><td>5</td>" in page
    assert 'name="seen" value="2"' in page
    assert Entry.objects.get().payload["heads"] == "4"


def test_voiding_asks_for_a_reason(desk, enter, logged_in):
    entry, client = enter(), logged_in()
    assert client.post(f"/registers/entries/{entry.pk}/void", {"seen": 1, "reason": ""}).status_code == 422
    client.post(f"/registers/entries/{entry.pk}/void", {"seen": 1, "reason": "记重了"})
    assert Entry.objects.get().state == "void"
    assert "已作废，不计入任何统计项" in text(client.get(f"/registers/entries/{entry.pk}"))
    assert "反映停车难" not in text(client.get(f"/registers/{desk.pk}"))
    assert "反映停车难" in text(client.get(f"/registers/{desk.pk}?void=1"))


def test_the_filters_stand_in_the_address_and_the_sums_follow_them(house, desk, enter, logged_in):
    enter(heads="3", team=[house.members[0].pk])
    enter("咨询医保", kind="来信", heads="10")
    enter("去年的事", on="2025-11-11", heads="100")
    client = logged_in()
    for query, titles, total in (
        ("", {"反映停车难", "咨询医保"}, 13), ("?category=letter", {"咨询医保"}, 10), ("?q=停车", {"反映停车难"}, 3), ("?q=委员01", {"反映停车难"}, 3),
        ("?start=2025-01-01&end=2025-12-31", {"去年的事"}, 100), ("?category=nonsense&start=x", {"反映停车难", "咨询医保"}, 13),
    ):  # fmt: skip
        context = client.get(f"/registers/{desk.pk}{query}").context
        assert {entry.title for entry, _values in context["rows"]} == titles, query
        assert context["sums"][1] == total, query
        rows = read_rows(client.get(f"/registers/{desk.pk}/export.xlsx{query}").content, "x.xlsx")
        assert {row[1] for row in rows[1:]} == titles


def test_pasted_rows_are_shown_whole_before_anything_is_written(desk, logged_in):
    client = logged_in()
    page = client.post(
        f"/registers/{desk.pk}/paste",
        {"text": "收到日期\t来访事由\t来访种类\n2026-03-05\t反映停车难\t来访\n2026-03-06\t咨询医保\t来信"},
    )
    assert (page.status_code, Entry.objects.count()) == (200, 0)
    done = client.post(f"/registers/{desk.pk}/bring", {"rows": page.context["packed"], "way": "paste"}, follow=True)
    assert "已登记 2 件" in text(done)
    assert Entry.objects.count() == 2


def test_refused_rows_can_be_mended_on_the_page_or_taken_home_as_a_file(desk, logged_in):
    client = logged_in()
    page = client.post(f"/registers/{desk.pk}/paste", {"text": "2026-03-05\t反映停车难\t来访\n哪天\t咨询医保\t来信"})
    assert page.status_code == 422
    assert "“收到日期”里的“哪天”不是日期" in text(page)
    assert "反映停车难" in text(page)  # what was pasted is still there
    file = client.post(f"/registers/{desk.pk}/refused.xlsx", {"rows": page.context["packed_bad"]})
    rows = read_rows(file.content, "x.xlsx")
    assert (len(rows), rows[1][1]) == (2, "咨询医保")
    assert client.post(f"/registers/{desk.pk}/bring", {"rows": page.context["packed"]}).status_code == 422
    assert Entry.objects.count() == 0


def test_a_sheet_is_imported(desk, logged_in):
    client = logged_in()
    data = write_xlsx("x", ["收到日期", "来访事由", "来访种类"], [["2026-03-05", "反映停车难", "来访"]])
    page = client.post(f"/registers/{desk.pk}/import", {"file": SimpleUploadedFile("信访.xlsx", data)})
    assert page.status_code == 200
    client.post(f"/registers/{desk.pk}/bring", {"rows": page.context["packed"], "way": "import"})
    assert Entry.objects.count() == 1


FILES = [  # what was brought, what is said
    (None, "还没有选文件"),
    (("x.xlsx", b"not a workbook"), "请"),
    (("x.pdf", b"%PDF-1.4 x"), "还不能读取"),
    (("x.xlsx", b""), "空"),
]


@pytest.mark.parametrize(("file", "words"), FILES)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence(desk, logged_in, file, words):
    page = logged_in().post(f"/registers/{desk.pk}/import", {"file": SimpleUploadedFile(*file)} if file else {})
    assert page.status_code in (200, 422)
    assert words in text(page)
    assert Entry.objects.count() == 0


def test_an_office_makes_its_own_register_in_the_browser(house, logged_in):
    client = logged_in()
    typed = {
        "name": "接待来访", "unit": "批", "rhythm": "none", "rhythm_count": "1", "fields": "5", "measures": "1", "f0-title": "接待日期", "f1-title": "来访者单位",
        "f2-title": "来访种类", "f2-type": "choice", "f2-more": "考察学习\n工作对接", "f2-required": "on", "f3-title": "来宾人数", "f3-type": "number", "f3-unit": "人次",
    }  # fmt: skip
    client.post("/registers/make", typed)
    register = Register.objects.get()
    assert [(one.title, one.type, one.role, one.options) for one in register.fields] == [
        ("接待日期", "date", "on", ()), ("来访者单位", "text", "title", ()), ("来访种类", "choice", "category", (("o1", "考察学习"), ("o2", "工作对接"))), ("来宾人数", "number", "", ()),
    ]  # fmt: skip
    client.post(
        f"/registers/{register.pk}/new",
        {"on": "2026-03-05", "title": "邻县政协", register.fields[2].key: "o1", register.fields[3].key: "12"},
    )
    assert {one.name for one in queries.counted(Entry.objects.get())} == {"接待来访", "接待来访来宾人数"}
    assert verify().problems == []


def making(client, register):
    """The page of a register as it stands, as a logged_in would send it back."""
    page = client.get(f"/registers/{register.pk}/make").context
    typed = {name: page["form"][name].value() or "" for name in page["form"].fields if name != "inside"}
    typed |= {"seen": page["seen"], "fields": len(page["making"].fields), "measures": len(page["making"].measures)}
    for row in page["making"].fields:
        typed |= {f"f{row.n}-title": row.title, f"f{row.n}-unit": row.unit, f"f{row.n}-more": ""}
        typed |= {f"f{row.n}-o-{code}": title for code, title in row.options}
        if not (row.used or row.fixed):
            typed[f"f{row.n}-type"] = row.type
        typed |= {f"f{row.n}-{flag}": "on" for flag in ("required", "retired", "private") if getattr(row, flag)}
    for row in page["making"].measures:
        typed |= {f"m{row.n}-{part}": getattr(row, part) for part in ("name", "unit", "what", "where", "words", "note")}
    return typed


@pytest.mark.parametrize("key", catalogue.READY)
def test_saving_a_ready_register_as_it_stands_changes_nothing(house, logged_in, key):
    register = actions.take(house.county, key, by=None, now=house.now)
    client = logged_in()
    response = client.post(f"/registers/{register.pk}/make", making(client, register))
    assert response.status_code == 302, text(response)
    again = queries.with_fields(register.pk)
    assert again.fields == register.fields
    assert again.measures == register.measures
    assert (again.follow, again.by_members) == (register.follow, register.by_members)


def test_a_register_is_changed_in_the_browser_and_old_entries_stay(house, desk, enter, logged_in):
    enter(heads="3")
    client = logged_in()
    typed = making(client, desk)
    n = typed["fields"] - 1
    typed |= {
        "f2-o-letter": "书面来信",
        "f2-more": "网上留言",
        "f3-retired": "on",
        f"f{n}-title": "满意度",
        f"f{n}-type": "choice",
        f"f{n}-more": "满意\n不满意",
    }
    m = typed["measures"] - 1
    typed |= {
        f"m{m}-name": "来信",
        f"m{m}-unit": "件",
        f"m{m}-where": "category:letter",
        f"m{m}-words": "来信、书面来信",
    }
    response = client.post(f"/registers/{desk.pk}/make", typed)
    assert response.status_code == 302, text(response)
    register = queries.with_fields(desk.pk)
    assert register.fields[2].options == (
        ("letter", "书面来信"),
        ("call", "来电"),
        ("visit", "来访"),
        ("o1", "网上留言"),
    )
    assert (register.fields[3].retired, register.fields[-1].title, register.fields[-1].role) == (
        True,
        "满意度",
        "carrier",
    )
    assert (register.measures[-1].name, register.measures[-1].where, register.measures[-1].words) == (
        "来信",
        {"category": ("letter",)},
        ("来信", "书面来信"),
    )
    assert verify().problems == []


def test_more_rows_are_given_without_losing_what_was_typed(desk, logged_in):
    client = logged_in()
    page = client.post(f"/registers/{desk.pk}/make", {**making(client, desk), "f12-title": "还没存的", "more": "1"})
    assert 'value="还没存的"' in text(page)
    assert len(page.context["making"].fields) == 16
    assert queries.with_fields(desk.pk).version == 1


def test_a_register_that_cannot_be_saved_says_why_and_keeps_what_was_typed(desk, logged_in):
    client = logged_in()
    typed = {**making(client, desk), "f12-title": "种类二", "f12-type": "choice", "f12-more": "只有一个"}
    page = client.post(f"/registers/{desk.pk}/make", typed)
    assert page.status_code == 422
    assert "“种类二”是选项，至少要有两个" in text(page)
    assert "只有一个" in text(page)


def test_a_register_is_closed_and_opened_again(desk, logged_in):
    client = logged_in()
    client.post(f"/registers/{desk.pk}/switch", {"seen": 1})
    assert "已停用" in text(client.get("/registers/"))
    assert client.get(f"/registers/{desk.pk}/new").status_code == 422
    client.post(f"/registers/{desk.pk}/switch", {"seen": 2})
    assert queries.with_fields(desk.pk).open


# --- costs ----------------------------------------------------------------------------------------------------------------------


def queries_of(client, path, django_assert_max_num_queries, most):
    client.get(path)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("list", 12),
        ("choose", 9),
        ("catalogue", 9),
        ("one", 14),
        ("entry", 18),
        ("entry_new", 16),
        ("entry_edit", 20),
        ("edit", 24),
        ("paste", 9),
    ],
)
def test_a_page_costs_the_same_number_of_queries_however_much_there_is(
    house, desk, enter, logged_in, django_assert_max_num_queries, name, most
):
    for key in ("media", "newsletters", "visits"):
        actions.take(house.county, key, by=None, now=house.now)
    entries = [
        enter(f"来访 {n}", heads=str(n), team=[p.pk for p in house.members[:4]], keeper=house.members[5].pk)
        for n in range(12)
    ]
    queries_of(logged_in(), paths(desk, entries[0])[name][0], django_assert_max_num_queries, most)


def test_recording_costs_few_queries_however_many_people(house, desk, enter, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        enter(team=[p.pk for p in house.members])


# --- programs -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def api(monkeypatch):
    """The room's router; the API root may bring it already."""
    from ninja.testing import TestClient

    from xieshang.work.registers.api import router

    monkeypatch.setenv("NINJA_SKIP_REGISTRY", "1")
    return TestClient(router)


class Desk:
    def __init__(self, unit, starts_on, ends_on):
        self.unit, self.starts_on, self.ends_on = unit, starts_on, ends_on


def test_programs_list_record_and_read_entries(house, desk, api):
    from datetime import date

    user = house.user("clerk")
    given = {"user": user, "desk": Desk(house.county, date(2026, 1, 1), date(2026, 12, 31))}
    sent = {"on": "2026-03-05", "title": "反映停车难", "values": {"kind": "来访", "heads": "3"}}
    made = api.post(f"/{desk.pk}/entries", json=sent, **given)
    assert made.status_code == 200, made.content
    assert made.json()["values"] == {"kind": "来访", "heads": "3"}
    (listed,) = api.get("", **given).json()
    assert (listed["name"], listed["entries"]) == ("信访登记", 1)
    found = api.get(f"/{desk.pk}/entries?start=2026-01-01&end=2026-12-31", **given).json()
    assert (found["count"], found["entries"][0]["title"]) == (1, "反映停车难")
    assert json.dumps(found)
