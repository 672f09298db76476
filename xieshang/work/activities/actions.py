"""Every write of activities: record, correct, void. One function for a verb."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from xieshang.base.accounts.models import User
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import Step, move

from .models import Activity, Attendance, Draft
from .rules import MOVES

FIELDS = ("title", "kind", "carriers", "collective", "on", "half_days", "place", "organizer", "guests", "outcome", "money", "goods_value", "goods")
Files = Iterable[tuple[str, bytes]]


def record(
    organization: Organization, *, fields: Mapping[str, Any], presence: Mapping[int, str], by: User | None, now: datetime, files: Files = (),
    client_id: UUID | None = None, reason: str = "", notes: Mapping[int, str] | None = None,
) -> Activity:  # fmt: skip
    """登记活动.

    fields     the columns of FIELDS
    presence   person id → attended / excused / absent, for everyone who was invited
    files      (name, content) of photos and papers
    client_id  made in the browser; the same id sent twice answers with the record that is there
    raises     NotAllowed · Refused (a date to come, a locked period without reason, a file that cannot be kept)
    """
    if client_id and (found := Activity.objects.filter(client_id=client_id, organization=organization).first()):
        return found
    new = Activity(organization=organization, client_id=client_id, **{key: fields[key] for key in FIELDS if key in fields})
    with move(new, "record", MOVES, by=by, now=now, reason=reason, given=dict(fields)) as step:
        _write_beside(step, presence, notes or {}, files)
        if client_id:
            Draft.objects.filter(client_id=client_id).delete()
    return step.record


def correct(
    activity: Activity, *, fields: Mapping[str, Any], presence: Mapping[int, str] | None, by: User, now: datetime, seen: int, reason: str, files: Files = (),
    notes: Mapping[int, str] | None = None,
) -> Activity:  # fmt: skip
    """更正: the old facts are reversed and the new ones posted, with the reason. `presence` None leaves the list as it is."""
    yours = {key: str(value) for key, value in fields.items()}
    with move(activity, "correct", MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        for key in FIELDS:
            if key in fields:
                setattr(step.record, key, fields[key])
        _write_beside(step, presence, notes or {}, files)
    return step.record


def void(activity: Activity, *, by: User, now: datetime, seen: int, reason: str) -> Activity:
    """作废: it was recorded by mistake; its facts are taken back and the record stays."""
    with move(activity, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


def _write_beside(step: Step[Activity], presence: Mapping[int, str] | None, notes: Mapping[int, str], files: Files) -> None:
    def write(activity: Activity) -> None:
        if presence is not None:
            _seat(activity, presence, notes)
        storage.attach(files, record=activity.ref, organization=activity.organization, by=step.by, now=step.now)

    if presence is not None:
        step.detail["presence"] = {str(person): how for person, how in sorted(presence.items())}
    step.then(write)


def _seat(activity: Activity, presence: Mapping[int, str], notes: Mapping[int, str]) -> None:
    sectors = sectors_on(presence, activity.on)
    Attendance.objects.filter(activity=activity).delete()
    Attendance.objects.bulk_create(
        Attendance(activity=activity, person_id=person, presence=how, sector_id=sectors.get(person), note=notes.get(person, ""))
        for person, how in sorted(presence.items())
    )


def keep_draft(organization: Organization, client_id: UUID, typed: dict[str, Any], *, by: User, now: datetime) -> Draft:
    """存草稿, as typed; only its writer can overwrite it."""
    draft, _made = Draft.objects.update_or_create(client_id=client_id, user=by, defaults={"organization": organization, "typed": typed, "saved_at": now})
    return draft


def drop_draft(client_id: UUID, *, by: User) -> None:
    Draft.objects.filter(client_id=client_id, user=by).delete()
