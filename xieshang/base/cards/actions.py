"""Keeping a figure as a card, and taking it away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.ledger.figures import NARROWS, Query
from xieshang.base.orgs.models import Organization

from .models import Card

MOST = 12  # more are no longer seen at a glance


@transaction.atomic
def keep(query: Query, unit: Organization, *, who: str, moving: bool, by: User, now: datetime) -> Card:
    """存为卡片. `moving`: it goes with the year. The same one kept again is the one that is there."""
    permissions.require(by, "ledger.see", unit)
    asked = {name: getattr(query, name) for name in (*NARROWS, "children")}
    asked |= {"start": None if moving else query.start, "end": None if moving else query.end}
    mine = Card.objects.filter(user=by, organization=unit)
    if there := mine.filter(indicator=query.indicator.code, **{k: v for k, v in asked.items() if v is not None}).filter(
        **{f"{k}__isnull": True for k, v in asked.items() if v is None}
    ):
        return there[0]
    if mine.count() >= MOST:
        raise Refused("too_many", why=_("看板上最多放 %(n)s 张卡片") % {"n": MOST}, do=_("请先移走一张不常看的"))
    made = Card.objects.create(
        user=by, organization=unit, indicator=query.indicator.code, who=who[:120], kept_at=now, **asked
    )
    trail.write("ledger.keep_card", by=by, now=now, organization=unit, detail={"indicator": made.indicator})
    return made


@transaction.atomic
def drop(card: Card, *, by: User, now: datetime) -> None:
    """移走. Only one's own; the caller has found it among them."""
    permissions.require(by, "ledger.see", card.organization)
    trail.write(
        "ledger.drop_card", by=by, now=now, organization=card.organization, detail={"indicator": card.indicator}
    )
    card.delete()
