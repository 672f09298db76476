"""登记, 上报, 核实, 更正, 作废 one entry."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import Sent
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.paperwork.actions import acting_for
from xieshang.base.people.models import Person
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import Step, move

from .. import queries
from ..fields import Checked, Field, Known, check, refuse
from ..models import Entry, EntryBody, EntryPerson, Register, RegisterVersion
from ..rules import MOVES
from .following import About, tend

Files = Iterable[tuple[str, bytes]]


def record(
    register: Register, *, on: date | str, title: str, values: Mapping[str, Any], by: User | None, now: datetime, client_id: UUID | None = None,
    reason: str = "", files: Files = (), known: Known | None = None, about: About | None = None,
) -> Entry:  # fmt: skip
    """登记一条.

    values     field key → value: typed or as typed; people and bodies as ids, rows or names; choices as code or title
    client_id  made in the browser; the same id sent twice answers with the entry that is there
    files      (name, content) of papers and photos
    known      whom and which bodies entries may name, where it was already read (imports)
    about      who sees to it and until when, of a register with a follow-up part
    raises     NotAllowed · Refused (a value that does not fit, a closed register, a date to come or after the switch-over, a locked period without reason)
    """
    if by is not None:
        permissions.require(by, "registers.record", register.organization)
    found = _checked(register, register.asked, on, title, values, files := list(files), known)
    return _new(
        register, "record", found, files, by=by, now=now, client_id=client_id, reason=reason, about=about if register.follow else None
    )  # fmt: skip


def report(
    register: Register, *, on: date | str, title: str, values: Mapping[str, Any], by: User, now: datetime, client_id: UUID | None = None, files: Files = (),
) -> Entry:  # fmt: skip
    """上报: a member says what he did; it counts when staff has confirmed it. He himself stands in the first field of people.

    raises  NotAllowed · Refused: as `record`, and a register that members do not report to
    """
    permissions.require(by, "registers.report", register.organization)
    if not register.by_members:
        raise Refused(
            "not_for_members",
            why=_("“%(name)s”由工作人员登记，委员不上报") % {"name": register.name},
            do=_("请联系办公室"),
        )
    fields, values = _told(register, by.person_id, values)
    found = _checked(register, fields, on, title, values, files := list(files))
    return _new(register, "report", found, files, by=by, now=now, client_id=client_id)


def report_for(
    register: Register, person: Person, *, on: date | str, title: str, values: Mapping[str, Any], how: str, asked_on: date, scan: tuple[str, bytes] | None = None,
    by: User, now: datetime, client_id: UUID | None = None, files: Files = (),
) -> Entry:  # fmt: skip
    """代报: staff reports for a member who asked for it (`how`, `asked_on`); it is confirmed like his own. Raises as `report`, `acting_for`."""
    unit = register.organization
    with acting_for(person, "registers.report", organization=unit, how=how, asked_on=asked_on, scan=scan, by=by, now=now) as acting:  # fmt: skip
        fields, values = _told(register, person.pk, values)
        found = _checked(register, fields, on, title, values, files := list(files))
        made = _new(register, "report_for", found, files, by=by, now=now, client_id=client_id)
        acting.record = made.ref
    return made


def resubmit(
    entry: Entry, *, on: date | str, title: str, values: Mapping[str, Any], by: User, now: datetime, seen: int, files: Files = ()
) -> Entry:  # fmt: skip
    """再报: the member has mended what was sent back. Raises as `report`, and Stale."""
    with move(entry, "resubmit", MOVES, by=by, now=now, seen=seen) as step:
        if not queries.is_own(by, step.record):
            raise NotAllowed("not_yours", why=_("这是另一位委员上报的"), do=_("请在“我要上报”里打开自己的"))
        register = queries.with_fields(step.record.register_id)
        there = len(storage.of(entry.ref))
        fields, values = _told(register, by.person_id, values)
        found = _checked(register, fields, on, title, values, files := list(files), there=there)
        step.record.register, step.record.reply = register, ""
        _write(step, register.current or step.record.fields_version, found, files)
        drafts.discard_form(queries.draft_key(register, entry), by=by)
    return step.record


def confirm(entry: Entry, *, by: User | None, now: datetime, seen: int, reason: str = "") -> Entry:
    """核实: what a member reported counts from now on. `reason`: only where its day lies in a locked period.

    raises  NotAllowed · Stale · Refused: what staff has to say is still missing, or as `record`
    """
    with move(entry, "confirm", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        register = queries.with_fields(step.record.register_id)
        step.record.register = register
        given = {**queries.values(step.record), **step.record.secrets}
        found = _checked(
            register,
            register.asked,
            entry.on,
            entry.title,
            given,
            there=len(storage.of(entry.ref)),
            do=_("请先点“补充”填好，再核实"),
        )
        step.record.fields_version = register.current or step.record.fields_version
        step.detail["people"] = found.people
        _tell_reporter(step, _("您上报的“%(title)s”已核实，已经计入。"))
    return step.record


def send_back(entry: Entry, *, by: User | None, now: datetime, seen: int, reason: str) -> Entry:
    """退回 to the member, with the reason; it can be mended and reported again."""
    with move(entry, "send_back", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        step.record.reply = reason.strip()[:500]
        _tell_reporter(step, _("您上报的“%(title)s”已退回，请看理由，改好再报。"))
    return step.record


def _tell_reporter(step: Step[Entry], words: str) -> None:
    if step.record.created_by_id:
        step.tell(User.objects.filter(pk=step.record.created_by_id), words % {"title": step.record.title})


def correct(
    entry: Entry, *, on: date | str | None = None, title: str | None = None, values: Mapping[str, Any], by: User | None, now: datetime, seen: int,
    reason: str = "", files: Files = (),
) -> Entry:  # fmt: skip
    """更正: the old facts are reversed and the new ones posted, with the reason. A field that is not given stays as it is; "" empties it, but
    for a private one: that is written over or stays.

    The entry moves to the current version of the fields; what a retired field holds stays. Of what a member reported it is 补充, without reason.
    """
    yours = {key: str(value) for key, value in values.items() if key not in entry.secrets}
    verb = "amend" if entry.state == "reported" else "correct"
    with move(entry, verb, MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        register = queries.with_fields(step.record.register_id)
        version = register.current or step.record.fields_version
        hidden = {one.key for one in version.typed if one.private}
        given = {
            **queries.values(step.record),
            **step.record.secrets,
            **{key: value for key, value in values.items() if key not in hidden or str(value).strip()},
        }
        fields = [one for one in version.typed if not one.retired or one.key in given]
        given = {key: value for key, value in given.items() if key in {one.key for one in fields} or key in values}
        found = _checked(
            register, fields, on or step.record.on, step.record.title if title is None else title, given, files := list(files),
            queries.known(step.record.organization, entry=step.record), there=len(storage.of(entry.ref)),
        )  # fmt: skip
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


def reveal(entry: Entry, *, by: User, now: datetime) -> dict[str, str]:
    """看不外露的内容: field key → value. Who looked stands in the audit."""
    permissions.require(by, "registers.reveal", entry.organization)
    trail.write(
        "registers.reveal",
        by=by,
        now=now,
        organization=entry.organization,
        record=entry.ref,
        detail={"fields": sorted(entry.secrets)},
    )
    return entry.secrets


def keep_draft(register: Register, sent: Sent, *, by: User, now: datetime) -> Draft | None:
    """存草稿, as typed but for what is private. None when just this was recorded meanwhile: a late draft makes no ghost. Raises as `drafts.save`."""
    there = Entry.objects.filter(client_id=sent.client_id, register=register).values_list("title", "on").first()
    own = {one.role: sent.first(one.key) for one in register.asked if one.role in ("on", "title")}
    if there and own["title"].strip() == there[0] and own["on"] == there[1].isoformat():
        return None
    private = {one.key for one in register.fields if one.private}
    values = {name: typed for name, typed in sent.typed["values"].items() if name not in private}
    return drafts.save(
        register.organization,
        sent.client_id,
        {**sent.typed, "values": values},
        verb="registers.draft",
        key=sent.key,
        by=by,
        now=now,
    )


def _told(register: Register, person: int | None, values: Mapping[str, Any]) -> tuple[list[Field], dict[str, Any]]:
    """The fields that a member fills, with himself in the first one of people."""
    himself = next((one for one in register.asked if one.type in ("people", "person")), None)
    if himself is None or person is None:
        return list(register.told), dict(values)
    return [*register.told, himself], {**values, himself.key: [person]}


def _checked(
    register: Register, fields: Iterable[Field], on: Any, title: Any, values: Mapping[str, Any], files: Sequence[tuple[str, bytes]] = (),
    known: Known | None = None, *, there: int = 0, do: str = "",
) -> Checked:  # fmt: skip
    """What was typed, in the shape in which it is kept. Raises Refused."""
    fields = list(fields)
    found = check(
        fields,
        {**values, **_day_and_title(fields, on, title)},
        known or queries.known(register.organization),
        files=len(files) or there,
    )
    refuse(found, do=do)
    if found.on and (day := queries.switched(register, found.on)):
        words = {"name": register.name, "day": day}
        raise Refused(
            "switched", why=_("“%(name)s”从 %(day)s 起改在专门的系统里登记，这里不再收这一天和以后的，免得计两次") % words,
            do=_("请到专门的系统登记；日期写错了的，请改好再提交"), field="on",
        )  # fmt: skip
    return found


def _new(
    register: Register, verb: str, found: Checked, files: Sequence[tuple[str, bytes]], *, by: User | None, now: datetime, client_id: UUID | None,
    reason: str = "", about: About | None = None,
) -> Entry:  # fmt: skip
    """A new entry; the same `client_id` sent twice answers with the entry that is there."""
    if client_id and (sent := Entry.objects.filter(client_id=client_id, register=register).first()):
        return sent
    if not register.open or register.current is None:
        raise Refused(
            "closed", why=_("“%(name)s”已经停用，不能再登记") % {"name": register.name}, do=_("请先重新启用这本登记簿")
        )
    new = Entry(organization=register.organization, register=register, client_id=client_id)
    with move(new, verb, MOVES, by=by, now=now, reason=reason) as step:
        _write(step, register.current, found, files)
        if about:
            tend(step, about)
        if client_id and by is not None:
            drafts.discard(client_id, by=by)
    return step.record


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
    entry.private = json.dumps(found.private, ensure_ascii=False) if found.private else ""
    entry.rated_on = entry.on if entry.rated_on else None  # it stays among those of its own time
    for dimension in ("category", "carrier", "outlet"):
        setattr(entry, dimension, found.dimensions.get(dimension, ""))
    step.detail["people"], step.detail["bodies"] = found.people, found.bodies
    if found.private:
        step.detail["private"] = sorted(found.private)  # that something stands there, never what
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
