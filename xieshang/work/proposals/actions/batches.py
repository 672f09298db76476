"""批量: one verb for many proposals of the list, each through its own action; what fails is named with why, the others are done."""

import io
import logging
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization

from .. import clue_rules, rules
from ..models import Batch, Proposal
from .assigning import hand_over
from .rating import archive

log = logging.getLogger(__name__)
MOST, AT_ONCE = 2000, 20
STUCK = timedelta(minutes=15)  # begun so long ago it has been left behind by a worker that was stopped
ZIP, XLSX = "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEEDS = {"hand_over": "proposals.hand_over", "archive": "proposals.archive", "forms": "proposals.export", "export": "proposals.export"}  # fmt: skip


@transaction.atomic
def ask(organization: Organization, verb: str, ids: Sequence[int], *, by: User, now: datetime) -> Batch:
    """办一批. The caller gives ids that `by` may see. A small one is done at once by `run`, a long one by the worker. Raises NotAllowed · Refused."""
    if verb not in dict(clue_rules.BATCHES):
        raise Refused("no_verb", why=_("没有选怎么处理"), do=_("请选一种处理方式"))
    permissions.require(by, NEEDS[verb], organization)
    if not ids:
        raise Refused("none", why=_("还没有选提案"), do=_("请在列表左边勾选，或选“全部符合条件的”"))
    if len(ids) > MOST:
        raise Refused("too_many", why=_("一次最多办 %(n)s 件") % {"n": MOST}, do=_("请用条件分几次办"))
    made = Batch.objects.create(organization=organization, asked_by=by, asked_at=now, verb=verb, ids=list(ids))
    trail.write("proposals.batch", by=by, now=now, organization=organization, detail={"verb": verb, "n": len(ids)})
    if len(ids) > AT_ONCE:
        rounds.ring()
    return made


def run_waiting(now: datetime) -> None:
    """All that waits, and what a stopped worker left; it goes on where it stood."""
    Batch.objects.filter(state=Batch.WORKING, started_at__lt=now - STUCK).update(state=Batch.WAITING)
    for one in Batch.objects.filter(state=Batch.WAITING).order_by("id"):
        run(one, now)


def run(batch: Batch, now: datetime) -> Batch:
    """Do it, if nobody else has begun."""
    begun = Batch.objects.filter(pk=batch.pk, state=Batch.WAITING).update(state=Batch.WORKING, started_at=now)
    batch = Batch.objects.select_related("organization", "asked_by").get(pk=batch.pk)
    if not begun:
        return batch
    if batch.verb in ("forms", "export"):
        _file(batch, now)
    else:
        _each(batch, {"hand_over": _hand_over, "archive": _archive}[batch.verb], now)
    batch.state, batch.finished_at = Batch.DONE, now
    batch.save()
    return batch


Act = Callable[[Proposal, User, datetime], object]


def _hand_over(proposal: Proposal, by: User, now: datetime) -> object:
    return hand_over(proposal, by=by, now=now)


def _archive(proposal: Proposal, by: User, now: datetime) -> object:
    return archive(proposal, by=by, now=now, seen=proposal.version)


def _each(batch: Batch, act: Act, now: datetime) -> None:
    """Each through its own action, in a transaction of its own."""
    for pk in batch.ids[batch.done :]:
        proposal = Proposal.objects.select_related("organization").get(pk=pk, organization=batch.organization)
        try:
            act(proposal, batch.asked_by, now)
        except Refused as refused:
            batch.failed.append([pk, proposal.title, str(refused.why)])
        except Exception:  # the others go on, and who asked is told
            log.exception("batch %s, proposal %s", batch.pk, pk)
            batch.failed.append([pk, proposal.title, _("出了错，已记在服务器的日志里")])
        batch.done += 1
        batch.save(update_fields=["done", "failed"])


def _file(batch: Batch, now: datetime) -> None:
    """提案表 of all in one .zip, or the list with its columns as .xlsx."""
    from .. import exporting

    found = Proposal.objects.filter(pk__in=batch.ids, organization=batch.organization)
    if batch.verb == "export":
        batch.file = storage.keep(exporting.book(found, texts=False), XLSX)
    else:
        batch.file = storage.keep(_zip(batch, now), ZIP)
    batch.done = batch.total


def _zip(batch: Batch, now: datetime) -> bytes:
    from .. import papers
    from ..queries import round_of

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for n, pk in enumerate(batch.ids, 1):
            one = Proposal.objects.select_related("organization", "session__term", "first", "body").get(pk=pk)
            given = round_of(one) if one.state in rules.LIVE else []
            paper = papers.form(one, list(one.reviews.select_related("by")), given, now)
            made.writestr(f"{n:03} {_safe(one.name)} {_safe(one.title[:30])}.docx", paper)
            if n % 10 == 0:
                Batch.objects.filter(pk=batch.pk).update(done=n)
    return out.getvalue()


def _safe(name: str) -> str:
    """As a file may be called anywhere."""
    return "".join("_" if letter in '\\/:*?"<>|' else letter for letter in name)
