"""What proposals say is counted rightly: every figure of the work report, told apart, with last year and the term beside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xieshang.base import clock
from xieshang.base.ledger import figures, verify
from xieshang.base.orgs.years import calendar, spans
from xieshang.base.settings.models import Setting
from xieshang.documents.sheets import read_sheets
from xieshang.work.proposals import actions, funnel, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Proposal

from .test_walk import NOW, Cast, again, answer, assigned, given, reviewed, sent

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LATER = NOW + timedelta(days=40)
CONTENT = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree"}


def counted(cast: Cast, *codes: str, **narrow: Any) -> list[Any]:
    known = figures.indicators(cast.house.county)
    asked = [figures.Query(known[f"proposals.{code}"], cast.house.county.pk, *YEAR, **narrow) for code in codes]
    return [one.number for one in figures.figures(asked, known)]


def decided(cast: Cast, made: Proposal) -> Proposal:
    sheet = actions.prepare(cast.house.county, "提案委员会会议", NOW.date(), [made], by=cast.clerk, now=NOW)
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    return Proposal.objects.get(pk=made.pk)


@pytest.fixture
def closed(cast: Cast) -> Proposal:
    """Signed by two, handled by a host and a co-handler, answered B, rated by one of the two, closed."""
    proposal = assigned(cast)
    town = actions.sign(given(proposal, cast.units["town"]), by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    actions.rate(again(proposal), CONTENT, by=cast.first, now=NOW)
    made = again(proposal)
    return actions.close(made, by=cast.clerk, now=LATER, seen=made.version)


def test_every_step_of_the_course_is_counted_once(cast: Cast, closed: Proposal) -> None:
    assert counted(cast, "submitted", "filed", "handed", "replied", "closed", "planned", "planned_of_handed") == [1, 1, 1, 1, 1, 1, 100]  # fmt: skip
    assert counted(cast, "interim", "at_session", "by_members", "collective", "rehandled") == [1, 0, 1, 0, 0]
    assert counted(cast, "assigned", "hosted", "helped", "answered", "in_time_rate", "contact_rate") == [2, 1, 1, 1, 100, 100]  # fmt: skip
    assert verify.verify().problems == []


def test_who_said_nothing_is_counted_apart_and_never_as_content(cast: Cast, closed: Proposal) -> None:
    assert (closed.not_rated, again(closed).not_rated) == (1, 1)
    assert counted(cast, "rated", "not_rated", "result_content", "result_rate", "attitude_rate") == [1, 1, 1, 100, 100]
    assert counted(cast, "unit_rate", body=cast.units["road"].pk) == [100]
    assert counted(cast, "rated_unit", body=cast.units["town"].pk) == [0]
    person = cast.first.person_id
    assert counted(cast, "rated", "result_content", "not_rated", person=person) == [0, 0, 0]  # never whose


def test_a_promise_that_was_kept_is_counted_when_it_is_looked_at_again(cast: Cast, closed: Proposal) -> None:
    made = actions.track(closed, by=cast.clerk, now=LATER, seen=closed.version)
    actions.follow_up(made, on=LATER.date(), result="A", words="修好了。", evidence=("验收.txt", b"good"), by=cast.clerk, now=LATER, seen=made.version)  # fmt: skip
    assert counted(cast, "followed_up", "kept_promise", "solved", "planned") == [1, 1, 1, 0]
    assert verify.verify().problems == []


def test_what_is_not_filed_is_told_by_what_became_of_it(cast: Cast) -> None:
    for ground in ("R11", "R12", "R10", "R06"):
        decided(cast, reviewed(cast, Opinion("turn_down", grounds=(ground,), words="见说明。")))
    codes = ("not_filed", "to_info", "explained", "info_or_explained", "to_revise", "to_reference", "filed", "handed")
    assert counted(cast, *codes) == [4, 1, 1, 2, 1, 1, 0, 0]
    assert verify.verify().problems == []


def test_a_second_round_is_counted_as_such(cast: Cast) -> None:
    proposal = assigned(cast)
    town = actions.sign(given(proposal, cast.units["town"]), by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    actions.rate(again(proposal), CONTENT | {"result": "disagree"}, by=cast.first, now=NOW)
    made = again(proposal)
    made = actions.redo(made, by=cast.clerk, now=NOW, seen=made.version, reason="没有答到点上。")
    actions.assign(made, [(cast.units["road"], rules.SOLE)], by=cast.office, now=LATER)
    assert counted(cast, "handed", "rehandled", "hosted", "result_discontent") == [1, 1, 2, 1]
    assert verify.verify().problems == []


def test_a_figure_is_told_apart_by_category_system_proposer_sector_and_group(cast: Cast, closed: Proposal) -> None:
    assert counted(cast, "filed.category.society", "filed.category.economy", "share.category.society") == [1, 0, 100]
    assert counted(cast, "handed.system.government", "handed.system.party", "in_time_rate.system.government") == [1, 0, 100]  # fmt: skip
    assert counted(cast, "closed.by.joint", "closed.by.member", "submitted.by.joint") == [1, 0, 1] or counted(
        cast, "closed.by.member", "submitted.by.member"
    ) == [1, 1]
    sector = closed.signatures.get(person=cast.first.person).sector_id
    assert counted(cast, "filed", "closed", sector=sector) == [1, 1]
    assert counted(cast, "assigned", "answered_planned", body=cast.units["road"].pk) == [1, 1]


def test_a_unit_may_count_only_the_first_proposer(cast: Cast) -> None:
    sent(cast)
    assert counted(cast, "proposers", "signed") == [2, 2]
    whole = counted(cast, "participation_rate")[0]
    Setting.objects.create(organization=cast.house.county, key=rules.FIRST_ONLY, value=True, effective_from=date(2026, 1, 1), set_at=NOW)  # fmt: skip
    assert counted(cast, "proposers", "signed") == [1, 1]
    assert counted(cast, "participation_rate")[0] == pytest.approx(whole / 2, abs=0.01)


def test_what_tells_apart_stands_on_no_list_and_is_meant_by_no_text(cast: Cast) -> None:
    known = figures.indicators(cast.house.county)
    assert "proposals.filed.category.economy" in known
    assert "proposals.filed.category.economy" not in figures.offered(known)
    assert not any(one.aside and one.words for one in known.values())


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_running_year_is_compared_with_as_many_days_of_the_year_before(cast: Cast) -> None:
    asked = spans(cast.house.county, calendar(2026), NOW.date())
    assert (asked.now, asked.last) == ((date(2026, 1, 1), date(2026, 6, 30)), (date(2025, 1, 1), date(2025, 6, 30)))
    assert asked.term == (cast.house.term.starts_on, date(2026, 6, 30))
    assert spans(cast.house.county, calendar(2025), date(2025, 12, 31)).last == (date(2024, 1, 1), date(2024, 12, 31))  # fmt: skip


@pytest.fixture
def reader(cast: Cast, client: Client) -> Client:
    client.force_login(cast.clerk)
    return client


def test_the_page_shows_each_figure_with_last_year_and_the_term_and_opens_it(
    cast: Cast, closed: Proposal, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    for by in funnel.SPLITS:
        page = reader.get(f"/proposals/figures?by={by}").content.decode()
        assert "本届以来" in page
    page = reader.get("/proposals/figures?by=unit&sort=0").content.decode()
    assert "县交通运输局" in page
    assert "县水利局" not in page  # it was given nothing
    assert 'aria-sort="descending"' in page
    assert page.index("县交通运输局") < page.index("青石镇人民政府")
    url = f"/figures/drawer?indicator=proposals.hosted&org={cast.house.county.code}&from=2026-01-01&to={LATER.date()}&body={cast.units['road'].pk}"
    assert url.replace("&", "&amp;") in page
    drawer = reader.get(url).content.decode()
    assert "关于修整白石桥的提案" in drawer


def test_the_queries_of_the_page_do_not_grow_with_its_rows(cast: Cast, closed: Proposal) -> None:
    county = cast.house.county
    asked = spans(county, calendar(2026), LATER.date())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            funnel.told(county, asked, ["unit"])
        return len(found)

    before = queries()
    for name in ("water", "town"):
        made = actions.hand_over(decided(cast, reviewed(cast)), by=cast.clerk, now=NOW)
        actions.assign(made, [(cast.units[name], rules.SOLE)], by=cast.office, now=NOW)
    assert queries() == before <= 40


def test_the_workbook_holds_all_of_it(
    cast: Cast, closed: Proposal, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    book = dict(read_sheets(reader.get("/proposals/figures.xlsx").content, "figures.xlsx"))
    assert list(book) == ["主要数据", *(str(one.title) for one in funnel.SPLITS.values())]
    main = {row[1]: row[3:6] for row in book["主要数据"]}
    assert main["立案提案"] == [1, 0, 1]
    assert {row[0]: row[1] for row in book["按承办单位"]}["县交通运输局"] == 1


def test_only_who_sees_the_proposals_sees_the_figures(cast: Cast, client: Client) -> None:
    client.force_login(cast.road)
    assert client.get("/proposals/figures").status_code in (403, 404)
    client.force_login(cast.first)
    assert client.get("/proposals/figures").status_code == 403
