"""What units have in hand, and whom a reply goes to."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from xieshang.base.audit.models import Entry
from xieshang.base.files.models import Attachment
from xieshang.base.people.models import Person
from xieshang.base.settings.parameters import value

from .. import rules
from ..models import Assignment, Proposal, Signature


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


def signers(proposal: Proposal) -> list[Person]:
    """Everyone who signed it, in order, and who signed the proposals merged into it: each gets the reply and rates it. One query."""
    both = Proposal.objects.filter(Q(pk=proposal.pk) | Q(main=proposal.pk))
    signed = Signature.objects.filter(proposal__in=both.order_by().values("pk"), state=Signature.SIGNED)
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


def is_late(assignment: Assignment, today: date) -> bool:
    """Past its limit while it lies with the unit: what list, page and board call late."""
    return assignment.state in rules.UNITS_TURN and assignment.due_on < today


def lights(assignment: Assignment, today: date) -> str:
    """done, late, soon (within the days that the unit has set) or fine. What lies at the assigning office is no delay of the unit."""
    if assignment.state not in rules.OPEN:
        return "done"
    if assignment.state not in rules.UNITS_TURN:
        return "late" if assignment.late_on else "fine"
    left = (assignment.due_on - today).days
    soon = value(assignment.organization, rules.SOON_DAYS, today)
    return "late" if left < 0 else "soon" if left <= soon else "fine"


def unit_board(found: QuerySet[Assignment], today: date, since: date, soon: int = 7) -> list[dict[str, Any]]:
    """Each unit with what it has in hand, what is overdue and soon due, and since a day what it answered, in time and after. One query."""
    open_ = Q(state__in=rules.OPEN)
    mine, answered = (
        Q(state__in=rules.UNITS_TURN),
        Q(state__in=(rules.DELIVERED, rules.OPINED), delivered_on__gte=since),
    )
    rows = found.filter(open_ | answered).values("unit", "unit__name", "unit__order").annotate(
        open=Count("pk", filter=open_), late=Count("pk", filter=mine & Q(due_on__lt=today)), soon=Count("pk", filter=mine & Q(due_on__range=(today, today + timedelta(days=soon)))),
        waiting=Count("pk", filter=open_ & ~mine), done=Count("pk", filter=answered), in_time=Count("pk", filter=answered & Q(delivered_on__lte=F("due_on"))),
    )  # fmt: skip
    return [dict(row) for row in rows.order_by("-late", "-open", "unit__order", "unit")]


def overdue(found: QuerySet[Assignment], today: date) -> QuerySet[Assignment]:
    """What is past its limit and still with the unit, longest first. One query."""
    late = found.filter(state__in=rules.UNITS_TURN, due_on__lt=today)
    return late.select_related("proposal", "unit").order_by("due_on", "id")
