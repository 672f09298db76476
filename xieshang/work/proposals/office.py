"""What waits at an assigning office, or with the committee's clerk where a system has none."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.orgs.models import Body, Organization

from . import rules
from .models import Assignment, Proposal

Line = tuple[str, str, str, str]  # title, detail, address, verb


def mine(user: User, unit: Organization) -> Q:
    """Proposals and systems for which the user assigns in this unit."""
    offices = Body.objects.filter(organization=unit, assigns=True, ended_on=None)
    whole = unit.pk in permissions.units(user, "proposals.uphold")
    if whole:
        return ~Q(system__in=offices.values("system"))
    within = permissions.bodies(user, "proposals.uphold")
    return Q(system__in=offices.filter(pk__in=within).values("system"))


def _went_back() -> Q:
    """What a unit sent back and nobody has been given since. A host goes on without a co-handler."""
    round_ = Assignment.objects.filter(proposal=OuterRef("pk"), round=OuterRef("round"))
    back = round_.filter(state=rules.TAKEN_BACK).exclude(role=rules.CO)
    since = Assignment.objects.filter(
        proposal=OuterRef("proposal"), round=OuterRef("round"), pk__gt=OuterRef("pk"), role=OuterRef("role")
    )
    return Q(Exists(back.filter(~Exists(since))), state=rules.ASSIGNED)


def waiting(user: User, unit: Organization) -> Iterator[Line]:
    """To assign, objections, extensions asked for, replies to look at. Two queries."""
    if not (unit.pk in permissions.units(user, "proposals.uphold") or permissions.bodies(user, "proposals.uphold")):
        return
    own = mine(user, unit)
    to_assign = Proposal.objects.filter(own, organization=unit).filter(
        Q(state__in=(rules.ASSIGNING, rules.REHANDLE)) | _went_back()
    )
    for one in to_assign.order_by("decided_on", "id")[:20]:
        yield _("请交办：%(title)s") % {"title": one.title}, one.name, f"{one.get_absolute_url()}/assign", _("交办")
    ours = Assignment.objects.filter(organization=unit, proposal__in=Proposal.objects.filter(own, organization=unit))
    asked = ours.filter(Q(state__in=(rules.OBJECTED, rules.SENT)) | Q(longer_to__isnull=False, state__in=rules.OPEN))
    for given in asked.select_related("proposal", "unit").order_by("due_on", "id")[:40]:
        what = {
            rules.OBJECTED: _("%(unit)s申请退件"),
            rules.SENT: _("%(unit)s的答复待审"),
        }.get(given.state, _("%(unit)s申请延期"))  # fmt: skip
        yield (
            what % {"unit": given.unit},
            given.proposal.title,
            reverse("proposals:assignment", args=[given.pk]),
            _("去处理"),
        )
