"""Every read of proposals, narrowed first to what the user may see.

The committee's office and leaders see all that was sent, the office also what it drafts for a body; a member what he signs and what is published; a unit what it was given; an assigning office what its system gets.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Body

from .. import clue_rules, rules
from ..models import Assignment, Proposal, Second, Signature


def visible(user: User) -> QuerySet[Proposal]:
    """Proposals that `user` may open."""
    sent = Q(organization__in=permissions.units(user, "proposals.see"), submitted_at__isnull=False)
    own = Q(created_by=user) | Q(organization__in=permissions.units(user, "proposals.review"), body__isnull=False)
    unreached = Signature.objects.filter(proposal=OuterRef("pk"), state=Signature.ASKED, person__users=None)
    own |= Q(Exists(unreached), organization__in=permissions.units(user, "proposals.cosign_for"), state=rules.DRAFT)
    if user.person_id:
        signed = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id)
        own_draft = Q(
            Exists(signed.exclude(state=Signature.DROPPED)), state=rules.DRAFT
        )  # once it is sent, who declined sees it no more
        own |= Q(first=user.person_id) | own_draft | Q(Exists(signed.filter(state=Signature.SIGNED)))
        joined = Second.objects.filter(proposal=OuterRef("pk"), person=user.person_id, state=clue_rules.JOINED)
        own |= Q(Exists(joined), state__in=(*rules.SECONDABLE, *rules.LIVE, *rules.ENDED))
        own |= Q(
            seconding_on__isnull=False,
            state__in=rules.SECONDABLE,
            organization__in=permissions.units(user, "proposals.second"),
        )
        own |= Q(published=True, organization__in=permissions.units(user, "proposals.see_own"))
    return Proposal.objects.filter(sent | own | _handled(user))


def _handled(user: User) -> Q:
    """What units and assigning offices of the user have before them."""
    within = permissions.bodies(user, "proposals.see_assigned")
    units = permissions.units(user, "proposals.see_assigned")
    given = Assignment.objects.filter(proposal=OuterRef("pk")).filter(Q(unit__in=within) | Q(organization__in=units))
    systems = list(Body.objects.filter(pk__in=within, assigns=True).values_list("organization", "system"))
    found = Q(Exists(given))
    for organization, system in systems:
        found |= Q(organization=organization, system=system, state__in=rules.HANDED_OVER)
    return found


def shown(user: User, pk: int) -> bool:
    return visible(user).filter(pk=pk).exists()


def one(user: User, pk: int) -> Proposal:
    """One proposal that `user` may see, else 404."""
    found = visible(user).select_related("organization", "session", "session__term", "first", "body", "main", "created_by", "saved_by", "first_reviewer")  # fmt: skip
    return get_object_or_404(found, pk=pk)


BESIDE = ("organization", "proposal", "proposal__first", "proposal__body", "proposal__session__term", "unit", "office")


def assignment(user: User, pk: int) -> Assignment:
    """One assignment of a unit or an assigning office of the user, or of a unit in which he sees all; else 404."""
    return get_object_or_404(assignments(user).select_related(*BESIDE), pk=pk)


def _assigned(user: User) -> Q:
    within = permissions.bodies(user, "proposals.see_assigned")
    units = permissions.units(user, "proposals.see_handling")
    return Q(unit__in=within) | Q(office__in=within) | Q(organization__in=units)


def assignments(user: User) -> QuerySet[Assignment]:
    """What the reader may see of the handling: all of a unit, what his office assigns, or what his own unit has."""
    return Assignment.objects.filter(_assigned(user))


def assignment_shown(user: User, pk: int) -> bool:
    """May he see what stands on an assignment? Once it was delivered, whoever sees the proposal may."""
    delivered = Q(state=rules.DELIVERED, proposal__in=visible(user))
    return Assignment.objects.filter(_assigned(user) | delivered, pk=pk).exists()


def delivered(user: User, pk: int) -> Assignment:
    """An assignment whose reply the reader may read: handling it, or once it was delivered; else 404."""
    if not assignment_shown(user, pk):
        raise Http404
    return Assignment.objects.select_related(*BESIDE).get(pk=pk)
