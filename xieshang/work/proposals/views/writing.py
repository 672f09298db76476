"""撰写, 会签, 提交: the proposer's pages."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.drafts import actions as drafts
from xieshang.base.drafts import queries as own_drafts
from xieshang.base.drafts.sent import read
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.people import queries as people
from xieshang.base.people.models import Person
from xieshang.base.requests import Asked, as_number, as_uuid, refused, seen, unit_of
from xieshang.base.settings.parameters import value
from xieshang.documents.errors import DocumentError
from xieshang.documents.reading import accepted

from .. import actions, advice, bringing, queries, rules
from ..actions.writing import who
from ..forms import TextForm
from ..models import Proposal
from . import file_of, verb

NEW = "proposals-new"
NAMED = "proposals_named"  # in the session: whom the file named that a draft was read from


@login_required
def new(request: Asked) -> HttpResponse:
    """写提案."""
    unit = unit_of(request, "proposals.draft")
    return _form(request, unit, None)


@login_required
def edit(request: Asked, pk: int) -> HttpResponse:
    """接着写 a draft, or mend one that was sent back."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.write", proposal.organization)
    if refusal := rules._of_the_proposer(proposal, who(proposal, request.user)):
        raise NotAllowed(refusal.code, why=refusal.why, do=refusal.do)
    return _form(request, proposal.organization, proposal)


def _form(request: Asked, unit: Organization, proposal: Proposal | None) -> HttpResponse:
    clerk = permissions.may(request.user, "proposals.review", unit)
    key = f"proposals-{proposal.pk}" if proposal else NEW
    kept = own_drafts.of_form(request.user, key).first()
    brought, unread = None, None
    if request.method == "POST" and "read" in request.POST:
        form = TextForm(initial=_typed(request), instance=proposal, unit=unit, clerk=clerk, on=clock.today())
        try:
            brought = _read(request, unit, form)
            form = TextForm(initial=brought.values, instance=proposal, unit=unit, clerk=clerk, on=clock.today())
        except DocumentError as broken:
            unread = broken
    elif request.method == "POST":
        form = TextForm(request.POST, request.FILES, instance=proposal, unit=unit, clerk=clerk, on=clock.today())
        if form.is_valid():
            try:
                saved = _save(request, unit, proposal, form)
            except Refused as error:
                refused(form, error)
            else:
                return _after(request, saved)
    else:
        first = {n: (v if n == "wanted" else v[0]) for n, v in kept.typed["values"].items()} if kept else None
        form = TextForm(initial=first, instance=proposal, unit=unit, clerk=clerk, on=clock.today())
    context = {
        "form": form, "proposal": proposal, "clerk": clerk, "most": value(unit, rules.TEXT_MOST, clock.today()), "draft": kept, "key": key, "unit": unit,
        "client_id": kept.client_id if kept else request.POST.get("client_id") or uuid4(), "brought": brought, "unread": unread, "accepts": accepted(),
    }  # fmt: skip
    return render(request, "proposals/form.html", context, status=422 if form.errors or unread else 200)


def _typed(request: Asked) -> dict[str, Any]:
    """What stands in the form, saved or not."""
    found = {name: values if name == "wanted" else values[0] for name, values in request.POST.lists()}
    return found | {"open_text": "open_text" in request.POST}


def _read(request: Asked, unit: Organization, form: TextForm) -> bringing.Brought:
    """The file of the form. Raises DocumentError."""
    name, data = file_of(request, "paper") or ("", b"")
    members: dict[str, list[Person]] = {}
    for seat in people.in_office(unit, clock.today()):
        members.setdefault(seat.person.name, []).append(seat.person)
    return bringing.bring(data, name, _typed(request), form, members)


def _save(request: Asked, unit: Organization, proposal: Proposal | None, form: TextForm) -> Proposal:
    """暂存, and with the button 提交 also send it. What is only saved may be incomplete."""
    user, now = request.user, clock.now()
    wanted = [body.pk for body in form.cleaned_data["wanted"]]
    client_id = as_uuid(request.POST.get("client_id", ""))
    edited = proposal is not None
    proposal = proposal or queries.sent_before(user, client_id)
    if proposal and proposal.state not in (rules.DRAFT, rules.RETURNED):
        return proposal  # the same form once more, after it had arrived
    if proposal is None:
        saved = actions.draft(unit, fields=form.typed, first=form.cleaned_data.get("first"), wanted=wanted, client_id=client_id, by=user, now=now)  # fmt: skip
    else:
        fresh = Proposal.objects.get(pk=proposal.pk)  # the form has laid its own text over the other
        version = seen(request) if edited else fresh.version
        saved = actions.write(fresh, fields=form.typed, wanted=wanted, by=user, now=now, seen=version)
    if seal := file_of(request, "seal"):
        storage.attach([seal], record=f"{saved.ref}.seal", organization=unit, by=user, now=now)
    if client_id:
        drafts.discard(client_id, by=user)
    if "submit" in request.POST and "advised" not in request.POST and advice.of(saved, clock.today()):
        messages.info(request, _("已暂存。提交前请看一看下面的提醒；看过了就可以提交。"))
    elif "submit" in request.POST:
        saved = actions.submit(saved, by=user, now=now)
        messages.success(request, _sent(saved))
    else:
        messages.success(request, _("已暂存，还没有提交。"))
    return saved


def _after(request: Asked, saved: Proposal) -> HttpResponse:
    """To its page; where a file named cosigners, first to who shall be invited, with those marked."""
    named = [as_number(pk) for pk in request.POST.getlist("named")]
    if not named or saved.state != rules.DRAFT:
        return redirect(saved)
    request.session[NAMED] = {"of": saved.pk, "people": named}
    return redirect("proposals:invite", pk=saved.pk)


def _sent(proposal: Proposal) -> str:
    return _("已提交，%(name)s（%(kind)s），收到时间 %(at)s。") % {
        "name": proposal.name, "kind": proposal.get_kind_display(), "at": f"{localtime(proposal.submitted_at):%Y-%m-%d %H:%M:%S}",
    }  # fmt: skip


@login_required
@require_POST
def keep(request: Asked) -> HttpResponse:
    """存草稿, as it is typed."""
    sent = read(request, key=NEW)
    if sent.key == NEW and not sent.first("secrets_read"):
        raise Refused("secrets", why=_("还没有看涉密提醒"), do=_("看过打勾以后，写的内容才会暂存"))
    unit = unit_of(request, "proposals.draft")
    drafts.save(unit, sent.client_id, sent.typed, verb="proposals.draft", key=sent.key, by=request.user, now=clock.now())  # fmt: skip
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}"})


@login_required
def invite(request: Asked, pk: int) -> HttpResponse:
    """邀请会签: members of the unit, by sector."""
    proposal = queries.one(request.user, pk)
    permissions.require(request.user, "proposals.invite", proposal.organization)
    asked = {one.person_id for one in proposal.signatures.all() if not one.lapsed(clock.now())}
    error = None
    if request.method == "POST":
        chosen = Person.objects.filter(pk__in=[as_number(pk) for pk in request.POST.getlist("people")])
        try:
            actions.invite(proposal, [p for p in chosen if p.pk not in asked], by=request.user, now=clock.now(), seen=seen(request))  # fmt: skip
            messages.success(request, _("已邀请，对方会收到消息。"))
            return redirect(proposal)
        except NotAllowed:
            raise
        except Refused as refusal:
            error = refusal
    seats = people.in_office(proposal.organization, clock.today())
    named = request.session.get(NAMED) or {}
    marked = named.get("people", []) if named.get("of") == pk else []
    groups: dict[str, list[dict[str, object]]] = {}
    for seat in seats:
        if seat.person_id not in asked:
            groups.setdefault(str(seat.sector or _("其他")), []).append({"id": seat.person_id, "name": seat.person.name, "note": "", "checked": seat.person_id in marked, "why": ""})  # fmt: skip
    context = {
        "proposal": proposal, "error": error,
        "groups": [{"id": n, "name": name, "open": any(one["checked"] for one in found), "people": found} for n, (name, found) in enumerate(groups.items())],
    }  # fmt: skip
    return render(request, "proposals/invite.html", context, status=422 if error else 200)


@verb
def cosign(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    """会签: agree or decline."""
    person = request.user.person
    if person is None:
        raise Refused("not_yours", why=_("这个账号不是委员本人的"), do=_("请用委员自己的账号登录"))
    agrees = request.POST.get("agrees") == "yes"
    actions.cosign(proposal, person, agrees=agrees, note=request.POST.get("note", ""), by=request.user, now=clock.now())
    return _("已同意会签“%(title)s”。") if agrees else _("已谢绝会签“%(title)s”。")


@verb
def submit(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    """提交 from the page of a draft."""
    return _sent(actions.submit(proposal, by=request.user, now=clock.now(), seen=seen(request)))


@verb
def take_back(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    actions.take_back(proposal, by=request.user, now=clock.now(), seen=seen(request))
    return _("已收回，可以修改后再提交。")


@verb
def discard(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    actions.discard(proposal, by=request.user, now=clock.now(), seen=seen(request))
    return _("“%(title)s”不提了。")
