"""登记, 更正, 作废 one entry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import Sent
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import Step, move

from .. import queries
from ..fields import Checked, Field, Known, check, refuse
from ..models import Entry, EntryBody, EntryPerson, Register, RegisterVersion
from ..rules import MOVES

Files = Iterable[tuple[str, bytes]]


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
        if client_id and by is not None:
            drafts.discard(client_id, by=by)
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
        if by is not None:
            drafts.discard_form(queries.draft_key(register, entry), by=by)
    return step.record


def void(entry: Entry, *, by: User | None, now: datetime, seen: int, reason: str) -> Entry:
    """作废: it was entered by mistake; its facts are taken back and the entry stays."""
    with move(entry, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


def keep_draft(register: Register, sent: Sent, *, by: User, now: datetime) -> Draft | None:
    """存草稿, as typed. None when just this was recorded meanwhile: a late draft makes no ghost. Raises as `drafts.save`."""
    there = Entry.objects.filter(client_id=sent.client_id, register=register).values_list("title", "on").first()
    own = {one.role: sent.first(one.key) for one in register.asked if one.role in ("on", "title")}
    if there and own["title"].strip() == there[0] and own["on"] == there[1].isoformat():
        return None
    return drafts.save(
        register.organization, sent.client_id, sent.typed, verb="registers.record", key=sent.key, by=by, now=now
    )


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
