"""粘贴一段话: what is read in a paragraph, as it would be typed into the form, each with the words it was read from. Nothing is saved."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from xieshang.base.orgs.models import Organization
from xieshang.text.happening import Happening, Read, read

from . import queries, rules
from .forms import RecordForm
from .models import Presence
from .typed import Typed

FIELD = {
    "masses": "guests",
    "departments": "officials",
    "planned": "state",
}  # the reader's word → the form's, where they differ
CAME = {"people": Presence.ATTENDED, "excused": Presence.EXCUSED, "absent": Presence.ABSENT}
SHORTEST = 5  # characters of a paragraph worth reading


class Mark(NamedTuple):
    """识别自原文: the words, and whether they can hardly mean anything else."""

    words: str
    sure: bool


class Filled(NamedTuple):
    """What a paragraph fills in.

    typed  field of the form → what would be typed
    marks  field → where it was read
    notes  sentences on what was read and a person has to do
    """

    typed: dict[str, list[str]]
    marks: dict[str, Mark]
    notes: list[str]


NOTHING = Filled({}, {}, [])


def filled(text: str, unit: Organization, today: date) -> Filled:
    """The form as one paragraph fills it. Five queries."""
    if len(text.strip()) < SHORTEST:
        return NOTHING
    bodies = {body.name: body.pk for body in queries.organizers(unit)}
    on = read(text, today).value("on", today)
    named: dict[str, list[int]] = defaultdict(list)
    for pk, person in queries.roster(unit, on).people.items():
        named[person.name].append(pk)
    found = read(text, today, people=named, bodies=bodies)
    made = Filled({}, {}, [])
    for field in found.fields:
        name = FIELD.get(field.name, field.name)
        if name in RecordForm.base_fields:
            made.typed[name] = _typed(field, bodies)
            made.marks[name] = Mark(found.quote(field.name), field.sure)
    _name_leaders(found, named, made)
    _seat(found, named, made)
    return made


def _typed(field: Read, bodies: dict[str, int]) -> list[str]:
    value = field.value
    if field.name == "organizer":
        return [str(bodies[value])]
    if isinstance(value, Decimal):
        return [f"{value:.2f}"]
    if field.name == "planned":
        return [rules.PLANNED]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _name_leaders(found: Happening, named: dict[str, list[int]], made: Filled) -> None:
    """One a line, with the post; a leader who is on the list of people is ticked there and not named twice."""
    both = zip(found.value("leaders", []), found.value("posts", []), strict=True)
    lines = [f"{name} {post}" for name, post in both if name not in named]
    made.typed.pop("leaders", None)
    if lines:
        made.typed["leaders"] = ["\n".join(lines)]
    else:
        made.marks.pop("leaders", None)


def _seat(found: Happening, named: dict[str, list[int]], made: Filled) -> None:
    """People who are named are ticked; two of one name, and a number larger than the names, are told."""
    ticked = 0
    for field, how in CAME.items():
        for name in found.value(field, []):
            if len(named[name]) == 1:
                made.typed[f"who_{named[name][0]}"] = [how.value]
                ticked += how is Presence.ATTENDED
                made.marks.setdefault("people", Mark(found.quote(field), True))
            else:
                made.notes.append(_("名单里有 %(n)s 位“%(name)s”，请在“谁来了”里选是哪一位。") % {"n": len(named[name]), "name": name})  # fmt: skip
    members = found.value("members", 0)
    if members > ticked:
        made.notes.append(
            _("原文写了 %(n)s 名委员，其中 %(k)s 人认出了姓名；请在“谁来了”里选齐。") % {"n": members, "k": ticked}
            if ticked
            else _("原文写了 %(n)s 名委员，没有写姓名；请在“谁来了”里选。") % {"n": members}
        )


def merged(typed: Typed, now: Filled, before: Filled, today: date) -> dict[str, list[str]]:
    """What was typed by hand stays; what is empty, untouched, or was read from the paragraph before is read anew."""
    untouched = {"on": [today.isoformat()], "half_days": ["1"]}
    made = {name: list(values) for name, values in typed.items()}
    for name in {**before.typed, **now.typed}:
        mine = list(typed.get(name, ()))
        if not any(mine) or mine in (untouched.get(name), before.typed.get(name)):
            made[name] = now.typed.get(name, untouched.get(name, [""]))
    return made


def mark(form: RecordForm, made: Filled) -> int:
    """Put its words beside every field that still holds what was read; how many."""
    marked = 0
    for name, words in made.marks.items():
        if name in form.fields and (name == "people" or list(form.given.get(name, ())) == made.typed.get(name)):
            form.fields[name].read_from = words  # type: ignore[attr-defined]
            marked += 1
    return marked
