"""Every read of proposals, narrowed first to what the user may see.

The committee's office and leaders see all that was sent, the office also what it drafts for a body; a member what he signs and what is published; a unit what it was given; an assigning office what its system gets.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person

from . import rules
from .models import Assignment, Proposal, Sheet, Signature, Text

SOON = timedelta(days=7)


def visible(user: User) -> QuerySet[Proposal]:
    """Proposals that `user` may open."""
    sent = Q(organization__in=permissions.units(user, "proposals.see"), submitted_at__isnull=False)
    own = Q(created_by=user) | Q(organization__in=permissions.units(user, "proposals.review"), body__isnull=False)
    if user.person_id:
        signed = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id)
        own_draft = Q(
            Exists(signed.exclude(state=Signature.DROPPED)), state=rules.DRAFT
        )  # once it is sent, who declined sees it no more
        own |= Q(first=user.person_id) | own_draft | Q(Exists(signed.filter(state=Signature.SIGNED)))
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


def why_again(assignment: Assignment) -> str:
    """Why the committee had it handled once more; never who was not satisfied."""
    if assignment.round == 1:
        return ""
    said = Entry.objects.filter(record=assignment.proposal.ref, verb="proposals.redo").order_by("-id")
    return said.values_list("reason", flat=True).first() or ""


def earlier_rounds(assignment: Assignment) -> list[Assignment]:
    """The replies of the rounds before."""
    if assignment.round == 1:
        return []
    before = Assignment.objects.filter(
        proposal=assignment.proposal_id, round__lt=assignment.round, state=rules.DELIVERED
    )
    return list(before.select_related("unit").order_by("round", "id"))


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; "" and None are no narrowing."""

    words: str = ""
    state: str = ""
    kind: str = ""
    category: str = ""
    unit: int | None = None
    late: bool = False


def listed(user: User, organization: Organization, asked: Narrowed, today: date) -> QuerySet[Proposal]:
    """Proposals of a unit, newest first. One query for a page of them."""
    found = visible(user).filter(organization=organization)
    replied = Assignment.objects.filter(proposal=OuterRef("pk"), state=rules.DELIVERED)
    for word in asked.words.split():
        text = Q(title__icontains=word) | Q(situation__icontains=word) | Q(analysis__icontains=word)
        text |= Q(advice__icontains=word) | Q(first__name=word) | Q(Exists(replied.filter(_in_reply(word))))
        found = found.filter(text | Q(number=int(word)) if word.isdecimal() and len(word) < 6 else text)
    for name in ("state", "kind", "category"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    given = Assignment.objects.filter(proposal=OuterRef("pk"), state__in=rules.OPEN)
    if asked.unit:
        found = found.filter(Exists(Assignment.objects.filter(proposal=OuterRef("pk"), unit=asked.unit)))
    if asked.late:
        found = found.filter(Exists(given.filter(due_on__lt=today)))
    return found.select_related("first", "body", "session")


def _in_reply(word: str) -> Q:
    """In a delivered reply, or in the stamped original of it."""
    return Q(reply__icontains=word) | Q(original_text__icontains=word)


def found(user: User, organization: Organization, words: str) -> QuerySet[Proposal]:
    """What the search of the frame shows."""
    return listed(user, organization, Narrowed(words=words), date.max)


def signers(proposal: Proposal) -> list[Person]:
    """Everyone who signed it, in order, and who signed the proposals merged into it: each gets the reply and rates it. One query."""
    signed = Signature.objects.filter(Q(proposal=proposal) | Q(proposal__main=proposal), state=Signature.SIGNED)
    rows = signed.select_related("person").order_by("proposal__main_id", "proposal_id", "order", "id")
    return list({one.person_id: one.person for one in rows}.values())


def signers_of(proposal: Proposal) -> list[Person]:
    """Who signed this very proposal, in order: to whom its own reply is addressed. One query."""
    signed = Signature.objects.filter(proposal=proposal, state=Signature.SIGNED).select_related("person")
    return [one.person for one in signed.order_by("order", "id")]


def round_of(proposal: Proposal) -> list[Assignment]:
    """Its assignments of the round at hand that were not sent back. One query."""
    found = Assignment.objects.filter(proposal=proposal, round=proposal.round).exclude(state=rules.TAKEN_BACK)
    return list(found.select_related("unit").order_by("id"))


def original(assignment: Assignment) -> Attachment | None:
    """The stamped paper of the unit, where it was uploaded: then that is the reply, and ours only its likeness."""
    return Attachment.objects.filter(record=assignment.ref, removed_at=None).order_by("-id").first()


def mine(user: User, organization: Organization) -> QuerySet[Proposal]:
    """我的提案: those that a member leads or signs, drafts with them."""
    if user.person_id is None:
        return Proposal.objects.none()
    signed = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id)
    found = Proposal.objects.filter(organization=organization).filter(Q(first=user.person_id) | Exists(signed))
    return found.exclude(state=rules.WITHDRAWN, submitted_at=None).select_related("first", "body", "session")


def to_cosign(user: User, organization: Organization) -> QuerySet[Proposal]:
    """Drafts that wait for the user's signature. One query."""
    asked = Signature.objects.filter(proposal=OuterRef("pk"), person=user.person_id, state=Signature.ASKED)
    drafts = Proposal.objects.filter(organization=organization, state=rules.DRAFT)
    return drafts.filter(Exists(asked)).select_related("first") if user.person_id else Proposal.objects.none()


def to_rate(user: User, organization: Organization) -> list[Proposal]:
    """Proposals whose handling the user has not rated yet. Two queries."""
    if user.person_id is None:
        return []
    signed = Signature.objects.filter(person=user.person_id, state=Signature.SIGNED)
    waiting = Proposal.objects.filter(organization=organization, state=rules.FEEDBACK)
    waiting = waiting.filter(Exists(signed.filter(Q(proposal=OuterRef("pk")) | Q(proposal__main=OuterRef("pk")))))
    return [
        one
        for one in waiting.prefetch_related("ratings")
        if not any(r.person_id == user.person_id and r.round == one.round for r in one.ratings.all())
    ]


def handed(user: User, organization: Organization) -> QuerySet[Assignment]:
    """What the user's units have to do now, by due date. One query."""
    within = permissions.bodies(user, "proposals.see_assigned")
    found = Assignment.objects.filter(unit__in=within, organization=organization, state__in=rules.UNITS_TURN)
    return found.select_related("proposal", "unit").order_by("due_on", "id")


def sheets(organization: Organization) -> QuerySet[Sheet]:
    return Sheet.objects.filter(organization=organization)


def sheet(user: User, pk: int) -> Sheet:
    found = Sheet.objects.filter(organization__in=permissions.units(user, "proposals.see"))
    return get_object_or_404(found.select_related("organization"), pk=pk)


def wanting(user: User, organization: Organization) -> dict[str, int]:
    """How many stand at each state: the office's board. One query."""
    rows = visible(user).filter(organization=organization).values_list("state").annotate(n=Count("pk")).order_by()
    return dict(rows)


def lights(assignment: Assignment, today: date) -> str:
    """done, late, soon (within a week) or fine. What lies at the assigning office is no delay of the unit."""
    if assignment.state not in rules.OPEN:
        return "done"
    if assignment.state not in rules.UNITS_TURN:
        return "late" if assignment.late_on else "fine"
    left = (assignment.due_on - today).days
    return "late" if left < 0 else "soon" if left <= SOON.days else "fine"


def unit_board(found: QuerySet[Assignment], today: date, since: date) -> list[dict[str, Any]]:
    """Each unit with what it has in hand, what is overdue and soon due, and since a day what it answered, in time and after. One query."""
    open_ = Q(state__in=rules.OPEN)
    mine, answered = (
        Q(state__in=rules.UNITS_TURN),
        Q(state__in=(rules.DELIVERED, rules.OPINED), delivered_on__gte=since),
    )
    rows = found.filter(open_ | answered).values("unit", "unit__name", "unit__order").annotate(
        open=Count("pk", filter=open_), late=Count("pk", filter=mine & Q(due_on__lt=today)), soon=Count("pk", filter=mine & Q(due_on__range=(today, today + SOON))),
        waiting=Count("pk", filter=open_ & ~mine), done=Count("pk", filter=answered), in_time=Count("pk", filter=answered & Q(delivered_on__lte=F("due_on"))),
    )  # fmt: skip
    return [dict(row) for row in rows.order_by("-late", "-open", "unit__order", "unit")]


def overdue(found: QuerySet[Assignment], today: date) -> QuerySet[Assignment]:
    """What is past its limit and still with the unit, longest first. One query."""
    late = found.filter(state__in=rules.UNITS_TURN, due_on__lt=today)
    return late.select_related("proposal", "unit").order_by("due_on", "id")


def could_hold(proposal: Proposal) -> QuerySet[Proposal]:
    """Proposals of the same plenary into which this one may be merged."""
    found = Proposal.objects.filter(organization=proposal.organization, session=proposal.session)
    states = (rules.PRELIM, rules.REVIEWED, rules.FILED, rules.ASSIGNING, rules.ASSIGNED)
    return found.filter(state__in=states).exclude(pk=proposal.pk).order_by("intake")


def to_decide(organization: Organization) -> QuerySet[Proposal]:
    """Reviewed twice, and on no sheet that is still open."""
    waiting = Proposal.objects.filter(organization=organization, state=rules.REVIEWED)
    return waiting.exclude(sheet_rows__sheet__state="open").order_by("intake", "id")


def similar(proposal: Proposal, most: int = 5) -> list[tuple[Proposal, float]]:
    """Others of this and earlier years that say much the same, likest first. One query; what is compared is title and advice."""
    from xieshang.text.similarity import ratio

    own = proposal.title + proposal.advice
    others = Proposal.objects.filter(organization=proposal.organization, submitted_at__isnull=False).exclude(pk=proposal.pk)  # fmt: skip
    scored = [(one, ratio(own, one.title + one.advice)) for one in others.order_by("-id")[:2000]]
    return sorted((pair for pair in scored if pair[1] >= 0.4), key=lambda pair: -pair[1])[:most]


def usual_units(proposal: Proposal, names: bool = False) -> list[Any]:
    """Where proposals like this one went before: units of its category, most often first, at most three. One query."""
    if not proposal.category:
        return []
    before = Assignment.objects.filter(
        organization=proposal.organization, proposal__category=proposal.category, role__in=(rules.SOLE, rules.HOST)
    )
    rows = before.exclude(state=rules.TAKEN_BACK).values_list("unit", "unit__name").annotate(n=Count("pk")).order_by("-n", "unit")[:3]  # fmt: skip
    return [(name, n) if names else unit for unit, name, n in rows]


def with_units(proposals: Any) -> None:
    """Each proposal of a page with the units that have it (`standing`) and the nearest day (`due_on`). One query."""
    found = list(proposals)
    given = Assignment.objects.filter(proposal__in=found, state__in=rules.OPEN).select_related("unit").order_by("due_on")  # fmt: skip
    by_proposal: dict[int, list[Assignment]] = {}
    for one in given:
        by_proposal.setdefault(one.proposal_id, []).append(one)
    for proposal in found:
        proposal.standing = by_proposal.get(proposal.pk, [])
        proposal.due_on = proposal.standing[0].due_on if proposal.standing else None


TEXT_PARTS = ("title", "situation", "analysis", "advice")


def texts(proposal: Proposal) -> list[Text]:
    """The text at each step at which it was another than before. One query."""
    found: list[Text] = []
    for kept in proposal.texts.select_related("by"):
        if not found or any(getattr(found[-1], part) != getattr(kept, part) for part in TEXT_PARTS):
            found.append(kept)
    return found
