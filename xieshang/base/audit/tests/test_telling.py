"""The trail of a record in words, whatever room it belongs to."""

from datetime import UTC, datetime

import pytest

from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.audit.telling import Told

AT = datetime(2026, 6, 30, 4, tzinfo=UTC)


def entry(verb: str, version: int, reason: str = "") -> Entry:
    return Entry(at=AT, actor="刘敏", verb=verb, record="work.thing:1", version=version, reason=reason)


def test_an_entry_tells_who_did_what_and_why_in_the_room_s_own_words() -> None:
    found = [entry("work.correct", 2, "写错了"), entry("work.record", 1)]

    told = telling.told(found, {"work.record": "登记", "work.correct": "更正"}, lambda one: [one.reason])

    assert told == [Told(AT, "刘敏", "更正", "写错了", ["写错了"]), Told(AT, "刘敏", "登记", "")]


def test_a_verb_without_a_word_stands_as_it_is() -> None:
    assert [one.verb for one in telling.told([entry("work.lend", 2)], {}, lambda one: [])] == ["work.lend"]


def test_each_field_that_changed_is_a_sentence() -> None:
    changed = {"place": ("县城", "镇上"), "guests": (0, 5)}

    said = telling.pairs(changed, {"place": "地点", "guests": "群众人数"}.get, lambda name, value: telling.plain(value))

    assert said == ["地点：县城 → 镇上", "群众人数：0 → 5"]


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "（空）"), ("", "（空）"), ([], "（空）"), (True, "是"), (False, "否"), (0, "0"), ("县城", "县城")],
)
def test_a_plain_value_reads_as_a_person_would_write_it(value: object, said: str) -> None:
    assert telling.plain(value) == said
