"""To which plenary a proposal belongs, and whether it is a 大会提案 or a 平时提案."""

from datetime import datetime

from django.utils.timezone import localtime

from xieshang.base.calendar.workdays import add_months
from xieshang.base.orgs.models import Organization, Session
from xieshang.base.settings.parameters import value

from . import rules
from .models import Window


def at(organization: Organization, now: datetime) -> tuple[Session | None, str]:
    """The plenary and the kind of what is received at this moment. Source: 提案工作条例；征集期 is what the unit announced.

    Before the cut-off of a plenary that is taking proposals: that one, 大会. Else the last plenary that has opened, 平时.
    """
    today = localtime(now).date()
    sessions = list(Session.objects.filter(term__organization=organization).order_by("-opens_on"))
    windows = {one.session_id: one for one in Window.objects.filter(session__in=sessions)}
    months = value(organization, rules.COLLECT_MONTHS, today)
    for session in sessions:
        window = windows.get(session.pk)
        if window is None:
            if add_months(session.opens_on, -months) <= today <= session.closes_on:
                return session, rules.SESSION
        elif window.opens_at <= now < window.cutoff_at:
            return session, rules.SESSION
    past = next((one for one in sessions if one.opens_on <= today), None)
    return past or (sessions[-1] if sessions else None), rules.INTERIM
