"""The spine end to end: an activity is recorded, posted, counted, corrected, and the ledger verifies."""

from datetime import date

from xieshang.base.accounts.roles import Role
from xieshang.base.ledger import figures, rollup, verify
from xieshang.conftest import House
from xieshang.work.activities import actions


def fields(**more: object) -> dict[str, object]:
    return {
        "title": "视察镇中心小学",
        "kind": "inspection",
        "carriers": ["member_day", "into_community", "into_village"],
        "on": date(2026, 3, 12),
        **more,
    }


def ask(house: House, code: str, **more: object) -> figures.Figure:
    known = figures.indicators(house.county)
    return figures.figure(
        figures.Query(known[code], house.county.pk, date(2026, 1, 1), date(2026, 6, 30), **more), known
    )  # type: ignore[arg-type]


def test_an_activity_counts_once_in_each_indicator_and_its_people_are_told_apart(house: House) -> None:
    presence = {p.pk: "attended" for p in house.members[:9]} | {
        house.members[9].pk: "excused",
        house.members[10].pk: "absent",
    }
    activity = actions.record(
        house.county, fields=fields(), presence=presence, by=house.user(Role.CLERK), now=house.now
    )

    values = {
        code: ask(house, f"activities.{code}").number
        for code in (
            "held",
            "collective",
            "member_day",
            "three_into",
            "attended",
            "absent",
            "participants",
            "attendance_rate",
        )
    }

    assert values == {
        "held": 1,
        "collective": 1,
        "member_day": 1,
        "three_into": 1,
        "attended": 9,
        "absent": 1,
        "participants": 9,
        "attendance_rate": 81.82,
    }
    assert ask(house, "people.in_office").number == 12
    assert verify.verify().problems == []
    rollup.fold_all()
    assert ask(house, "activities.attended").number == 9
    assert ask(house, "activities.participants").number == 9

    actions.correct(
        activity,
        fields=fields(kind="research"),
        presence=None,
        by=house.user(Role.CLERK),
        now=house.now,
        seen=1,
        reason="种类登错了",
    )

    assert (
        ask(house, "activities.inspection").number,
        ask(house, "activities.research").number,
        ask(house, "activities.held").number,
    ) == (0, 1, 1)
    assert ask(house, "activities.attended").number == 9
    assert verify.verify().problems == []
