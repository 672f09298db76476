"""补登、更正、作废 in a locked period: what was typed waits until the head of the office consents, then it is done as it was typed."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.files.models import Attachment
from xieshang.base.ledger.posting import LATE
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, checked, reasoned, step

from . import actions, queries, saving
from .forms import RecordForm
from .models import Activity


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


def _void(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.void(_of(approval), by=by, now=now, seen=approval.of_version, reason=approval.why)


def _cancel(approval: Approval, values: Values, by: User, now: datetime) -> Activity:
    return actions.cancel(_of(approval), by=by, now=now, seen=approval.of_version, reason=approval.why)


def step_of(page: str | None) -> str:
    """The step that can be asked for with a reason alone, of the page that was refused; "" for none."""
    return f"activities.{page}" if page in ("void", "cancel") else ""


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


step(Step("activities.record", gettext_lazy("补登活动"), _record, consent=LATE, uploads=actions.UPLOAD, lines=_lines))
step(
    Step(
        "activities.hold",
        gettext_lazy("补登拟开展的活动"),
        _correct,
        consent=LATE,
        uploads=actions.UPLOAD,
        lines=_lines,
    )
)
step(
    Step(
        "activities.correct",
        gettext_lazy("更正已锁定时期的活动"),
        _correct,
        consent=LATE,
        uploads=actions.UPLOAD,
        lines=_lines,
    )
)
step(Step("activities.void", gettext_lazy("作废已锁定时期的活动"), _void, consent=LATE, find=queries.one, lines=_lines))
step(
    Step(
        "activities.cancel", gettext_lazy("取消已锁定时期的活动"), _cancel, consent=LATE, find=queries.one, lines=_lines
    )
)
