"""Take, make, change, close and reopen a register."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused, Stale
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import snapshot

from .. import catalogue, queries
from ..fieldlist import check_change, check_fields
from ..fields import Field, Measure
from ..models import Register, RegisterVersion
from ..rules import RHYTHMS

COLUMNS = ("name", "unit", "note", "rhythm", "rhythm_count", "citation", "inside", "follow", "by_members")


@transaction.atomic
def take(organization: Organization, catalogue_key: str, *, by: User | None, now: datetime) -> Register:
    """启用现成登记簿: a register of the catalogue becomes the unit's own. One that was closed is opened again.

    raises  NotAllowed · Refused (no such register, already in use, its name is taken)
    """
    ready = catalogue.READY.get(catalogue_key)
    if ready is None:
        raise Refused("no_such_register", why=_("没有这本现成的登记簿"), do=_("请从列出的登记簿中选一本"))
    prefix = ready.kind_prefix or f"registers.{ready.key}"
    found = Register.objects.filter(organization=organization, catalogue=ready.key, kind_prefix=prefix).first()
    if found and found.open:
        raise Refused("taken", why=_("本单位已经在用“%(name)s”了") % {"name": found.name}, do=_("请直接登记"))
    if found:
        return reopen(found, by=by, now=now)
    older = Register.objects.filter(
        organization=organization, code=ready.key
    ).exists()  # of another kind: taken before it was a bridge
    return _make(
        organization, f"{ready.key}_2" if older else ready.key, ready.fields, ready.measures, by=by, now=now, kind_prefix=prefix, catalogue=ready.key,
        columns={column: getattr(ready, column) for column in COLUMNS},
    )  # fmt: skip


@transaction.atomic
def make(
    organization: Organization,
    *,
    fields: Iterable[Field],
    measures: Iterable[Measure] = (),
    by: User | None,
    now: datetime,
    **columns: Any,
) -> Register:
    """自建登记簿. `columns`: name, unit, note, rhythm, rhythm_count, citation, inside, follow, by_members."""
    number = Register.objects.filter(organization=organization, catalogue="").count() + 1
    code = f"u{organization.pk}_{number}"
    return _make(
        organization,
        code,
        tuple(fields),
        tuple(measures),
        by=by,
        now=now,
        kind_prefix=f"registers.{code}",
        catalogue="",
        columns=columns,
    )


def _make(
    organization: Organization, code: str, fields: tuple[Field, ...], measures: tuple[Measure, ...], *, by: User | None, now: datetime, kind_prefix: str,
    catalogue: str, columns: Mapping[str, Any],
) -> Register:  # fmt: skip
    if by is not None:
        permissions.require(by, "registers.make", organization)
    check_fields(fields)
    new = Register(
        organization=organization, code=code, kind_prefix=kind_prefix, catalogue=catalogue, made_at=now, made_by=by,
        indicators=[one.plain() for one in measures], **_columns(columns),
    )  # fmt: skip
    _check_name(new)
    _check_measures(fields, measures)
    new.save()
    _new_version(new, fields, by=by, now=now)
    _log(
        "make",
        new,
        by=by,
        now=now,
        detail={"fields": new.current.fields if new.current else [], "indicators": new.indicators, **_shown(new)},
    )
    return new


@transaction.atomic
def change(
    register: Register, *, fields: Iterable[Field] | None = None, measures: Iterable[Measure] | None = None, by: User | None, now: datetime, seen: int,
    **columns: Any,
) -> Register:  # fmt: skip
    """修改登记簿: its words, its fields (a new version of them), its ways of counting.

    raises  NotAllowed · Stale · Refused (a field with entries would lose its type or an option)
    """
    register = _locked(register, seen, by)
    before = {**_shown(register), "fields": [one.plain() for one in register.fields], "indicators": register.indicators}
    for column, value in _columns({**_shown(register), **columns}).items():
        setattr(register, column, value)
    _check_name(register)
    new = register.fields if fields is None else tuple(fields)
    check_fields(new)
    check_change(register.fields, new, queries.used_fields(register))
    if measures is not None:
        register.indicators = [one.plain() for one in measures]
    _check_measures(new, register.measures)
    if register.current is None or new != register.fields or register.unit != register.current.unit:
        _new_version(register, new, by=by, now=now)
    _save(register)
    after = {**_shown(register), "fields": [one.plain() for one in new], "indicators": register.indicators}
    _log(
        "change",
        register,
        by=by,
        now=now,
        detail={"changed": {key: [before[key], after[key]] for key in after if before[key] != after[key]}},
    )
    return register


def close(register: Register, *, by: User | None, now: datetime, seen: int | None = None) -> Register:
    """停用: nothing more is entered; what was entered stays and counts."""
    return _set_open(register, False, by=by, now=now, seen=seen)


def reopen(register: Register, *, by: User | None, now: datetime, seen: int | None = None) -> Register:
    """重新启用."""
    return _set_open(register, True, by=by, now=now, seen=seen)


@transaction.atomic
def _set_open(register: Register, open_: bool, *, by: User | None, now: datetime, seen: int | None) -> Register:
    register = _locked(register, seen, by)
    register.open = open_
    _save(register)
    _log("reopen" if open_ else "close", register, by=by, now=now)
    return register


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns, or Refused with what is wrong."""
    name, unit = str(given.get("name", "")).strip(), str(given.get("unit", "")).strip()
    if not name or len(name) > 40:
        raise Refused(
            "no_name", why=_("登记簿还没有名称，或名称超过 40 个字"), do=_("请填写一个简短的名称"), field="name"
        )
    if not unit or len(unit) > 8:
        raise Refused(
            "no_unit",
            why=_("还没有写量词，或量词超过 8 个字"),
            do=_("一条记录算一个什么，就写什么：篇、期、件、次…"),
            field="unit",
        )
    rhythm = given.get("rhythm") or "none"
    if rhythm not in dict(RHYTHMS):
        raise Refused("bad_rhythm", why=_("没有这种节奏"), do=_("请从列出的节奏中选"), field="rhythm")
    count = str(given.get("rhythm_count") or 1)
    if not count.isdigit() or not 1 <= int(count) <= 1000:
        raise Refused(
            "bad_rhythm", why=_("每期应有的数量要填 1 到 1000 的整数"), do=_("请改好再保存"), field="rhythm_count"
        )
    words = {key: str(given.get(key) or "").strip()[:200] for key in ("note", "citation")}
    return {
        "name": name,
        "unit": unit,
        "rhythm": rhythm,
        "rhythm_count": int(count),
        **{key: bool(given.get(key)) for key in ("inside", "follow", "by_members")},
        **words,
    }


def _shown(register: Register) -> dict[str, Any]:
    return {column: getattr(register, column) for column in COLUMNS}


def _check_name(register: Register) -> None:
    if (
        Register.objects.filter(organization=register.organization_id, name=register.name)
        .exclude(pk=register.pk)
        .exists()
    ):
        raise Refused(
            "taken",
            why=_("本单位已经有“%(name)s”了") % {"name": register.name},
            do=_("请换一个名称，或直接使用已有的登记簿"),
            field="name",
        )


def _check_measures(fields: Iterable[Field], measures: Iterable[Measure]) -> None:
    keys = {one.key: one for one in fields}
    suffixes: set[str] = set()
    for one in measures:
        if not one.name.strip() or not 0 < len(one.unit) <= 8:
            raise Refused("bad_measure", why=_("有一个统计项还没有名称或量词"), do=_("请填好再保存"), field="measures")
        if one.suffix in suffixes:
            raise Refused(
                "bad_measure",
                why=_("有两个统计项的代码相同：%(code)s") % {"code": one.suffix},
                do=_("请改好再保存"),
                field="measures",
            )
        if one.field and (one.field not in keys or not (keys[one.field].counted or keys[one.field].linked)):
            raise Refused(
                "bad_measure",
                why=_("统计项“%(name)s”要统计的那一项不在登记簿里") % {"name": one.name},
                do=_("请改好再保存"),
                field="measures",
            )
        summed = keys[one.field].measure if one.how == "sum" and one.field in keys else ""
        if summed and one.unit != summed:
            raise Refused(
                "bad_unit",
                why=_("统计项“%(name)s”写的量词是“%(unit)s”，可“%(field)s”按“%(summed)s”计")
                % {"name": one.name, "unit": one.unit, "field": keys[one.field].title, "summed": summed},
                do=_("请把统计项的量词改成“%(summed)s”") % {"summed": summed},
                field="measures",
            )
        if one.how == "people" and one.unit != "人":
            raise Refused(
                "bad_unit",
                why=_("统计项“%(name)s”数的是不同的人，量词只能是“人”") % {"name": one.name},
                do=_("请把量词改成“人”；要人次的，请统计条数或数字"),
                field="measures",
            )
        suffixes.add(one.suffix)


def _new_version(register: Register, fields: Iterable[Field], *, by: User | None, now: datetime) -> None:
    number = (register.current.number if register.current else 0) + 1
    register.current = RegisterVersion.objects.create(
        register=register,
        number=number,
        unit=register.unit,
        fields=[one.plain() for one in fields],
        made_at=now,
        made_by=by,
    )
    register.save(update_fields=["current"])


def _locked(register: Register, seen: int | None, by: User | None) -> Register:
    if by is not None:
        permissions.require(by, "registers.make", register.organization)
    fresh = (
        Register.objects.select_for_update(of=("self",)).select_related("organization", "current").get(pk=register.pk)
    )
    if seen is not None and fresh.version != seen:
        raise Stale(
            theirs=snapshot(fresh),
            yours={},
            who="",
            when="",
            why=_("这本登记簿刚刚有人修改过，您的修改尚未保存"),
            do=_("请刷新页面，看过现在的样子再改"),
        )
    return fresh


def _save(register: Register) -> None:
    register.version += 1
    register.save()


def _log(
    verb: str, register: Register, *, by: User | None, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    trail.write(
        f"registers.{verb}", by=by, now=now, organization=register.organization, record=f"registers.register:{register.pk}",
        detail={"name": register.name, **(detail or {})},
    )  # fmt: skip
