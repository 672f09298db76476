"""The blanks of a report about proposals fill themselves: the right indicator, the right number, over a year and over five."""

from datetime import date

import pytest

from xieshang.base.audit import trail
from xieshang.base.ledger import posting
from xieshang.base.ledger.facts import Fact
from xieshang.conftest import House

from .test_filling import filled

HOW = (
    "共征集提案x件，经审查，立案x件，因承办权限等原因作为社情民意信息处理或作为解释的x件，立案率达x%□经过承办单位的共同努力，政协提案已全部办理完毕，从落办情况看，"
    "提案所涉及问题已基本解决的x件，占承办总数的x%□列入规划或部门工作计划逐步解决的x件，占承办总数的x%□x件提案被确定为政协重点提案。"
)


def posted(house: House, *facts: Fact) -> None:
    rows = [
        posting.posted(posting.key(house.county.pk, one), ref=f"t.record:{n}", version=1, now=house.now)
        for n, one in enumerate(facts)
    ]
    posting.save(rows, trail.write("t.post", by=None, now=house.now, facts=[posting.line(row) for row in rows]))


def of(year: int) -> list[Fact]:
    """Ten received, eight filed and handed out, one to opinion, one explained; five solved, two planned; one key."""
    on = date(year, 3, 1)
    found = [("submitted", 10, {}), ("filed", 8, {}), ("handed", 8, {}), ("key", 1, {})]
    found += [("not_filed", 1, {"category": "to_info"}), ("not_filed", 1, {"category": "explained"})]
    found += [("replied", 5, {"outlet": "solved"}), ("replied", 2, {"outlet": "planned"})]
    return [Fact(f"proposals.{kind}", on, **more) for kind, many, more in found for _n in range(many)]


def test_every_blank_of_the_year_is_filled_by_the_right_figure(house: House) -> None:
    posted(house, *of(2026))
    [text], made = filled(house, f"大力做好提案工作。一年来，{HOW}")
    numbers = ["10", "8", "2", "80", "5", "62.5", "2", "25", "1"]
    assert text == "大力做好提案工作。一年来，" + HOW.replace("x", "{}").format(*numbers)
    codes = [str(one["indicator"]).removeprefix("proposals.") for one in made.figures]
    assert codes == ["submitted", "filed", "info_or_explained", "filing_rate", "solved", "solved_of_handed", "planned", "planned_of_handed", "key"]  # fmt: skip


@pytest.mark.parametrize("years", ["五年来", "过去五年", "近五年"])
def test_five_years_are_filled_where_the_data_reach_back_so_far(house: House, years: str) -> None:
    posted(house, *(one for year in range(2022, 2027) for one in of(year)))
    [text], made = filled(house, f"{years}，共征集提案x件，立案x件，立案率达x%。")
    assert text == f"{years}，共征集提案50件，立案40件，立案率达80%。"
    assert {(one["from"], one["to"]) for one in made.figures} == {("2022-01-01", "2026-12-31")}


def test_a_year_without_data_leaves_five_years_open_with_what_is_known(house: House) -> None:
    posted(house, *(one for year in (2022, 2023, 2025, 2026) for one in of(year)))
    [text], made = filled(house, "五年来，共征集提案x件。")
    assert text == "五年来，共征集提案x件。"
    assert made.left[0]["guesses"][0]["value"] == "40"


@pytest.mark.parametrize(
    "said",
    [
        "共立案x件，占x%。",  # of what is not said
        "共立案x件，占全市总数的x%。",  # nothing of ours
        "明年计划征集提案x件。",
    ],
)
def test_what_is_not_said_plainly_stays_open(house: House, said: str) -> None:
    posted(house, *of(2026))
    [text], _made = filled(house, said)
    assert text.endswith(("占x%。", "总数的x%。", "征集提案x件。"))
