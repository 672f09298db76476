"""提案汇编: asked for on a page, made by the worker."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base import rounds
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization, Session

from .. import catalogue
from ..models import Booklet

log = logging.getLogger(__name__)
STUCK = timedelta(minutes=30)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def ask_booklet(organization: Organization, asked: catalogue.Asked, *, by: User, now: datetime) -> Booklet:
    """The same that waits or is being made is not asked for twice. Raises NotAllowed · Refused: there is nothing to print."""
    permissions.require(by, "proposals.export", organization)
    running = Booklet.objects.select_for_update().filter(organization=organization, state__in=Booklet.UNDER_WAY, asked=asked.plain)  # fmt: skip
    if (standing := running.first()) is not None:
        return standing
    total = catalogue.found(organization, asked).count()
    if not total:
        raise Refused("nothing", why=_("没有可以汇编的提案"), do=_("请换一个届次或条件"))
    trail.write(
        "proposals.export", by=by, now=now, organization=organization, detail={"what": "booklet", **asked.plain}
    )
    rounds.ring()  # who asks waits at the page
    return Booklet.objects.create(organization=organization, asked=asked.plain, total=total, asked_by=by, asked_at=now)


def print_waiting(now: datetime) -> None:
    """Make every booklet that waits, and those that a stopped worker left."""
    Booklet.objects.filter(state=Booklet.WORKING, started_at__lt=now - STUCK).update(state=Booklet.WAITING)
    for pk in list(Booklet.objects.filter(state=Booklet.WAITING).order_by("id").values_list("pk", flat=True)):
        if Booklet.objects.filter(pk=pk, state=Booklet.WAITING).update(state=Booklet.WORKING, started_at=now):
            _print(Booklet.objects.select_related("organization").get(pk=pk), now)


def _print(one: Booklet, now: datetime) -> None:
    def tell(done: int) -> None:
        Booklet.objects.filter(pk=one.pk).update(done=done)

    asked = catalogue.Asked(**one.asked)
    session = Session.objects.select_related("term").filter(pk=asked.session or 0).first()
    try:
        one.file = storage.keep(catalogue.booklet(one.organization, session, asked, now, tell), DOCX)
    except Exception:  # the round of the worker goes on, and who asked is told
        log.exception("booklet %s", one.pk)
        one.state, one.why = Booklet.FAILED, _("汇编时出了错，已记在服务器的日志里")
    else:
        one.state, one.done = Booklet.DONE, one.total
    one.finished_at = now
    one.save()
