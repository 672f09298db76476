"""Writes of the working calendar."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from xieshang.base.accounts import permissions
from xieshang.base.audit import trail
from xieshang.base.orgs.models import Organization

from .models import SpecialDay


@transaction.atomic
def set_day(organization: Organization, on: date, *, workday: bool, name: str, by: Any, now: datetime) -> SpecialDay:
    """A day of the unit is off, or worked; said again, the newer word holds."""
    permissions.require(by, "calendar.edit", organization)
    made, _new = SpecialDay.objects.update_or_create(
        organization=organization, on=on, defaults={"workday": workday, "name": name}
    )
    trail.write(
        "calendar.set_day",
        by=by,
        now=now,
        organization=organization,
        detail={"on": on, "workday": workday, "name": name},
    )
    return made
