"""Every write of registers: take, make, change, close, reopen a register; record, correct, void an entry; bring in many at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import Step, move, snapshot

from . import catalogue, queries
from .fields import Checked, Field, Known, Measure, check, check_change, check_fields, refuse
from .models import Entry, EntryBody, EntryPerson, Register, RegisterVersion
from .rules import MOST_ROWS, MOVES, RHYTHMS

COLUMNS = ("name", "unit", "note", "rhythm", "rhythm_count", "citation", "inside")
Files = Iterable[tuple[str, bytes]]


# --- registers ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def take(organization: Organization, catalogue_key: str, *, by: User | None, now: datetime) -> Register:
    """启用现成登记簿: a register of the catalogue becomes the unit's own. One that was closed is opened again.

    raises  NotAllowed · Refused (no such register, already in use, its name is taken)
    """
    ready = catalogue.READY.get(catalogue_key)
    if ready is None:
        raise Refused("no_such_register", why=_("没有这本现成的登记簿"), do=_("请从列出的登记簿中选一本"))
    found = Register.objects.filter(organization=organization, code=ready.key).first()
    if found and found.open:
        raise Refused("taken", why=_("本单位已经在用“%(name)s”了") % {"name": found.name}, do=_("请直接登记"))
    if found:
        return reopen(found, by=by, now=now)
    return _make(
        organization, ready.key, ready.fields, ready.measures, by=by, now=now, kind_prefix=ready.kind_prefix or f"registers.{ready.key}", catalogue=ready.key,
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
    """自建登记簿. `columns`: name, unit, note, rhythm, rhythm_count, citation, inside."""
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
        "inside": bool(given.get("inside")),
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


# --- entries ------------------------------------------------------------------------------------------------------------------


def record(
    register: Register, *, on: date | str, title: str, values: Mapping[str, Any], by: User | None, now: datetime, client_id: UUID | None = None,
    reason: str = "", files: Files = (), known: Known | None = None,
) -> Entry:  # fmt: skip
    """登记一条.

    values     field key → value: typed or as typed; people and bodies as ids, rows or names; choices as code or title
    client_id  made in the browser; the same id sent twice answers with the entry that is there
    files      (name, content) of papers and photos
    known      whom and which bodies entries may name, where it was already read (imports)
    raises     NotAllowed · Refused (a value that does not fit, a closed register, a date to come, a locked period without reason)
    """
    if client_id and (found := Entry.objects.filter(client_id=client_id, register=register).first()):
        return found
    if by is not None:
        permissions.require(by, "registers.record", register.organization)
    if not register.open or register.current is None:
        raise Refused(
            "closed", why=_("“%(name)s”已经停用，不能再登记") % {"name": register.name}, do=_("请先重新启用这本登记簿")
        )
    files = list(files)
    found_values = check(
        register.asked,
        {**values, **_day_and_title(register.asked, on, title)},
        known or queries.known(register.organization),
        files=len(files),
    )
    refuse(found_values)
    new = Entry(organization=register.organization, register=register, client_id=client_id)
    with move(new, "record", MOVES, by=by, now=now, reason=reason) as step:
        _write(step, register.current, found_values, files)
    return step.record


def correct(
    entry: Entry, *, on: date | str | None = None, title: str | None = None, values: Mapping[str, Any], by: User | None, now: datetime, seen: int, reason: str,
    files: Files = (),
) -> Entry:  # fmt: skip
    """更正: the old facts are reversed and the new ones posted, with the reason. A field that is not given stays as it is; "" empties it.

    The entry moves to the current version of the fields; what a retired field holds stays.
    """
    yours = {key: str(value) for key, value in values.items()}
    files = list(files)
    with move(entry, "correct", MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        register = queries.with_fields(step.record.register_id)
        version = register.current or step.record.fields_version
        given = {
            **queries.values(step.record),
            **_day_and_title(version.typed, on or step.record.on, step.record.title if title is None else title),
            **values,
        }
        fields = [one for one in version.typed if not one.retired or one.key in given]
        given = {key: value for key, value in given.items() if key in {one.key for one in fields} or key in values}
        found = check(
            fields,
            given,
            queries.known(step.record.organization, entry=step.record),
            files=len(files) or len(storage.of(entry.ref)),
        )
        refuse(found)
        step.record.register = register
        _write(step, version, found, files)
    return step.record


def void(entry: Entry, *, by: User | None, now: datetime, seen: int, reason: str) -> Entry:
    """作废: it was entered by mistake; its facts are taken back and the entry stays."""
    with move(entry, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


class BadRows(Refused):
    """Some rows of a sheet do not fit, so none was written. rows: index → the sentence beside it; late: only a reason is wanting."""

    def __init__(self, rows: Mapping[int, str], *, late: bool = False) -> None:
        super().__init__(
            "bad_rows",
            why=_("有 %(n)s 行不能登记，一行也没有写入") % {"n": len(rows)},
            do=_("请按每行旁边写的原因改好，再整份提交"),
            field="rows",
        )
        self.rows, self.late = dict(rows), late


@transaction.atomic
def bring(
    register: Register, rows: Sequence[Mapping[str, Any]], *, by: User | None, now: datetime, reason: str = ""
) -> tuple[list[Entry], int]:
    """成批登记: all rows or none. A row that was brought in before, word for word, is not entered twice.

    rows     field key → value, `on` and `title` among them
    returns  (the new entries, how many were there already)
    raises   NotAllowed · BadRows with a sentence for each row that does not fit
    """
    if by is not None:
        permissions.require(by, "registers.import", register.organization)
    if len(rows) > MOST_ROWS:
        raise Refused(
            "too_many_rows",
            why=_("一次最多 %(n)s 行，这里有 %(m)s 行") % {"n": MOST_ROWS, "m": len(rows)},
            do=_("请分几次提交"),
            field="rows",
        )
    known = queries.known(register.organization)
    wrong = {
        n: "；".join(found.problems.values())
        for n, row in enumerate(rows)
        if (found := check(register.asked, row, known)).problems
    }
    if wrong:
        raise BadRows(wrong)
    ids = _row_ids(register, rows)
    there = dict(Entry.objects.filter(client_id__in=ids).values_list("client_id", "state"))
    made, codes = [], set()
    for n, row in enumerate(rows):
        if there.get(ids[n]) == "valid":
            continue
        given = dict(row)
        on, title = (given.pop(one.key, "") for role in ("on", "title") for one in register.asked if one.role == role)
        try:
            client_id = None if ids[n] in there else ids[n]
            made.append(
                record(
                    register,
                    on=on,
                    title=title,
                    values=given,
                    by=by,
                    now=now,
                    client_id=client_id,
                    reason=reason,
                    known=known,
                )
            )
        except NotAllowed:
            raise
        except Refused as refused:
            wrong[n] = f"{refused.why}。{refused.do}"
            codes.add(refused.code)
    if wrong:
        raise BadRows(wrong, late=codes == {"no_reason"})
    return made, len(rows) - len(made)


def _row_ids(register: Register, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """An id for each row from what it says; equal rows of one sheet are told apart by their order."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        said = trail.canonical({key: str(value) for key, value in row.items() if value not in (None, "")})
        seen[said] += 1
        ids.append(uuid5(NAMESPACE_URL, f"registers/{register.pk}/{seen[said]}/{said}"))
    return ids


def _day_and_title(fields: Iterable[Field], on: Any, title: Any) -> dict[str, Any]:
    """The two values every entry has, under the keys its register gives them."""
    return {one.key: on if one.role == "on" else title for one in fields if one.role in ("on", "title")}


def _write(step: Step[Entry], version: RegisterVersion, found: Checked, files: Sequence[tuple[str, bytes]]) -> None:
    entry = step.record
    entry.fields_version, entry.on, entry.title, entry.payload = (
        version,
        found.on or step.day,
        found.title,
        found.payload,
    )
    for dimension in ("category", "carrier", "outlet"):
        setattr(entry, dimension, found.dimensions.get(dimension, ""))
    step.detail["people"], step.detail["bodies"] = found.people, found.bodies
    step.then(lambda saved: _write_beside(step, saved, found, files))


def _write_beside(step: Step[Entry], entry: Entry, found: Checked, files: Sequence[tuple[str, bytes]]) -> None:
    if entry.version > 1:
        EntryPerson.objects.filter(entry=entry).delete()
        EntryBody.objects.filter(entry=entry).delete()
    if found.people:
        sectors = sectors_on({person for people in found.people.values() for person in people}, entry.on)
        EntryPerson.objects.bulk_create(
            EntryPerson(entry=entry, field=field, person_id=person, sector_id=sectors.get(person))
            for field, people in sorted(found.people.items())
            for person in people
        )
    EntryBody.objects.bulk_create(
        EntryBody(entry=entry, field=field, body_id=body) for field, body in sorted(found.bodies.items())
    )
    if files:
        step.detail["files"] = [name for name, _data in files]
        storage.attach(files, record=entry.ref, organization=entry.organization, by=step.by, now=step.now)
