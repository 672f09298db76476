"""An activity as it is typed into its form: of a record, and line by line."""

import re
from collections.abc import Mapping, Sequence

from xieshang.text.series import next_of

from . import queries, rules
from .models import Activity, Presence

Typed = Mapping[str, Sequence[str]]
NAME = 4  # characters of a Chinese name; what is longer in its place is a post


def lines(text: str) -> list[str]:
    """What was typed line by line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def two(line: str) -> tuple[str, str]:
    """The first word of a line, and the rest."""
    first, *rest = re.split(r"[\s：:，,]+", line, maxsplit=1)
    return first, rest[0].strip() if rest else ""


def leader(line: str) -> tuple[str, str]:
    """(name, post); where the post is written first, it is seen by its length."""
    name, post = two(line)
    before, _blank, last = line.rpartition(" ")
    return (last, before.strip()) if len(name) > NAME >= len(last) > 1 and before else (name, post)


def typed_of(activity: Activity, *, copy: bool = False) -> dict[str, list[str]]:
    """A record as it would be typed. A copy (复制上次) leaves out what is of that day alone: date, who stayed away, outcome, gifts, photos; its name counts on."""
    typed = {
        "title": [activity.title], "kind": [activity.kind], "carriers": list(activity.carriers), "collective": ["on"] if activity.collective else [],
        "half_days": [str(activity.half_days)], "place": [activity.place], "organizer": [str(activity.organizer_id or "")], "role": [activity.role],
        "co_organizers": [str(body.pk) for body in activity.co_organizers.all()], "units": [str(one.organization_id) for one in activity.shares.all()],
    }  # fmt: skip
    attendances = list(queries.came(activity))
    if copy:
        return {
            **typed,
            "title": [next_of(activity.title)],
            **{f"who_{one.person_id}": ["attended"] for one in attendances},
        }
    for one in attendances:
        typed[f"who_{one.person_id}"] = ["attended" if one.presence == Presence.INVITED else one.presence]
        typed[f"as_{one.person_id}"] = [str(one.capacity_id or "")]
        typed[f"note_{one.person_id}"] = [one.note]
    given = {
        "on": activity.on.isoformat(),
        "until": activity.until.isoformat() if activity.until else "",
        "counted_times": activity.counted_times if activity.counted_times != 1 else "",
        "times_reason": activity.times_reason,
        "leaders": "\n".join(map(str, activity.leaders.all())),
        "sites": "\n".join(map(str, activity.sites.all())),
        **{name: getattr(activity, name) or "" for name in rules.GUESTS},
        "outcome": activity.outcome,
        "goods": activity.goods,
    }
    amounts = {"money": activity.money, "goods_value": activity.goods_value}
    return {
        **typed,
        **{k: [str(v)] for k, v in given.items()},
        **{k: [f"{v:.2f}" if v else ""] for k, v in amounts.items()},
    }
