"""切换: what a bridge register holds, told to the room that takes it over, and let go entry by entry."""

from datetime import date, datetime

from xieshang.base import bridges
from xieshang.base.accounts.models import User
from xieshang.base.bridges import Carried, Holding
from xieshang.base.ledger.facts import Fact
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.settings import parameters
from xieshang.base.workflow.engine import move

from . import facts
from .models import Entry, Register, RegisterVersion
from .rules import BESIDE, MOVES, SWITCH


def held(bridge: str, organization: Organization, today: date) -> Holding:
    """The valid entries of a unit's bridge register, oldest first, each as the facts that it posts. Seven queries."""
    given = parameters.value(organization, SWITCH[bridge], today)
    switch = date.fromisoformat(given) if given else None
    registers = {
        one.pk: one
        for one in Register.objects.filter(organization=organization, kind_prefix=bridge).select_related("current")
    }
    versions = {one.pk: one for one in RegisterVersion.objects.filter(register__in=registers)}
    entries = list(Entry.objects.filter(register__in=registers, state="valid").order_by("on", "id"))
    ids = [one.pk for one in entries]
    people, bodies = facts.named(ids), facts.in_bodies(ids)
    names = dict(Body.objects.filter(organization=organization).values_list("pk", "name"))
    told = []
    for one in entries:
        register, version = registers[one.register_id], versions[one.fields_version_id]
        told.append(
            _carried(one, register, facts.said(one, register, version, people[one.pk], bodies[one.pk]), switch, names)
        )
    return Holding(switch, told)


def _carried(one: Entry, register: Register, said: list[Fact], switch: date | None, names: dict[int, str]) -> Carried:
    """What the entry says beyond itself and its persons: what happened, each once; what it counts by number or money no room knows."""
    prefix = f"{register.kind_prefix}."
    happened = {
        fact.kind.removeprefix(prefix): fact.on
        for fact in said
        if fact.kind not in (register.entries_kind, f"{prefix}person", *BESIDE.values())
    }
    counted = {one.fact or one.key: one.title for one in register.fields if one.counted}
    return Carried(
        one.pk, one.ref, one.on, one.title, str(one.payload.get("number", "")), one.carrier, one.outlet, happened, [(f.person, f.sector) for f in said if f.person],
        said[0].body, names.get(said[0].body or 0, ""), switch is not None and one.on >= switch, [title for key, title in counted.items() if key in happened],
    )  # fmt: skip


def release(pk: int, *, by: User | None, now: datetime, reason: str) -> None:
    """转出: another room says it from now on."""
    with move(Entry.objects.get(pk=pk), "carry_over", MOVES, by=by, now=now, reason=reason):
        pass


bridges.offer(held, release)
