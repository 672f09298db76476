"""The page of an assignment, through its addresses: as the unit's clerk, as the assigning office, as a stranger."""

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.base.files.models import Attachment
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.models import Assignment

from .test_handling import REPLY, contacted, pdf, split
from .test_walk import NOW, Cast, again, answer, assigned, given

TYPED = {**REPLY, "publicity": "open"}


@pytest.fixture(autouse=True)
def noon(now: object) -> None:
    """The clock stands still."""


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Client, one: Assignment, verb: str, **typed: object) -> object:
    return client.post(f"/proposals/assignments/{one.pk}/{verb}", {"seen": again(one).version, **typed})


def drafted(cast: Cast) -> Assignment:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    return actions.reply(one, TYPED, by=cast.road, now=NOW, seen=one.version)


def sent_in(cast: Cast) -> Assignment:
    one = drafted(cast)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    return actions.send(one, by=cast.road, now=NOW, seen=one.version)


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


# ── the unit's clerk ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_unit_goes_the_whole_way_on_its_page(cast: Cast) -> None:
    one, road = given(split(cast), cast.units["road"]), browser(cast.road)
    page = f"/proposals/assignments/{one.pk}"
    first = words(road.get(page))
    assert (
        "现在要办的：签收" in first
        and "签收、联系委员的记录（面商）、答复正文" in first
        and "在县交通运输局：待签收" in first
    )
    steps = (
        ("sign", {"section": "养护科", "officer": "小李", "leader": "王局长"}, "现在要办的：联系提案者"),
        ("contact", {"on": "2026-06-30", "way": "visit", "who": "李科长", "words": "看了桥。"}, "现在要办的：起草答复"),
        ("reply", TYPED, "现在要办的：签发"),
        ("approve", {"signer": "王局长"}, "现在要办的：报审"),
        ("send", {}, "</span>交办机构审核"),
    )
    for verb, typed, shown in steps:
        answered = post(road, one, verb, **typed)
        assert answered.status_code == 302 and answered["Location"] == page, verb
        assert shown in words(road.get(page)), verb
    one = again(one)
    assert (one.state, one.section, one.result, one.signer) == (rules.SENT, "养护科", "B", "王局长")


def test_what_is_refused_is_said_on_the_page_with_what_was_typed(cast: Cast) -> None:
    one, road = given(split(cast), cast.units["road"]), browser(cast.road)
    actions.sign(one, by=cast.road, now=NOW)
    answered = post(road, one, "contact", on="2027-01-01", way="visit", who="李科长", words="谈了工期。")
    assert answered.status_code == 422
    assert "联系委员的日期要在交办之后、今天之前" in words(answered) and "谈了工期。" in words(answered)
    nothing = post(road, one, "contact", on="", way="visit", who="李科长", words="谈了工期。")
    assert nothing.status_code == 422 and "谈了工期。" in words(nothing)
    assert not again(one).contacts.exists()


def test_a_reply_over_somebody_elses_is_held_back_and_shown_with_what_was_typed(cast: Cast) -> None:
    one, road = drafted(cast), browser(cast.road)
    answered = road.post(
        f"/proposals/assignments/{one.pk}/reply", {**TYPED, "reply": "我的另一稿。", "seen": one.version - 1}
    )
    assert answered.status_code == 409
    assert "我的另一稿。" in words(answered) and "修改过" in words(answered)
    assert again(one).reply == TYPED["reply"]


def test_a_step_that_is_over_keeps_what_was_typed_in_sight(cast: Cast) -> None:
    one, road = sent_in(cast), browser(cast.road)
    answered = post(road, one, "reply", **{**TYPED, "reply": "我的另一稿。"})
    assert answered.status_code == 422 and "我的另一稿。" in words(answered)


def test_the_reply_is_kept_as_it_is_typed_and_gone_once_it_is_saved(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    road = browser(cast.road)
    url = f"/proposals/assignments/{one.pk}/keep_typed"
    sent = {"client_id": str(uuid4()), "payload": json.dumps([["reply", "写了一半"], ["result", "B"]])}
    assert road.post(url, sent).status_code == 200
    assert "写了一半" in words(road.get(f"/proposals/assignments/{one.pk}"))
    post(road, one, "reply", **TYPED)
    assert "写了一半" not in words(road.get(f"/proposals/assignments/{one.pk}"))
    assert browser(cast.town).post(url, sent).status_code == 404


def test_the_stamped_original_is_uploaded_and_opened_by_unit_office_and_later_the_proposer(cast: Cast) -> None:
    one, road = drafted(cast), browser(cast.road)
    bad = post(road, one, "original", original=SimpleUploadedFile("答复.docx", b"PK\x03\x04"))
    assert bad.status_code == 422 and "盖章原件要 PDF" in words(bad)
    post(road, one, "original", original=SimpleUploadedFile("答复.pdf", pdf("bridge")))
    kept = Attachment.objects.get(record=one.ref)
    url = f"/files/{kept.pk}/{kept.name}"
    opens = {
        name: browser(getattr(cast, name)).get(url).status_code for name in ("road", "office", "clerk", "town", "first")
    }
    assert opens == {"road": 200, "office": 200, "clerk": 200, "town": 404, "first": 404}
    one = again(one)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    one = actions.send(one, by=cast.road, now=NOW, seen=one.version)
    actions.accept(one, by=cast.office, now=NOW, seen=one.version)
    assert browser(cast.first).get(url).status_code == 200


# ── who may not ──────────────────────────────────────────────────────────────────────────────────────────────────
VERBS = (
    "sign", "object_to", "contact", "inside", "ask_longer", "opine", "reply", "approve", "send", "original", "keep_typed", "uphold", "dismiss", "answer_longer", "reject", "accept",
)  # fmt: skip


def test_a_stranger_unit_finds_nothing(cast: Cast) -> None:
    one = drafted(cast)
    stranger = browser(cast.town)
    here = f"/proposals/assignments/{one.pk}"
    for path in ("", "/letter", "/letter.docx", "/order.docx", "/urge.docx"):
        assert stranger.get(here + path).status_code == 404, path
    for verb in VERBS:
        assert post(stranger, one, verb).status_code == 404, verb


def test_the_unit_may_not_settle_its_own_matter_and_a_leader_only_looks(cast: Cast) -> None:
    one = sent_in(cast)
    for verb in ("uphold", "dismiss", "answer_longer", "reject", "accept"):
        assert post(browser(cast.road), one, verb, reason="好", result="A", agreed="yes").status_code == 403, verb
    leader = browser(cast.house.user("leader"))
    page = words(leader.get(f"/proposals/assignments/{one.pk}"))
    assert "现在要办的" not in page and "已列入计划。" in page
    assert post(leader, one, "accept", result="B").status_code == 403
    assert browser(cast.first).get(f"/proposals/assignments/{one.pk}").status_code == 404
    assert again(one).state == rules.SENT


def test_a_unit_never_reads_who_was_not_satisfied(cast: Cast) -> None:
    proposal = split(cast)
    for name in ("road", "town"):
        answer(cast, given(proposal, cast.units[name]), getattr(cast, name))
    said = {"visited": "no", "attitude": "dissatisfied", "aim": "beside", "result": "disagree", "words": "没有人来过。"}
    actions.rate(again(proposal), said, by=cast.second, now=NOW)
    proposal = again(proposal)
    proposal = actions.redo(proposal, by=cast.clerk, now=NOW, seen=proposal.version, reason="没有答到点上。")
    actions.assign(proposal, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    page = words(browser(cast.road).get(f"/proposals/assignments/{given(again(proposal), cast.units['road']).pk}"))
    assert "这是重新办理" in page and "没有答到点上。" in page and "已列入计划。" in page
    assert "不满意" not in page and "没有人来过" not in page


def test_the_scan_of_a_rating_is_the_committees_alone(cast: Cast) -> None:
    proposal = split(cast)
    for name in ("road", "town"):
        answer(cast, given(proposal, cast.units[name]), getattr(cast, name))
    said = {"visited": "yes", "attitude": "satisfied", "aim": "to_point", "result": "agree"}
    scan = ("征询意见表.pdf", pdf("signed"))
    actions.rate_for(again(proposal), cast.house.members[0], said, scan=scan, by=cast.clerk, now=NOW)
    kept = Attachment.objects.get(record=f"{proposal.ref}.rating")
    opens = {name: browser(getattr(cast, name)).get(f"/files/{kept.pk}").status_code for name in ("clerk", "road", "office", "first")}  # fmt: skip
    assert opens == {"clerk": 200, "road": 404, "office": 404, "first": 404}


# ── the assigning office ─────────────────────────────────────────────────────────────────────────────────────────
def test_the_office_settles_an_objection_and_goes_on_to_give_it_to_another(cast: Cast) -> None:
    town = given(assigned(cast), cast.units["town"])
    actions.object_to(town, by=cast.town, now=NOW, seen=town.version, reason="桥不在本镇。")
    office = browser(cast.office)
    assert "退件理由：桥不在本镇。" in words(office.get(f"/proposals/assignments/{town.pk}"))
    answered = post(office, town, "uphold", reason="")
    assert answered["Location"] == f"/proposals/{town.proposal_id}/assign"
    assert again(town).state == rules.TAKEN_BACK


def test_the_office_answers_an_extension_and_passes_a_reply_with_another_class(cast: Cast) -> None:
    one = drafted(cast)
    actions.ask_longer(one, to=date(2026, 11, 30), by=cast.road, now=NOW, seen=one.version, reason="等汛期。")
    office = browser(cast.office)
    assert "县交通运输局申请延到 2026-11-30：等汛期。" in words(office.get(f"/proposals/assignments/{one.pk}"))
    refused = post(office, one, "answer_longer", agreed="no", reason="")
    assert refused.status_code == 422 and "不同意延期要写理由" in words(refused)
    post(office, one, "answer_longer", agreed="yes")
    one = again(one)
    assert one.due_on == date(2026, 11, 30)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    actions.send(one, by=cast.road, now=NOW, seen=one.version)
    refused = post(office, one, "accept", result="C", reason="")
    assert refused.status_code == 422 and "要告诉承办单位为什么" in words(refused)
    assert post(office, one, "accept", result="C", reason="今年没有资金。").status_code == 302
    assert (again(one).state, again(one).result) == (rules.DELIVERED, "C")


def test_a_reply_sent_back_says_why_on_the_units_page(cast: Cast) -> None:
    one = sent_in(cast)
    post(browser(cast.office), one, "reject", reason="没有写完成时间。")
    page = words(browser(cast.road).get(f"/proposals/assignments/{one.pk}"))
    assert "答复被退回重拟" in page and "没有写完成时间。" in page and "现在要办的：起草答复" in page


def test_the_host_reads_the_opinions_and_a_co_handler_is_asked_only_for_its_own(cast: Cast) -> None:
    proposal = assigned(cast)
    town, road = given(proposal, cast.units["town"]), given(proposal, cast.units["road"])
    actions.sign(town, by=cast.town, now=NOW)
    page = words(browser(cast.town).get(f"/proposals/assignments/{town.pk}"))
    assert "现在要办的：写会办意见" in page and "答复正文" not in page
    post(browser(cast.town), town, "opine", opinion="配合做好占地协调。")
    assert "配合做好占地协调。" in words(browser(cast.road).get(f"/proposals/assignments/{road.pk}"))


# ── papers and boards ────────────────────────────────────────────────────────────────────────────────────────────
def text(answer: object) -> str:
    """All that a .docx says, tables too."""
    opened = Document(io.BytesIO(answer.content))  # type: ignore[attr-defined]
    cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in opened.paragraphs), *cells])


def test_the_letter_is_made_around_the_typed_body(cast: Cast) -> None:
    one = drafted(cast)
    road = browser(cast.road)
    made = text(road.get(f"/proposals/assignments/{one.pk}/letter.docx"))
    for said in (
        "关于云岭县政协第十一届五次会议\n第1号提案的答复", "委员01委员、委员02委员：", "你们提出的《关于修整白石桥的提案》（第1号）收悉。经研究，现答复如下：", "已列入计划。",
        "感谢你们对我们工作的关心和支持。", "县交通运输局", "2026年6月30日", "（联系人：李科长，联系电话：6320011）", "云交提〔2026〕5号",
    ):  # fmt: skip
        assert said in made, said
    page = words(road.get(f"/proposals/assignments/{one.pk}/letter"))
    assert "类别：B" in page and "主动公开" in page and "第1号提案的答复" in page


def test_the_proposer_reads_the_letter_once_it_was_delivered(cast: Cast) -> None:
    one = sent_in(cast)
    url = f"/proposals/assignments/{one.pk}/letter"
    assert browser(cast.first).get(url).status_code == 404
    actions.accept(one, by=cast.office, now=NOW, seen=one.version)
    assert browser(cast.first).get(url).status_code == 200
    notice = browser(cast.first).get(f"/proposals/assignments/{one.pk}")
    assert (notice.status_code, notice["Location"]) == (302, f"/proposals/{one.proposal_id}")


def test_the_papers_of_an_assignment_name_its_limits(cast: Cast) -> None:
    proposal = assigned(cast)
    one = given(proposal, cast.units["road"])
    road = browser(cast.road)
    order = text(road.get(f"/proposals/assignments/{one.pk}/order.docx"))
    assert "提案交办单" in order and "请于 2026年9月30日 前答复提案者" in order and "青石镇人民政府" in order
    assert road.get(f"/proposals/assignments/{one.pk}/urge.docx").status_code == 422
    with clock.at(clock.parse("2026-10-12T10:00:00")):
        urge = text(road.get(f"/proposals/assignments/{one.pk}/urge.docx"))
    assert "至今已逾期12天" in urge and "尚缺：联系委员的记录（面商）、答复正文" in urge
    survey = text(road.get(f"/proposals/{proposal.pk}/survey.docx"))
    assert "□ 满意　　□ 理解　　□ 不满意" in survey and "□ 同意　　□ 理解　　□ 保留　　□ 不同意" in survey
    form = text(road.get(f"/proposals/{proposal.pk}/form.docx"))
    assert "桥面破损三处。" in form and "由县交通运输局主办，2026年9月30日前答复。" in form


def test_the_board_shows_each_reader_his_own_part(cast: Cast) -> None:
    one = given(assigned(cast), cast.units["road"])
    with clock.at(clock.parse("2026-10-12T10:00:00")):
        whole, own = (words(browser(user).get("/proposals/board")) for user in (cast.clerk, cast.road))
        assert "逾期 2 件" in whole and "青石镇人民政府" in whole
        assert (
            "逾期 1 件" in own and "青石镇人民政府" not in own and f"/proposals/assignments/{one.pk}/urge.docx" in own
        )
        assert browser(cast.clerk).get("/proposals/board.xlsx").status_code == 200
    assert browser(cast.first).get("/proposals/board").status_code == 403


def test_the_page_asks_the_database_no_more_often_for_a_long_course(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    one = drafted(cast)
    for day in range(5):
        one = actions.contact(one, on=NOW.date(), way="phone", who="李科长", words=f"第{day}次。", by=cast.road, now=NOW + timedelta(minutes=day))  # fmt: skip
    road = browser(cast.road)
    road.get(f"/proposals/assignments/{one.pk}")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        road.get(f"/proposals/assignments/{one.pk}")
