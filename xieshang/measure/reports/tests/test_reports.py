"""A report from its template to 定稿: each answer kept, each figure with its source, nothing moved afterwards."""

from datetime import date

import pytest

from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.ledger.models import PostedFact
from xieshang.base.ledger.verify import verify
from xieshang.conftest import House
from xieshang.measure.reports import actions, queries
from xieshang.measure.reports.models import Blank, Report
from xieshang.work.activities import actions as activities

from .template import comments, held, template, texts

SAYS = ("云岭县政协20xx年工作总结", "组织集体活动x次，委员参加x人次。", "走访企业x家，***出席。", "共捐资x万元。")


@pytest.fixture
def report(house: House) -> Report:
    held(house, on=date(2026, 2, 3), money="100000")
    held(house, on=date(2026, 3, 5), came=9)
    return begun(house)


def begun(house: House, *says: str) -> Report:
    return actions.start(
        house.county,
        data=template(*(says or SAYS)),
        name="去年总结.docx",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        by=house.user("clerk"),
        now=house.now,
    )


def at(report: Report, mark_after: str) -> Blank:
    return report.blanks.get(after__startswith=mark_after)


def test_what_is_sure_is_filled_and_the_rest_waits(report: Report) -> None:
    assert [(b.mark, b.text, b.how) for b in report.blanks.all()] == [
        ("20xx", "2026", "ledger"), ("x", "2", "ledger"), ("x", "", ""), ("x", "", ""), ("***", "", ""), ("x", "10", "ledger"),
    ]  # fmt: skip
    assert queries.progress(list(report.blanks.all())) == (3, 6, 3)


def test_a_chosen_guess_is_a_figure_of_the_ledger(house: House, report: Report) -> None:
    blank = actions.choose(at(report, "人次"), 0, by=house.user("clerk"), now=house.now, seen=1)

    assert (blank.text, blank.how, blank.indicator, blank.facts) == ("19", "chosen", "activities.attended", 19)


def test_what_is_counted_in_another_measure_cannot_be_chosen(house: House) -> None:
    held(house)
    [blank] = begun(house, "委员参加x人。").blanks.all()

    assert blank.guesses[0]["indicator"] == "activities.attended"
    with pytest.raises(Refused, match="按人次计，原文写的是“人”"):
        actions.choose(blank, 0, by=house.user("clerk"), now=house.now)


def test_a_likely_year_can_be_chosen(house: House) -> None:
    [blank] = begun(house, "截至20xx年底已全部办结。").blanks.all()

    assert actions.choose(blank, 0, by=house.user("clerk"), now=house.now).text == "2026"


def test_a_title_is_taken_from_the_document_once_it_is_whole(house: House) -> None:
    assert begun(house, "云岭县政协20xx年工作总结", "组织集体活动x次。").title == "云岭县政协2026年工作总结"
    assert begun(house, "x届x次会议以来的工作", "组织集体活动x次。").title == "去年总结"


def test_a_typed_figure_that_is_not_the_ledger_s_is_flagged_and_not_blocked(house: House, report: Report) -> None:
    blank = actions.type_in(
        at(report, "次，委员"), "3", reason="含联办", asked_by="李主任", by=house.user("clerk"), now=house.now
    )

    assert (blank.text, blank.differs, blank.real) == ("3", True, "2")
    checked = actions.download(report, clean=False)
    assert texts(checked)[1].startswith("组织集体活动3次")
    [said] = [c for c in comments(checked) if "手填" in c]
    for words in ("与数据明细不符：明细为 2", "要求人：李主任", "理由：含联办"):
        assert words in said
    entry = Entry.objects.filter(verb="reports.answer").latest("pk")
    assert entry.detail["differs"] and entry.detail["asked_by"] == "李主任"


def test_a_typed_figure_that_says_the_truth_is_not_flagged(house: House, report: Report) -> None:
    assert not actions.type_in(at(report, "次，委员"), "2", by=house.user("clerk"), now=house.now).differs
    assert not actions.type_in(
        at(report, "家"), "38", by=house.user("clerk"), now=house.now
    ).differs  # the ledger knows nothing of it


def test_what_is_left_empty_is_not_asked_again(house: House, report: Report) -> None:
    actions.leave(at(report, "出席"), by=house.user("clerk"), now=house.now)

    assert queries.progress(list(report.blanks.all()))[2] == 2


def test_of_two_who_fill_one_blank_the_second_is_told(house: House, report: Report) -> None:
    actions.type_in(at(report, "家"), "38", by=house.user("clerk"), now=house.now, seen=1)

    with pytest.raises(Stale) as stale:
        actions.type_in(at(report, "家"), "39", by=house.user("clerk"), now=house.now, seen=1)

    assert stale.value.theirs["text"] == "38"


def test_a_refresh_lists_only_what_changed(house: House, report: Report) -> None:
    assert actions.refresh(report, by=house.user("clerk"), now=house.now) == []
    held(house, on=date(2026, 6, 1), kind="talk")

    changes = actions.refresh(report, by=house.user("clerk"), now=house.now)

    assert [(c.indicator.code, c.old, c.new) for c in changes] == [("activities.collective", "2", "3")]
    assert at(report, "次，委员").text == "3"


def test_a_finished_report_does_not_move_and_shows_what_it_would_say_now(house: House, report: Report) -> None:
    finished = actions.finish(report, by=house.user("clerk"), now=house.now)
    before = texts(actions.download(finished, clean=True))
    held(house, on=date(2026, 6, 1), kind="talk")

    assert texts(actions.download(finished, clean=True)) == before
    assert [(c.old, c.new) for c in queries.changes(finished)] == [("2", "3")]
    for write in (
        lambda: actions.refresh(finished, by=house.user("clerk"), now=house.now),
        lambda: actions.type_in(at(finished, "家"), "1", by=house.user("clerk"), now=house.now),
        lambda: actions.finish(finished, by=house.user("clerk"), now=house.now),
    ):
        with pytest.raises(Refused, match="现在不能办理"):
            write()


def test_a_correction_after_finishing_shows_too(house: House, report: Report) -> None:
    activity = held(house, on=date(2026, 6, 1))
    finished = actions.finish(begun(house), by=house.user("clerk"), now=house.now)
    activities.void(activity, by=house.user("clerk"), now=house.now, seen=1, reason="重复登记")

    assert ("3", "2") in [(c.old, c.new) for c in queries.changes(finished)]


def test_a_clean_copy_has_no_comment_and_keeps_open_places(report: Report) -> None:
    clean = actions.download(report, clean=True)

    assert comments(clean) == []
    assert texts(clean) == [
        "云岭县政协2026年工作总结",
        "组织集体活动2次，委员参加x人次。",
        "走访企业x家，***出席。",
        "共捐资10万元。",
        "统计起止：2026年1月1日至2026年12月31日；数据截至2026年6月30日12:00。",
    ]


def test_a_report_posts_no_facts_and_every_version_has_its_audit_row(house: House, report: Report) -> None:
    facts = PostedFact.objects.count()
    actions.type_in(at(report, "家"), "38", by=house.user("clerk"), now=house.now)

    report.refresh_from_db()
    assert PostedFact.objects.count() == facts
    assert list(Entry.objects.filter(record=report.ref).order_by("version").values_list("version", flat=True)) == list(
        range(1, report.version + 1)
    )


def test_verify_finds_reports_whole_and_names_one_whose_version_nobody_wrote_down(house: House, report: Report) -> None:
    actions.refresh(report, by=house.user("clerk"), now=house.now)
    assert verify().problems == []

    Report.objects.filter(pk=report.pk).update(version=9)

    assert any("reports.report" in str(problem) or report.title in str(problem) for problem in verify().problems)


def test_only_staff_of_the_unit_may_begin_and_fill(house: House, report: Report) -> None:
    for role in ("leader", "member", "sys_admin"):
        with pytest.raises(NotAllowed):
            actions.type_in(at(report, "家"), "1", by=house.user(role), now=house.now)


BAD = [
    (b"", "空.docx", "empty"),
    (b"PK\x03\x04broken", "坏.docx", "broken"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.docx", "misnamed"),
    ("只是文字".encode(), "文字.docx", "misnamed"),
]


@pytest.mark.parametrize(("data", "name", "code"), BAD)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence(house: House, data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.start(
            house.county,
            data=data,
            name=name,
            start=date(2026, 1, 1),
            end=date(2026, 6, 30),
            by=house.user("clerk"),
            now=house.now,
        )

    assert refused.value.code in (code, "encrypted", "broken")
    assert refused.value.do
    assert not Report.objects.exists()


def test_a_template_without_blanks_says_how_to_make_them(house: House) -> None:
    with pytest.raises(Refused, match="没有找到要填的空处"):
        begun(house, "全文没有空处。")
