"""What a handling unit and its assigning office do with what was given, and what time alone causes."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.errors import Refused
from xieshang.base.ledger import figures, verify
from xieshang.base.notices.models import Notice
from xieshang.base.registry import INDICATORS
from xieshang.work.proposals import actions, queries, rules
from xieshang.work.proposals.models import Assignment, Proposal

from .test_walk import NOW, Cast, again, answer, assigned, filed, given

REPLY = {
    "reply": "已列入计划。",
    "result": "B",
    "contact": "李科长",
    "telephone": "6320011",
    "paper": "云交提〔2026〕5号",
}


def road(cast: Cast) -> Assignment:
    return given(assigned(cast), cast.units["road"])


def split(cast: Cast) -> Proposal:
    made = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    units = [(cast.units["road"], rules.SPLIT), (cast.units["town"], rules.SPLIT)]
    return actions.assign(made, units, by=cast.office, now=NOW)


def contacted(cast: Cast, one: Assignment, by: User) -> Assignment:
    one = actions.sign(one, by=by, now=NOW)
    return actions.contact(one, on=NOW.date(), way="visit", who="李科长", words="看了桥。", by=by, now=NOW)


def at(day: date) -> datetime:
    return clock.parse(f"{day.isoformat()}T09:00:00")


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("id").values_list("text", flat=True))


def count(cast: Cast, code: str) -> float:
    asked = figures.Query(INDICATORS[code], cast.house.county.pk, date(2026, 1, 1), date(2026, 12, 31))
    return float(figures.figures([asked], INDICATORS)[0].value or 0)


# ── the proposal says at every moment what its units did ─────────────────────────────────────────────────────────
def test_after_an_objection_that_holds_the_ledger_no_longer_counts_the_unit(cast: Cast) -> None:
    town = given(assigned(cast), cast.units["town"])
    town = actions.object_to(town, by=cast.town, now=NOW, seen=town.version, reason="桥不在本镇。")
    actions.uphold(town, by=cast.office, now=NOW, seen=town.version)
    assert count(cast, "proposals.assigned") == 1
    assert verify.verify().problems == []


def test_one_of_two_split_replies_is_counted_before_the_other_comes(cast: Cast) -> None:
    proposal = split(cast)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    assert again(proposal).state == rules.ASSIGNED
    assert count(cast, "proposals.answered") == 1
    assert verify.verify().problems == []
    answer(cast, given(proposal, cast.units["town"]), cast.town, result="A")
    assert (again(proposal).state, again(proposal).result) == (rules.FEEDBACK, "B")
    assert verify.verify().problems == []


def test_a_split_half_that_went_back_keeps_the_proposers_from_being_asked_too_early(cast: Cast) -> None:
    proposal = split(cast)
    town = given(proposal, cast.units["town"])
    town = actions.object_to(town, by=cast.town, now=NOW, seen=town.version, reason="桥不在本镇。")
    actions.uphold(town, by=cast.office, now=NOW, seen=town.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    assert again(proposal).state == rules.ASSIGNED
    actions.assign(again(proposal), [(cast.units["water"], rules.SPLIT)], by=cast.office, now=NOW)
    answer(cast, given(proposal, cast.units["water"]), cast.house.user("handler"))
    assert again(proposal).state == rules.FEEDBACK


def test_what_a_unit_sent_back_waits_at_the_office_until_another_has_it(cast: Cast) -> None:
    from xieshang.work.proposals.office import waiting

    proposal = assigned(cast)
    host = given(proposal, cast.units["road"])
    host = actions.object_to(host, by=cast.road, now=NOW, seen=host.version, reason="不归我局管。")
    actions.uphold(host, by=cast.office, now=NOW, seen=host.version)
    lines = [line[2] for line in waiting(cast.fresh(cast.office), cast.house.county)]
    assert lines == [f"/proposals/{proposal.pk}/assign"]
    actions.assign(again(proposal), [(cast.units["water"], rules.HOST)], by=cast.office, now=NOW)
    assert list(waiting(cast.fresh(cast.office), cast.house.county)) == []


def test_a_host_whose_only_co_handler_went_back_goes_on_alone(cast: Cast) -> None:
    proposal = assigned(cast)
    town = given(proposal, cast.units["town"])
    town = actions.object_to(town, by=cast.town, now=NOW, seen=town.version, reason="桥不在本镇。")
    actions.uphold(town, by=cast.office, now=NOW, seen=town.version)
    answer(cast, given(proposal, cast.units["road"]), cast.road)
    assert again(proposal).state == rules.FEEDBACK


# ── objections and extensions ────────────────────────────────────────────────────────────────────────────────────
def test_an_objection_that_does_not_hold_gives_back_the_days_it_waited(cast: Cast) -> None:
    one = road(cast)
    due = one.due_on
    one = actions.object_to(one, by=cast.road, now=NOW, seen=one.version, reason="不归我局管。")
    assert told(cast.office)[-1].startswith("县交通运输局申请退件")
    one = actions.dismiss(one, by=cast.office, now=NOW + timedelta(days=7), seen=one.version, reason="县道归交通局管。")
    assert one.state == rules.SIGNED and one.due_on >= due + timedelta(days=7)


def test_an_extension_is_asked_only_after_the_proposer_was_told_and_only_once(cast: Cast) -> None:
    one = road(cast)
    one = contacted(cast, one, cast.road)
    one = actions.ask_longer(one, to=date(2026, 11, 30), by=cast.road, now=NOW, seen=one.version, reason="等汛期。")
    with pytest.raises(Refused, match="还在等答复"):
        actions.ask_longer(one, to=date(2026, 12, 1), by=cast.road, now=NOW, seen=one.version, reason="再等。")
    with pytest.raises(Refused, match="要写理由"):
        actions.answer_longer(one, agreed=False, by=cast.office, now=NOW, seen=one.version)
    one = actions.answer_longer(one, agreed=False, by=cast.office, now=NOW, seen=one.version, reason="可以先做设计。")
    assert one.longer_to is None and one.due_on < date(2026, 11, 30)


def test_an_extension_beyond_what_the_place_allows_is_refused_with_the_last_day(cast: Cast) -> None:
    one = contacted(cast, road(cast), cast.road)
    with pytest.raises(Refused, match="2026-12-30"):
        actions.ask_longer(one, to=date(2027, 2, 1), by=cast.road, now=NOW, seen=one.version, reason="等汛期。")


def test_a_co_handler_gets_no_longer_than_its_host(cast: Cast) -> None:
    proposal = assigned(cast)
    town, host = given(proposal, cast.units["town"]), given(proposal, cast.units["road"])
    assert actions.longest(town) == host.due_on < actions.longest(host)


def test_an_extension_asked_for_and_not_answered_can_be_answered_when_the_reply_is_there(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    one = actions.ask_longer(one, to=date(2026, 11, 30), by=cast.road, now=NOW, seen=one.version, reason="等汛期。")
    one = actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    one = actions.send(one, by=cast.road, now=NOW, seen=one.version)
    one = actions.accept(one, by=cast.office, now=NOW, seen=one.version)
    assert one.longer_to is None


# ── the reply ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_contact_says_how_and_who(cast: Cast) -> None:
    one = actions.sign(road(cast), by=cast.road, now=NOW)
    for given_, words in (({"way": "pigeon", "who": "李科长"}, "怎样联系"), ({"way": "visit", "who": " "}, "谁参加")):
        with pytest.raises(Refused, match=words):
            actions.contact(one, on=NOW.date(), words="看了桥。", by=cast.road, now=NOW, **given_)


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"result": "Z"}, "没有这个选项"), ({"publicity": "all"}, "没有这个选项"), ({"paper": "文" * 41}, "最多 40 字")],
)
def test_a_reply_with_what_no_form_offers_is_refused(cast: Cast, typed: dict[str, str], words: str) -> None:
    one = contacted(cast, road(cast), cast.road)
    with pytest.raises(Refused, match=words):
        actions.reply(one, REPLY | typed, by=cast.road, now=NOW, seen=one.version)


def test_a_reply_is_open_only_as_far_as_the_proposer_agrees(cast: Cast) -> None:
    one = contacted(cast, road(cast), cast.road)
    assert actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version).publicity == rules.OPEN_TO_ALL
    Proposal.objects.filter(pk=one.proposal_id).update(open_text=False, closed_reason="涉及个人")
    one = again(one)
    with pytest.raises(Refused, match="涉及个人"):
        actions.reply(one, {"publicity": "open"}, by=cast.road, now=NOW, seen=one.version)


def test_a_reply_mended_after_it_was_signed_off_must_be_signed_off_again(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    one = actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    one = actions.reply(one, {"reply": "明年六月底前完成。"}, by=cast.road, now=NOW, seen=one.version)
    assert (one.state, one.signer) == (rules.DRAFTED, "")


def test_the_office_changes_the_class_only_with_a_reason(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    one = actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version)
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    one = actions.send(one, by=cast.road, now=NOW, seen=one.version)
    with pytest.raises(Refused, match="为什么"):
        actions.accept(one, result="C", by=cast.office, now=NOW, seen=one.version)
    with pytest.raises(Refused, match="没有这个办理类别"):
        actions.accept(one, result="D", by=cast.office, now=NOW, seen=one.version, reason="不对。")
    one = actions.accept(one, result="C", by=cast.office, now=NOW, seen=one.version, reason="今年没有资金。")
    assert one.result == "C"


def test_the_host_is_told_of_an_opinion(cast: Cast) -> None:
    town = actions.sign(given(assigned(cast), cast.units["town"]), by=cast.town, now=NOW)
    actions.opine(town, "配合。", by=cast.town, now=NOW, seen=town.version)
    assert told(cast.road)[-1].startswith("青石镇人民政府送来会办意见")


# ── the stamped original ─────────────────────────────────────────────────────────────────────────────────────────
def pdf(words: str) -> bytes:
    """The smallest PDF with a line of text."""
    import io

    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(300, 100)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    content = DecodedStreamObject()
    content.set_data(f"BT /F 12 Tf 20 50 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_stamped_original_is_kept_and_found_by_its_words_once_it_was_delivered(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    one = actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version)
    one = actions.keep_original(one, "答复.pdf", pdf("Stone bridge 2027"), by=cast.road, now=NOW, seen=one.version)
    assert one.original_text == "Stone bridge 2027" and one.state == rules.DRAFTED
    clerk, county = cast.fresh(cast.clerk), cast.house.county
    assert not queries.found(clerk, county, "bridge")
    one = actions.approve(one, signer="王局长", by=cast.road, now=NOW, seen=one.version)
    one = actions.send(one, by=cast.road, now=NOW, seen=one.version)
    actions.accept(one, by=cast.office, now=NOW, seen=one.version)
    assert [found.pk for found in queries.found(clerk, county, "bridge")] == [one.proposal_id]


def test_a_scan_without_words_is_kept_all_the_same_and_a_word_file_is_refused(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    one = actions.reply(one, REPLY, by=cast.road, now=NOW, seen=one.version)
    with pytest.raises(Refused, match="要 PDF"):
        actions.keep_original(one, "答复.docx", b"PK\x03\x04", by=cast.road, now=NOW)
    one = actions.keep_original(one, "答复.pdf", b"%PDF-1.4 broken", by=cast.road, now=NOW)
    assert one.original_text == ""


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_overdue_is_an_event_dated_the_day_after_its_limit_and_said_once(cast: Cast) -> None:
    one = given(split(cast), cast.units["road"])
    assert actions.mark_overdue(at(one.due_on)) == 0
    assert actions.mark_overdue(at(one.due_on + timedelta(days=4))) == 2
    assert actions.mark_overdue(at(one.due_on + timedelta(days=5))) == 0
    assert again(one).late_on == one.due_on + timedelta(days=1)
    assert Entry.objects.filter(verb="proposals.overdue", record=one.ref).get().actor == "系统"
    assert count(cast, "proposals.overdue") == 2
    assert verify.verify().problems == []


def test_what_lies_at_the_office_is_not_the_units_delay(cast: Cast) -> None:
    one = road(cast)
    one = actions.object_to(one, by=cast.road, now=NOW, seen=one.version, reason="不归我局管。")
    actions.mark_overdue(at(one.due_on + timedelta(days=4)))
    assert again(one).late_on is None
    assert queries.lights(one, one.due_on + timedelta(days=4)) == "fine"


def test_each_limit_is_reminded_of_at_its_days_and_no_day_twice(cast: Cast) -> None:
    one = given(split(cast), cast.units["road"])
    sent = []
    for days in range(-32, 4):
        day = one.due_on + timedelta(days=days)
        for _again in range(2):
            if actions.remind(at(day)):
                sent.append((days, told(cast.road)[-1][:9]))
    assert [days for days, _text in sent] == [-30, -15, -7, -3, 0, 1]
    assert sent[0][1] == "还有 30 天到期" and sent[-1][1] == "已逾期 1 天，请"


def test_a_worker_that_slept_reminds_once_and_a_new_limit_is_reminded_of_anew(cast: Cast) -> None:
    one = contacted(cast, given(split(cast), cast.units["road"]), cast.road)
    late = at(one.due_on - timedelta(days=2))
    before = len(told(cast.road))
    actions.remind(late)
    assert len(told(cast.road)) == before + 1
    one = actions.ask_longer(one, to=date(2026, 11, 30), by=cast.road, now=late, seen=one.version, reason="等汛期。")
    one = actions.answer_longer(one, agreed=True, by=cast.office, now=late, seen=one.version)
    actions.remind(at(date(2026, 11, 20)))
    assert told(cast.road)[-1].startswith("还有 10 天到期（2026-11-30）")


# ── whatever is done in whatever order ───────────────────────────────────────────────────────────────────────────
def deeds(cast: Cast, one: Assignment, now: datetime) -> dict[str, Any]:
    """Everything that unit and office can try with an assignment."""
    unit, office = (
        {"by": cast.road, "now": now, "seen": one.version},
        {"by": cast.office, "now": now, "seen": one.version},
    )
    return {
        "sign": lambda: actions.sign(one, **unit), "object": lambda: actions.object_to(one, reason="不归我局管。", **unit),
        "contact": lambda: actions.contact(one, on=now.date(), way="visit", who="李科长", words="看了桥。", **unit),
        "inside": lambda: actions.inside(one, {"officer": "小李"}, **unit), "ask": lambda: actions.ask_longer(one, to=one.due_on + timedelta(days=9), reason="汛期。", **unit),
        "opine": lambda: actions.opine(one, "配合。", **unit), "reply": lambda: actions.reply(one, REPLY, **unit), "approve": lambda: actions.approve(one, signer="王局长", **unit),
        "original": lambda: actions.keep_original(one, "答复.pdf", b"%PDF-1.4 scan", **unit), "send": lambda: actions.send(one, **unit),
        "uphold": lambda: actions.uphold(one, **office), "dismiss": lambda: actions.dismiss(one, reason="归你局管。", **office),
        "agree": lambda: actions.answer_longer(one, agreed=True, **office), "accept": lambda: actions.accept(one, **office), "reject": lambda: actions.reject(one, reason="没写时间。", **office),
        "night": lambda: (actions.mark_overdue(now), actions.remind(now)),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_on_whatever_way_the_states_are_those_of_the_table_and_the_ledger_says_what_the_records_say(cast: Cast, seed: int) -> None:  # fmt: skip
    dice, pk, now = Random(seed), given(split(cast), cast.units["road"]).pk, NOW
    done = 0
    for _step in range(60):
        one = Assignment.objects.get(pk=pk)
        assert one.state in rules.ASSIGNMENT_STATES
        assert one.late_on is None or one.late_on <= now.date()
        choice, before = dice.choice(list(deeds(cast, one, now))), one.state
        try:
            deeds(cast, one, now)[choice]()
            done += 1
        except Refused:
            assert Assignment.objects.get(pk=pk).version == one.version  # nothing of it was written
            continue
        after = Assignment.objects.get(pk=pk).state
        assert after == before or (before, after) in {(move.frm, move.to) for move in rules.HANDLING}
        now += timedelta(days=dice.randrange(3))
    assert done > 5
    assert verify.verify().problems == []
