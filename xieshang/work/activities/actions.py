"""Every write of activities: record, correct, void, and what is kept before that (drafts, uploads). One function for a verb."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import Sent
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import term_on
from xieshang.base.people.queries import sectors_on
from xieshang.base.workflow.engine import Step, move

from .models import Activity, Attendance
from .rules import MOVES

FIELDS = (
    "title", "kind", "carriers", "collective", "on", "half_days", "place", "organizer", "guests", "outcome", "money",
    "goods_value", "goods",
)  # fmt: skip
UPLOAD = "activities.upload"  # where a file hangs between its upload and the record it belongs to
Files = Iterable[tuple[str, bytes]]


def record(
    organization: Organization,
    *,
    fields: Mapping[str, Any],
    presence: Mapping[int, str],
    by: User | None,
    now: datetime,
    files: Files = (),
    uploads: Iterable[int] = (),
    client_id: UUID | None = None,
    reason: str = "",
    notes: Mapping[int, str] | None = None,
) -> Activity:
    """登记活动.

    fields     the columns of FIELDS
    presence   person id → attended / excused / absent, for everyone who was invited
    files      (name, content) of photos and papers
    uploads    ids of files that the same account has sent ahead (`keep_upload`)
    client_id  made in the browser; the same id sent twice answers with the record that is there
    raises     NotAllowed · Refused (a date outside the term or to come, a locked period without reason, a file that cannot be kept)
    """
    if client_id and (found := _recorded(client_id, organization, by)):
        return found
    new = Activity(
        organization=organization, client_id=client_id, **{key: fields[key] for key in FIELDS if key in fields}
    )
    try:
        with move(new, "record", MOVES, by=by, now=now, reason=reason, given=dict(fields)) as step:
            _check_term(organization, new.on)
            _write_beside(step, presence, notes or {}, files, uploads)
            if client_id and by is not None:
                drafts.discard(client_id, by=by)
    except IntegrityError:  # the same id a moment ago, from the same phone
        if client_id and (found := _recorded(client_id, organization, by)):
            return found
        raise
    return step.record


def correct(
    activity: Activity,
    *,
    fields: Mapping[str, Any],
    presence: Mapping[int, str] | None,
    by: User,
    now: datetime,
    seen: int,
    reason: str,
    files: Files = (),
    uploads: Iterable[int] = (),
    dropped: Iterable[int] = (),
    notes: Mapping[int, str] | None = None,
) -> Activity:
    """更正: the old facts are reversed and the new ones posted, with the reason.

    presence  None leaves the list as it is
    dropped   ids of attachments to take off
    raises    as `record`, and Stale when somebody saved after `seen`
    """
    yours = {key: str(value) for key, value in fields.items()}
    with move(activity, "correct", MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        for key in FIELDS:
            if key in fields:
                setattr(step.record, key, fields[key])
        _check_term(step.record.organization, step.record.on)
        _write_beside(step, presence, notes or {}, files, uploads)
        _take_off(step, dropped)
        drafts.discard_form(f"activities.edit.{activity.pk}", by=by)
    return step.record


def void(activity: Activity, *, by: User | None, now: datetime, seen: int, reason: str) -> Activity:
    """作废: it was recorded by mistake; its facts are taken back and the record stays."""
    with move(activity, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        said = _("“%(title)s”的登记已作废：%(reason)s") % {"title": activity.title, "reason": reason}
        came = User.objects.filter(person__attendances__activity=activity, is_active=True)
        step.tell([user for user in came if user != by], said)
    return step.record


def _recorded(client_id: UUID, organization: Organization, by: User | None) -> Activity | None:
    """The record that this form has become already; asked only by who may record here."""
    if by is not None:
        permissions.require(by, "activities.record", organization)
    found = Activity.objects.filter(client_id=client_id).first()
    if found is not None and found.organization_id != organization.pk:
        raise Refused("id_taken", why=_("这张表已经在另一个单位登记过"), do=_("请重新打开“登记活动”再填"))
    return found


def _check_term(organization: Organization, on: date) -> None:
    if term_on(organization, on) is None:
        raise Refused(
            "outside_term",
            why=_("%(day)s 不在已登记的任何一届任期内") % {"day": on},
            do=_("请检查年份；日期没有错的，请先由办公室补上那一届的起止日期"),
            field="on",
        )


def _write_beside(
    step: Step[Activity],
    presence: Mapping[int, str] | None,
    notes: Mapping[int, str],
    files: Files,
    uploads: Iterable[int],
) -> None:
    uploads = list(uploads)

    def write(activity: Activity) -> None:
        if presence is not None:
            _seat(activity, presence, notes)
        storage.attach(files, record=activity.ref, organization=activity.organization, by=step.by, now=step.now)
        if uploads:
            waiting = Attachment.objects.filter(pk__in=uploads, record=UPLOAD, added_by=step.by)
            waiting.update(record=activity.ref, organization=activity.organization)

    if presence is not None:
        step.detail["presence"] = {str(person): how for person, how in sorted(presence.items())}
    if uploads:
        step.detail["files"] = sorted(uploads)
    step.then(write)


def _seat(activity: Activity, presence: Mapping[int, str], notes: Mapping[int, str]) -> None:
    sectors = sectors_on(presence, activity.on)
    Attendance.objects.filter(activity=activity).delete()
    Attendance.objects.bulk_create(
        Attendance(
            activity=activity, person_id=person, presence=how, sector_id=sectors.get(person), note=notes.get(person, "")
        )
        for person, how in sorted(presence.items())
    )


def _take_off(step: Step[Activity], dropped: Iterable[int]) -> None:
    if not (dropped := sorted(dropped)):
        return
    step.detail["files_off"] = dropped

    def write(activity: Activity) -> None:
        Attachment.objects.filter(pk__in=dropped, record=activity.ref, removed_at=None).update(removed_at=step.now)

    step.then(write)


# --- before it is recorded -------------------------------------------------------------------------------------------------


def keep_draft(organization: Organization, sent: Sent, *, by: User, now: datetime) -> Draft | None:
    """存草稿, as typed. None when just this was recorded meanwhile: a late draft makes no ghost. Raises as `drafts.save`."""
    there = Activity.objects.filter(client_id=sent.client_id).values_list("title", "on").first()
    if there and sent.first("title").strip() == there[0] and sent.first("on") == there[1].isoformat():
        return None
    return drafts.save(organization, sent.client_id, sent.typed, verb="activities.record", key=sent.key, by=by, now=now)


@transaction.atomic
def keep_upload(
    organization: Organization, name: str, data: bytes, *, by: User, now: datetime, verb: str = "record"
) -> Attachment:
    """A file that travels ahead of its form, so that an error in the form costs no photo. Raises NotAllowed · Refused."""
    permissions.require(by, f"activities.{verb}", organization)
    return storage.attach([(name, data)], record=UPLOAD, organization=organization, by=by, now=now)[0]


def drop_left_uploads(*, before: datetime, now: datetime) -> int:
    """Take off files that travelled ahead of a form nobody recorded; how many."""
    return Attachment.objects.filter(record=UPLOAD, removed_at=None, added_at__lt=before).update(removed_at=now)
