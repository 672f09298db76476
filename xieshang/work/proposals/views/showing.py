"""The list of proposals, and one of them: where it is, who has it, what happened, what can be done now."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import telling as audit
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.paging import Bounded
from xieshang.base.requests import Asked, unit_of
from xieshang.base.saved import queries as saved
from xieshang.base.unchanged import unchanged
from xieshang.base.workflow.engine import possible

from .. import actions, clue_rules, finding, holding, looking, queries, rules, telling
from ..actions.writing import who
from ..forms import FilterForm
from ..models import Package, Proposal, Signature
from ..queries import clues, seconding
from ..queries.handling import is_late
from ..queries.secrecy import sees_secret

PAGE = 25


@login_required
@require_safe
@unchanged
def listed(request: Asked) -> HttpResponse:
    """提案: what the reader may see of a unit; the filters stand in the address."""
    unit, user = request.desk.unit, request.user
    if unit is None or not permissions.bodies(user, "proposals.see_assigned"):
        unit = _unit(request)
    views = saved.mine(user, unit, "proposals")
    if not request.GET and (default := next((one for one in views if one.is_default), None)):
        return redirect(f"{request.path}?{default.query}")
    office = permissions.may(user, "proposals.see", unit)
    filters = FilterForm(request.GET, unit=unit)
    words = request.GET.get("q", "")
    found = queries.listed(user, unit, filters.narrowed(words), clock.today())
    if not office and user.person_id and "all" not in request.GET:
        found = queries.mine(user, unit)
    page = Bounded(found, PAGE).get_page(request.GET.get("page"))
    queries.with_units(page.object_list, clock.today())
    context = {
        "filters": filters, "page": page, "q": words, "unit": unit, "office": office, "today": clock.today(),
        "may_write": permissions.may(user, "proposals.draft", unit), "may_decide": permissions.may(user, "proposals.prepare", unit), "may_bring": permissions.may(user, "proposals.bring_in", unit),
        "narrowed": any(request.GET.get(name) for name in ("q", "state", "kind", "category", "unit", "late", "when", "by_me")), "everything": "all" in request.GET, "too_short": finding.too_short(words), "views": views, "list_key": "proposals", "sort": request.GET.get("sort", ""), "batches": clue_rules.BATCHES if permissions.may(user, "proposals.hand_over", unit) else (),
    }  # fmt: skip
    return render(request, "proposals/list.html", context)


def _unit(request: Asked) -> Organization:
    """The unit at hand, where the account may see proposals of any kind."""
    for verb in ("proposals.see", "proposals.see_assigned"):
        if request.desk.unit and permissions.may(request.user, verb, request.desk.unit):
            return request.desk.unit  # type: ignore[no-any-return]
    return unit_of(request, "proposals.see_own")


@login_required
@require_safe
@unchanged
def one(request: Asked, pk: int) -> HttpResponse:
    """One proposal."""
    return show(request, queries.one(request.user, pk))


def show(request: Asked, proposal: Proposal, refused: Refused | None = None) -> HttpResponse:
    """The page of a proposal, with what was refused of a verb that stands on it."""
    user, today = request.user, clock.today()
    office = permissions.may(user, "proposals.see", proposal.organization)
    handler = bool(permissions.bodies(user, "proposals.sign"))
    assignments = list(proposal.assignments.select_related("unit", "office", "organization").order_by("round", "id"))
    standing = [one for one in assignments if one.round == proposal.round and one.state != rules.TAKEN_BACK]
    late = any(is_late(one, today) for one in standing)
    own = user.person_id is not None and any(p.pk == user.person_id for p in queries.signers(proposal))
    ratings = list(proposal.ratings.select_related("person"))
    context: dict[str, Any] = {
        "proposal": proposal, "steps": telling.steps(proposal, standing, late), "where": telling.where(proposal, standing, today), "late": late,
        "held": holding.held(proposal, standing, rated=proposal.state == rules.FEEDBACK and not actions.unrated(proposal)),
        **_signing(proposal, user), "assignments": assignments,
        "replies": [one for one in assignments if one.state == rules.DELIVERED], "ratings": ratings if office else [one for one in ratings if one.person_id == user.person_id],
        "unrated": actions.unrated(proposal) if office and proposal.state == rules.FEEDBACK else [], "reviews": list(proposal.reviews.select_related("by")) if office else [],
        "texts": queries.texts(proposal) if office or own else [], "merged": list(proposal.merged.all()), "follow_ups": list(proposal.follow_ups.all()),
        "papers": [*storage.of(proposal.ref), *(storage.of(f"{proposal.ref}.seal") if office else [])], "history": telling.history(audit.entries(proposal.ref), proposal.organization, names=office or not handler),
        "wanted": list(proposal.wanted.all()), "examined": queries.examined(proposal) if office else [], "sees_secret": sees_secret(user, proposal) if proposal.state == rules.LOCKED else False, "office": office, "own": own, "may_rate": (own or seconding.rates(user, proposal)) and proposal.state == rules.FEEDBACK and not any(r.person_id == user.person_id and r.round == proposal.round for r in ratings),
        "verbs": verbs(proposal, user), "refused": refused, "key_day": today, "nominate": _may_nominate(proposal, user), "package": Package.objects.filter(proposal=proposal).first() if office and proposal.state == rules.ARCHIVED else None,
    }  # fmt: skip
    if "submit" in context["verbs"] or (office and proposal.state in (rules.SUBMITTED, rules.PRELIM)):
        context |= looking.beside(proposal, user, today)
    context |= seconding.of_proposal(user, proposal)
    context["from_clue"] = clues.of_proposal(user, proposal)
    return render(request, "proposals/one.html", context, status=refused.status if refused else 200)


def _may_nominate(proposal: Proposal, user: User) -> bool:
    open_ = proposal.state in rules.LIVE and proposal.state != rules.ARCHIVED and not proposal.key_on
    mine = permissions.may(user, "proposals.nominate", proposal.organization) or bool(
        permissions.bodies(user, "proposals.nominate")
    )
    return open_ and mine


def verbs(proposal: Proposal, user: User) -> list[str]:
    """What the reader can do now: his right, the state, and whose proposal it is."""
    given = who(proposal, user) | {"by": user.pk}
    return possible(proposal, user, rules.MOVES, actions.office_of(proposal), given)


def _signing(proposal: Proposal, user: User) -> dict[str, Any]:
    """The signatures; what the reader still owes (`asked`), or signed before the text was changed (`mine`, with the text that he signed)."""
    found, now = list(proposal.signatures.select_related("person", "sector")), clock.now()
    for one in found:
        one.lapsed_now = one.lapsed(now)  # type: ignore[attr-defined]
    own = next((one for one in found if user.person_id and one.person_id == user.person_id != proposal.first_id), None)
    waits = own is not None and own.state == Signature.ASKED and proposal.state == rules.DRAFT
    signed = own if own and own.state == Signature.SIGNED and proposal.state in (rules.DRAFT, rules.RETURNED) else None
    before = proposal.texts.filter(at__lte=signed.answered_at).last() if signed and signed.changed_at else None
    return {"signatures": found, "asked": own if waits else None, "mine": signed, "signed_text": before}
