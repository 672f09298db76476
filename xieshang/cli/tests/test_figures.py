"""`figure` and `figures`: what the page says, as JSON; what a person can get wrong, in one line."""

import json
from datetime import date

import pytest

from xieshang.base import clock
from xieshang.base.ledger import figures as ledger
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind
from xieshang.base.people import actions as people
from xieshang.cli import main
from xieshang.work.activities import actions

HELD = {
    "title": "视察农村饮水安全", "kind": "inspection", "carriers": [], "collective": True, "on": date(2026, 3, 3), "half_days": 1, "place": "青石镇",
    "organizer": None, "guests": 0, "outcome": "", "money": 0, "goods_value": 0, "goods": "",
}  # fmt: skip


@pytest.fixture
def worked(house):
    for on in (date(2026, 3, 3), date(2026, 5, 6)):
        presence = {person.pk: "attended" for person in house.members[:4]}
        actions.record(house.county, fields={**HELD, "on": on}, presence=presence, by=None, now=house.now)
    return house


@pytest.fixture
def run(house, capsys):
    """`run("figure", …)` → (exit status, what was said on standard output as JSON, lines of standard error)."""

    def made(*argv):
        capsys.readouterr()
        with clock.at(house.now):
            status = main.main([*map(str, argv), "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err.splitlines()

    return made


def test_a_figure_comes_with_its_rows_and_its_sentence(worked, run):
    asked = ("--org", worked.county.code, "--from", "2026-01-01", "--to", "2026-06-30")
    status, found, _said = run("figure", "activities.inspection", *asked)

    assert (status, found["value"], found["unit"], found["from"], found["to"]) == (
        0,
        2,
        "次",
        "2026-01-01",
        "2026-06-30",
    )
    assert [(row["on"], row["title"], row["quantity"]) for row in found["rows"]] == [("2026-05-06", "视察农村饮水安全", 1), ("2026-03-03", "视察农村饮水安全", 1)]  # fmt: skip
    assert found["sentence"].startswith("云岭县2026年1月1日至6月30日视察 2 次（口径：")


def test_words_say_what_and_when_as_on_the_page(worked, run):
    _status, found, _said = run("figure", "上半年经济界参加活动多少人次", "--org", worked.county.code)

    assert (found["indicator"], found["value"], found["unit"]) == ("activities.attended", 4, "人次")
    assert "经济界" in found["sentence"]


@pytest.mark.parametrize("by, total", [("month", 8), ("sector", 8), ("person", 8), ("body", 8)])
def test_the_parts_add_up_to_the_whole(worked, run, by, total):
    _status, found, _said = run("figure", "activities.attended", "--org", worked.county.code, "--by", by)

    assert sum(part["value"] for part in found["parts"]) == found["value"] == total


def test_by_party_somebody_in_two_counts_once_in_the_whole(worked, run):
    for name in ("民盟", "工商联"):
        party = orgs.add_body(worked.county, BodyKind.PARTY, name, by=None, now=worked.now)
        people.join(worked.members[0], party, started_on=date(2024, 1, 1), by=None, now=worked.now)
    asked = ("figure", "activities.participants", "--org", worked.county.code, "--by", "party")
    _status, found, _said = run(*asked)

    assert ({part["name"]: part["value"] for part in found["parts"]}, found["value"]) == ({"民盟": 1, "工商联": 1}, 4)


def test_a_rate_has_no_rows_and_names_what_it_is_made_of(worked, run):
    _status, found, _said = run("figure", "到会率", "--org", worked.county.code)

    assert (found["value"], found["rows"], [part["value"] for part in found["parts"]]) == (100, None, [8, 8])


def test_as_of_a_day_before_it_was_recorded_there_was_nothing(worked, run):
    asked = ("figure", "视察", "--org", worked.county.code, "--as-of", "2026-06-01")
    _status, found, _said = run(*asked)

    assert (found["value"], found["rows"], found["as_of"][:10]) == (0, [], "2026-06-01")


def test_all_indicators_are_listed_with_how_they_count(house, run):
    _status, found, _said = run("figures")

    assert {one["kind"] for one in found} <= {"count", "sum", "people", "stock", "rate", "average"}
    assert {one["indicator"] for one in found} >= {
        code for code, one in ledger.indicators(None).items() if not one.aside
    }
    assert {"indicator": "activities.inspection", "name": "视察", "unit": "次", "kind": "count"} in found


@pytest.mark.parametrize(
    "words, more, said",
    [
        ("activities.inspectoin", (), "activities.inspection"),
        ("委员视擦活动", (), "没有叫“委员视擦活动”的统计项"),
        ("天上的云", (), "没有叫“天上的云”的统计项"),
        ("视察", ("--from", "2026-06-30", "--to", "2026-01-01"), "起日晚于止日"),
        ("视察", ("--from", "2026-13-01"), "不是日期"),
        ("视察", ("--from", "0001-01-01"), "年份要在"),
        ("视察调研", (), " 或 "),
    ],
)
def test_what_a_person_can_get_wrong_is_one_line(house, run, words, more, said):
    status, found, lines = run("figure", words, "--org", house.county.code, *more)

    assert (status, found, len(lines)) == (2, None, 1)
    assert said in lines[0]


def test_an_unknown_unit_is_one_line(house, run):
    status, found, lines = run("figure", "视察", "--org", "nowhere")

    assert (status, found, len(lines)) == (2, None, 1)
