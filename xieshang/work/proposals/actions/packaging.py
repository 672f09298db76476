"""归档包: made by the worker once a proposal is archived."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.documents import volume

from .. import archiving, rules
from ..models import Package, Proposal

log = logging.getLogger(__name__)
AT_ONCE = 50  # packages of one round: the worker has other things to do too


def ask_package(proposal: Proposal, *, by: User | None, now: datetime) -> Package:
    """Asked for in the transaction that archives it; once more, where it was brought in from an old year or could not be made.

    raises  NotAllowed · Refused: it is not archived, or has its package: that one is never made anew
    """
    if by is not None:
        permissions.require(by, "proposals.archive", proposal.organization)
    if proposal.state != rules.ARCHIVED:
        raise Refused("not_archived", why=_("还没有归档"), do=_("归档以后才做归档包"))
    made, new = Package.objects.get_or_create(proposal=proposal, defaults={"asked_at": now})
    if not new:
        if made.state == Package.DONE:
            raise Refused("packed", why=_("归档包已经做成，不再改动"), do=_("可以下载，或核对是否完整"))
        Package.objects.filter(pk=made.pk).update(state=Package.WAITING, why="")
    rounds.ring()
    return made


def pack_waiting(now: datetime) -> None:
    """Make the packages that wait."""
    waiting = Package.objects.filter(state=Package.WAITING).order_by("id")
    for one in waiting.select_related("proposal__organization", "proposal__session__term", "proposal__first", "proposal__body")[:AT_ONCE]:  # fmt: skip
        _pack(one, now)


def _pack(package: Package, now: datetime) -> None:
    proposal = package.proposal
    try:
        items = archiving.items(proposal, now)
        data = volume.write(archiving.volume(proposal, now), items)
    except FileNotFoundError:
        Package.objects.filter(pk=package.pk).update(state=Package.FAILED, why=_("有附件在服务器上找不到了"))
        return
    except Exception:  # the round of the worker goes on, and the page says it
        log.exception("packing %s", proposal.ref)
        Package.objects.filter(pk=package.pk).update(
            state=Package.FAILED, why=_("做归档包时出了错，已记在服务器的日志里")
        )
        return
    with transaction.atomic():
        package.file, package.state, package.made_at = storage.keep(data, "application/zip"), Package.DONE, now
        package.sha256, package.pieces, package.keep, package.why = (
            package.file.sha256,
            len(items),
            archiving.keep_of(proposal),
            "",
        )
        package.save()
        trail.write(
            "proposals.packed", by=None, now=now, organization=proposal.organization, record=proposal.ref,
            detail={"sha256": package.sha256, "pieces": len(items), "keep": package.keep},
        )  # fmt: skip
