"""报送 with a leader's word: on his home page or on paper, and what is sent is what he saw."""

import io
from datetime import date

import pytest
from django.test import Client
from PIL import Image

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import telling
from xieshang.base.errors import Refused
from xieshang.base.ledger import verify
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.settings import parameters
from xieshang.conftest import House
from xieshang.measure.submissions import actions, rules
from xieshang.measure.submissions.models import Submission
from xieshang.work.activities import actions as activities

MAY = {"start": "2026-05-01", "end": "2026-05-31"}


def visited(house: House, day: int) -> None:
    fields = {"title": f"走访 {day}", "kind": "visit", "on": date(2026, 5, day), "collective": True}
    activities.record(house.township, fields=fields, presence={}, by=None, now=house.now)


@pytest.fixture
def town(house: House) -> Client:
    """The township's clerk, whose county wants to be told each month; he has one visit of May to tell of."""
    parameters.set_value(
        house.county, rules.RHYTHM, "month", effective_from=date(2026, 4, 1), citation="主席会议", by=house.user(Role.CLERK), now=house.now
    )  # fmt: skip
    accounts.grant(house.user(Role.LEADER), Role.LEADER, house.township, by=None, now=house.now)
    visited(house, 4)
    client = Client()
    client.force_login(house.user(Role.PARTTIMER))
    client.get("/?org=qingshi")
    return client


def asked(client: Client, note: str = "") -> Approval:
    answer = client.post("/submissions/new", {**MAY, "note": note, "ask": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return Approval.objects.latest("id")


def must_ask(house: House) -> None:
    by = house.user(Role.CLERK)
    parameters.set_value(
        house.county, rules.APPROVAL, "1", effective_from=date(2026, 1, 1), citation="主席会议", by=by, now=house.now
    )


def test_the_leader_agrees_and_it_is_sent_with_the_figures_he_saw(house: House, town: Client) -> None:
    approval = asked(town, "含补登一次")
    page = town.get(f"/approvals/{approval.pk}").content.decode()
    assert "活动：1 次" in page and "含补登一次" in page and not Submission.objects.exists()
    assert "这一期已送签" in town.get("/submissions/new", MAY).content.decode()

    paperwork.approve(approval, by=house.user(Role.LEADER), now=house.now)

    sent = Submission.objects.get()
    assert (sent.state, sent.note, sent.saved_by) == ("sent", "含补登一次", house.users[Role.PARTTIMER])
    assert sent.lines.get(indicator="activities.held").value == 1
    assert verify.verify().problems == []


def test_on_paper_who_signed_and_who_entered_stand_apart(house: House, town: Client) -> None:
    approval, out = asked(town), io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    assert town.get(f"/approvals/{approval.pk}/slip.docx").status_code == 200

    paperwork.enter(
        approval, agreed=True, signed_by="章国华（主任）", signed_on=date(2026, 6, 3), scan=("审批单.png", out.getvalue()), by=house.user(Role.PARTTIMER),
        now=house.now,
    )  # fmt: skip

    sent = Submission.objects.get()
    told = telling.told(telling.entries(sent.ref), {}, lambda entry: [])[0]
    assert told.changes[0].startswith("经章国华（主任）纸上签批（2026-06-03）") and "2026-06-30 代录" in told.changes[0]
    page = town.get(sent.get_absolute_url()).content.decode()
    assert "章国华（主任）" in page and "扫描件" in page


def test_figures_that_changed_since_are_not_sent_in_his_name(house: House, town: Client) -> None:
    approval = asked(town)
    visited(house, 20)

    with pytest.raises(Refused, match="活动") as refused:
        paperwork.approve(approval, by=house.user(Role.LEADER), now=house.now)

    approval.refresh_from_db()
    assert (refused.value.code, approval.state, Submission.objects.count()) == ("figures_changed", "asked", 0)


def test_where_the_rule_is_on_it_is_not_sent_without_him(house: House, town: Client) -> None:
    must_ask(house)
    page = town.get("/submissions/new", MAY).content.decode()
    assert "报送要领导签批" in page
    assert town.post("/submissions/new", MAY).status_code == 422 and not Submission.objects.exists()

    paperwork.approve(asked(town), by=house.user(Role.LEADER), now=house.now)
    assert Submission.objects.get().state == "sent"


def test_what_came_back_is_sent_again_with_his_word(house: House, town: Client) -> None:
    must_ask(house)
    paperwork.approve(asked(town), by=house.user(Role.LEADER), now=house.now)
    sent = actions.send_back(Submission.objects.get(), reason="请补登走访", by=house.user(Role.CLERK), now=house.now)
    visited(house, 20)

    paperwork.approve(asked(town), by=house.user(Role.LEADER), now=house.now)

    sent.refresh_from_db()
    assert (sent.round, sent.state, sent.lines.get(round=2, indicator="activities.held").value) == (2, "sent", 2)


def test_asked_twice_it_is_one_request_and_a_period_that_cannot_be_sent_is_refused(house: House, town: Client) -> None:
    assert asked(town).pk == asked(town).pk
    june = {"start": "2026-06-01", "end": "2026-06-30", "ask": "1"}
    assert town.post("/submissions/new", june).status_code == 422
