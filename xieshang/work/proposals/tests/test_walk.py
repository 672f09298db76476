"""From a member's draft to the archive, each step by who may take it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, System
from xieshang.base.registry import INDICATORS
from xieshang.base.workflow.models import Record
from xieshang.conftest import House
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Assignment, Proposal

NOW = clock.parse("2026-06-30T12:00:00")
TEXT = {
    "title": "关于修整白石桥的提案",
    "situation": "桥面破损三处。",
    "analysis": "多年没有养护。",
    "advice": "列入今年养护计划。",
}
PASSWORD = "correct horse battery"


@dataclass
class Cast:
    """Everyone of the walk."""

    house: House
    first: User
    second: User
    third: User
    clerk: User
    other_clerk: User
    office: User
    road: User
    town: User
    units: dict[str, Body]

    def fresh(self, user: User) -> User:
        return User.objects.get(pk=user.pk)


@pytest.fixture
def cast(house: House) -> Cast:
    county = house.county
    orgs.add_session(house.term, 5, date(2026, 1, 12), date(2026, 1, 15), by=None, now=NOW)
    unit = BodyKind.HANDLING_UNIT
    units = {
        "office": orgs.add_body(county, unit, "县政府办公室", system=System.GOVERNMENT, assigns=True, by=None, now=NOW),
        "road": orgs.add_body(county, unit, "县交通运输局", system=System.GOVERNMENT, by=None, now=NOW),
        "town": orgs.add_body(county, unit, "青石镇人民政府", system=System.GOVERNMENT, by=None, now=NOW),
        "water": orgs.add_body(county, unit, "县水利局", system=System.GOVERNMENT, by=None, now=NOW),
    }

    def account(name: str, role: Role, *, person: Any = None, body: Body | None = None) -> User:
        made = accounts.make(name, name=name, password=PASSWORD, organization=county, person=person, by=None, now=NOW)
        accounts.grant(made, role, county, body=body, by=None, now=NOW)
        return User.objects.get(pk=made.pk)

    return Cast(
        house, house.user("member"), account("second", Role.MEMBER, person=house.members[1]), account("third", Role.MEMBER, person=house.members[2]),
        house.user("clerk"), account("clerk2", Role.CLERK), account("office", Role.HANDLER, body=units["office"]),
        account("road", Role.HANDLER, body=units["road"]), account("town", Role.HANDLER, body=units["town"]), units,
    )  # fmt: skip


def again(record: Record) -> Any:
    return type(record)._default_manager.get(pk=record.pk)


def sent(cast: Cast, **fields: str) -> Proposal:
    """A draft of the first member, signed by the second, refused by the third, sent in."""
    made = actions.draft(cast.house.county, fields={**TEXT, **fields}, by=cast.first, now=NOW)
    made = actions.invite(made, cast.house.members[1:3], by=cast.first, now=NOW, seen=made.version)
    made = actions.cosign(made, cast.house.members[1], agrees=True, by=cast.second, now=NOW)
    made = actions.cosign(made, cast.house.members[2], agrees=False, by=cast.third, now=NOW)
    return actions.submit(made, by=cast.first, now=NOW)


def reviewed(cast: Cast, opinion: Opinion | None = None) -> Proposal:
    says = opinion or Opinion("file", "society", System.GOVERNMENT)
    made = sent(cast)
    made = actions.review(made, says, by=cast.clerk, now=NOW, seen=made.version)
    return actions.review_again(made, says, by=cast.other_clerk, now=NOW, seen=made.version)


def filed(cast: Cast) -> Proposal:
    made = reviewed(cast)
    sheet = actions.prepare(cast.house.county, "提案委员会第三次会议", NOW.date(), [made], by=cast.clerk, now=NOW)
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    return Proposal.objects.get(pk=made.pk)


def assigned(cast: Cast) -> Proposal:
    made = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    units = [(cast.units["road"], rules.HOST), (cast.units["town"], rules.CO)]
    return actions.assign(made, units, by=cast.office, now=NOW)


def given(proposal: Proposal, unit: Body) -> Assignment:
    return Assignment.objects.exclude(state=rules.TAKEN_BACK).get(proposal=proposal, unit=unit, round=proposal.round)


def answer(cast: Cast, one: Assignment, by: User, now: datetime = NOW, result: str = "B") -> Assignment:
    """A unit's whole way from signing to a delivered reply."""
    one = actions.sign(one, by=by, now=now)
    one = actions.contact(one, on=now.date(), way="visit", who="李科长", words="到村里看了桥。", by=by, now=now)
    one = actions.reply(
        one, {"reply": "已列入计划。", "result": result, "contact": "李科长", "telephone": "6320011", "paper": "云交提〔2026〕5号"}, by=by, now=now, seen=one.version,
    )  # fmt: skip
    one = actions.approve(one, signer="王局长", by=by, now=now, seen=one.version)
    one = actions.send(one, by=by, now=now, seen=one.version)
    return actions.accept(one, by=cast.office, now=now, seen=one.version)


def test_the_whole_walk(cast: Cast) -> None:
    proposal = assigned(cast)
    assert (proposal.state, proposal.number, proposal.intake, proposal.kind) == ("assigned", 1, 1, "interim")

    # the co-handler objects, the office agrees, another unit is given it
    town = given(proposal, cast.units["town"])
    town = actions.object_to(town, by=cast.town, now=NOW, seen=town.version, reason="桥不在本镇。")
    actions.uphold(town, by=cast.office, now=NOW, seen=town.version)
    proposal = actions.assign(again(proposal), [(cast.units["water"], rules.CO)], by=cast.office, now=NOW)
    water = given(proposal, cast.units["water"])

    # the host cannot sign off before the co-handler has said its part
    road = actions.sign(given(proposal, cast.units["road"]), by=cast.road, now=NOW)
    with pytest.raises(Refused, match="会办意见"):
        ready = actions.contact(
            road, on=NOW.date(), way="phone", who="委员01", words="谈了工期。", by=cast.road, now=NOW
        )
        ready = actions.reply(ready, {"reply": "已列入。", "result": "B", "contact": "李", "telephone": "632"}, by=cast.road, now=NOW, seen=ready.version)  # fmt: skip
        actions.approve(ready, signer="王局长", by=cast.road, now=NOW, seen=ready.version)
    anybody = cast.house.user("handler")  # handles for every unit of the county
    water = actions.sign(water, by=anybody, now=NOW)
    actions.opine(water, "配合。", by=anybody, now=NOW, seen=water.version)

    road = again(road)
    road = actions.ask_longer(
        road, to=date(2026, 11, 30), by=cast.road, now=NOW, seen=road.version, reason="要等汛期过去。"
    )
    road = actions.answer_longer(road, agreed=True, by=cast.office, now=NOW, seen=road.version)
    assert road.due_on == date(2026, 11, 30)
    road = actions.approve(road, signer="王局长", by=cast.road, now=NOW, seen=road.version)
    road = actions.send(road, by=cast.road, now=NOW, seen=road.version)
    road = actions.reject(road, by=cast.office, now=NOW, seen=road.version, reason="没有写完成时间。")
    road = actions.reply(road, {"reply": "明年六月底前完成。"}, by=cast.road, now=NOW, seen=road.version)
    road = actions.approve(road, signer="王局长", by=cast.road, now=NOW, seen=road.version)
    road = actions.send(road, by=cast.road, now=NOW, seen=road.version)
    actions.accept(road, by=cast.office, now=NOW, seen=road.version)

    proposal = again(proposal)
    assert (proposal.state, proposal.result, proposal.replied_on) == ("feedback", "B", NOW.date())
    content = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree"}
    actions.rate(proposal, content, by=cast.first, now=NOW)
    actions.rate(proposal, content | {"result": "disagree"}, by=cast.second, now=NOW)
    with pytest.raises(Refused, match="不是这件提案的提案者"):
        actions.rate(proposal, content, by=cast.third, now=NOW)  # he refused to sign

    proposal = again(proposal)
    with pytest.raises(Refused, match="不满意"):
        actions.close(proposal, by=cast.clerk, now=NOW, seen=proposal.version)
    proposal = actions.redo(proposal, by=cast.clerk, now=NOW, seen=proposal.version, reason="委员认为没有答到点上。")
    proposal = actions.assign(proposal, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    later = NOW + timedelta(days=20)
    answer(cast, given(proposal, cast.units["road"]), cast.road, later)
    proposal = again(proposal)
    for one in (cast.first, cast.second):
        actions.rate(proposal, content, by=one, now=later)
    proposal = again(proposal)
    proposal = actions.close(proposal, by=cast.clerk, now=later, seen=proposal.version)
    assert proposal.promise_on == date(2027, 3, 1)

    proposal = actions.track(proposal, by=cast.clerk, now=later, seen=proposal.version)
    with pytest.raises(Refused, match="佐证"):
        actions.follow_up(
            proposal, on=later.date(), result="A", words="修好了。", by=cast.clerk, now=later, seen=proposal.version
        )
    proposal = actions.follow_up(
        proposal, on=later.date(), result="A", words="修好了。", evidence=("验收.txt", "验收合格".encode()), by=cast.clerk, now=later, seen=proposal.version,
    )  # fmt: skip
    proposal = actions.archive(proposal, by=cast.clerk, now=later, seen=proposal.version)
    assert (proposal.state, proposal.result, proposal.round) == ("archived", "A", 2)
    assert verify.verify().problems == []


def test_two_reviewers_are_two_persons(cast: Cast) -> None:
    made = sent(cast)
    says = Opinion("file", "society", System.GOVERNMENT)
    made = actions.review(made, says, by=cast.clerk, now=NOW, seen=made.version)
    with pytest.raises(Refused, match="另一个人"):
        actions.review_again(made, says, by=cast.clerk, now=NOW, seen=made.version)


def test_a_unit_never_rates_and_the_trail_says_that_it_tried(cast: Cast) -> None:
    from xieshang.base.audit.models import Entry

    proposal = assigned(cast)
    with pytest.raises(NotAllowed, match="承办单位"):
        actions.rate(proposal, {}, by=cast.road, now=NOW)
    assert Entry.objects.filter(verb="proposals.rate_refused", record=proposal.ref).count() == 1
    assert verify.verify().problems == []


def test_what_is_turned_down_says_why_and_counts_where_it_went(cast: Cast) -> None:
    made = reviewed(cast, Opinion("turn_down", grounds=("R11",), words="属于市里的事权。"))
    sheet = actions.prepare(cast.house.county, "提案委员会会议", NOW.date(), [made], by=cast.clerk, now=NOW)
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    made = again(made)
    assert (made.state, made.disposition, made.number, made.told) == ("not_filed", "to_info", None, "属于市里的事权。")
    asked = [figures.Query(INDICATORS[f"proposals.{code}"], cast.house.county.pk, date(2026, 1, 1), date(2026, 12, 31)) for code in ("submitted", "filed", "to_info")]  # fmt: skip
    assert [f.value for f in figures.figures(asked, INDICATORS)] == [1, 0, 1]


def test_a_sheet_that_cannot_be_decided_decides_nothing(cast: Cast) -> None:
    good, bad = reviewed(cast), reviewed(cast)
    sheet = actions.prepare(cast.house.county, "会议", NOW.date(), [good, bad], by=cast.clerk, now=NOW)
    row = sheet.rows.get(proposal=bad)
    sheet = actions.arrange(sheet, {row.pk: {"outcome": "turn_down"}}, by=cast.clerk, now=NOW, seen=sheet.version)
    with pytest.raises(Refused, match="理由"):
        actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    assert again(good).state == rules.REVIEWED
    sheet = actions.arrange(
        again(sheet), {row.pk: {"outcome": "merge", "main": good}}, by=cast.clerk, now=NOW, seen=again(sheet).version
    )
    actions.decide(sheet, by=cast.clerk, now=NOW, seen=sheet.version)
    assert (again(good).number, again(bad).state, again(bad).main_id) == (1, "merged", good.pk)


def test_only_what_proposer_and_unit_both_open_is_published(cast: Cast) -> None:
    made = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    made = actions.assign(made, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    answer(cast, given(made, cast.units["road"]), cast.road)
    Assignment.objects.update(publicity=rules.ON_REQUEST)
    made = again(made)
    with pytest.raises(Refused, match="依申请公开"):
        actions.publish(made, by=cast.clerk, now=NOW, seen=made.version)
    Assignment.objects.update(publicity=rules.OPEN_TO_ALL)
    assert actions.publish(made, by=cast.clerk, now=NOW, seen=made.version).published
