"""What a unit calls its categories, grounds and classes; and that what is standing keeps what it was given."""

from datetime import date

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.base.once import reading
from xieshang.base.orgs.models import System
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, naming, rules, terms
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import FollowUp, Proposal
from xieshang.work.proposals.schemes import SCHEMES

from .test_walk import NOW, Cast, answer, assigned, filed, given, reviewed, sent

JULY, TODAY, YEAR = date(2026, 7, 1), date(2026, 6, 30), date(2026, 1, 1)
pytestmark = pytest.mark.django_db


def put(cast: Cast, kind: str, since: date = YEAR, **more: str) -> str:
    made = actions.set_term(
        cast.house.county, kind, since=since, citation="主席会议", by=cast.clerk, now=NOW, **{"title": "城建", **more}
    )
    return made.code


def set_rule(cast: Cast, key: str, to: object) -> None:
    parameters.set_value(cast.house.county, key, to, effective_from=YEAR, citation="主席会议", by=cast.clerk, now=NOW)


def test_a_unit_that_set_nothing_has_the_defaults_each_with_its_citation(cast: Cast) -> None:
    unit = cast.house.county
    assert list(terms.grounds(unit, TODAY))[:2] == ["R01", "R02"]
    assert terms.classes(unit, TODAY)["A"].title == "A 类：已解决或基本解决"
    assert all(
        one.source for kind in ("ground", "category", "class") for one in terms.every(unit, kind, TODAY).values()
    )


def test_a_units_word_stands_over_the_default_from_its_day_and_units_below_have_it_too(cast: Cast) -> None:
    put(cast, terms.CATEGORY, since=JULY, code="economy", title="经济发展")
    code = put(cast, terms.CATEGORY, since=JULY)
    for unit in (cast.house.county, cast.house.township):
        assert terms.title(unit, terms.CATEGORY, "economy", TODAY) == "经济建设"
        assert terms.title(unit, terms.CATEGORY, "economy", JULY) == "经济发展"
        assert code not in terms.categories(unit, TODAY)
        assert terms.categories(unit, JULY)[code].title == "城建"


def test_what_is_stopped_is_offered_no_more_and_old_proposals_keep_their_word(cast: Cast) -> None:
    made = filed(cast)
    assert made.category == "society"
    actions.stop_term(
        cast.house.county, terms.CATEGORY, "society", since=JULY, citation="主席会议", by=cast.clerk, now=NOW
    )
    put(cast, terms.CATEGORY, since=JULY, code="society", title="民生")
    assert made.get_category_display() == "社会建设"


def test_a_word_that_something_from_that_day_on_has_is_not_stopped(cast: Cast) -> None:
    filed(cast)
    with pytest.raises(Refused) as refused:
        actions.stop_term(
            cast.house.county, terms.CATEGORY, "society", since=TODAY, citation="主席会议", by=cast.clerk, now=NOW
        )
    assert refused.value.code == "in_use"
    for code in ("economy", "politics", "culture", "ecology"):
        actions.stop_term(
            cast.house.county, terms.CATEGORY, code, since=YEAR, citation="主席会议", by=cast.clerk, now=NOW
        )
    with pytest.raises(Refused) as refused:
        actions.stop_term(
            cast.house.county, terms.CATEGORY, "society", since=JULY, citation="主席会议", by=cast.clerk, now=NOW
        )
    assert refused.value.code == "last"


def test_only_who_sets_rules_sets_words_and_a_citation_is_asked(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.set_term(
            cast.house.county, terms.CATEGORY, title="城建", since=YEAR, citation="x", by=cast.first, now=NOW
        )
    for change in ({"citation": ""}, {"title": " "}):
        with pytest.raises(Refused):
            actions.set_term(
                cast.house.county,
                terms.CATEGORY,
                **{"title": "城建", "citation": "x", **change},
                since=YEAR,
                by=cast.clerk,
                now=NOW,
            )
    with pytest.raises(Refused):
        put(cast, terms.CLASS, code="甲", meaning="solved")
    with pytest.raises(Refused):
        put(cast, terms.CLASS, code="D", meaning="to_info")


def test_a_ground_of_the_unit_turns_a_proposal_down_with_its_usual_disposition(cast: Cast) -> None:
    code = put(cast, terms.GROUND, title="一案多事", meaning=rules.RETURN_REVISE)
    assert code == "R15"
    made = reviewed(cast, Opinion("turn_down", grounds=(code,)))
    sheet = actions.prepare(cast.house.county, "第三次会议", TODAY, [made], by=cast.clerk, now=NOW)
    with pytest.raises(Refused):  # a sheet that is not decided yet holds it
        actions.stop_term(cast.house.county, terms.GROUND, code, since=JULY, citation="x", by=cast.clerk, now=NOW)
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    made = Proposal.objects.get(pk=made.pk)
    assert (made.disposition, made.told) == (rules.RETURN_REVISE, "一案多事")


def test_a_ground_or_category_that_is_not_offered_is_refused(cast: Cast) -> None:
    made = sent(cast)
    for opinion in (Opinion("turn_down", grounds=("R99",)), Opinion("file", "nothing", System.GOVERNMENT)):
        with pytest.raises(Refused):
            actions.review(made, opinion, by=cast.clerk, now=NOW, seen=made.version)


def test_a_class_counts_as_its_bucket_of_the_day_whatever_is_set_later(cast: Cast) -> None:
    put(cast, terms.CLASS, code="B", title="正在解决，视同解决", meaning=rules.SOLVED)
    proposal = assigned(cast)
    co = given(proposal, cast.units["town"])
    co = actions.sign(co, by=cast.town, now=NOW)
    actions.opine(co, "同意。", by=cast.town, now=NOW, seen=co.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    proposal.refresh_from_db()
    assert (proposal.result, proposal.outcome) == ("B", rules.SOLVED)
    put(cast, terms.CLASS, code="B", title="列入计划", meaning=rules.IN_PLAN)
    assert not actions.followed(proposal, TODAY)
    assert verify.verify().problems == []


def test_a_whole_set_is_taken_over_from_a_day(cast: Cast) -> None:
    unit = cast.house.county
    actions.adopt(
        unit, next(one for one in SCHEMES if one.key == "four"), since=JULY, citation="办法", by=cast.clerk, now=NOW
    )
    actions.adopt(
        unit, next(one for one in SCHEMES if one.key == "trades"), since=JULY, citation="办法", by=cast.clerk, now=NOW
    )
    assert [one.meaning for one in terms.classes(unit, JULY).values()] == [
        "solved",
        "planned",
        "explained",
        "reference",
    ]
    assert list(terms.categories(unit, JULY)) == ["trade", "city", "schools", "law", "others"]
    assert len(terms.categories(unit, TODAY)) == 5
    assert "economy" in terms.categories(unit, TODAY)


def test_which_classes_are_looked_at_again_is_a_rule_of_the_place(cast: Cast) -> None:
    made = Proposal(organization=cast.house.county, result="C", outcome=rules.REFERENCE)
    assert actions.followed(made, TODAY)
    set_rule(cast, rules.FOLLOW, "planned")
    assert not actions.followed(made, TODAY)
    assert {"before_outcome", "outcome"} <= {field.name for field in FollowUp._meta.get_fields()}


@pytest.mark.parametrize(
    ("form", "name"), [("plain", "第 1 号"), ("padded", "第0001号"), ("full", "第十一届五次会议第0001号")]
)
def test_the_number_is_written_as_the_unit_writes_it_and_stays_so(cast: Cast, form: str, name: str) -> None:
    set_rule(cast, rules.NUMBER_FORM, form)
    made = filed(cast)
    assert made.name == name
    set_rule(cast, rules.NUMBER_FORM, "plain")
    assert Proposal.objects.get(pk=made.pk).name == name
    assert naming.number(made) in ("第1号", "第0001号")


def test_proposals_between_sessions_have_a_series_and_a_mark_of_their_own_where_set(cast: Cast) -> None:
    set_rule(cast, rules.CONTINUE_NUMBERS, "no")
    set_rule(cast, rules.INTERIM_MARK, "yes")
    first, second = reviewed(cast), reviewed(cast)
    Proposal.objects.filter(pk=first.pk).update(kind=rules.SESSION)
    for one in (first, second):
        one.refresh_from_db()
        sheet = actions.prepare(cast.house.county, "会议", TODAY, [one], by=cast.clerk, now=NOW)
        actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    assert [Proposal.objects.get(pk=one.pk).name for one in (first, second)] == ["第 1 号", "平第1号"]


def test_a_page_reads_a_units_words_once(cast: Cast, django_assert_num_queries: object) -> None:
    unit = cast.house.county
    with reading(), django_assert_num_queries(1):  # type: ignore[operator]
        for _n in range(20):
            assert terms.title(unit, terms.CATEGORY, "society", TODAY)
            assert terms.grounds(unit, TODAY)


def test_the_clerk_changes_a_word_on_its_page_and_what_is_refused_is_said_there(cast: Cast) -> None:
    page = Client()
    page.force_login(cast.clerk)
    assert "A 类：已解决或基本解决" in page.get("/proposals/terms").content.decode()
    typed = {"title": "解决或采纳", "meaning": "solved", "since": "2026-01-01", "citation": "主席会议"}
    assert page.post("/proposals/terms/class/A", typed).status_code == 302
    assert "A 类：解决或采纳" in page.get("/proposals/terms").content.decode()
    filed(cast)
    refused = page.post("/proposals/terms/category/society/stop", {"since": "2026-06-30", "citation": "主席会议"})
    assert refused.status_code == 422
    assert "还有提案用着" in refused.content.decode()
    assert (
        page.post("/proposals/terms/class/adopt", {"scheme": "four", "since": "2026-07-01", "citation": ""}).status_code
        == 422
    )
    assert page.get("/proposals/terms/category/nothing").status_code == 404
