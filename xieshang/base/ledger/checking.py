"""核对: a check of the whole ledger that somebody asked for on its page. The worker does it, and says meanwhile how far it is."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import sealing, trail
from xieshang.base.notices import actions as notices
from xieshang.base.orgs.models import Organization

from . import verify
from .models import Check

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=15)  # a check that told nothing for so long has been left behind by a worker that was stopped
MOST = 200  # sentences that are kept for the page; the audit has their number


@transaction.atomic
def ask(unit: Organization, *, by: User, now: datetime) -> Check:
    """Ask for a check; one that waits or is under way is not asked for twice. Raises NotAllowed."""
    permissions.require(by, "ledger.verify", unit)
    if (running := last(unit)) and running.under_way:
        return running
    trail.write("ledger.ask_check", by=by, now=now, organization=unit)
    return Check.objects.create(organization=unit, asked_by=by, asked_at=now, told_at=now)


def last(unit: Organization) -> Check | None:
    """The newest check that a unit asked for, done or not."""
    return Check.objects.filter(organization=unit).order_by("-id").first()


def check_waiting(now: datetime) -> None:
    """Do every check that waits, and those that a stopped worker left."""
    Check.objects.filter(state=Check.WORKING, told_at__lt=now - STUCK).update(state=Check.WAITING)
    for pk in Check.objects.filter(state=Check.WAITING).order_by("id").values_list("pk", flat=True):
        if Check.objects.filter(pk=pk, state=Check.WAITING).update(state=Check.WORKING, told_at=now):
            _check(Check.objects.select_related("organization", "asked_by").get(pk=pk))


def _check(asked: Check) -> None:
    sealing.seal_all(clock.now())
    try:
        with _telling(asked.pk) as tell:
            report = verify.verify(tell)
    except Exception:  # the round of the worker goes on, and who asked is told
        log.exception("check %s", asked.pk)
        asked.state = Check.FAILED
        asked.save(update_fields=["state"])
        return
    _finish(asked, report, clock.now())


@transaction.atomic
def _finish(asked: Check, report: verify.Report, now: datetime) -> None:
    asked.state, asked.finished_at = Check.DONE, now
    asked.records, asked.found, asked.problems = report.records, len(report.problems), report.problems[:MOST]
    asked.save(update_fields=["state", "finished_at", "records", "found", "problems"])
    said = {"problems": asked.found, "records": report.records, "facts": report.facts}
    trail.write("ledger.verify", by=asked.asked_by, now=now, organization=asked.organization, detail=said)
    words = _("核对数据明细：有 %(n)s 处不符") % {"n": asked.found} if asked.found else _("核对数据明细：全部一致")
    notices.tell([asked.asked_by], words, organization=asked.organization, now=now)


@contextmanager
def _telling(pk: int) -> Iterator[Callable[[str, int], None]]:
    """(step, how many records so far), written beside the check: that one reads the database as it was when it began."""
    own = connection if connection.in_atomic_block else connection.copy()

    def tell(step: str, records: int) -> None:
        moment = own.ops.adapt_datetimefield_value(clock.now())
        with own.cursor() as cursor:
            sql = f"UPDATE {Check._meta.db_table} SET step = %s, records = %s, told_at = %s WHERE id = %s"
            cursor.execute(sql, [step, records, moment, pk])

    try:
        yield tell
    finally:
        if own is not connection:
            own.close()
