"""What is written into a locked period: what was typed waits until the head of the office consents, then it is done as it was typed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files.models import Attachment
from xieshang.base.files.storage import path_of
from xieshang.base.ledger.posting import LATE
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.paperwork.steps import Step, Values, checked, reasoned, step, typed
from xieshang.base.requests import as_number

from . import actions, queries, sheets
from .forms import AboutForm, EntryForm, FollowForm, GiveUpForm
from .models import Entry, Register

OF = "register"  # beside what was typed: which register it is for
ROWS = "rows"
KEPT = ("csrfmiddlewaretoken", "seen", "late")


def ask(
    register: Register, sent: QueryDict, *, title: str, entry: Entry | None, files: list[tuple[str, bytes]], client_id: UUID | None, by: User, now: datetime
) -> Approval:  # fmt: skip
    """送签: the checked form as it was typed; private values are sealed. Raises Refused when no reason is given."""
    reason = reasoned(sent.get("reason", ""))
    private = {one.key for one in register.fields if one.private}
    given = {name: list(values) for name, values in sent.lists() if name not in KEPT}
    return paperwork.ask(
        register.organization, "registers.correct" if entry else "registers.record", title=f"{register.name}：{title}", record=entry, why=reason,
        values={OF: [str(register.pk)], **{name: values for name, values in given.items() if name not in private}},
        sealed={name: values for name, values in given.items() if name in private}, key=queries.draft_key(register, entry),
        client_id=None if entry else client_id, files=files, by=by, now=now,
    )  # fmt: skip


def _files(approval: Approval) -> list[tuple[str, bytes]]:
    found = Attachment.objects.filter(record=approval.ref).exclude(kind="evidence").select_related("file")
    return [(one.name, path_of(one.file).read_bytes()) for one in found]


def _record(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    register, given = queries.with_fields(as_number(values[OF][0])), typed(values)
    files = _files(approval)
    form = EntryForm(given, asked=register.asked, known=queries.known(register.organization), files=len(files))
    about = AboutForm(given, unit=register.organization) if register.follow else None
    for one in filter(None, (form, about)):
        checked(one)
    client_id = approval.typed.client_id
    return actions.record(
        register, on=form.checked.on or now.date(), title=form.checked.title, values=form.others(), by=by, now=now, client_id=client_id, reason=approval.why,
        files=files, about=about.about() if about else None,
    )  # fmt: skip


def _correct(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    entry, given = _of(approval), typed(values)
    start = queries.values(entry)
    asked = [one for one in entry.register.fields if not one.retired or one.key in start]
    known, files = queries.known(entry.organization, entry=entry), _files(approval)
    form = EntryForm(given, asked=asked, known=known, files=len(files) or 1, again=True, secrets=entry.secrets)
    checked(form)
    return actions.correct(
        entry, on=form.checked.on, title=form.checked.title, values=form.others(), by=by, now=now, seen=approval.of_version, reason=approval.why, files=files
    )  # fmt: skip


def _void(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    return actions.void(_of(approval), by=by, now=now, seen=approval.of_version, reason=approval.why)


def _confirm(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    return actions.confirm(_of(approval), by=by, now=now, seen=approval.of_version, reason=approval.why)


def _give_up(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    on = GiveUpForm(typed(values)).day()
    return actions.give_up(_of(approval), on=on, by=by, now=now, seen=approval.of_version, reason=approval.why)


# --- the follow-up part -----------------------------------------------------------------------------------------------------


def followed(entry: Entry, form: FollowForm, *, by: User, now: datetime, seen: int) -> Entry:
    """What the checked form says of an entry is done. Raises as the action does."""
    given, about = form.cleaned_data, form.about()
    if given["course"] == entry.course:
        return actions.assign(entry, about, by=by, now=now, seen=seen)
    if given["course"] == "solved":
        return actions.solve(entry, about, on=given["settled_on"], reason=given["reason"], by=by, now=now, seen=seen)
    done = actions.shelve if given["course"] == "hard" else actions.take_up
    return done(entry, about, reason=given["reason"], by=by, now=now, seen=seen)


def ask_follow(entry: Entry, form: FollowForm, sent: QueryDict, *, by: User, now: datetime) -> Approval:
    """送签 what the checked form says. Raises Refused when no reason is given."""
    verb = "registers.solve" if form.cleaned_data["course"] == "solved" else "registers.take_up"
    values = {name: list(values) for name, values in sent.lists() if name not in KEPT}
    return paperwork.ask(entry.organization, verb, title=entry.title, record=entry, why=sent.get("reason", ""), values=values, by=by, now=now)  # fmt: skip


def _follow(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    entry = _of(approval)
    form = FollowForm(typed(values), entry=entry, today=now.date())
    checked(form)
    return followed(entry, form, by=by, now=now, seen=approval.of_version)


# --- many at once -----------------------------------------------------------------------------------------------------------


def ask_rows(register: Register, packed: str, n: int, *, reason: str, by: User, now: datetime) -> Approval:
    """送签 rows of which some lie in a locked period, all with one reason: consented, all are entered, else none. They are kept sealed."""
    title = _("%(register)s（%(n)s 行）") % {"register": register.name, "n": n}
    given: dict[str, Any] = {"values": {OF: [str(register.pk)]}, "sealed": {ROWS: [packed]}}
    return paperwork.ask(register.organization, "registers.import", title=title, why=reason, by=by, now=now, **given)


def _bring(approval: Approval, values: Values, by: User, now: datetime) -> Entry:
    """Answers with the first of the new entries."""
    register = queries.with_fields(as_number(values[OF][0]))
    lines = sheets.unpacked(values[ROWS][0], register, queries.known(register.organization))
    made, _there = actions.bring(register, [line.values for line in lines], by=by, now=now, reason=approval.why)
    if not made:
        raise Refused("all_there", why=_("这些行已经都登记过了"), do=_("请退回这份送签"))
    return made[0]


def _of(approval: Approval) -> Entry:
    found = Entry.objects.select_related("organization", "register__current", "register__organization")
    return found.get(pk=approval.of_pk)


def _day_of(approval: Approval, values: Values) -> list[tuple[str, str]]:
    """Of what is there already: its day, and the day that it is to get."""
    found = Entry.objects.filter(pk=approval.of_pk).first()
    new = (values.get("settled_on") or values.get("on") or [""])[0]
    return [(_("日期"), f"{found.on:%Y-%m-%d}"), (_("办理日期"), new)] if found else []


def _lines(approval: Approval, values: Values) -> list[tuple[str, str]]:
    """What the slip says: each field as it was typed; private ones and people's ids are left out."""
    if not values:
        return _day_of(approval, values)
    register = queries.with_fields(as_number(values[OF][0]))
    plain = [one for one in register.asked if not one.private and one.type not in ("person", "people", "body", "file")]
    return [
        (one.title, dict(one.options).get(first, first)) for one in plain if (first := (values.get(one.key) or [""])[0])
    ]


FOUND: dict[str, Any] = {"consent": LATE, "find": queries.entry, "lines": _lines}

step(Step("registers.record", gettext_lazy("补登一条登记"), _record, consent=LATE, lines=_lines))
step(Step("registers.correct", gettext_lazy("更正已锁定时期的登记"), _correct, consent=LATE, lines=_lines))
step(Step("registers.import", gettext_lazy("成批补登"), _bring, consent=LATE))
step(Step("registers.solve", gettext_lazy("已锁定时期的办结"), _follow, consent=LATE, lines=_day_of))
step(Step("registers.take_up", gettext_lazy("重新办理已锁定时期办结的"), _follow, consent=LATE, lines=_day_of))
step(Step("registers.void", gettext_lazy("作废已锁定时期的登记"), _void, **FOUND))
step(Step("registers.confirm", gettext_lazy("核实已锁定时期的上报"), _confirm, **FOUND))
step(
    Step(
        "registers.give_up",
        gettext_lazy("撤销日期在已锁定时期的"),
        _give_up,
        takes=("on",),
        **{**FOUND, "lines": _day_of},
    )
)
