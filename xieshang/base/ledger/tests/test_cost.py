"""What figures cost: a number of queries that does not grow with the indicators, and rows read that do not grow with the facts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xieshang.base.audit import trail
from xieshang.base.ledger import figures, rollup
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import House

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
BROKEN = (date(2026, 1, 10), date(2026, 6, 20))


def fill(house: House, facts: int) -> None:
    """So many facts, spread over a year and twelve people, of the kinds that activities post; other units hold as many again."""
    entry = trail.write("tests.fill", by=None, now=house.now)
    kinds = ("activities.held", "activities.attended", "activities.invited", "gifts.amount", "people.in_office")
    PostedFact.objects.bulk_create(
        (
            PostedFact(
                organization=(house.county, house.township)[n % 2], kind=kinds[n % 5], on=date(2026, 1, 1) + timedelta(days=n % 170), posted_at=house.now,
                quantity=Decimal(1), measure="次", person=house.members[n % 12] if n % 5 in (1, 2) else None, category=("visit", "study")[n % 2],
                sector=house.sectors[n % 3] if n % 5 in (1, 2) else None, record=f"tests.fill:{n // 5}", version=1, entry=entry,
            )
            for n in range(facts)
        ),
        batch_size=500,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(house: House, count: int, period: tuple[date, date] = YEAR, **more: Any) -> list[figures.Query]:
    known = list(figures.indicators(house.county).values())
    plain = [one for one in known if one.code.startswith(("activities.", "gifts.", "people."))]
    middle = date(2026, 3, 15) if period == BROKEN else date(2026, 3, 31)  # all three broken, or none
    spans = [period, (period[0], middle), (middle + timedelta(days=1), period[1])]
    return [figures.Query(plain[n % len(plain)], house.county.pk, *spans[n % 3], **more) for n in range(count)]


def statements(queries: list[figures.Query]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        figures.figures(queries, figures.indicators(None))
    return [query["sql"] for query in captured]


NARROWED = [{}, {"body": 1}, {"sector": 1}, {"person": 1}, {"members_of": 1}, {"children": True}, {"as_of": None}]


def test_forty_bodies_sectors_people_or_parties_ask_the_database_no_more_often_than_one(house: House) -> None:
    rollup.fold_all()
    one = figures.indicators(None)["activities.attended"]
    for name in ("body", "sector", "person", "members_of"):
        forty = [figures.Query(one, house.county.pk, *YEAR, **{name: n}) for n in range(1, 41)]
        assert len(statements(forty[:1])) == len(statements(forty))


@pytest.mark.parametrize("more", NARROWED, ids=[next(iter(more), "plain") for more in NARROWED])
@pytest.mark.parametrize("period", [YEAR, BROKEN], ids=["whole months", "broken months"])
def test_forty_figures_ask_the_database_no_more_often_than_four(
    house: House, more: dict[str, Any], period: tuple[date, date]
) -> None:
    rollup.fold_all()
    if "as_of" in more:
        more = {"as_of": house.now}
    forty = asked(house, 40, period, **more)
    few = list({(q.indicator.how, q.indicator.inside): q for q in forty}.values())  # one of each way of counting

    assert len(few) < 8
    assert len(statements(few)) == len(statements(forty)) <= 20


@contextmanager
def counted() -> Iterator[list[int]]:
    """How much work the database does within: rows its plans read on PostgreSQL, thousands of machine steps on SQLite."""
    work: list[int] = [0]
    if connection.vendor == "sqlite":

        def step() -> int:
            work[0] += 1
            return 0

        connection.ensure_connection()
        connection.connection.set_progress_handler(step, 50)
        try:
            yield work
        finally:
            connection.connection.set_progress_handler(None, 0)
        return

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith("SELECT"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
                plan = cursor.fetchone()[0]
            work[0] += rows_read((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield work


def rows_read(plan: dict[str, Any]) -> int:
    """Rows that the scans of a plan looked at, those filtered away included."""
    here = 0
    if "Scan" in plan["Node Type"] and plan["Node Type"] != "Subquery Scan":
        here = int(
            (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0))
            * plan["Actual Loops"]
        )
    return here + sum(rows_read(one) for one in plan.get("Plans", []))


def test_rows_read_for_a_page_of_figures_do_not_grow_with_the_facts(house: House) -> None:
    work = []
    for facts in (2_000, 8_000):
        fill(house, facts)  # the second time on top of the first: five times as many
        rollup.fold_all()
        with counted() as done:
            figures.figures(asked(house, 40), figures.indicators(None))
        work.append(done[0])

    assert work[1] <= work[0] * 1.2 + 200


def test_a_broken_month_costs_days_and_not_facts_unless_people_are_counted(house: House) -> None:
    work = []
    for facts in (2_000, 8_000):
        fill(house, facts)
        rollup.fold_all()
        with counted() as done:
            figures.figures(
                [q for q in asked(house, 40, BROKEN) if not q.indicator.by_person], figures.indicators(None)
            )
        work.append(done[0])

    assert work[1] <= work[0] * 1.3 + 200


def plans(queries: list[figures.Query]) -> list[str]:
    """The plan of each statement that reads facts or rollup, one line a step."""
    found = []
    for sql in statements(queries):
        if "ledger_fact" in sql or "ledger_rollup" in sql:
            with connection.cursor() as cursor:
                cursor.execute(
                    ("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql.replace("%", "%%")
                )
                found.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return found


@pytest.mark.parametrize("period", [YEAR, BROKEN], ids=["whole months", "broken months"])
@pytest.mark.parametrize("folded", [True, False], ids=["folded", "not folded"])
def test_no_figure_scans_the_whole_ledger(house: House, period: tuple[date, date], folded: bool) -> None:
    fill(house, 5_000)
    if folded:
        rollup.fold_all()
    if connection.vendor == "sqlite":
        scans = [
            line
            for plan in plans(asked(house, 40, period))
            for line in plan.split("\n")
            if line.startswith("SCAN") and "ledger_" in line + " f"
        ]
        assert [line for line in scans if "USING" not in line] == []
    elif folded:
        assert [plan for plan in plans(asked(house, 40, period)) if "Seq Scan on ledger_fact" in plan] == []


def test_the_drawer_of_a_figure_reads_by_the_covering_index(house: House) -> None:
    fill(house, 5_000)
    rollup.fold_all()
    query = figures.Query(
        figures.indicators(None)["activities.attended"], house.county.pk, date(2026, 3, 1), date(2026, 3, 14)
    )
    with CaptureQueriesContext(connection) as captured:
        assert len(figures.rows(query)) > 0
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + captured[0]["sql"])
        assert "ledger_cover" in "\n".join(str(row[-1]) for row in cursor.fetchall())
