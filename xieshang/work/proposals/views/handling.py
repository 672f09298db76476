"""The page of an assignment, and what a handling unit and its assigning office do there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import telling as audit
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts import queries as own_drafts
from xieshang.base.drafts.models import Draft
from xieshang.base.drafts.sent import read
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.requests import Asked, on_page, refused, seen

from .. import actions, course, queries, rules
from ..course import DEEDS, Deed
from ..models import Assignment
from ..unit_forms import DeedForm
from . import file_of

VERBS = (
    "sign", "object_to", "contact", "ask_longer", "opine", "reply", "approve", "send", "inside", "original", "keep_typed",
    "uphold", "dismiss", "answer_longer", "reject", "accept", "suspend", "resume",
)  # fmt: skip
Given = dict[str, Any]


@dataclass(frozen=True)
class Failed:
    """A deed that was refused: its form with what was typed, and why where no field says it."""

    deed: Deed
    form: DeedForm
    error: Refused | None = None


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """One assignment. Who sees only the proposal and its delivered reply (a notice brought him here) goes there."""
    found = queries.assignments(request.user).filter(pk=pk)
    if not found.exists() and queries.assignment_shown(request.user, pk):
        return redirect("proposals:one", pk=Assignment.objects.values_list("proposal", flat=True).get(pk=pk))
    return show(request, queries.assignment(request.user, pk))


def show(request: Asked, assignment: Assignment, failed: Failed | None = None, error: Refused | None = None) -> HttpResponse:  # fmt: skip
    """The page, with a deed that was refused as it was typed."""
    user, today = request.user, clock.today()
    entries, contacts = audit.entries(assignment.ref), list(assignment.contacts.all())
    missing, others = course.missing(assignment), list(actions.beside(assignment))
    now = course.first(assignment, actions.lacks(assignment) if assignment.replies else [], bool(contacts))
    kept = _kept(user, assignment)
    drawn = [_drawn(deed, assignment, kept, failed) for deed in course.deeds(assignment, user)]
    state, words = course.light(assignment, today)
    proposal = assignment.proposal
    context = {
        "assignment": assignment, "proposal": proposal, "steps": course.steps(assignment, today), "where": course.where(assignment), "light": {"state": state, "words": words},
        "main": [one for one in drawn if one["deed"].name in now], "rest": [one for one in drawn if one["deed"].name not in now], "missing": missing, "contacts": contacts,
        "others": others, "signers": queries.signers(proposal), "history": course.history(entries, proposal.organization), "papers": storage.of(assignment.ref), "draft": kept,
        "sent_back": course.sent_back_because(entries) if assignment.state == rules.SENT_BACK else "", "again": queries.why_again(assignment), "before": queries.earlier_rounds(assignment),
        "may_upload": _may_upload(assignment, user), "error": failed.error if failed else error, "failed": failed if failed and failed.deed not in [one["deed"] for one in drawn] else None,
        "late": state == "missed", "suspensions": list(assignment.suspensions.all()), "suspended": queries.suspension_at(assignment, today), "merged": list(proposal.merged.all()), "client_id": kept.client_id if kept else uuid4(),
    }  # fmt: skip
    said = error or (failed.error if failed else None)
    status = said.status if said else 422 if failed else 200
    return render(request, "proposals/assignment.html", context, status=status)


def _may_upload(assignment: Assignment, user: User) -> bool:
    here = any(move.verb == "original" and move.frm == assignment.state for move in rules.HANDLING)
    return here and assignment.replies and permissions.may(user, "proposals.original", assignment.organization, assignment.unit)  # fmt: skip


def _key(name: str, pk: int) -> str:
    return f"proposals.{name}.{pk}"


def _kept(user: User, assignment: Assignment) -> Draft | None:
    """What the reader typed of the long form and did not send."""
    return own_drafts.of_form(user, _key("reply" if assignment.replies else "opine", assignment.pk)).first()


def _drawn(deed: Deed, assignment: Assignment, kept: Draft | None, failed: Failed | None) -> Given:
    """A deed as the template draws it: its form begins with what was refused, else with what was left, else with what stands."""
    if failed and failed.deed == deed:
        form = failed.form
    else:
        typed = {name: values[0] for name, values in kept.values.items()} if kept and deed.name in course.DRAFTED_AS_TYPED else None  # fmt: skip
        form = deed.form(initial=typed, assignment=assignment, auto_id=f"{deed.name}-%s")
    long = deed.name in course.DRAFTED_AS_TYPED
    return {
        "deed": deed, "form": form, "text": deed.text(assignment), "open": bool(failed and failed.deed == deed), "key": _key(deed.name, assignment.pk) if long else "",
        "url": f"proposals:{deed.name}",
    }  # fmt: skip


Act = Callable[[Assignment, Given, Given], str]


def deed(act: Act) -> Callable[..., HttpResponse]:
    """A POST that does one deed and goes back to the page; what is refused is said there, with what was typed. `act` answers with the word of thanks."""
    this = DEEDS[act.__name__]

    @login_required
    @require_POST
    @wraps(act)
    def view(request: Asked, pk: int) -> HttpResponse:
        assignment = queries.assignment(request.user, pk)
        permissions.require(request.user, f"proposals.{this.move}", assignment.organization, this.body(assignment))
        form = this.form(request.POST, assignment=assignment, auto_id=f"{this.name}-%s")
        if not form.is_valid():
            return show(request, assignment, Failed(this, form))
        given = {"by": request.user, "now": clock.now(), "seen": seen(request)}
        try:
            said = act(assignment, form.cleaned_data, given)
        except NotAllowed:
            raise
        except Refused as error:
            return show(request, queries.assignment(request.user, pk), _failed(this, form, error))
        drafts.discard_form(_key(this.name, pk), by=request.user)
        messages.success(request, said)
        return _back(request, this, pk)

    return view


def _failed(deed: Deed, form: DeedForm, error: Refused) -> Failed:
    """At its field where it names one; an older version, and what concerns no field, stand above the page."""
    if error.field in form.fields and not isinstance(error, Stale):
        refused(form, error)
        return Failed(deed, form)
    return Failed(deed, form, error)


def _back(request: Asked, deed: Deed, pk: int) -> HttpResponse:
    """To the page of the assignment; what was sent back is given to another at once."""
    if deed.name == "uphold":
        return redirect("proposals:assign", pk=Assignment.objects.values_list("proposal", flat=True).get(pk=pk))
    return redirect("proposals:assignment", pk=pk)


@deed
def sign(assignment: Assignment, typed: Given, given: Given) -> str:
    """签收."""
    actions.sign(assignment, inside=typed, **given)
    return _("已签收。请在 %(day)s 前联系提案者。") % {"day": assignment.contact_by}


@deed
def object_to(assignment: Assignment, typed: Given, given: Given) -> str:
    """申请退件."""
    actions.object_to(assignment, reason=typed["reason"], **given)
    return _("已申请退件，等交办机构答复。")


@deed
def contact(assignment: Assignment, typed: Given, given: Given) -> str:
    """面商."""
    actions.contact(assignment, **typed, **given)
    return _("已登记。")


@deed
def ask_longer(assignment: Assignment, typed: Given, given: Given) -> str:
    """申请延期."""
    actions.ask_longer(assignment, **typed, **given)
    return _("已申请延到 %(day)s，等交办机构答复。") % {"day": typed["to"]}


@deed
def inside(assignment: Assignment, typed: Given, given: Given) -> str:
    """改科室、经办人."""
    actions.inside(assignment, typed, **given)
    return _("已改。")


@deed
def opine(assignment: Assignment, typed: Given, given: Given) -> str:
    """送会办意见."""
    actions.opine(assignment, typed["opinion"], **given)
    return _("会办意见已送主办单位。")


@deed
def reply(assignment: Assignment, typed: Given, given: Given) -> str:
    """起草答复."""
    actions.reply(assignment, typed, **given)
    return _("答复已保存，还没有报审。")


@deed
def approve(assignment: Assignment, typed: Given, given: Given) -> str:
    """签发."""
    actions.approve(assignment, signer=typed["signer"], **given)
    return _("已签发，请报审。")


@deed
def send(assignment: Assignment, typed: Given, given: Given) -> str:
    """报审."""
    actions.send(assignment, **given)
    return _("已报交办机构审核。")


@deed
def uphold(assignment: Assignment, typed: Given, given: Given) -> str:
    """同意退件."""
    actions.uphold(assignment, reason=typed["reason"], **given)
    return _("已同意退件，请交其他单位。")


@deed
def dismiss(assignment: Assignment, typed: Given, given: Given) -> str:
    """不同意退件."""
    actions.dismiss(assignment, reason=typed["reason"], **given)
    return _("已告诉承办单位继续办理。")


@deed
def answer_longer(assignment: Assignment, typed: Given, given: Given) -> str:
    """答复延期申请."""
    agreed = typed["agreed"] == "yes"
    actions.answer_longer(assignment, agreed=agreed, reason=typed["reason"], **given)
    return _("已同意延期。") if agreed else _("已告诉承办单位不能延期。")


@deed
def accept(assignment: Assignment, typed: Given, given: Given) -> str:
    """审核通过."""
    actions.accept(assignment, **typed, **given)
    return _("已审核通过，提案者会收到答复。")


@deed
def reject(assignment: Assignment, typed: Given, given: Given) -> str:
    """退回重拟."""
    actions.reject(assignment, reason=typed["reason"], **given)
    return _("已退回承办单位重拟。")


@deed
def suspend(assignment: Assignment, typed: Given, given: Given) -> str:
    """中止."""
    made = actions.suspend(assignment, **typed, **given)
    return _("已中止，办理期限改为 %(day)s。") % {"day": made.due_on}


@deed
def resume(assignment: Assignment, typed: Given, given: Given) -> str:
    """恢复."""
    made = actions.resume(assignment, reason=typed["reason"], **given)
    return _("已恢复，办理期限是 %(day)s。") % {"day": made.due_on}


def _to_upload(request: Asked, pk: int) -> Assignment:
    assignment = queries.assignment(request.user, pk)
    permissions.require(request.user, "proposals.original", assignment.organization, assignment.unit)
    return assignment


@on_page(_to_upload, lambda request, a, error: show(request, a, error=error), lambda request, a: redirect(a))
def original(request: Asked, assignment: Assignment) -> None:
    """上传盖章原件."""
    sent = file_of(request, "original")
    if sent is None:
        raise Refused("empty", why=_("还没有选文件"), do=_("请选择盖章的 PDF"), field="original")
    actions.keep_original(assignment, *sent, by=request.user, now=clock.now(), seen=seen(request))
    messages.success(request, _("已存盖章原件；原件里的文字送达后可以搜到。"))


@login_required
@require_POST
def keep_typed(request: Asked, pk: int) -> HttpResponse:
    """存草稿, as the reply or the opinion is typed."""
    assignment = queries.assignment(request.user, pk)
    name = "reply" if assignment.replies else "opine"
    sent = read(request)
    typed = {**sent.typed, "title": assignment.proposal.title[:120]}
    drafts.save(
        assignment.organization, sent.client_id, typed, verb=f"proposals.{name}", key=_key(name, pk), by=request.user, now=clock.now(), body=assignment.unit,
    )  # fmt: skip
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}"})
