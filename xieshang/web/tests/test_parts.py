"""The tags and filters of the components, and what every template must keep."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.translation import override

from xieshang.base import clock
from xieshang.web.templatetags import parts

TEMPLATES = Path(__file__).parents[1] / "templates"
AMOUNTS = [
    (3, "3"),
    (Decimal("3.00"), "3"),
    (0.38, "0.38"),
    (None, "—"),
    ("", "—"),
    ("88.9%", "88.9%"),
    (100, "100"),
    (0, "0"),
]
GROUPED = [
    (221800, "221,800"),
    (Decimal("1234.50"), "1,234.5"),
    (-2000, "-2,000"),
    (71, "71"),
    (None, "—"),
    ("88.9%", "88.9%"),
]
SHARES = [(1, 2, "50"), (5, 4, "100"), (-1, 4, "0"), (None, 4, "0"), (1, 0, "0"), (1, 3, "33.3")]


@pytest.mark.parametrize(("given", "shown"), GROUPED)
def test_a_sum_of_money_has_its_thousands_set_apart(given, shown):
    assert parts.grouped(given) == shown


@pytest.mark.parametrize("value, written", AMOUNTS)
def test_a_figure_is_written_without_needless_zeros_and_the_unknown_as_a_dash(value, written):
    assert parts.amount(value) == written


@pytest.mark.parametrize("value, whole, percent", SHARES)
def test_a_share_stays_between_nothing_and_all(value, whole, percent):
    assert parts.share(value, whole) == percent


def test_a_day_is_written_as_the_office_writes_it():
    assert (parts.day(date(2026, 6, 30)), parts.day("逾期 2 天"), parts.day(None)) == ("6月30日", "逾期 2 天", "")


def test_a_date_is_written_in_the_reader_s_language() -> None:
    at = datetime(2026, 6, 30, 12, 5, tzinfo=clock.SHANGHAI)
    assert (parts.whole_day(at), parts.moment(at), parts.whole_moment(at)) == (
        "2026 年 6 月 30 日",
        "6 月 30 日 12:05",
        "2026 年 6 月 30 日 12:05",
    )
    with override("en"):
        assert (parts.day(at), parts.whole_day(at), parts.moment(at)) == ("30 June", "30 June 2026", "30 June, 12:05")


def test_counts_fill_the_line_and_an_empty_one_takes_no_room():
    laid = parts.segments([{"count": 3}, {"count": 0}, {"count": 1}])

    assert [(part["x"], part["width"]) for part in laid] == [("0", "75"), ("75", "25")]


def test_the_highest_column_reaches_the_top_and_nothing_stands_for_nothing():
    highest, none = parts.columns([{"value": 8}, {"value": 0}])

    assert (highest["y"], none["height"]) == (str(parts.CHART_TOP), "0")


def test_columns_of_nothing_but_zeros_are_drawn_flat():
    assert [bar["height"] for bar in parts.columns([{"value": 0}, {"value": None}])] == ["0", "0"]


def test_the_undo_of_a_message_is_found_among_its_tags():
    assert parts.undo_url(SimpleNamespace(extra_tags="quiet undo:/activities/5/undo/")) == "/activities/5/undo/"
    assert parts.undo_url(SimpleNamespace(extra_tags="quiet")) == ""


def test_what_is_missing_is_asked_for_by_name():
    class Sample(forms.Form):
        title = forms.CharField(label="活动名称")
        kind = forms.ChoiceField(label="活动种类", choices=[("a", "甲")])
        on = forms.DateField(label="日期")

    form = Sample({"on": "2026-02-30"})

    assert [parts.said(form[name]) for name in ("title", "kind", "on")] == [
        ["请填写活动名称。"],
        ["请选择活动种类。"],
        ["日历上没有这一天，请按 2026-03-12 的样子填写。"],
    ]


def test_both_versions_stand_line_by_line_with_what_differs_first():
    stale = SimpleNamespace(theirs={"地点": "小学", "实到": 14}, yours={"地点": "小学", "实到": 15, "结果": "无"})

    assert [(row["label"], row["differs"]) for row in parts.versions(stale)] == [
        ("实到", True),
        ("结果", True),
        ("地点", False),
    ]


def test_an_unknown_state_is_shown_as_it_is():
    words = Template('{% include "components/state.html" with state="odd" %}').render(Context())

    assert "odd" in words


def test_a_bar_says_in_words_what_it_draws():
    drawn = Template(
        '{% include "components/bar.html" with value=3 goal=4 expected=2 unit="次" state="on_track" %}'
    ).render(Context())

    assert 'aria-label="3，目标 4 次，序时应完成 2 次"' in drawn


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name)
def test_a_component_begins_by_naming_its_inputs(path):
    first = path.read_text().splitlines()[0]

    assert first.startswith("{# ")
    assert first.endswith(" #}")


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].rglob("templates/**/*.html")), ids=lambda path: path.name
)
def test_no_template_writes_style_or_script_inline(path):
    """The content policy would drop them in silence."""
    text = path.read_text()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text) == []


def test_the_gallery_shows_every_component_and_needs_no_context():
    page = get_template("gallery.html").render({})
    shown = re.findall(r"components/([\w]+\.html)", (TEMPLATES / "gallery.html").read_text())
    made_of = {
        "field_words.html",
        "toasts.html",
        "drawer.html",
        "bare.html",
        "arrived.html",
    }  # parts of others or of the frame, or what a page extends

    assert {path.name for path in (TEMPLATES / "components").glob("*.html")} - set(shown) - made_of == set()
    assert "视察镇中心小学扩建工程" in page
