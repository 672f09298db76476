"""报送: sent once, frozen, returned with a reason, accepted above; missing ones shown as missing; never Party data."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts import again
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger import verify
from xieshang.base.notices.models import Notice
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Level, Organization
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.measure.submissions import actions, queries, rules, todo
from xieshang.measure.submissions.models import Line, Submission
from xieshang.work.activities import actions as activities
from xieshang.work.registers import actions as registers

MAY = (date(2026, 5, 1), date(2026, 5, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def asks(house: House, rhythm: str = "month", since: date = date(2026, 4, 1), unit: Organization | None = None) -> None:
    by = house.user(Role.CLERK)
    parameters.set_value(
        unit or house.county, rules.RHYTHM, rhythm, effective_from=since, citation="主席会议", by=by, now=house.now
    )


def visited(house: House, on: date, unit: Organization | None = None, **more: Any) -> Any:
    fields = {"title": f"走访 {on}", "kind": "visit", "on": on, "collective": True, **more}
    return activities.record(unit or house.township, fields=fields, presence={}, by=None, now=house.now)


def send(house: House, span: tuple[date, date] = MAY, **more: Any) -> Submission:
    by = more.pop("by", house.user(Role.PARTTIMER))
    return actions.send(more.pop("unit", house.township), start=span[0], end=span[1], by=by, now=house.now, **more)


def sent(record: Submission, code: str = "activities.held") -> Any:
    return record.lines.get(round=record.round, indicator=code).value


@pytest.fixture
def asked(house: House) -> House:
    asks(house)
    return house


# --- sending -----------------------------------------------------------------------------------------------------------------


def test_a_month_is_sent_with_its_figures_and_what_they_count(asked: House) -> None:
    visited(asked, date(2026, 5, 6)), visited(asked, date(2026, 5, 20)), visited(asked, date(2026, 6, 2))
    record = send(asked, note="五月因防汛少办一次")

    assert (record.state, record.to, record.round, record.note) == ("sent", asked.county, 1, "五月因防汛少办一次")
    line = record.lines.get(indicator="activities.held")
    assert (line.value, line.facts, line.unit) == (2, 2, "次")


def test_the_unit_above_is_told_and_finds_it_among_what_waits(asked: House) -> None:
    record = send(asked)

    clerk = asked.user(Role.CLERK)
    assert "青石镇 2026年5月已报送" in Notice.objects.get(user=clerk).text
    waits = [one.title for one in todo.to_receive(clerk, asked.county, asked.now.date())]
    assert waits == [f"接收{record}的报送", "1个单位还没有报送4月"]


def test_what_is_corrected_later_does_not_move_what_was_sent(asked: House) -> None:
    first = visited(asked, date(2026, 5, 6))
    record = send(asked)
    visited(asked, date(2026, 5, 8)), visited(asked, date(2026, 5, 9))
    activities.void(first, by=None, now=asked.now, seen=first.version, reason="记重了")

    held = next(told for told in queries.told(record) if told.line.indicator == "activities.held")
    assert (held.sent, held.now.text, held.differs) == ("1", "2", True)


@pytest.mark.parametrize(
    "span, code",
    [
        ((date(2026, 6, 1), date(2026, 6, 30)), "not_over"),  # today is the 30th
        ((date(2026, 7, 1), date(2026, 7, 31)), "not_over"),
        ((date(2026, 3, 1), date(2026, 3, 31)), "no_such_period"),  # before the rule
        ((date(2026, 4, 1), date(2026, 5, 31)), "no_such_period"),
        ((date(2026, 5, 31), date(2026, 5, 1)), "no_such_period"),
    ],
)
def test_only_a_period_that_is_over_and_asked_for_is_sent(asked: House, span: tuple[date, date], code: str) -> None:
    with pytest.raises(Refused) as refused:
        send(asked, span)
    assert refused.value.code == code
    assert not Submission.objects.exists()


def test_a_month_is_sent_once(asked: House) -> None:
    send(asked)

    with pytest.raises(Refused, match="已经报送过"):
        send(asked)
    assert Line.objects.values("round").distinct().count() == 1


def test_who_has_nobody_above_sends_to_nobody(asked: House) -> None:
    with pytest.raises(Refused, match="没有上级单位"):
        send(asked, unit=asked.county, by=asked.user(Role.CLERK))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTTIMER])
def test_nobody_sends_for_a_unit_in_which_he_does_not_work(asked: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        send(asked, by=asked.user(role))


def test_where_nothing_is_asked_for_nothing_waits(house: House) -> None:
    user = house.user(Role.PARTTIMER)

    assert list(todo.to_send(user, house.township, house.now.date())) == []
    assert list(todo.to_receive(house.user(Role.CLERK), house.county, house.now.date())) == []
    with pytest.raises(Refused, match="没有要求报送"):
        send(house)


# --- above ---------------------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_accepted_in_the_unit_above(asked: House) -> None:
    record = actions.accept(send(asked), by=asked.user(Role.CLERK), now=asked.now)

    assert record.state == "accepted"
    assert "已接收" in Notice.objects.get(user=asked.user(Role.PARTTIMER)).text
    assert Entry.objects.get(verb="submissions.accept").organization == asked.township


@pytest.mark.parametrize("verb", ["accept", "send_back"])
def test_the_sender_neither_accepts_nor_returns_his_own(asked: House, verb: str) -> None:
    record, more = send(asked), {"reason": "改"} if verb == "send_back" else {}

    with pytest.raises(NotAllowed):
        getattr(actions, verb)(record, by=asked.user(Role.PARTTIMER), now=asked.now, **more)


def test_accepting_matters_and_asks_again(asked: House) -> None:
    record = send(asked)

    with again.proved(None), pytest.raises(again.ProveAgain):
        actions.accept(record, by=asked.user(Role.CLERK), now=asked.now)


def test_a_return_needs_a_reason_and_the_sender_reads_it(asked: House) -> None:
    record, clerk = send(asked), asked.user(Role.CLERK)
    with pytest.raises(Refused, match="理由"):
        actions.send_back(record, reason=" ", by=clerk, now=asked.now)
    actions.send_back(record, reason="漏了 5月20日的走访", by=clerk, now=asked.now)

    part_timer = asked.user(Role.PARTTIMER)
    assert "漏了 5月20日的走访" in Notice.objects.get(user=part_timer).text
    waits = [(one.title, one.detail) for one in todo.to_send(part_timer, asked.township, asked.now.date())]
    assert ("重新报送5月", "退回理由：漏了 5月20日的走访") in waits


def test_what_came_back_is_sent_again_and_both_stay(asked: House) -> None:
    record = actions.send_back(send(asked), reason="漏了", by=asked.user(Role.CLERK), now=asked.now)
    visited(asked, date(2026, 5, 20))
    again_ = send(asked)

    assert (again_.pk, again_.round, again_.state) == (record.pk, 2, "sent")
    assert [line.value for line in Line.objects.filter(indicator="activities.held").order_by("round")] == [0, 1]


def test_two_clerks_at_one_submission_do_not_overwrite_each_other(asked: House) -> None:
    record, clerk = send(asked), asked.user(Role.CLERK)
    actions.accept(record, by=clerk, now=asked.now, seen=record.version)

    with pytest.raises(Stale):
        actions.send_back(record, reason="漏了", by=clerk, now=asked.now, seen=1)


def test_a_township_receives_from_its_community_and_the_county_does_not_see_that(asked: House) -> None:
    record = send(asked, unit=asked.community)

    assert record.to == asked.township
    assert list(queries.visible(asked.user(Role.CLERK))) == []
    assert list(queries.visible(asked.user(Role.PARTTIMER))) == [record]


# --- periods -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rhythms, first, number",
    [
        (["month"] * 12, (date(2026, 1, 1), date(2026, 1, 31)), 12),
        (["quarter"] * 12, (date(2026, 1, 1), date(2026, 3, 31)), 4),
        (["none"] * 12, None, 0),
        (["none"] * 10 + ["month"] * 2, (date(2026, 11, 1), date(2026, 11, 30)), 2),
        (["quarter"] * 6 + ["month"] * 6, (date(2026, 1, 1), date(2026, 3, 31)), 8),
        (["none"] * 11 + ["quarter"], (date(2026, 10, 1), date(2026, 12, 31)), 1),
    ],
)
def test_the_periods_of_a_year(rhythms: list[str], first: Any, number: int) -> None:
    found = rules.periods(2026, rhythms)

    assert len(found) == number
    assert (found[0] if found else None) == first
    assert all(a_end < b_start for (_a, a_end), (b_start, _b) in pairwise(found))


@pytest.mark.parametrize(
    "day, state", [("2026-05-31", ""), ("2026-06-01", "waiting"), ("2026-06-05", "waiting"), ("2026-06-06", "missing")]
)
def test_a_month_is_due_five_days_after_its_end_and_missing_after_that(asked: House, day: str, state: str) -> None:
    row = queries.below(asked.county, 2026, date.fromisoformat(day))[0]

    assert next(cell.state for cell in row.cells if cell.start == MAY[0]) == state


def test_the_due_day_is_a_rule_of_the_unit_above(asked: House) -> None:
    parameters.set_value(
        asked.county,
        rules.DUE,
        10,
        effective_from=date(2026, 5, 1),
        citation="",
        by=asked.user(Role.CLERK),
        now=asked.now,
    )

    assert queries.due_on(asked.county, MAY[1]) == date(2026, 6, 10)
    assert queries.due_on(asked.county, APRIL[1]) == date(2026, 5, 5)


def test_in_january_december_still_waits(asked: House) -> None:
    user = asked.user(Role.PARTTIMER)
    titles = [one.title for one in todo.to_send(user, asked.township, date(2027, 1, 4))]

    assert titles == ["报送12月的数"]


# --- what is told ----------------------------------------------------------------------------------------------------------------


def test_the_unit_above_chooses_what_it_wants_to_be_told(asked: House) -> None:
    actions.choose(asked.county, ["activities.research", "activities.held"], by=asked.user(Role.CLERK), now=asked.now)

    assert list(send(asked).lines.values_list("indicator", flat=True)) == ["activities.research", "activities.held"]


def test_party_work_is_never_told(asked: House) -> None:
    registers.take(asked.township, "branch_meetings", by=None, now=asked.now)
    visited(asked, date(2026, 5, 6), kind="party_day")
    known = queries.figures.indicators(asked.township)
    inside = [code for code, one in known.items() if one.inside]
    with pytest.raises(Refused, match="还没有选"):
        actions.choose(asked.county, inside, by=asked.user(Role.CLERK), now=asked.now)
    queries.Wanted.objects.bulk_create(
        queries.Wanted(organization=asked.county, indicator=code, order=n)
        for n, code in enumerate([*inside, "activities.held"])
    )

    assert {code.partition(".")[0] for code in inside} == {"activities", "registers"}
    assert list(send(asked).lines.values_list("indicator", flat=True)) == ["activities.held"]


def test_what_is_sent_stands_in_the_chain_and_a_replay_agrees(asked: House) -> None:
    visited(asked, date(2026, 5, 6))
    actions.accept(send(asked), by=asked.user(Role.CLERK), now=asked.now)

    assert verify.verify().problems == []


# --- pages -----------------------------------------------------------------------------------------------------------------------


def client(house: House, role: Role) -> Client:
    made = Client()
    made.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return made


def test_the_county_sees_who_sent_who_did_not_and_who_was_sent_back(asked: House) -> None:
    for code, name in (("baisha", "白沙镇"), ("liuhe", "柳河乡")):
        unit = orgs.add(
            name=name, short_name=name, code=code, level=Level.TOWNSHIP, parent=asked.county, by=None, now=asked.now
        )
        send(asked, unit=unit, by=None)
    actions.send_back(Submission.objects.get(organization__code="liuhe"), reason="漏了", by=None, now=asked.now)
    page = client(asked, Role.CLERK).get("/submissions/").content.decode()

    assert all(word in page for word in ("已报，待接收", "退回", "未报", "白沙镇", "柳河乡", "青石镇"))


def test_a_later_correction_is_said_beside_what_was_sent(asked: House) -> None:
    visited(asked, date(2026, 5, 6))
    record = send(asked)
    visited(asked, date(2026, 5, 8))

    assert "报 1，现 2" in client(asked, Role.CLERK).get(f"/submissions/{record.pk}").content.decode()


def test_a_township_looks_at_its_figures_and_sends_them(asked: House) -> None:
    visited(asked, date(2026, 5, 6))
    mine = client(asked, Role.PARTTIMER)
    page = mine.get("/submissions/new?start=2026-05-01&end=2026-05-31").content.decode()
    answer = mine.post("/submissions/new", {"start": "2026-05-01", "end": "2026-05-31", "note": "按时"})

    assert "报给云岭县政协" in page and "6月5日前" in page
    assert answer.headers["Location"] == f"/submissions/{Submission.objects.get().pk}"
    assert "按时" in mine.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("query", ["", "start=x&end=y", "start=2026-05-01", "start=2026-13-01&end=2026-13-31"])
def test_an_address_without_a_period_says_so(asked: House, query: str) -> None:
    answer = client(asked, Role.PARTTIMER).get(f"/submissions/new?{query}")

    assert answer.status_code == 422
    assert "没有这一期" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.HANDLER, Role.SYS_ADMIN, Role.AUDIT_ADMIN])
def test_who_neither_sends_nor_receives_sees_nothing_of_it(asked: House, role: Role) -> None:
    record = send(asked)

    assert client(asked, role).get("/submissions/").status_code == 403
    assert client(asked, role).get(f"/submissions/{record.pk}").status_code == 404


def test_the_table_costs_the_same_for_many_units(asked: House, django_assert_max_num_queries: Any) -> None:
    for n in range(12):
        unit = orgs.add(
            name=f"第{n}镇",
            short_name=f"第{n}镇",
            code=f"t{n}",
            level=Level.TOWNSHIP,
            parent=asked.county,
            by=None,
            now=asked.now,
        )
        send(asked, unit=unit, by=None)
    with django_assert_max_num_queries(5), clock.at(asked.now + timedelta(days=1)):
        queries.below(asked.county, 2026, clock.today())


def test_a_member_of_staff_whose_grant_ended_is_not_told(asked: House) -> None:
    other = accounts.make("gone", name="离任", password="x", organization=asked.county, by=None, now=asked.now)
    given = accounts.grant(other, Role.CLERK, asked.county, by=None, now=asked.now)
    given.ended_at = asked.now
    given.save()
    send(asked)

    assert not Notice.objects.filter(user=other).exists()
