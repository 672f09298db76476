"""提案工作情况的报告 is drafted from the ledger: every figure is open to it, last year and the term stand beside, what nobody knows is left open."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xieshang.base.audit import trail
from xieshang.base.ledger import posting
from xieshang.base.ledger.facts import Fact
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind, System
from xieshang.base.orgs.years import calendar
from xieshang.conftest import House
from xieshang.documents.gongwen import Figure, Heading, Paragraph, Table
from xieshang.measure.plans import proposal_report
from xieshang.measure.reports.composed import Counted

DAY = date(2026, 6, 30)


@pytest.fixture
def told(house: House) -> House:
    """Ten received, eight filed, six handed out, four answered; two the year before."""
    road = orgs.add_body(
        house.county, BodyKind.HANDLING_UNIT, "县交通运输局", system=System.GOVERNMENT, by=None, now=house.now
    )
    facts = [Fact("proposals.submitted", date(2026, 1, 10), carrier="session", category="economy")] * 10
    facts += [Fact("proposals.filed", date(2026, 2, 1), category="economy")] * 5 + [
        Fact("proposals.filed", date(2026, 2, 1), category="society")
    ] * 3
    facts += [Fact("proposals.handed", date(2026, 3, 1))] * 6
    facts += [Fact("proposals.assigned", date(2026, 3, 1), body=road.pk, carrier="government", outlet="host")] * 6
    facts += [Fact("proposals.replied", date(2026, 5, 1), outlet="solved", category="economy")] * 3 + [
        Fact("proposals.replied", date(2026, 5, 1), outlet="planned")
    ]
    facts += [Fact("proposals.submitted", date(2025, 2, 1))] * 2
    rows = [
        posting.posted(posting.key(house.county.pk, one), ref=f"t.record:{n}", version=1, now=house.now)
        for n, one in enumerate(facts)
    ]
    posting.save(rows, trail.write("t.post", by=None, now=house.now, facts=[posting.line(row) for row in rows]))
    return house


def words(parts: Any) -> str:
    runs = [[one.runs] if isinstance(one.runs, str) else one.runs for one in parts if isinstance(one, Paragraph)]
    return "\n".join("".join(one.text if isinstance(one, Figure) else one for one in line) for line in runs)


def test_it_says_what_was_received_reviewed_handed_out_and_answered(told: House) -> None:
    paper = proposal_report.draft(told.county, calendar(2026), DAY)
    said = words(paper.parts)
    assert paper.title == f"{told.county.name}关于2026年提案工作情况的报告"
    for sentence in (
        "共收到提案10件", "经审查，立案8件，立案率80%", "并案后交办6件", "上年同期收到提案2件", "所提问题已经解决或基本解决的3件（占交办提案的50%）", "还没有提案者反馈。",
    ):  # fmt: skip
        assert sentence in said
    assert (
        re.search(r"0件[，。、；]", said.replace("10件", "").replace("重点提案0件", "").replace("立案0件，办复0件", ""))
        is None
    )


def test_tables_tell_it_apart_with_last_year_and_the_term(told: House) -> None:
    tables = [one for one in proposal_report.draft(told.county, calendar(2026), DAY).parts if isinstance(one, Table)]
    by_caption = {str(one.caption).partition("　")[2]: one for one in tables}
    kinds = {row[0]: [cell.text if isinstance(cell, Figure) else cell for cell in row[1:]] for row in by_caption["提案分类情况"].rows}  # fmt: skip
    assert kinds["经济建设类提案"][:4] == ["5", "62.5", "3", "3"]
    units = by_caption["主要承办单位办理情况"].rows
    assert [row[0] for row in units] == ["县交通运输局"]
    assert "上年同期" in by_caption["提案工作主要数据"].headings
    assert "本届以来" in by_caption["提案工作主要数据"].headings


def test_every_figure_is_open_to_the_ledger_and_what_nobody_knows_is_marked(told: House) -> None:
    parts = proposal_report.draft(told.county, calendar(2026), DAY).parts
    runs = [
        one for part in parts if isinstance(part, Paragraph) and not isinstance(part.runs, str) for one in part.runs
    ]
    cells = [cell for part in parts if isinstance(part, Table) for row in part.rows for cell in row]
    found = [one for one in (*runs, *cells) if isinstance(one, Figure)]
    assert all(isinstance(one, Counted) or one.marked for one in found)
    assert sum(one.marked for one in found) == 2
    assert [one.text for one in parts if isinstance(one, Heading)][-1] == "存在的不足和下一步打算"


def test_its_queries_do_not_grow_with_the_units(told: House) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            proposal_report.draft(told.county, calendar(2026), DAY)
        return len(found)

    before = queries()
    for n in range(3):
        orgs.add_body(told.county, BodyKind.HANDLING_UNIT, f"县{n}局", system=System.GOVERNMENT, by=None, now=told.now)
    assert queries() == before <= 50


def test_it_becomes_a_draft_of_the_studio_with_every_number_linked(told: House, client: Any) -> None:
    client.force_login(told.user("clerk"))
    assert client.get("/plans/proposals").status_code == 200
    assert client.get("/plans/proposals.docx").status_code == 200
    sent = client.post("/plans/proposals/draft", follow=True)
    assert sent.status_code == 200
    from xieshang.measure.reports.models import Report

    report = Report.objects.get(series="proposals")
    blanks = list(report.blanks.all())
    assert {blank.how for blank in blanks if blank.mark.strip() == "x"} == {"ledger"}
    assert any(blank.since == date(2025, 1, 1) for blank in blanks)  # last year's, over its own days
    assert any(blank.scope.get("body") for blank in blanks)


def test_a_year_without_proposals_says_so(house: House) -> None:
    assert "没有收到和办理的提案" in words(
        proposal_report.draft(house.county, calendar(2024), date(2024, 12, 31)).parts
    )
