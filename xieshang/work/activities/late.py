"""What is written into a locked period: what was typed waits until the head of the office consents, then it is done as it was typed."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.ledger.posting import LATE
from xieshang.base.orgs.models import Organization
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, checked, reasoned, step
from xieshang.base.requests import as_number
from xieshang.base.workflow.models import Record

from . import actions, queries, saving, sheets
from .forms import RecordForm
from .models import Activity

SHEET, SHOWN = "sheet", 12  # what was typed of a sheet; how many of its rows a slip names


def ask(form: RecordForm, *, by: User, now: datetime) -> Approval:
    """送签: the checked form as it was typed. Raises Refused when no reason is given."""
    activity, reason = form.activity, form.cleaned_data["reason"]
    reasoned(reason)
    return paperwork.ask(
        form.unit, f"activities.{form.verb}", title=form.cleaned_data["title"], record=activity, why=reason,
        values={name: list(values) for name, values in form.given.items()}, key=f"activities.edit.{activity.pk}" if activity else queries.NEW,
        client_id=_id(form), uploads=form.file_ids, by=by, now=now,
    )  # fmt: skip


def _id(form: RecordForm) -> UUID | None:
    return None if form.activity else form.client_id


def _form(approval: Approval, values: Values, activity: Activity | None, now: datetime) -> RecordForm:
    holding = approval.step == "activities.hold"
    form = RecordForm(values, unit=approval.organization, on=now.date(), activity=activity, holding=holding)
    checked(form)
    return form


def _files_back(approval: Approval, by: User) -> None:
    Attachment.objects.filter(record=approval.ref, added_by=by).exclude(kind="evidence").update(record=actions.UPLOAD)


def _record(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    _files_back(approval, by)
    return saving.save(_form(approval, values, None, now), seen=0, by=by, now=now)


def _correct(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    _files_back(approval, by)
    activity = _of(approval)
    return saving.save(_form(approval, values, activity, now), seen=approval.of_version, by=by, now=now)


def _move(approval: Approval, by: User, now: datetime) -> dict[str, Any]:
    """What every verb is given that is asked for with a reason alone."""
    return {"by": by, "now": now, "seen": approval.of_version, "reason": approval.why}


def _void(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.void(_of(approval), **_move(approval, by, now))


def _cancel(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.cancel(_of(approval), **_move(approval, by, now))


def _postpone(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.postpone(_of(approval), to=postponed_to(_first(values, "to")), **_move(approval, by, now))


def _merge(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    into = queries.one(by, as_number(_first(values, "into")))
    return actions.merge(_of(approval), into, **_move(approval, by, now))


def _claim(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    unit = approval.organization
    body = queries.body_in_charge(unit, _first(values, "body"))
    return actions.claim(_of(approval), unit, body=body, **_move(approval, by, now))


def _decline(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.decline(_of(approval), approval.organization, **_move(approval, by, now))


def _agree(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.agree(_of(approval), approval.organization, **_move(approval, by, now))


def _first(values: Values, name: str) -> str:
    return (values.get(name) or [""])[0]


def postponed_to(text: str) -> date | None:
    """The day as it was typed; None where it is not fixed yet. Raises Refused."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(
            "no_day", why=_("认不出这个日期"), do=_("请写成 2026-03-12，还没有定的留空"), field="to"
        ) from None


def _answering(user: User, record: Record) -> Organization:
    """The unit that answers for its part of a joint activity: its own head consents."""
    found = queries.share(user, cast(Activity, record))
    if found is None:
        raise Http404
    return found.organization


# --- a whole sheet --------------------------------------------------------------------------------------------------------


def ask_sheet(sheet: Attachment, checked: sheets.Checked, unit: Organization, *, reason: str, by: User, now: datetime) -> Approval:  # fmt: skip
    """送签 a sheet with rows in a locked period, whole, with one reason: consented, all its rows are recorded, else none."""
    title = _("%(sheet)s（%(n)s 次活动）") % {"sheet": sheet.name, "n": len(checked.rows)}
    given = {SHEET: [sheet.name]}
    return paperwork.ask(unit, "activities.import", title=title, why=reason, values=given, uploads=[sheet.pk], by=by, now=now)  # fmt: skip


def _bring_in(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    """The sheet is read again: what was recorded meanwhile is not recorded twice. Answers with its first activity."""
    return sheets.bring_in(_read(approval, now), approval.organization, by, now, approval.why)[0]


def _read(approval: Approval, now: datetime) -> sheets.Checked:
    kept = Attachment.objects.filter(record=approval.ref).exclude(kind="evidence").select_related("file").first()
    if kept is None:
        raise Refused("no_sheet", why=_("送签的表格不在了"), do=_("请退回，由经办人重新导入"))
    return sheets.read(storage.path_of(kept.file).read_bytes(), kept.name, approval.organization, now.date())


def _sheet_lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    """What the slip says: how many rows, from when to when, and their names."""
    if approval.state != "asked":
        return []
    rows = sorted(_read(approval, approval.created_at).rows, key=lambda row: row.fields["on"])
    if not rows:
        return []
    first, last = rows[0].fields["on"], rows[-1].fields["on"]
    names = [f"{row.fields['on']:%Y-%m-%d} {row.fields['title']}" for row in rows[:SHOWN]]
    more = [_("……共 %(n)s 次") % {"n": len(rows)}] if len(rows) > SHOWN else []
    return [(_("日期"), f"{first:%Y-%m-%d} — {last:%Y-%m-%d}"), (_("活动"), "\n".join([*names, *more]))]


def _of(approval: Approval) -> Activity:
    return Activity.objects.select_related("organization").get(pk=approval.of_pk)


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    """What the slip says of what was typed; of what is there already its day."""
    if not values:
        found = Activity.objects.filter(pk=approval.of_pk).first()
        return [(_("日期"), f"{found.on:%Y-%m-%d}"), (_("地点"), found.place)] if found else []
    form = RecordForm(values, unit=approval.organization, on=approval.created_at.date())
    names = [row.person.name for row in form.rows if form.presence.get(row.person.pk) == "attended"]
    first = {name: (values.get(name) or [""])[0] for name in ("on", "place", "kind", "outcome")}
    kinds = dict(form.fields["kind"].choices)  # type: ignore[attr-defined]
    return [
        (_("日期"), first["on"]), (_("活动种类"), str(kinds.get(first["kind"], ""))), (_("地点"), first["place"]),
        (_("实到"), _("%(n)s 人：%(names)s") % {"n": len(names), "names": "、".join(names)} if names else ""), (_("结果"), first["outcome"]),
    ]  # fmt: skip


UNITS_OWN: dict[str, Any] = {"consent": LATE, "find": queries.one, "lines": _lines}
TYPED: dict[str, Any] = {"consent": LATE, "uploads": actions.UPLOAD, "lines": _lines}

step(Step("activities.record", gettext_lazy("补登活动"), _record, **TYPED))
step(Step("activities.hold", gettext_lazy("补登拟开展的活动"), _correct, **TYPED))
step(Step("activities.correct", gettext_lazy("更正已锁定时期的活动"), _correct, **TYPED))
step(Step("activities.void", gettext_lazy("作废已锁定时期的活动"), _void, **UNITS_OWN))
step(Step("activities.cancel", gettext_lazy("取消已锁定时期的活动"), _cancel, **UNITS_OWN))
step(Step("activities.postpone", gettext_lazy("延期已锁定时期的活动"), _postpone, takes=("to",), **UNITS_OWN))
step(Step("activities.merge", gettext_lazy("合并已锁定时期的活动"), _merge, takes=("into",), **UNITS_OWN))
step(
    Step(
        "activities.claim", gettext_lazy("认领已锁定时期的活动"), _claim, takes=("body",), unit=_answering, **UNITS_OWN
    )
)
step(Step("activities.decline", gettext_lazy("不认领已锁定时期的活动"), _decline, unit=_answering, **UNITS_OWN))
step(Step("activities.agree", gettext_lazy("同意更改联办活动的数字"), _agree, unit=_answering, **UNITS_OWN))
step(Step("activities.import", gettext_lazy("用表格补登活动"), _bring_in, consent=LATE, uploads=actions.UPLOAD, lines=_sheet_lines))  # fmt: skip
