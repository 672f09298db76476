"""公开: a proposal with its replies is shown to everybody, as it stands or in an abstract; and taken back."""

from datetime import datetime

from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.workflow.engine import move

from .. import rules
from ..models import Proposal, Publication

MOST = 2000  # characters of an abstract


def publish(proposal: Proposal, *, abstract: str = "", by: User | None, now: datetime, seen: int) -> Proposal:
    """公开 text and replies; only with the proposer's consent, and where no reply was marked as not for everyone.

    abstract  shown instead of text and replies, where not all of them is for everyone to read
    """
    with move(proposal, "publish", rules.MOVES, by=by, now=now, seen=seen) as step:
        record = step.record
        _check_consent(record)
        if len(abstract) > MOST:
            raise Refused("too_long", why=_("摘要最多 %(n)s 字") % {"n": MOST}, do=_("请改短一些"), field="abstract")
        record.published = True
        step.detail["how"] = "abstract" if abstract.strip() else "full"
        step.then(lambda made: _keep(made, abstract.strip(), now))
    return step.record


def _check_consent(proposal: Proposal) -> None:
    if not proposal.open_text:
        raise Refused("no_consent", why=_("提案者不同意公开：%(why)s") % {"why": proposal.closed_reason}, do=_("不能公开"))  # fmt: skip
    kept = (rules.ON_REQUEST, rules.NOT_OPEN)
    delivered = proposal.assignments.filter(state=rules.DELIVERED, publicity__in=kept).select_related("unit")
    if closed := delivered.first():
        raise Refused(
            "reply_not_open", why=_("%(unit)s的答复是“%(how)s”") % {"unit": closed.unit, "how": closed.get_publicity_display()}, do=_("不能公开")
        )  # fmt: skip


def _keep(proposal: Proposal, abstract: str, now: datetime) -> None:
    shown = {"organization": proposal.organization, "on": now.date(), "abstract": abstract, "withdrawn_on": None, "changed_at": now}  # fmt: skip
    Publication.objects.update_or_create(proposal=proposal, defaults=shown)


def unpublish(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """撤下: nobody without a log-in sees it any more, from now on."""
    with move(proposal, "unpublish", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        if not step.record.published:
            raise Refused("not_public", why=_("这件提案没有公开"), do=_("请刷新页面"))
        step.record.published = False
        step.then(lambda made: _take_back(made, now))
    return step.record


def _take_back(proposal: Proposal, now: datetime) -> None:
    Publication.objects.filter(proposal=proposal).update(withdrawn_on=now.date(), changed_at=now)
