"""附议: what is open for it, and the verbs of a proposal's page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.requests import Asked, unit_of

from .. import queries, terms
from ..actions import seconding as writes
from ..models import Proposal, Second
from ..queries import seconding as reads
from . import verb

PAGE = 25


@login_required
@require_safe
def opened(request: Asked) -> HttpResponse:
    """开放附议的提案, for members; the office looks on."""
    unit = unit_of(request, "proposals.see_reference")
    words, category = request.GET.get("q", "").strip()[:60], request.GET.get("category", "")
    found = reads.opened(unit, words=words, category=category)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    ours = reads.joined_by(request.user, list(page.object_list))
    for one in page.object_list:
        one.mine, one.own = one.pk in ours, one.first_id == request.user.person_id  # type: ignore[attr-defined]
    context = {
        "page": page, "q": words, "category": category, "categories": terms.choices(terms.categories(unit, clock.today())), "unit": unit, "member": request.user.person_id is not None, "narrowed": bool(words or category),
    }  # fmt: skip
    return render(request, "proposals/open_ones.html", context)


@login_required
@require_safe
def one(request: Asked, pk: int) -> HttpResponse:
    """A seconding has no page of its own: that of its proposal."""
    found = get_object_or_404(Second, pk=pk, proposal__in=queries.visible(request.user))
    return redirect("proposals:one", pk=found.proposal_id)


@verb
def open_up(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    writes.open_up(proposal, **given)  # type: ignore[arg-type]
    return _("“%(title)s”已开放附议，别的委员看得到了。")


@verb
def close_up(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    writes.close_up(proposal, **given)  # type: ignore[arg-type]
    return _("“%(title)s”已停止附议，已经附议的不变。")


@verb
def second(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    writes.second(proposal, by=request.user, now=clock.now())
    return _("已附议“%(title)s”，结果会告诉您。")


@verb
def unsecond(request: Asked, proposal: Proposal, given: dict[str, object]) -> str:
    writes.unsecond(proposal, by=request.user, now=clock.now())
    return _("已撤回对“%(title)s”的附议。")
