"""Clues: handed in by anybody, dealt with by the office, read by members, made into proposals and counted."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.notices.models import Notice
from xieshang.base.registry import INDICATORS
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, clue_rules, rules
from xieshang.work.proposals.actions import clues
from xieshang.work.proposals.models import Clue, Knock, Proposal

from .test_walk import NOW, Cast, again

WORDS = "河边的路灯坏了三盏，老人晚上散步看不清路面，" * 15  # 330 characters
CLUE = {"title": "关于修好河边路灯的建议", "text": WORDS, "name": "王小梅", "contact": "13912345678", "category": ""}
Enter = Callable[[User], Client]


@pytest.fixture
def enter() -> Enter:
    """A browser in which somebody is logged in."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def figure(code: str, cast: Cast) -> Any:
    asked = figures.Query(INDICATORS[code], cast.house.county.pk, date(2026, 1, 1), date(2026, 12, 31))
    return figures.figures([asked], INDICATORS)[0].number


def received(cast: Cast, **fields: Any) -> Clue:
    return clues.receive(cast.house.county, {**CLUE, **fields}, source=clue_rules.TYPED_IN, by=cast.clerk, now=NOW)


def listed(cast: Cast, **fields: Any) -> Clue:
    made = received(cast, **fields)
    return clues.enlist(made, category="society", units=[cast.units["road"].pk], by=cast.clerk, now=NOW, seen=made.version)  # fmt: skip


def open_page(cast: Cast) -> str:
    parameters.set_value(cast.house.county, clue_rules.CLUES_OPEN, True, effective_from=NOW.date(), citation="征集公告", by=cast.clerk, now=NOW)  # fmt: skip
    return "/public/clues/yunling"


def typed(page: str, **more: Any) -> dict[str, Any]:
    """The form as somebody fills it in who can read it."""
    asked = re.search(r'name="asked" value="([^"]+)"', page)
    sum_ = re.search(r"(\d) 加 (\d) 等于几", page)
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)
    assert asked
    assert sum_
    assert client_id
    answer = int(sum_[1]) + int(sum_[2])
    return {**CLUE, "read": "on", "asked": asked[1], "answer": answer, "client_id": client_id[1], **more}


# --- from outside ----------------------------------------------------------------------------------------------------------


def test_a_clue_comes_in_without_log_in_and_its_receipt_says_what_became_of_it(cast: Cast) -> None:
    guest, page = Client(), open_page(cast)
    form = typed(guest.get(page).content.decode())
    answer = guest.post(page, form).content.decode()
    made = Clue.objects.get()
    assert made.code in answer
    assert (made.source, made.created_by, made.state) == (clue_rules.PUBLIC, None, clue_rules.RECEIVED)
    again_ = guest.post(page, form).content.decode()  # sent twice it is one, with the same receipt
    assert made.code in again_
    assert Clue.objects.count() == 1

    clues.refuse(made, words="县里已经排了维修", by=cast.clerk, now=NOW, seen=made.version)
    told = guest.post(f"{page}/ask", {"code": made.code.lower()}).content.decode()
    assert "县里已经排了维修" in told
    assert "王小梅" not in told
    assert WORDS[:20] not in told
    assert guest.post(f"{page}/ask", {"code": "ABCDEFGHJK"}).status_code == 422
    assert not guest.cookies.get("sessionid")


def test_the_open_page_is_there_only_while_the_unit_calls_for_clues(cast: Cast) -> None:
    assert Client().get("/public/clues/yunling").status_code == 404
    assert Client().get("/public/clues/yunling/ask").status_code == 404
    assert Client().get("/public/clues/nowhere").status_code == 404


def test_programs_are_kept_out_and_people_told_what_is_missing(cast: Cast) -> None:
    guest, page = Client(), open_page(cast)
    form = typed(guest.get(page).content.decode())
    wrong = guest.post(page, {**form, "answer": 99})
    assert wrong.status_code == 422
    assert "得数不对" in wrong.content.decode()
    assert guest.post(page, {**form, "asked": "made up"}).status_code == 422
    assert guest.post(page, {**form, "website": "http://spam"}).status_code == 422
    short = guest.post(page, {**form, "text": "太短"}).content.decode()
    assert "现在是 2 字" in short
    assert "太短" in short
    assert guest.post(page, {**form, "read": ""}).status_code == 422
    assert not Clue.objects.exists()


def test_one_address_sends_so_many_a_day_and_is_not_kept(cast: Cast) -> None:
    guest, page = Client(), open_page(cast)
    for _n in range(5):
        assert guest.post(page, typed(guest.get(page).content.decode())).status_code == 200
    full = guest.post(page, typed(guest.get(page).content.decode()))
    assert full.status_code == 422
    assert "次数太多" in full.content.decode()
    elsewhere = guest.post(page, typed(guest.get(page).content.decode()), REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200
    assert "127.0.0.1" not in "".join(Knock.objects.values_list("mark", flat=True))


# --- by whom -----------------------------------------------------------------------------------------------------------------


def test_a_member_and_a_unit_hand_one_in_and_are_told(cast: Cast, enter: Enter) -> None:
    for user, source, body in ((cast.first, "member", None), (cast.road, "unit", cast.units["road"])):
        client = enter(user)
        client.post("/proposals/clues/new", {**CLUE, "read": "on"})
        made = Clue.objects.get(created_by=user)
        assert (made.source, made.body) == (source, body)
        clues.refuse(made, words="已在计划里", by=cast.clerk, now=NOW, seen=made.version)
        assert Notice.objects.filter(user=user, text__contains="已在计划里").exists()
        assert "已在计划里" in client.get(f"/proposals/clues/{made.pk}").content.decode()
        assert client.get(f"/proposals/clues/{received(cast).pk}").status_code == 404


def test_the_office_enters_a_short_one_and_only_it_sees_how_to_reach_who_wrote(cast: Cast, enter: Enter) -> None:
    enter(cast.clerk).post("/proposals/clues/new", {**CLUE, "text": "电话反映路灯坏了。"})
    made = Clue.objects.get()
    assert made.source == clue_rules.TYPED_IN
    page = f"/proposals/clues/{made.pk}"
    assert "13912345678" in enter(cast.clerk).get(page).content.decode()
    leader = enter(cast.house.user("leader")).get(page).content.decode()
    assert "139****5678" in leader
    assert "13912345678" not in leader


def test_what_is_done_with_a_clue_follows_the_table_and_wants_words(cast: Cast) -> None:
    made = received(cast)
    with pytest.raises(NotAllowed):
        clues.refuse(made, words="不行", by=cast.first, now=NOW, seen=made.version)
    with pytest.raises(Refused, match="理由"):
        clues.answer(made, words=" ", by=cast.clerk, now=NOW, seen=made.version)
    with pytest.raises(Refused, match="类别"):
        clues.enlist(made, category="", by=cast.clerk, now=NOW, seen=made.version)
    done = clues.to_opinion(made, by=cast.clerk, now=NOW, seen=made.version)
    with pytest.raises(Refused):
        clues.enlist(done, category="society", by=cast.clerk, now=NOW, seen=done.version)
    back = clues.bring_back(done, words="还是列入目录", by=cast.clerk, now=NOW, seen=done.version)
    assert (back.state, back.told, back.decided_on) == (clue_rules.RECEIVED, "", None)


# --- the reference list ------------------------------------------------------------------------------------------------------


def test_members_read_the_list_once_it_is_published(cast: Cast, enter: Enter) -> None:
    one, other = listed(cast), listed(cast, title="关于增加校车的建议")
    assert [one.number, other.number] == [1, 2]
    member, clerk = enter(cast.first), enter(cast.clerk)
    assert "关于增加校车的建议" not in member.get("/proposals/reference").content.decode()
    assert member.get(f"/proposals/clues/{one.pk}").status_code == 404
    assert "发布给委员" in clerk.get("/proposals/reference").content.decode()
    assert clerk.post("/proposals/reference/publish").status_code == 302
    page = member.get("/proposals/reference").content.decode()
    assert "关于增加校车的建议" in page
    assert "县交通运输局" in page
    assert "王小梅" not in page
    assert Notice.objects.filter(user=cast.first, text__contains="参考目录").exists()
    later = listed(cast, title="关于公厕的建议")
    assert later.title in member.get("/proposals/reference").content.decode()
    assert clerk.post("/proposals/reference/publish").status_code == 422


def test_the_list_is_printed_without_who_wrote(cast: Cast, enter: Enter) -> None:
    listed(cast)
    sent = enter(cast.clerk).get("/proposals/reference.docx")
    text = ZipFile(BytesIO(sent.content)).read("word/document.xml").decode()
    assert "关于修好河边路灯的建议" in text
    assert "社会建设" in text
    assert "建议承办单位：县交通运输局" in text
    assert "王小梅" not in text


def test_a_proposal_of_a_clue_remembers_it_and_counts_it_once(cast: Cast, enter: Enter) -> None:
    clue = listed(cast)
    clues.publish_list(cast.house.county, clue.session, by=cast.clerk, now=NOW)
    member = enter(cast.first)
    for _twice in range(2):
        assert member.post(f"/proposals/clues/{clue.pk}/write").status_code == 302
    draft = Proposal.objects.get()
    assert (draft.clue, draft.title, draft.situation) == (clue, clue.title, clue.text)
    assert figure("proposals.clues_used", cast) == 0
    full = actions.write(draft, fields={"analysis": "没有养护。", "advice": "列入计划。"}, by=cast.first, now=NOW, seen=draft.version)  # fmt: skip
    sent = actions.submit(full, by=cast.first, now=NOW)
    assert [figure(f"proposals.{code}", cast) for code in ("clues", "clues_used", "clue_rate")] == [1, 1, 100]
    assert sent.title in enter(cast.clerk).get(f"/proposals/clues/{clue.pk}").content.decode()
    assert "选自提案线索" in enter(cast.clerk).get(f"/proposals/{sent.pk}").content.decode()
    actions.take_back(sent, by=cast.first, now=NOW, seen=sent.version)
    assert figure("proposals.clues_used", cast) == 0
    assert again(clue).used_on is None
    assert verify.verify().problems == []
    assert again(sent).state == rules.DRAFT


def test_lists_of_clues_ask_the_same_however_many_there_are(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    clue = listed(cast)
    clues.publish_list(cast.house.county, clue.session, by=cast.clerk, now=NOW)
    for n in range(8):
        listed(cast, title=f"关于第{n}件事的建议")
    member, clerk = enter(cast.first), enter(cast.clerk)
    member.get("/proposals/reference")
    clerk.get("/proposals/clues")
    with django_assert_max_num_queries(24):
        member.get("/proposals/reference")
    with django_assert_max_num_queries(26):
        clerk.get("/proposals/clues")
