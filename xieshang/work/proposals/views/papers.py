"""Papers of a proposal to print, and the reply as it will look."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_file, as_number

from .. import papers, queries, rules
from ..models import Assignment, Proposal


@login_required
@require_safe
def letter(request: Asked, pk: int) -> HttpResponse:
    """The reply, or a co-handler's opinion, as the letter it will be."""
    one, merged = _letter_of(request, pk)
    context: dict[str, Any] = {
        "assignment": one, "letter": papers.letter(one, clock.today(), merged), "merged": merged, "others": list(one.proposal.merged.all()),
        "original": queries.original(one), "handling": queries.assignments(request.user).filter(pk=pk).exists(),
    }  # fmt: skip
    return render(request, "proposals/letter.html", context)


@login_required
@require_safe
def letter_docx(request: Asked, pk: int) -> HttpResponse:
    """The same as .docx."""
    one, merged = _letter_of(request, pk)
    word = "答复" if one.replies else "会办意见"
    made = papers.letter_docx(papers.letter(one, clock.today(), merged), clock.now())
    return as_file(made, f"{_stem(one.proposal)} {one.unit}{word}.docx")


def _letter_of(request: Asked, pk: int) -> tuple[Assignment, Proposal | None]:
    """The assignment, and the merged proposal to whose proposers the letter goes, where the address names one."""
    one = queries.delivered(request.user, pk)
    if not (one.reply if one.replies else one.opinion):
        raise Refused("empty", why=_("还没有写"), do=_("写好正文再看"))
    wanted = as_number(request.GET.get("to"))
    merged = one.proposal.merged.select_related("organization", "body").filter(pk=wanted).first()
    if wanted and merged is None:
        raise Http404
    return one, merged


@login_required
@require_safe
def order(request: Asked, pk: int) -> HttpResponse:
    """交办单 .docx."""
    one = queries.assignment(request.user, pk)
    return as_file(papers.order(one, clock.now()), f"{_stem(one.proposal)} 交办单 {one.unit}.docx")


@login_required
@require_safe
def urge(request: Asked, pk: int) -> HttpResponse:
    """催办单 .docx."""
    one = queries.assignment(request.user, pk)
    if queries.lights(one, clock.today()) != "late":
        raise Refused("not_late", why=_("这件提案还没有逾期"), do=_("逾期以后再出催办单"))
    made = papers.urge(one, clock.today(), clock.now())
    return as_file(made, f"{_stem(one.proposal)} 催办单 {one.unit}.docx")


@login_required
@require_safe
def survey(request: Asked, pk: int) -> HttpResponse:
    """征询意见表 .docx, to fill in by hand."""
    proposal = queries.one(request.user, pk)
    units = [one for one in queries.round_of(proposal) if one.replies]
    if not units:
        raise Refused("not_assigned", why=_("还没有交办，没有可以征询的"), do=_("交办以后再出"))
    return as_file(papers.survey(proposal, units, clock.now()), f"{_stem(proposal)} 征询意见表.docx")


@login_required
@require_safe
def form(request: Asked, pk: int) -> HttpResponse:
    """提案表 .docx."""
    proposal = queries.one(request.user, pk)
    given = queries.round_of(proposal) if proposal.state in rules.LIVE else []
    reviews = list(proposal.reviews.select_related("by"))
    return as_file(papers.form(proposal, reviews, given, clock.now()), f"{_stem(proposal)} 提案表.docx")


def _stem(proposal: Proposal) -> str:
    return f"{proposal.name} {proposal.title[:30]}"
