"""线索: handed in by people with an account, dealt with by the office, read by members in the reference list."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.orgs.models import Body, Organization, Session
from xieshang.base.requests import Asked, as_file, as_number, as_uuid, on_page, refused, seen, unit_of
from xieshang.base.settings.parameters import values
from xieshang.base.workflow.engine import possible

from .. import actions, clue_papers, clue_rules, rules, sessions
from ..actions import clues as writes
from ..clue_forms import ClueFilter, ClueForm, EnlistForm
from ..models import Clue, Proposal
from ..queries import clues as reads

PAGE = 25


def _hands_in(request: Asked) -> tuple[Organization, str, Body | None]:
    """In which unit the reader hands a clue in, as what, and for which handling unit. Raises NotAllowed."""
    unit, user = request.desk.unit, request.user
    bodies = permissions.bodies(user, "proposals.clue")
    own = Body.objects.filter(pk__in=bodies, organization=unit).first() if unit and bodies else None
    if own is None:
        unit = unit_of(request, "proposals.clue")
    if permissions.may(user, "proposals.see_clues", unit):
        return unit, clue_rules.TYPED_IN, None
    member = permissions.may(user, "proposals.see_reference", unit)
    return unit, clue_rules.OF_MEMBER if member else clue_rules.OF_UNIT, own


@login_required
@require_safe
def clues(request: Asked) -> HttpResponse:
    """提案线索: the office's list; for anybody else those that he handed in."""
    office = bool(request.desk.unit) and permissions.may(request.user, "proposals.see_clues", request.desk.unit)
    unit = request.desk.unit if office else _hands_in(request)[0]
    filters = ClueFilter(request.GET)
    filters.is_valid()
    words = request.GET.get("q", "").strip()[:60]
    narrowed = {name: filters.cleaned_data.get(name, "") for name in ("state", "source")}
    found = reads.clues(request.user, unit, words=words, **narrowed)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")), "filters": filters, "q": words, "office": office, "unit": unit, "narrowed": bool(words or any(narrowed.values())),
        "may": permissions.may(request.user, "proposals.clue", unit) or not office, "open": values(unit, (clue_rules.CLUES_OPEN,), clock.today())[clue_rules.CLUES_OPEN],
    }  # fmt: skip
    return render(request, "proposals/clues.html", context)


@login_required
def new_clue(request: Asked) -> HttpResponse:
    """提供线索, or 代录 what came by letter or telephone."""
    unit, source, body = _hands_in(request)
    user = request.user
    own = {} if source == clue_rules.TYPED_IN else {"name": user.name}
    form = ClueForm(request.POST if request.method == "POST" else None, initial=own, unit=unit)
    if source == clue_rules.TYPED_IN:
        del form.fields["read"]
    if request.method == "POST" and form.is_valid():
        try:
            made = writes.receive(
                unit, form.cleaned_data, source=source, body=body, client_id=as_uuid(request.POST.get("client_id", "")), by=user, now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("已收到，处理结果会告诉您。") if own else _("已登记。"))
            return redirect(made)
        except Refused as error:
            refused(form, error)
    context = {
        "form": form, "unit": unit, "typed_in": not own, "client_id": request.POST.get("client_id") or uuid4(), **lengths(unit),
    }  # fmt: skip
    return render(request, "proposals/clue_form.html", context, status=422 if form.errors else 200)


def lengths(unit: Organization) -> dict[str, int]:
    found = values(unit, (clue_rules.CLUE_LEAST, clue_rules.CLUE_MOST), clock.today())
    return {"least": found[clue_rules.CLUE_LEAST], "most": found[clue_rules.CLUE_MOST]}


@login_required
@require_safe
def clue(request: Asked, pk: int) -> HttpResponse:
    """One clue: what it says, what became of it, which proposals came of it."""
    return _show(request, reads.clue(request.user, pk))


def _show(request: Asked, found: Clue, error: Refused | None = None) -> HttpResponse:
    user, unit = request.user, found.organization
    verbs = possible(found, user, clue_rules.CLUE)
    form = EnlistForm(request.POST if error else None, unit=unit, initial={"category": found.category, "units": [u.pk for u in found.units.all()]})  # fmt: skip
    context = {
        "clue": found, "verbs": verbs, "form": form if "clue_enlist" in verbs else None, "refused": error, "made": reads.proposals_of(user, found), "units": list(found.units.all()),
        "office": permissions.may(user, "proposals.see_clues", unit), "own": found.created_by_id == user.pk, "contact": _contact(user, found), "may_write": _may_write(user, found),
    }  # fmt: skip
    return render(request, "proposals/clue.html", context, status=error.status if error else 200)


def _contact(user: User, found: Clue) -> str:
    whole = permissions.may(user, "proposals.clue_contact", found.organization) or found.created_by_id == user.pk
    return found.contact if whole else found.contact_masked


def _may_write(user: User, found: Clue) -> bool:
    """A member may write a proposal of a listed clue."""
    member = user.person_id is not None and permissions.may(user, "proposals.see_own", found.organization)
    return found.state == clue_rules.LISTED and member


@on_page(lambda request, pk: reads.clue(request.user, pk), _show, lambda request, one: redirect(one))
def deal(request: Asked, found: Clue) -> None:
    """What the clerk does with it: one of the verbs of the table."""
    do = request.POST.get("do", "")
    words, version = request.POST.get("reason", ""), seen(request)
    by, now = request.user, clock.now()
    if do == "enlist":
        units = [as_number(pk) for pk in request.POST.getlist("units")]
        known = Body.objects.filter(pk__in=units, organization=found.organization).values_list("pk", flat=True)
        writes.enlist(found, category=request.POST.get("category", ""), units=known, by=by, now=now, seen=version)
    elif verb := VERBS.get(do):
        verb(found, words=words, by=by, now=now, seen=version)
    else:
        raise Refused("no_verb", why=_("没有选怎么处理"), do=_("请选一种处理方式"))
    messages.success(request, _("已处理，提供人查询时能看到结果。"))


VERBS = {
    "opinion": writes.to_opinion,
    "answer": writes.answer,
    "refuse": writes.refuse,
    "back": writes.bring_back,
}


@login_required
@require_safe
def reference(request: Asked) -> HttpResponse:
    """提案参考目录 of a plenary, by category."""
    unit = unit_of(request, "proposals.see_reference")
    known, session = _session(request, unit)
    found = reads.reference(request.user, unit, session)
    user = request.user
    context = {
        "unit": unit, "groups": reads.by_category(found, clue_papers.titles(unit)), "n": len(found), "sessions": known, "session": session, "title": clue_papers.of(unit, session),
        "published": reads.published_list(unit, session), "office": permissions.may(user, "proposals.see_clues", unit),
        "may_publish": permissions.may(user, "proposals.clues_publish", unit), "may_write": user.person_id is not None and permissions.may(user, "proposals.see_own", unit),
    }  # fmt: skip
    return render(request, "proposals/reference.html", context)


def _session(request: Asked, unit: Organization) -> tuple[list[Session], Session | None]:
    """The plenaries with a list, and the one that is asked for: else the newest; without any, that to which a clue would now belong."""
    known = reads.reference_sessions(request.user, unit)
    wanted = as_number(request.POST.get("session") or request.GET.get("session"))
    chosen = next((one for one in known if one.pk == wanted), known[0] if known else None)
    return known, chosen or sessions.at(unit, clock.now())[0]


@login_required
@require_safe
def reference_docx(request: Asked) -> HttpResponse:
    """提案参考目录 .docx."""
    unit = unit_of(request, "proposals.see_reference")
    _known, session = _session(request, unit)
    found = reads.reference(request.user, unit, session)
    if not found:
        raise Refused("empty_list", why=_("目录里还没有线索"), do=_("发布以后再下载"))
    return as_file(clue_papers.reference(unit, session, found, clock.now()), f"{clue_papers.of(unit, session)}.docx")


@login_required
@require_POST
def publish_clues(request: Asked) -> HttpResponse:
    """发布参考目录."""
    unit = unit_of(request, "proposals.clues_publish")
    _known, session = _session(request, unit)
    writes.publish_list(unit, session, by=request.user, now=clock.now())
    messages.success(request, _("参考目录已发布，委员会收到消息。"))
    return redirect("proposals:reference")


@login_required
@require_POST
def write_of(request: Asked, pk: int) -> HttpResponse:
    """以此写提案: a draft that remembers its clue. Pressed twice it is one draft."""
    found = reads.clue(request.user, pk)
    permissions.require(request.user, "proposals.draft", found.organization)
    if not _may_write(request.user, found):
        raise NotAllowed("not_listed", why=_("这条线索不能由您写成提案"), do=_("请委员从参考目录里选题"))
    begun = Proposal.objects.filter(clue=found, created_by=request.user, state=rules.DRAFT).first()
    if begun is None:
        fields = {"title": found.title, "situation": found.text}
        begun = actions.draft(found.organization, fields=fields, clue=found, by=request.user, now=clock.now())
        messages.success(request, _("已按线索起了草稿，请补上分析和建议。"))
    return redirect("proposals:edit", pk=begun.pk)
