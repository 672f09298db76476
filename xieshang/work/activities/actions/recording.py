"""Recording, planning, holding and correcting an activity, and what is kept before that (drafts, uploads)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
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
from xieshang.base.people.queries import capacities_on, sectors_on
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from ..models import Activity, Attendance, Leader, Share, Site
from ..rules import JOINED, MOVES, TO_COME
from .sharing import drop_units, hold_back, recount

FIELDS = (
    "title", "kind", "carriers", "collective", "on", "until", "half_days", "place", "organizer", "role", "counted_times", "times_reason",
    "guests", "experts", "officials", "other_guests", "outcome", "money", "goods_value", "goods",
)  # fmt: skip
UPLOAD = "activities.upload"  # where a file hangs between its upload and the record it belongs to
Files = Iterable[tuple[str, bytes]]


class Parts(NamedTuple):
    """What stands beside an activity.

    co_organizers  ids of bodies that organise it with the one in charge
    units          ids of other units that hold it jointly; each is asked to claim it
    leaders        (name, post) of leaders who came and are no members
    sites          (place, what) where it went to several places
    capacities     person id → id of the body for which he came, where it is not his usual one
    """

    co_organizers: Sequence[int] = ()
    units: Sequence[int] = ()
    leaders: Sequence[tuple[str, str]] = ()
    sites: Sequence[tuple[str, str]] = ()
    capacities: Mapping[int, int] = {}


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
    parts: Parts | None = None,
    not_same: Sequence[int] = (),
    verb: str = "record",
) -> Activity:
    """登记活动.

    fields     the columns of FIELDS
    presence   person id → attended / excused / absent, for everyone who was invited
    files      (name, content) of photos and papers
    uploads    ids of files that the same account has sent ahead (`keep_upload`)
    client_id  made in the browser; the same id sent twice answers with the record that is there
    not_same   ids of activities that look the same and of which the clerk said that they are not
    raises     NotAllowed · Refused (a date outside the term or to come, a locked period without reason, a file that cannot be kept)
    """
    if client_id and (found := _recorded(client_id, organization, by)):
        return found
    new = Activity(
        organization=organization, client_id=client_id, **{key: fields[key] for key in FIELDS if key in fields}
    )
    try:
        with move(new, verb, MOVES, by=by, now=now, reason=reason, given=dict(fields)) as step:
            _settle(step, parts or Parts(), coming=verb == "plan")
            presence = _invited(presence) if verb == "plan" else presence
            _write_beside(step, presence, notes or {}, files, uploads, parts or Parts())
            if not_same:
                step.detail["not_same"] = sorted(not_same)
            if client_id and by is not None:
                drafts.discard(client_id, by=by)
    except IntegrityError:  # the same id a moment ago, from the same phone
        if client_id and (found := _recorded(client_id, organization, by)):
            return found
        raise
    return step.record


def plan(organization: Organization, **given: Any) -> Activity:
    """拟开展: it counts nothing until it is held. Takes what `record` takes; of `presence` everyone who does not excuse himself is invited."""
    return record(organization, verb="plan", **given)


def correct(
    activity: Activity,
    *,
    fields: Mapping[str, Any],
    presence: Mapping[int, str] | None,
    by: User | None,
    now: datetime,
    seen: int,
    reason: str = "",
    files: Files = (),
    uploads: Iterable[int] = (),
    dropped: Iterable[int] = (),
    notes: Mapping[int, str] | None = None,
    parts: Parts | None = None,
    verb: str = "correct",
) -> Activity:
    """更正: the old facts are reversed and the new ones posted, with the reason; what is still to come is changed without one.

    presence  None leaves the list as it is
    parts     None leaves what stands beside it as it is
    dropped   ids of attachments to take off
    raises    as `record`, and Stale when somebody saved after `seen`
    """
    yours = {key: str(value) for key, value in fields.items()}
    with move(activity, verb, MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        coming = verb == "correct" and step.record.state in TO_COME
        if not coming or fields.get("on", step.record.on) != step.record.on:
            step.record.undecided = False
        for key in FIELDS:
            if key in fields:
                setattr(step.record, key, fields[key])
        _settle(step, parts, coming=coming)
        presence = _invited(presence) if coming and presence is not None else presence
        _write_beside(step, presence, notes or {}, files, uploads, parts)
        _take_off(step, dropped)
        hold_back(step)
        if by is not None:
            drafts.discard_form(f"activities.edit.{activity.pk}", by=by)
    return step.record


def hold(activity: Activity, *, presence: Mapping[int, str] | None = None, **given: Any) -> Activity:
    """已开展: what was planned took place, and counts from now on. Takes what `correct` takes; without `presence` all the invited came."""
    if presence is None:
        invited = Attendance.objects.filter(activity=activity).values_list("person", "presence")
        presence = {person: "excused" if how == "excused" else "attended" for person, how in invited}
    return correct(activity, presence=presence, verb="hold", **given)


def _recorded(client_id: UUID, organization: Organization, by: User | None) -> Activity | None:
    """The record that this form has become already; asked only by who may record here."""
    if by is not None:
        permissions.require(by, "activities.record", organization)
    found = Activity.objects.filter(client_id=client_id).first()
    if found is not None and found.organization_id != organization.pk:
        raise Refused("id_taken", why=_("这张表已经在另一个单位登记过"), do=_("请重新打开“登记活动”再填"))
    return found


def _invited(presence: Mapping[int, str]) -> dict[int, str]:
    """Nobody has come yet to what is still to come; some have excused themselves."""
    return {person: "excused" if how == "excused" else "invited" for person, how in presence.items()}


def _settle(step: Step[Activity], parts: Parts | None, *, coming: bool) -> None:
    """What must be true of every activity, and what is settled with it for good."""
    activity, today = step.record, step.day
    check_term(activity.organization, activity.on)
    if not coming and activity.last_on > today:
        raise Refused(
            "in_the_future",
            why=_("日期 %(day)s 还没有到") % {"day": activity.last_on},
            do=_("已经开展的才计数，请检查日期；还没有开展的，请选“拟开展”"),
            field="until" if activity.until else "date",
        )
    if coming and step.record.pk is None and activity.on < today:
        raise Refused(
            "already_past",
            why=_("%(day)s 已经过去") % {"day": activity.on},
            do=_("已经开展的，请选“已开展”；还没有开展的，请改日期"),
            field="on",
        )
    if activity.until and activity.until <= activity.on:
        raise Refused(
            "until_before", why=_("结束日期不在开始日期之后"), do=_("只开展一天的，结束日期不用填"), field="until"
        )
    if activity.counted_times != 1 and not activity.times_reason.strip():
        raise Refused(
            "no_times_reason",
            why=_("一次活动默认计一次，计 %(n)s 次还没有写理由") % {"n": activity.counted_times},
            do=_("请写一句为什么这样计，或改回 1 次"),
            field="times_reason",
        )
    if parts is not None:
        _check_parts(activity, parts)
    activity.joined_counts = activity.role == JOINED and bool(
        value(activity.organization, "activities.count_joined", activity.on)
    )


def _check_parts(activity: Activity, parts: Parts) -> None:
    if activity.organizer_id in parts.co_organizers:
        raise Refused(
            "organizer_twice",
            why=_("承办机构又选成了联办机构"),
            do=_("请在联办机构里只选另外的机构"),
            field="co_organizers",
        )
    if parts.units and activity.role == JOINED:
        raise Refused(
            "joined_jointly",
            why=_("参加别的单位的活动，由主办单位写明联办"),
            do=_("请去掉联办单位，或把参与方式改成主办、承办"),
            field="units",
        )


def check_term(organization: Organization, on: date) -> None:
    """Every activity lies in a term that is known."""
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
    parts: Parts | None,
) -> None:
    uploads = list(uploads)

    def write(activity: Activity) -> None:
        if presence is not None:
            _seat(activity, presence, notes, parts.capacities if parts else {})
        if parts is not None:
            _write_parts(step, activity, parts)
        recount(activity)
        storage.attach(files, record=activity.ref, organization=activity.organization, by=step.by, now=step.now)
        if uploads:
            waiting = Attachment.objects.filter(pk__in=uploads, record=UPLOAD, added_by=step.by)
            waiting.update(record=activity.ref, organization=activity.organization)

    if presence is not None:
        step.detail["presence"] = {str(person): how for person, how in sorted(presence.items())}
    for name, given in (parts or Parts())._asdict().items():
        if given:
            step.detail[name] = given if name == "capacities" else list(given)
    if uploads:
        step.detail["files"] = sorted(uploads)
    step.then(write)


def _seat(
    activity: Activity, presence: Mapping[int, str], notes: Mapping[int, str], capacities: Mapping[int, int]
) -> None:
    sectors = sectors_on(presence, activity.on)
    usual = capacities_on(activity.organization, presence, activity.on)
    Attendance.objects.filter(activity=activity).delete()
    Attendance.objects.bulk_create(
        Attendance(
            activity=activity, person_id=person, presence=how, sector_id=sectors.get(person),
            capacity_id=capacities.get(person) or usual.get(person), note=notes.get(person, ""),
        )
        for person, how in sorted(presence.items())
    )  # fmt: skip


def _write_parts(step: Step[Activity], activity: Activity, parts: Parts) -> None:
    activity.co_organizers.set(parts.co_organizers)
    Leader.objects.filter(activity=activity).delete()
    Leader.objects.bulk_create(Leader(activity=activity, name=name, post=post) for name, post in parts.leaders)
    Site.objects.filter(activity=activity).delete()
    Site.objects.bulk_create(Site(activity=activity, place=place, what=what) for place, what in parts.sites)
    drop_units(step, keep=parts.units)
    shares = Share.objects.filter(activity=activity)
    known = set(shares.values_list("organization", flat=True))
    Share.objects.bulk_create(
        Share(activity=activity, organization_id=unit) for unit in parts.units if unit not in known
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
