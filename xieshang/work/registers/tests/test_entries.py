"""Recording, correcting and voiding entries; what they count."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from xieshang.base.accounts.roles import STAFF, Role
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.models import PeriodLock, PostedFact
from xieshang.base.ledger.verify import rebuild, verify
from xieshang.work.activities import actions as activities
from xieshang.work.registers import actions, facts, queries
from xieshang.work.registers.fields import Measure
from xieshang.work.registers.models import Entry, RegisterVersion

from .conftest import FIELDS

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def value(unit, code, **narrow):
    known = figures.indicators(unit)
    return figures.figure(figures.Query(known[code], unit.pk, *YEAR, **narrow), known).value


def code(register, suffix):
    return facts.code_of(register, suffix)


def test_an_entry_counts_once_its_numbers_are_summed_and_its_people_counted(house, desk, enter):
    a, b = house.members[:2]
    enter(heads="3", keeper=a.pk, team=[a.pk, b.pk])
    enter("咨询医保", kind="来信", heads="2", team=[b.name])

    got = {
        suffix: value(house.county, code(desk, suffix))
        for suffix in ("entries", "visits", "heads", "team", "who", "share")
    }
    assert got == {"entries": 2, "visits": 1, "heads": 5, "team": 3, "who": 2, "share": Decimal(50)}
    assert verify().problems == []


def test_every_figure_is_what_its_rows_add_up_to(house, desk, enter):
    for n in range(6):
        enter(
            f"来访 {n}",
            on=f"2026-0{n + 1}-1{n}",
            kind=("来信", "来电", "来访")[n % 3],
            heads=str(n),
            team=[p.pk for p in house.members[: n % 4]],
        )
    known = figures.indicators(house.county)
    for indicator in facts.indicators(desk):
        for period in (YEAR, (date(2026, 2, 10), date(2026, 5, 20))):
            for narrow in ({}, {"person": house.members[0].pk}, {"sector": house.sectors[0].pk}):
                query = figures.Query(indicator, house.county.pk, *period, **narrow)
                figure, rows = figures.figure(query, known), list(figures.rows(query, known))
                if indicator.how == "count":
                    assert figure.value == len(rows)
                elif indicator.how == "sum":
                    assert figure.value == sum(row.quantity for row in rows)
                elif indicator.how == "people":
                    assert figure.value == len({row.person_id for row in rows})


def test_a_person_is_counted_under_the_sector_of_that_day(house, desk, enter):
    enter(team=[house.members[0].pk])
    assert value(house.county, code(desk, "who"), sector=house.sectors[0].pk) == 1
    assert value(house.county, code(desk, "who"), sector=house.sectors[1].pk) == 0


def test_the_same_id_sent_twice_is_one_entry(house, desk, enter):
    sent = uuid4()
    assert enter(client_id=sent).pk == enter(client_id=sent).pk
    assert Entry.objects.count() == 1


def test_correcting_takes_the_old_facts_back_and_leaves_what_was_not_given(house, desk, enter):
    entry = enter(heads="3", place="一楼", team=[house.members[0].pk])
    entry = actions.correct(
        entry, values={"heads": "5"}, by=house.user("clerk"), now=house.now, seen=1, reason="人数数错了"
    )

    assert (entry.payload["heads"], entry.payload["place"], entry.version) == ("5", "一楼", 2)
    posted = (
        PostedFact.objects.filter(kind=f"registers.{desk.code}.heads").order_by("id").values_list("quantity", "reason")
    )
    assert list(posted) == [(3, ""), (-3, "人数数错了"), (5, "人数数错了")]
    assert value(house.county, code(desk, "heads")) == 5
    assert value(house.county, code(desk, "who")) == 1
    assert verify().problems == []


def test_correcting_with_an_empty_value_empties_the_field(house, desk, enter):
    entry = enter(heads="3", team=[house.members[0].pk])
    entry = actions.correct(
        entry, values={"heads": "", "team": []}, by=house.user("clerk"), now=house.now, seen=1, reason="不该填"
    )
    assert "heads" not in entry.payload
    assert (value(house.county, code(desk, "heads")), value(house.county, code(desk, "who"))) == (0, 0)


def test_a_correction_needs_a_reason_and_the_version_on_the_screen(house, desk, enter):
    entry = enter()
    with pytest.raises(Refused) as refused:
        actions.correct(entry, values={}, by=house.user("clerk"), now=house.now, seen=1, reason=" ")
    assert refused.value.code == "no_reason"
    with pytest.raises(Stale):
        actions.correct(entry, values={}, by=house.user("clerk"), now=house.now, seen=0, reason="改")


def test_a_void_entry_counts_nowhere_and_stays(house, desk, enter):
    entry = enter(heads="3", team=[house.members[0].pk])
    actions.void(entry, by=house.user("clerk"), now=house.now, seen=1, reason="记重了")
    assert {suffix: value(house.county, code(desk, suffix)) for suffix in ("entries", "heads", "who")} == {
        "entries": 0,
        "heads": 0,
        "who": 0,
    }
    assert Entry.objects.get().state == "void"
    assert verify().problems == []


def test_a_day_to_come_is_refused_and_nothing_is_written(house, desk, enter):
    with pytest.raises(Refused) as refused:
        enter(on="2026-07-01")
    assert (
        refused.value.code,
        Entry.objects.count(),
        PostedFact.objects.filter(kind__startswith="registers.").count(),
    ) == ("in_the_future", 0, 0)


def test_a_locked_period_takes_a_late_entry_only_with_a_reason(house, desk, enter):
    PeriodLock.objects.create(
        organization=house.county, through=date(2026, 3, 31), grace_until=date(2026, 4, 10), locked_at=house.now
    )
    with pytest.raises(Refused) as refused:
        enter()
    assert refused.value.code == "locked_period"
    with pytest.raises(Refused) as refused:
        enter(by=house.user("head"))
    assert refused.value.code == "no_reason"
    assert enter(reason="漏登，已经主任同意", by=house.user("head")).pk


def test_a_closed_register_takes_no_more(house, desk, enter):
    entry = enter()
    actions.close(desk, by=house.user("clerk"), now=house.now)
    desk.refresh_from_db()
    with pytest.raises(Refused) as refused:
        enter("又一条")
    assert refused.value.code == "closed"
    assert value(house.county, code(desk, "entries")) == 1
    assert (
        actions.correct(
            entry, values={"heads": "1"}, by=house.user("clerk"), now=house.now, seen=1, reason="补人数"
        ).version
        == 2
    )


def test_files_hang_on_the_entry(house, desk, enter):
    entry = enter(files=[("来信.txt", "停车难".encode())])
    assert [file.name for file in storage.of(entry.ref)] == ["来信.txt"]


def test_a_person_of_another_unit_is_refused(house, desk, enter):
    from xieshang.base.people import actions as people

    other = people.add(house.community, name="外人", by=None, now=house.now)
    with pytest.raises(Refused) as refused:
        enter(team=[other.pk])
    assert (refused.value.code, refused.value.field) == ("bad_value", "team")


@pytest.mark.parametrize("role", [role for role in Role if role not in STAFF])
def test_only_the_office_records_corrects_voids_brings_in_and_makes(house, desk, enter, role):
    entry, user = enter(), house.user(role)
    for attempt in (
        lambda: actions.record(desk, on="2026-03-05", title="甲", values={"kind": "来访"}, by=user, now=house.now),
        lambda: actions.correct(entry, values={}, by=user, now=house.now, seen=1, reason="改"),
        lambda: actions.void(entry, by=user, now=house.now, seen=1, reason="改"),
        lambda: actions.bring(desk, [{"on": "2026-03-05", "title": "甲", "kind": "来访"}], by=user, now=house.now),
        lambda: actions.take(house.county, "media", by=user, now=house.now),
        lambda: actions.make(house.county, name="甲", unit="件", fields=FIELDS, by=user, now=house.now),
        lambda: actions.change(desk, name="乙", by=user, now=house.now, seen=1),
        lambda: actions.close(desk, by=user, now=house.now),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_part_timer_records_in_the_own_unit_only(house, desk):
    user = house.user("part_timer")
    register = actions.take(house.township, "media", by=user, now=house.now)
    made = actions.record(register, on="2026-03-05", title="甲", values={"outlet": "新媒体"}, by=user, now=house.now)
    assert made.organization == house.township
    with pytest.raises(NotAllowed):
        actions.record(desk, on="2026-03-05", title="甲", values={"kind": "来访"}, by=user, now=house.now)


# --- gifts --------------------------------------------------------------------------------------------------------------------


def test_gifts_of_the_register_and_of_activities_are_one_figure(house):
    clerk = house.user("clerk")
    register = actions.take(house.county, "donations", by=clerk, now=house.now)
    values = {"purpose": "捐资助学", "money": "5000", "goods_value": "800", "givers": [house.members[0].pk]}
    actions.record(register, on="2026-05-30", title="为小学捐书", values=values, by=clerk, now=house.now)
    activities.record(
        house.county,
        fields={"title": "慈善一日捐", "kind": "charity", "on": date(2026, 4, 1), "money": Decimal(3000)},
        presence={},
        by=clerk,
        now=house.now,
    )

    got = {name: value(house.county, name) for name in ("gifts.made", "gifts.amount", "gifts.money", "gifts.goods")}
    assert got == {"gifts.made": 2, "gifts.amount": 8800, "gifts.money": 8000, "gifts.goods": 800}
    assert value(house.county, "registers.donations.school") == 5000
    assert value(house.county, "registers.donations.givers") == 1
    assert "registers.donations.entries" not in figures.indicators(house.county)
    sums = queries.sums(register, queries.entries(register, queries.Sift(*YEAR)))
    assert (sums["money"], sums["goods_value"]) == (
        5000,
        800,
    )  # the register's own table leaves the activity's gift out
    assert verify().problems == []


# --- stocks -------------------------------------------------------------------------------------------------------------------


def test_member_homes_are_a_stock_set_up_less_given_up(house):
    clerk = house.user("clerk")
    register = actions.take(house.county, "member_homes", by=clerk, now=house.now)
    for n, until in enumerate(("", "2026-05-01", "")):
        actions.record(
            register,
            on="2026-02-01",
            title=f"委员之家 {n}",
            values={"kind": "委员之家", "until": until},
            by=clerk,
            now=house.now,
        )

    assert value(house.county, "registers.member_homes.standing") == 2
    assert value(house.county, "registers.member_homes.entries") == 3
    assert verify().problems == []


# --- versions of the fields -----------------------------------------------------------------------------------------------------


def without(fields, key):
    return tuple(one for one in fields if one.key != key)


def changed(fields, key, **more):
    return tuple(replace(one, **more) if one.key == key else one for one in fields)


def test_an_old_entry_stays_readable_under_the_fields_it_was_entered_with(house, desk, enter):
    clerk, old = house.user("clerk"), enter(heads="3", place="一楼")
    new = changed(
        changed(FIELDS, "place", retired=True),
        "kind",
        options=(("letter", "来信"), ("call", "电话"), ("visit", "来访"), ("net", "网上")),
    )
    register = actions.change(desk, fields=new, by=clerk, now=house.now, seen=1)
    enter_new = actions.record(
        register, on="2026-04-05", title="网上留言", values={"kind": "网上"}, by=clerk, now=house.now
    )

    (_, was), (_, now) = queries.shown(Entry.objects.select_related("fields_version").order_by("id"))
    assert {key: one.text for key, one in was.items()} == {"kind": "来访", "heads": "3", "place": "一楼"}
    assert {key: one.text for key, one in now.items()} == {"kind": "网上"}
    assert (old.fields_version.number, enter_new.fields_version.number, RegisterVersion.objects.count()) == (1, 2, 2)
    assert value(house.county, code(desk, "entries")) == 2
    assert verify().problems == []


def test_correcting_an_old_entry_keeps_what_stands_in_a_retired_field(house, desk, enter):
    clerk, old = house.user("clerk"), enter(heads="3", place="一楼")
    actions.change(desk, fields=changed(FIELDS, "heads", retired=True), by=clerk, now=house.now, seen=1)
    entry = actions.correct(
        Entry.objects.get(pk=old.pk), values={"place": "二楼"}, by=clerk, now=house.now, seen=1, reason="换了地方"
    )
    assert (entry.payload["heads"], entry.fields_version.number) == ("3", 2)
    assert value(house.county, code(desk, "heads")) == 3
    assert verify().problems == []


IN_USE = [  # why, the new fields
    ("it would be gone", without(FIELDS, "heads")),
    ("it would be of another type", changed(FIELDS, "heads", type="text", unit="")),
    ("it would count in another measure word", changed(FIELDS, "heads", unit="户")),
    ("an option would be gone", changed(FIELDS, "kind", options=(("letter", "来信"), ("call", "来电")))),
    ("a dimension would change", changed(FIELDS, "kind", role="outlet")),
]


@pytest.mark.parametrize(("why", "fields"), IN_USE, ids=[why for why, _fields in IN_USE])
def test_a_field_with_entries_keeps_its_type_and_options(house, desk, enter, why, fields):
    enter(heads="3")
    with pytest.raises(Refused) as refused:
        actions.change(desk, fields=fields, measures=(), by=house.user("clerk"), now=house.now, seen=1)
    assert refused.value.code == "field_in_use"


def test_a_field_without_entries_may_go(house, desk, enter):
    enter()
    register = actions.change(desk, fields=without(FIELDS, "help"), by=house.user("clerk"), now=house.now, seen=1)
    assert "help" not in {one.key for one in register.fields}


def test_a_new_measure_word_counts_new_entries_and_leaves_the_old_facts_as_they_were(house, desk, enter):
    enter()
    register = actions.change(desk, unit="起", by=house.user("clerk"), now=house.now, seen=1)
    actions.record(
        register, on="2026-04-05", title="甲", values={"kind": "来访"}, by=house.user("clerk"), now=house.now
    )
    assert sorted(PostedFact.objects.filter(kind=desk.entries_kind).values_list("measure", flat=True)) == ["件", "起"]
    assert verify().problems == []


def test_of_two_who_change_a_register_the_second_is_told(house, desk):
    clerk = house.user("clerk")
    actions.change(desk, name="来信来访", by=clerk, now=house.now, seen=1)
    with pytest.raises(Stale):
        actions.change(desk, name="信访", by=clerk, now=house.now, seen=1)


def test_two_registers_of_a_unit_have_two_names(house, desk):
    with pytest.raises(Refused) as refused:
        actions.make(house.county, name="信访登记", unit="件", fields=FIELDS, by=None, now=house.now)
    assert refused.value.code == "taken"


def test_a_measure_of_a_field_that_is_not_there_is_refused(house):
    with pytest.raises(Refused) as refused:
        actions.make(
            house.county,
            name="甲",
            unit="件",
            fields=FIELDS,
            measures=[Measure("x", "甲数", "个", "sum", "nothing")],
            by=None,
            now=house.now,
        )
    assert refused.value.code == "bad_measure"


# --- indicators -----------------------------------------------------------------------------------------------------------------


def test_the_indicators_of_a_unit_cost_one_query(house, desk, django_assert_num_queries):
    actions.take(house.county, "media", by=None, now=house.now)
    with django_assert_num_queries(1):
        made = facts.provide(house.county)
    assert {"registers.media.cppcc_news", code(desk, "entries")} <= {one.code for one in made}


def test_a_closed_registers_figures_can_still_be_asked(house, desk, enter):
    enter()
    actions.close(desk, by=None, now=house.now)
    assert value(house.county, code(desk, "entries")) == 1


def test_registers_that_two_units_made_themselves_never_add_up_together(house, desk):
    other = actions.make(house.township, name="信访登记", unit="件", fields=FIELDS, by=None, now=house.now)
    assert other.kind_prefix != desk.kind_prefix


def test_party_registers_are_not_seen_from_above(house):
    register = actions.take(house.community, "branch_meetings", by=None, now=house.now)
    actions.record(register, on="2026-06-15", title="学党章", values={"kind": "党课"}, by=None, now=house.now)
    actions.take(house.county, "branch_meetings", by=None, now=house.now)
    assert value(house.community, "registers.branch_meetings.lecture") == 1
    assert value(house.county, "registers.branch_meetings.lecture", children=True) == 0


def test_a_lost_fact_is_found_and_posted_again(house, desk, enter):
    enter(heads="3", team=[house.members[0].pk], body=house.sectors[0].pk)
    lost = PostedFact.objects.get(kind=f"registers.{desk.code}.heads")
    PostedFact.objects.filter(pk=lost.pk).delete()
    assert any("registers.entry" in problem for problem in verify().problems)
    rebuild(reason="补回", now=house.now)
    assert verify().problems == []


def test_replay_costs_three_queries_a_batch(house, desk, enter, django_assert_num_queries):
    for n in range(5):
        enter(f"来访 {n}", team=[house.members[n].pk])
    with django_assert_num_queries(6):  # versions, registers, one full batch of three, one empty
        assert len(list(facts.replay(None))) == 5
