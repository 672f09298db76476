"""The parameters that the rooms declare, and the value in force for a unit on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.once import once
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import ancestors

from .models import Setting


@dataclass(frozen=True)
class Parameter:
    """A rule that a unit may set.

    key      `room.name`
    default  what holds where nobody has set it
    type     `int`, `bool`, `choice` (then `choices`: code → title) or `date` (ISO, or "" for none)
    source   where the default comes from; "" when nobody has read a source
    """

    key: str
    title: Any
    default: Any
    type: str = "int"
    unit: Any = ""
    source: Any = ""
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    least: int = 0


PARAMETERS: dict[str, Parameter] = {}


def declare(*parameters: Parameter) -> None:
    for one in parameters:
        PARAMETERS[one.key] = one


@dataclass(frozen=True)
class InForce:
    """A value with what it rests on: the setting used, or None for the default."""

    parameter: Parameter
    value: Any
    setting: Setting | None

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return str(dict(self.parameter.choices).get(self.value, self.value))


def in_force(organization: Organization, key: str, on: date) -> InForce:
    """The value of the nearest ancestor in force on the event's day. Raises KeyError for an unknown key."""
    return all_in_force(organization, (key,), on)[0]


def all_in_force(organization: Organization, keys: Iterable[str], on: date) -> list[InForce]:
    """Several values in the order of their keys. One query for any number of them."""
    found = _settings(organization)
    return [_in_force(found, PARAMETERS[key], on) for key in keys]


def value(organization: Organization, key: str, on: date) -> Any:
    return in_force(organization, key, on).value


def on_days(organization: Organization, key: str, days: Iterable[date]) -> list[Any]:
    """What is in force on each of the days. One query."""
    found = _settings(organization)
    return [_in_force(found, PARAMETERS[key], day).value for day in days]


def values(organization: Organization, keys: Iterable[str], on: date) -> dict[str, Any]:
    """Several at once. One query."""
    return {one.parameter.key: one.value for one in all_in_force(organization, keys, on)}


def values_of(units: Iterable[Organization], keys: Iterable[str], on: date) -> dict[int, dict[str, Any]]:
    """Several of many units at once: unit → key → value. One query."""
    lines, wanted = {unit.pk: ancestors(unit) for unit in units}, [PARAMETERS[key] for key in keys]
    above = {pk for line in lines.values() for pk in line}
    found = list(Setting.objects.filter(organization__in=above).order_by("-effective_from", "-id"))
    made = {}
    for unit, line in lines.items():
        own = [one for one in found if one.organization_id in line]
        own.sort(key=lambda one: line.index(one.organization_id))
        made[unit] = {one.key: _in_force(own, one, on).value for one in wanted}
    return made


def _settings(organization: Organization) -> list[Setting]:
    """All that a unit and those above it have set, what goes before first: the nearest unit's, the newest of it. Read once for a page."""
    line = ancestors(organization)
    found = (
        Setting.objects.filter(organization__in=line).select_related("organization").order_by("-effective_from", "-id")
    )
    return once(("settings", *line), lambda: sorted(found, key=lambda one: line.index(one.organization_id)))


def _in_force(found: list[Setting], parameter: Parameter, on: date) -> InForce:
    first = next((one for one in found if one.key == parameter.key and one.effective_from <= on), None)
    return InForce(parameter, first.value if first else parameter.default, first)


@transaction.atomic
def set_value(
    organization: Organization, key: str, given: Any, *, effective_from: date, citation: str, by: User, now: datetime
) -> Setting:
    """A new value from a day on. Raises NotAllowed, or Refused when the value does not fit the parameter."""
    permissions.require(by, "settings.set", organization)
    parameter = PARAMETERS[key]
    made = Setting.objects.create(
        organization=organization,
        key=key,
        value=_checked(parameter, given),
        effective_from=effective_from,
        citation=citation,
        set_at=now,
        set_by=by,
    )
    trail.write(
        "settings.set",
        by=by,
        now=now,
        organization=organization,
        reason=citation,
        detail={"key": key, "value": made.value, "from": effective_from},
    )
    return made


def _checked(parameter: Parameter, given: Any) -> Any:
    if parameter.type == "bool":
        return str(given).lower() in ("1", "true", "on", "yes")
    if parameter.type == "choice":
        if given in [code for code, _title in parameter.choices]:
            return given
        raise Refused("bad_choice", why=_("没有这个选项"), do=_("请从列出的选项中选一个"), field="value")
    if parameter.type == "date":
        return _day(given)
    try:
        number = int(str(given).strip())
    except ValueError:
        number = -1
    if number < parameter.least:
        raise Refused(
            "bad_number",
            why=_("这里要填不小于 %(n)s 的整数") % {"n": parameter.least},
            do=_("请改好再保存"),
            field="value",
        )
    return number


def _day(given: Any) -> str:
    """A day as ISO, or nothing: the rule is off."""
    text = str(given or "").strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused(
            "bad_day", why=_("“%(text)s”不是日期") % {"text": text[:20]}, do=_("请写成 2026-03-05 这样"), field="value"
        ) from None
