"""核对: the original beside what was read in it; every decision is saved at once."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.errors import Refused, Stale
from xieshang.base.requests import Asked, refused

from .. import actions, queries
from ..forms import TargetForm
from ..models import Plan, Target
from . import seen

WORDS = {
    "all": gettext_lazy("全部"),
    "quantified": gettext_lazy("量化任务"),
    "qualitative": gettext_lazy("定性任务"),
    "look": gettext_lazy("要看一眼"),
    "dropped": gettext_lazy("不要的"),
}


@login_required
def review(request: Asked, pk: int) -> HttpResponse:
    """The two panes; `?tab=` narrows the right one, `?edit=` opens one item's form without script."""
    plan = queries.one(request.user, pk)
    permissions.require(request.user, "plans.correct", plan.organization)
    if plan.sender_id is not None:
        return redirect("plans:received", plan.pk)
    tab = request.GET.get("tab", "all")
    context = _context(request, plan, tab)
    if (wanted := request.GET.get("edit", "")).isdigit():
        context["form"] = next(
            (_form(one.target) for one in context["found"].items if one.target.pk == int(wanted)), None
        )
    return render(request, "plans/review.html", context)


def _context(request: Asked, plan: Plan, tab: str) -> dict[str, Any]:
    known = queries.indicators(plan.organization)
    found = queries.review(plan, known, tab)
    base = reverse("plans:review", args=[plan.pk])
    tabs = [
        {"label": WORDS[name], "url": f"{base}?tab={name}", "count": found.counts[name], "current": name == tab, "alert": name == "look" and found.counts[name] > 0}
        for name in queries.TABS
        if name != "dropped" or found.counts[name]
    ]  # fmt: skip
    return {
        "plan": plan,
        "found": found,
        "tab": tab,
        "tabs": tabs,
        "known": known,
        "owners": queries.owners(plan.organization),
        "others": plan.paper.plans.count(),
    }


@login_required
def item(request: Asked, pk: int) -> HttpResponse:
    """One line of the right pane; `?edit=1` with its form open."""
    target = queries.target(request.user, pk)
    permissions.require(request.user, "plans.correct", target.organization)
    form = _form(target) if request.GET.get("edit") else None
    if not request.htmx:
        return redirect(_place(target, edit=bool(form)))
    return _line(request, target, form)


def _form(target: Target, data: Any = None) -> TargetForm:
    return TargetForm(target, queries.indicators(target.organization), data)


def _place(target: Target, *, edit: bool = False) -> str:
    return f"{reverse('plans:review', args=[target.plan_id])}{f'?edit={target.pk}' if edit else ''}#t{target.pk}"


def _line(
    request: Asked,
    target: Target,
    form: TargetForm | None = None,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The line alone, with the counts around it refreshed."""
    context = _context(request, target.plan, request.POST.get("tab", "all"))
    item = queries.item(target, context["known"], [one.target for one in context["found"].items])
    context.update({"item": item, "form": form, "problem": problem, "oob": True})
    return render(request, "plans/_item_answer.html", context, status=status)


def _decide(request: Asked, pk: int, act: Callable[[Target, int | None], object]) -> HttpResponse:
    """Do it, and answer with the line (htmx) or the page at the line."""
    target = queries.target(request.user, pk)
    try:
        act(target, seen(request))
    except Stale:
        raise
    except Refused as problem:
        if problem.status != 422:
            raise
        target = queries.target(request.user, pk)
        form = _form(target)
        if request.htmx:
            return _line(request, target, form, problem, 200)
        context = {**_context(request, target.plan, "all"), "form": form, "problem": problem}
        return render(request, "plans/review.html", context, status=422)
    target = queries.target(request.user, pk)
    return _line(request, target) if request.htmx else redirect(_place(target))


@login_required
@require_POST
def accept(request: Asked, pk: int) -> HttpResponse:
    """As it was read, or with the one thing that was missing: `value`, `indicator`, or `kind` 定性."""
    fields: dict[str, Any] = {name: request.POST[name] for name in ("indicator", "kind") if request.POST.get(name)}
    if "value" in request.POST:
        fields["value"] = _number(request.POST["value"])
    return _decide(
        request, pk, lambda target, version: actions.accept(target, fields=fields, by=request.user, now=clock.now(), seen=version)
    )  # fmt: skip


def _number(typed: str) -> Decimal | None:
    try:
        number = Decimal(typed.strip().replace("，", "").replace(",", ""))
    except InvalidOperation:
        return None
    return number.quantize(Decimal("0.01")) if number.is_finite() and abs(number) < 10**12 else None


@login_required
@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    return _decide(
        request, pk, lambda target, version: actions.drop(target, by=request.user, now=clock.now(), seen=version)
    )


@login_required
@require_POST
def restore(request: Asked, pk: int) -> HttpResponse:
    return _decide(
        request, pk, lambda target, version: actions.restore(target, by=request.user, now=clock.now(), seen=version)
    )


@login_required
@require_POST
def reopen(request: Asked, pk: int) -> HttpResponse:
    return _decide(
        request, pk, lambda target, version: actions.reopen(target, by=request.user, now=clock.now(), seen=version)
    )


@login_required
@require_POST
def correct(request: Asked, pk: int) -> HttpResponse:
    """The line's form. What is refused is shown in it with what was typed."""
    target = queries.target(request.user, pk)
    form = _form(target, request.POST)
    problem: Refused | None = None
    if form.is_valid():
        try:
            actions.correct(
                target,
                fields=form.cleaned_data,
                by=request.user,
                now=clock.now(),
                seen=seen(request),
            )
            target = queries.target(request.user, pk)
            return _line(request, target) if request.htmx else redirect(_place(target))
        except Refused as error:
            if error.status != 422:
                raise
            problem = error
            if error.field in form.fields:
                refused(form, error)
    if request.htmx:
        return _line(request, target, form, None if problem and problem.field in form.fields else problem, 422)
    return render(
        request,
        "plans/review.html",
        {**_context(request, target.plan, "all"), "form": form, "problem": problem},
        status=422,
    )


@login_required
@require_POST
def add(request: Asked, pk: int) -> HttpResponse:
    """A sentence that was passed over; what is refused is said above the list, with the words still in their field."""
    plan = queries.one(request.user, pk)
    typed = request.POST.get("words", "")
    try:
        made = actions.add(plan, typed, by=request.user, now=clock.now())
    except Refused as problem:
        if problem.field != "words":
            raise
        context = {**_context(request, plan, "all"), "missed": problem, "typed": typed}
        return render(request, "plans/review.html", context, status=422)
    return redirect(_place(made))


@login_required
@require_POST
def split(request: Asked, pk: int) -> HttpResponse:
    """Several items change the whole list: the page is shown again."""
    target = queries.target(request.user, pk)
    actions.split(
        target, request.POST.get("parts", "").splitlines(), by=request.user, now=clock.now(), seen=seen(request)
    )
    return redirect(_place(target))


@login_required
@require_POST
def merge(request: Asked, pk: int) -> HttpResponse:
    """并入上一项."""
    target = queries.target(request.user, pk)
    before = queries.one_before(target)
    if before is None:
        raise Refused("one_part", why=_("上面没有可以并入的任务"), do=_("请从下面一项并入"))
    permissions.require(request.user, "plans.merge", target.organization)
    actions.merge([before, target], by=request.user, now=clock.now())
    return redirect(_place(before))


@login_required
@require_POST
def accept_sure(request: Asked, pk: int) -> HttpResponse:
    """确认有把握的."""
    return _accept_many(request, pk, actions.accept_all_sure, _("已确认 %(n)s 项有把握的"))


@login_required
@require_POST
def accept_tasks(request: Asked, pk: int) -> HttpResponse:
    """确认定性任务."""
    return _accept_many(request, pk, actions.accept_tasks, _("已确认 %(n)s 项定性任务"))


def _accept_many(request: Asked, pk: int, act: Callable[..., list[Target]], words: str) -> HttpResponse:
    """Confirm several at once, say how many, and show the list again."""
    plan = queries.one(request.user, pk)
    done = act(plan, by=request.user, now=clock.now())
    messages.success(request, words % {"n": len(done)})
    return redirect("plans:review", plan.pk)


@login_required
@require_POST
def put_in_force(request: Asked, pk: int) -> HttpResponse:
    """启用计划. With open items the review says so above its list."""
    plan = queries.one(request.user, pk)
    try:
        actions.put_in_force(plan, by=request.user, now=clock.now(), seen=seen(request))
    except Refused as problem:
        if problem.code != "open_items":
            raise
        return render(request, "plans/review.html", {**_context(request, plan, "all"), "problem": problem}, status=422)
    messages.success(request, _("计划已启用，进度从现在起按序时计算"))
    return redirect(plan)
