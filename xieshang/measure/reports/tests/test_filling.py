"""What is filled, what is left, and that nothing is invented."""

import io
import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from docx import Document
from docx.shared import Pt, RGBColor

from xieshang.base import clock
from xieshang.conftest import House
from xieshang.measure.reports.commanding import Filled, fill
from xieshang.work.activities import actions

from .template import comments, held, template, texts

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
HALF = (date(2026, 1, 1), date(2026, 6, 30))


def filled(house: House, *paragraphs: str, period: tuple[date, date] = YEAR, **more: Any) -> tuple[list[str], Filled]:
    made = fill(template(*paragraphs), house.county, *period, **more)
    return texts(made.document), made


@pytest.fixture
def busy(house: House) -> House:
    """Three collective activities, one of them a talk, with gifts of 176 000 yuan."""
    held(house, on=date(2026, 2, 3), money="100000")
    held(house, on=date(2026, 3, 5), came=9, money="76000")
    held(house, on=date(2026, 5, 6), kind="talk", came=12)
    return house


def test_a_sure_blank_gets_the_figure_and_a_comment_that_says_where_it_comes_from(busy: House) -> None:
    [text], made = filled(busy, "全年组织集体活动x次。")

    assert text == "全年组织集体活动3次。"
    assert made.figures == [
        {
            "place": "document/p1",
            "indicator": "activities.collective",
            "from": "2026-01-01",
            "to": "2026-12-31",
            "facts": 3,
            "mark": "x",
            "text": "3",
        }
    ]
    [comment] = comments(made.document)
    for said in (
        "统计项：集体活动 3 次（3 条数据明细）",
        "期间：2026-01-01 至 2026-12-31",
        "截至：2026-06-30 12:00",
        "口径：本单位或机构组织",
    ):
        assert said in comment


def test_a_clean_copy_has_no_comments(busy: House) -> None:
    _texts, made = filled(busy, "全年组织集体活动x次，走访企业x家。", clean=True)

    assert comments(made.document) == []


TRUE = [  # the template says, the filled text says
    ("组织视察x次。", "组织视察2次。"),
    ("委员参加x人次。", "委员参加31人次。"),
    ("今年以来，召开座谈会__次。", "今年以来，召开座谈会1次。"),
    ("云岭县政协组织集体活动（ ）次。", "云岭县政协组织集体活动3次。"),
    ("捐款捐物近x万元。", "捐款捐物近18万元。"),  # 17.6
    ("捐款捐物x多万元。", "捐款捐物17多万元。"),
    ("共捐资x万元。", "共捐资17.6万元。"),
    ("捐款x元。", "捐款176000元。"),
    ("到会率x%。", "到会率86.11%。"),
    ("20xx年，是承上启下的一年。", "2026年，是承上启下的一年。"),
    ("20xx年工作总结", "2026年工作总结"),
    ("政协xx县委员会在中共xx县委领导下开展工作。", "政协云岭县委员会在中共云岭县委领导下开展工作。"),
    ("委员参加近x人次。", "委员参加近x人次。"),  # 31 is not near 40
    ("组织视察近x次。", "组织视察近x次。"),
]


@pytest.mark.parametrize(("before", "after"), TRUE)
def test_what_is_sure_is_printed_truly(busy: House, before: str, after: str) -> None:
    assert filled(busy, before)[0] == [after]


LEFT = [  # what stays as printed, and why
    ("走访企业x家。", "an unknown noun"),
    ("对x名新委员举办培训班。", "the number's own noun is unknown"),
    ("委员参加x人。", "人 is not 人次"),
    ("组织集体活动x个。", "another measure word"),
    ("“十三五”期间，组织集体活动x次。", "another period"),
    ("去年组织集体活动x次。", "another period"),
    ("2020年，组织集体活动x次。", "another year"),
    ("在疫情防控期间，全县委员踊跃参与，捐款捐物近x万元。", "another period"),
    ("参加慈善捐款活动，共捐款x多万元；参加帮扶工作，共捐资x万元。", "parts of the whole"),
    ("组织集体活动x次、开展集体活动x次。", "said twice"),
    ("青石镇联络室认真履职，组织集体活动x次。", "another subject"),
    ("桂花社区组织集体活动x次。", "another unit"),
    ("县委书记***带队视察x次。", "another subject"),
    ("力争组织集体活动x次。", "work to be done"),
    ("组织集体活动不少于x次。", "work to be done"),
    ("截至20xx年12月底已全部办结。", "which year is not said"),
    ("20xx年x月x日", "a whole date"),
    ("下发《xx区落实xx市方案》。", "another place"),
    ("赴xx县政协考察学习。", "another place"),
    ("第x次会议", "an ordinal"),
    ("编发简讯***期，□期。", "words taken out"),
]


@pytest.mark.parametrize(("text", "why"), LEFT)
def test_what_is_not_sure_stays_as_printed_with_a_mark(busy: House, text: str, why: str) -> None:
    found, made = filled(busy, text)

    assert found == [text], why
    assert len(made.left) == made.blanks


def test_members_who_came_are_of_the_activities_just_said_and_so_not_sure(busy: House) -> None:
    found, made = filled(busy, "组织视察x次，委员参加x人次。")

    assert found == ["组织视察2次，委员参加x人次。"]
    assert made.left[0]["guesses"][0] | {"why": ""} == {
        "indicator": "activities.attended",
        "name": "委员参加活动",
        "value": "31",
        "unit": "人次",
        "facts": 31,
        "why": "",
    }


def test_under_a_heading_of_what_is_to_come_nothing_is_filled(busy: House) -> None:
    found, _made = filled(busy, "一、20xx年工作总结", "组织集体活动x次。", "二、20xx年工作安排", "组织视察x次。")

    assert found == ["一、2026年工作总结", "组织集体活动3次。", "二、20xx年工作安排", "组织视察x次。"]


def test_the_same_count_under_two_headings_is_not_sure(busy: House) -> None:
    found, _made = filled(busy, "一、服务发展", "组织视察x次。", "二、服务民生", "组织视察x次。")

    assert found[1] == found[3] == "组织视察x次。"


def test_nothing_ever_recorded_is_no_nought(house: House) -> None:
    held(house, on=date(2025, 5, 6), kind="talk")

    found, made = filled(house, "组织集体活动x次。", "共捐资x万元。")

    assert found == ["组织集体活动0次。", "共捐资x万元。"]  # there were collective activities last year, gifts never
    assert made.left[0]["guesses"][0]["value"] == "0"
    assert made.left[0]["guesses"][0]["why"] == "还没有登记过"


def test_a_figure_can_be_asked_as_it_was_known(busy: House) -> None:
    held(busy, on=date(2026, 6, 29))
    before: datetime = clock.parse("2026-06-30T11:00")

    assert filled(busy, "组织集体活动x次。")[0] == ["组织集体活动4次。"]
    assert filled(busy, "组织集体活动x次。", as_of=before)[0] == ["组织集体活动x次。"]  # nothing was known then


def test_a_half_year_is_named_as_such(busy: House) -> None:
    assert filled(busy, "上半年，组织集体活动x次。", period=HALF)[0] == ["上半年，组织集体活动3次。"]
    assert filled(busy, "全年组织集体活动x次。", period=HALF)[0] == ["全年组织集体活动x次。"]


def test_blanks_are_filled_or_left_and_none_is_lost(busy: House) -> None:
    _found, made = filled(busy, "组织集体活动x次，走访x户，***出席，20xx年x月，捐款x元。")

    assert made.blanks == made.filled + len(made.left)
    assert made.left[0].keys() == {"before", "mark", "after", "guesses"}


def test_what_is_not_touched_stays_byte_for_byte(busy: House) -> None:
    document = Document()
    run = document.add_paragraph("一段不动的话。").runs[0]
    run.font.size, run.font.color.rgb = Pt(15), RGBColor(0x80, 0, 0)
    split = document.add_paragraph()
    for piece in ("组织集体", "活动", "x", "次。"):
        split.add_run(piece).bold = piece == "x"
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()

    made = fill(data, busy.county, *YEAR, clean=True)

    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made.document)) as new:
        assert old.namelist() == new.namelist()
        assert all(old.read(name) == new.read(name) for name in old.namelist() if name != "word/document.xml")
        assert old.read("word/document.xml").replace(b">x<", b">3<") == new.read("word/document.xml")


def test_two_hundred_blanks_take_less_than_two_seconds_and_a_fixed_number_of_queries(
    busy: House, django_assert_max_num_queries: Any
) -> None:
    data = template(*["组织集体活动x次，走访企业x家，***出席，捐款捐物近x万元。"] * 50)
    began = time.monotonic()

    with django_assert_max_num_queries(24):
        made = fill(data, busy.county, *YEAR)

    assert made.blanks == 200
    assert time.monotonic() - began < 2


def test_a_correction_shows_in_the_next_filling(busy: House) -> None:
    activity = held(busy, on=date(2026, 6, 1))
    assert filled(busy, "组织集体活动x次。")[0] == ["组织集体活动4次。"]

    actions.void(activity, by=busy.user("clerk"), now=busy.now, seen=activity.version, reason="重复登记")

    assert filled(busy, "组织集体活动x次。")[0] == ["组织集体活动3次。"]


def test_a_real_report_with_many_blanks_comes_back_with_nothing_invented(busy: House) -> None:
    path = Path(settings.SOURCE).parent / "shared" / "corpus" / "seed.txt"
    if not path.exists():
        return
    text = path.read_text("utf-8")
    begin = text.rindex("\n", 0, text.index("工作计划篇四"))
    lines = [line for line in text[begin : text.index("工作计划篇五")].splitlines() if line.strip()]

    found, made = filled(busy, *lines)

    assert made.blanks == made.filled + len(made.left) == 62
    assert all(figure["indicator"].startswith(("activities.", "gifts.", "registers.")) for figure in made.figures)
    assert len(comments(made.document)) >= len(made.left) // 2
    changed = [(old, new) for old, new in zip(lines, found, strict=True) if old != new]
    assert len(changed) <= made.filled
