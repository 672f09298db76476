"""Which day a rule sets, and when the days of an assignment do not count."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from xieshang.base.orgs.models import Organization

from ..models import Assignment, DueRule, Proposal, Suspension


def due_rules(organization: Organization, on: date | None = None) -> list[DueRule]:
    """Rules of a unit, those in force on a day where one is given. One query."""
    found = DueRule.objects.filter(organization=organization).select_related("set_by")
    return list(found.filter(Q(until=None) | Q(until__gt=on), since__lte=on) if on else found)


def ruled_day(proposal: Proposal, today: date) -> tuple[date, DueRule] | None:
    """By when a rule wants the reply, where one holds and its day is still to come. The rule that names more goes before. One query."""
    fits = [
        one for one in due_rules(proposal.organization, today)
        if one.kind in ("", proposal.kind) and one.proposer in ("", proposal.proposer) and one.category in ("", proposal.category)
    ]  # fmt: skip
    coming = [(date(today.year, one.month, one.day), one) for one in fits]
    left = sorted((pair for pair in coming if pair[0] > today), key=lambda pair: (-pair[1].names, pair[0]))
    return left[0] if left else None


def suspended(on: date) -> Exists:
    """Assignments whose days do not count on this day."""
    return Exists(Suspension.objects.filter(assignment=OuterRef("pk"), from_on__lte=on, to_on__gte=on))


def suspension_at(assignment: Assignment, on: date) -> Suspension | None:
    return assignment.suspensions.filter(from_on__lte=on, to_on__gte=on).first()
