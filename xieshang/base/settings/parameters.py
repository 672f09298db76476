"""The parameters that the rooms declare, and the value in force for a unit on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
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
    """Several values in the order of their keys. Two queries for any number of them."""
    wanted, line = [PARAMETERS[key] for key in keys], ancestors(organization)
    found = (
        Setting.objects.filter(key__in=[one.key for one in wanted], organization__in=line, effective_from__lte=on)
        .order_by("-effective_from", "-id")
        .select_related("organization")
    )
    nearest: dict[str, Setting] = {}
    for one in sorted(found, key=lambda s: line.index(s.organization_id)):
        nearest.setdefault(one.key, one)
    return [
        InForce(one, nearest[one.key].value if one.key in nearest else one.default, nearest.get(one.key))
        for one in wanted
    ]


def value(organization: Organization, key: str, on: date) -> Any:
    return in_force(organization, key, on).value


def on_days(organization: Organization, key: str, days: Iterable[date]) -> list[Any]:
    """What is in force on each of the days. One query."""
    line = ancestors(organization)
    found = list(Setting.objects.filter(key=key, organization__in=line).order_by("-effective_from", "-id"))

    def on(day: date) -> Any:
        alive = [one for one in found if one.effective_from <= day]
        nearest = min(alive, key=lambda one: line.index(one.organization_id), default=None)
        return nearest.value if nearest else PARAMETERS[key].default

    return [on(day) for day in days]


def values(organization: Organization, keys: Collection[str], on: date) -> dict[str, Any]:
    """Several at once. Two queries."""
    line = ancestors(organization)
    found = Setting.objects.filter(key__in=keys, organization__in=line, effective_from__lte=on).order_by(
        "-effective_from", "-id"
    )
    nearest: dict[str, Setting] = {}
    for setting in found:
        before = nearest.get(setting.key)
        if before is None or line.index(setting.organization_id) < line.index(before.organization_id):
            nearest[setting.key] = setting
    return {key: nearest[key].value if key in nearest else PARAMETERS[key].default for key in keys}


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
