"""修订: a revised document is paired, put right by a person, and applied in one step."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import verify
from xieshang.conftest import House
from xieshang.measure.plans import actions, cli, comparing, summary
from xieshang.measure.plans.models import Pair, Plan, Revision, Target, TargetVersion
from xieshang.measure.plans.shown import shown

from .conftest import TEXT, bring_in, target

MARCH = date(2026, 3, 20)
REVISED = (
    TEXT.replace("不少于4次", "不少于6次")
    .replace("组织2次专题调研活动。", "")
    .replace("反馈制度。", "反馈制度。年内举办委员沙龙不少于3次。")
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def begin(house: House, plan: Plan, text: str = REVISED) -> Revision:
    by = house.user("part_timer")
    paper = actions.keep(plan.organization, text.encode(), "修订稿.txt", by=by, now=house.now)
    return actions.start_revision(plan, paper, by=by, now=house.now)


def pair_of(revision: Revision, words: str) -> Pair:
    rows = comparing.compared(revision, "all").rows
    return next(row.pair for row in rows if words in (row.new.quote if row.new else row.olds[0].quote))


def use(house: House, revision: Revision, **more: object) -> Revision:
    given = {"basis": "主席会议", "number": "青联发〔2026〕3号", "effective_on": MARCH, **more}
    return actions.apply_revision(revision, by=house.user("part_timer"), now=house.now, **given)  # type: ignore[arg-type]


def test_each_item_is_shown_as_added_dropped_changed_or_the_same(house: House, running: Plan) -> None:
    found = comparing.compared(begin(house, running))
    kinds = {row.pair.kind: (row.olds, row.new) for row in found.rows}
    assert found.counts["added"], found.counts["removed"] == (1, 1)
    assert found.counts["changed"] == 1
    assert kinds["changed"][0][0].goal_words == "不少于 4 次"
    assert kinds["changed"][1] is not None and kinds["changed"][1].goal_words == "不少于 6 次"


def test_nothing_of_the_plan_changes_before_it_is_applied(house: House, running: Plan) -> None:
    before = list(Target.objects.order_by("pk").values_list("pk", "version", "state", "value"))
    begin(house, running)
    assert list(Target.objects.order_by("pk").values_list("pk", "version", "state", "value")) == before


def test_applying_changes_takes_out_and_adds_in_one_step(house: House, running: Plan) -> None:
    actions.change(
        target(running, "集体活动"), fields={"owner": "周晓云"}, by=house.user("part_timer"), now=house.now, reason="明确责任人"
    )  # fmt: skip
    use(house, begin(house, running))
    collective, research, salon = (target(running, words) for words in ("集体活动", "专题调研活动", "委员沙龙"))
    assert (collective.value, collective.owner, collective.state) == (Decimal(6), "周晓云", "accepted")
    assert (research.state, salon.state, salon.value) == ("withdrawn", "accepted", Decimal(3))
    assert salon.starts_on == MARCH
    why = "修订依据：主席会议（青联发〔2026〕3号），自 2026-03-20 起施行"
    version = collective.versions.first()
    assert version is not None and (version.said["goal"], version.reason) == ("不少于 4 次", why)
    assert research.versions.first().reason == why  # type: ignore[union-attr]
    running.refresh_from_db()
    assert (running.status, running.meeting, running.paper.name) == ("adjusted", "主席会议", "修订稿.txt")
    assert running.revisions.get().old_paper.name == "计划.txt"
    assert verify.verify().problems == []


def test_what_the_reader_cannot_be_sure_of_is_added_as_an_open_item(house: House, running: Plan) -> None:
    use(house, begin(house, running, TEXT.replace("反馈制度。", "反馈制度。编印文史资料___期。")))
    assert target(running, "文史资料").state == "open"


def test_what_is_to_be_kept_stays_as_it_was(house: House, running: Plan) -> None:
    revision, by = begin(house, running), house.user("part_timer")
    for words in ("集体活动", "专题调研活动", "委员沙龙"):
        actions.decide(revision, pair_of(revision, words).pk, "old", by=by, now=house.now)
    use(house, revision)
    assert target(running, "集体活动").value == Decimal(4)
    assert target(running, "专题调研活动").state == "accepted"
    assert not running.targets.filter(quote__contains="委员沙龙").exists()


def test_a_person_pairs_anew_and_parts(house: House, running: Plan) -> None:
    revision, by = begin(house, running), house.user("part_timer")
    salon, research = pair_of(revision, "委员沙龙"), target(running, "专题调研活动")
    actions.join(revision, salon.pk, research.pk, by=by, now=house.now)
    salon.refresh_from_db()
    assert (salon.kind, revision.pairs.filter(kind="removed").count()) == ("changed", 0)
    with pytest.raises(Refused) as refused:
        actions.join(revision, pair_of(revision, "集体活动").pk, research.pk, by=by, now=house.now)
    assert refused.value.code == "not_free"
    actions.part(revision, salon.pk, by=by, now=house.now)
    salon.refresh_from_db()
    assert (salon.kind, revision.pairs.filter(kind="removed").count()) == ("added", 1)


def test_two_old_items_become_one_new(house: House, running: Plan) -> None:
    revision, by = begin(house, running), house.user("part_timer")
    collective, research = target(running, "集体活动"), target(running, "专题调研活动")
    actions.join(revision, pair_of(revision, "集体活动").pk, research.pk, by=by, now=house.now)
    use(house, revision)
    collective.refresh_from_db()
    research.refresh_from_db()
    first, second = sorted((collective, research), key=lambda one: one.pk)
    assert (first.state, first.value, second.state) == ("accepted", Decimal(6), "withdrawn")
    assert second.made_from_id == first.pk
    assert "并入“" in second.versions.first().reason  # type: ignore[union-attr]


def test_a_revision_needs_a_basis_and_a_day_within_the_plan(house: House, running: Plan) -> None:
    revision = begin(house, running)
    for given, code in (({"basis": " "}, "no_basis"), ({"effective_on": date(2027, 1, 5)}, "bad_day")):
        with pytest.raises(Refused) as refused:
            use(house, revision, **given)
        assert refused.value.code == code
    assert TargetVersion.objects.count() == 0


def test_a_new_wording_without_its_number_is_not_put_in_the_place_of_a_confirmed_one(
    house: House, running: Plan
) -> None:
    revision = begin(house, running, TEXT.replace("集体活动不少于4次", "集体活动不少于___次"))
    with pytest.raises(Refused) as refused:
        use(house, revision)
    assert refused.value.code == "no_value"
    running.refresh_from_db()
    assert running.paper.name == "计划.txt"


def test_a_document_against_itself_changes_nothing_and_says_so(house: House, running: Plan) -> None:
    revision = begin(house, running, TEXT)
    assert set(revision.pairs.values_list("kind", flat=True)) == {"same"}
    use(house, revision)
    assert TargetVersion.objects.count() == 0


def test_applying_a_revision_twice_changes_nothing(house: House, running: Plan) -> None:
    revision = use(house, begin(house, running))
    stands = list(Target.objects.order_by("pk").values())
    with pytest.raises(Refused) as refused:
        use(house, revision)
    assert refused.value.code == "wrong_state"
    use(house, begin(house, running))
    assert list(Target.objects.order_by("pk").values()) == stands
    assert bring_in(house, REVISED, revise=True).pk == running.pk
    assert list(Target.objects.order_by("pk").values()) == stands


def test_one_plan_has_one_revision_at_a_time(house: House, running: Plan) -> None:
    first, by = begin(house, running), house.user("part_timer")
    with pytest.raises(Refused) as refused:
        begin(house, running)
    assert refused.value.code == "being_revised"
    actions.drop_revision(first, by=by, now=house.now)
    begin(house, running)


@pytest.mark.parametrize("role", ["leader", "member", "audit_admin"])
def test_only_staff_revise(house: House, role: str) -> None:
    made = actions.bring_in(
        house.county, year=2026, data=TEXT.encode(), name="a.txt", by=house.user("clerk"), now=house.now
    )
    with pytest.raises(NotAllowed):
        actions.start_revision(made, made.paper, by=house.user(role), now=house.now)


def test_the_command_line_applies_sure_pairs_and_leaves_the_others_open(house: House, running: Plan) -> None:
    text = TEXT.replace("年内组织集体活动不少于4次", "全年组织集体活动6次以上").replace("2次专题调研", "3次专题调研")
    made = cli.bring_in(house.township, 2026, text.encode(), "修订稿.txt", revise=True, now=house.now)
    assert target(running, "专题调研活动").value == Decimal(3)
    assert target(running, "年内组织集体活动").state == "accepted"
    assert target(running, "全年组织集体活动").state == "open"
    assert made["unsure"] == [{"old": ["年内组织集体活动不少于4次"], "new": "全年组织集体活动6次以上"}]


def test_the_summary_says_before_and_after(house: House, running: Plan) -> None:
    use(house, begin(house, running))
    parts = shown(summary.draft(running, summary.term(running, "half", house.now.date())))
    words = "".join(run["text"] for part in parts if part["kind"] == "paragraph" for run in part["runs"])
    assert "调整前不少于4次，调整后不少于6次" in words
    assert "“组织2次专题调研活动”已调出" in words
    assert "新增“年内举办委员沙龙不少于3次”" in words


# --- pages --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.user("part_timer"))
    client.get("/plans/?org=qingshi")
    return client


def test_from_the_plan_to_the_pairs_and_back_changed(desk: Client, running: Plan) -> None:
    assert f"/plans/{running.pk}/revise" in desk.get(f"/plans/{running.pk}").content.decode()
    chosen = desk.post(f"/plans/{running.pk}/revise", {"pasted": REVISED})
    page = desk.post(chosen["Location"], {"document": "1"}, follow=True).content.decode()
    assert "修订稿有 3 处变动" in page
    revision = Revision.objects.get()
    assert f"/plans/revisions/{revision.pk}" in desk.get(f"/plans/{running.pk}").content.decode()
    wrong = desk.post(f"/plans/revisions/{revision.pk}/apply", {"basis": "", "effective_on": "2026-03-20"})
    assert (wrong.status_code, "还需要" in wrong.content.decode() or "处需要改" in wrong.content.decode()) == (
        422,
        True,
    )
    typed = {"basis": "主席会议", "number": "3号", "effective_on": "2026-03-20"}
    done = desk.post(f"/plans/revisions/{revision.pk}/apply", typed, follow=True).content.decode()
    assert "修订过 1 次" in done and "主席会议（3号）" in done
    assert "不少于 4 次 → 不少于 6 次" in desk.get(target(running, "集体活动").get_absolute_url()).content.decode()


def test_a_decision_is_kept_at_once_with_and_without_script(house: House, desk: Client, running: Plan) -> None:
    revision = begin(house, running)
    url, one = f"/plans/revisions/{revision.pk}/pair", pair_of(revision, "集体活动")
    part = desk.post(url, {"pair": one.pk, "do": "old", "tab": "open"}, **HTMX)
    assert 'id="pairs"' in part.content.decode() and "<html" not in part.content.decode()
    back = desk.post(url, {"pair": one.pk, "do": "part", "tab": "open"})
    assert back["Location"] == f"/plans/revisions/{revision.pk}?tab=open#pair{one.pk}"
    one.refresh_from_db()
    assert one.kind == "added"
    page = desk.get(f"/plans/revisions/{revision.pk}?pair={one.pk}").content.decode()
    assert "与哪一项配" in page


def test_a_revised_paper_marked_so_at_the_import_goes_to_the_pairs(desk: Client, running: Plan, house: House) -> None:
    by = house.user("part_timer")
    paper = actions.keep(running.organization, REVISED.encode(), "修订稿.txt", by=by, now=house.now)
    typed = {"document": 1, "year": 2026, "source": "own", "revise": "on"}
    answer = desk.post(f"/plans/import/{paper.pk}", typed)
    assert answer["Location"] == f"/plans/{running.pk}/revise?paper={paper.pk}"
    assert desk.post(f"/plans/import/{paper.pk}", {**typed, "year": 2031}).status_code == 422
