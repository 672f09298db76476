"""The seven places and the ＋登记 menu. No deeper menu than this."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xieshang.base import clock, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.notices import queries as notices
from xieshang.base.orgs.models import Organization


@dataclass(frozen=True)
class Place:
    """One of the seven. `verb`: who sees it; `roots`: the addresses that belong to it; `phone`: also in the bottom bar."""

    key: str
    label: Any
    url: str
    verbs: tuple[str, ...]
    roots: tuple[str, ...]
    phone: bool = False

    def holds(self, path: str) -> bool:
        return path in self.roots if self.key == "home" else path.startswith(self.roots)

    def open_to(self, user: User, unit: Organization) -> bool:
        mine = (permissions.may(user, verb, unit) or permissions.bodies(user, verb) for verb in self.verbs)
        return not self.verbs or any(mine)


PLACES = (
    Place("home", _("首页"), "home", (), ("/",), phone=True),
    Place("plan", _("计划"), "plans:list", ("plans.see",), ("/plans/",), phone=True),
    Place(
        "work",
        _("工作"),
        "work",
        ("activities.see", "registers.see", "proposals.see_assigned"),
        ("/work/", "/activities/", "/registers/", "/proposals/", "/submissions/"),
    ),
    Place("figures", _("查数"), "figures", ("ledger.see",), ("/figures/",)),
    Place("reports", _("报告"), "reports:list", ("reports.see",), ("/reports/",)),
    Place("people", _("委员"), "people:list", ("people.see",), ("/people/",)),
    Place("settings", _("设置"), "settings", ("settings.see", "accounts.see", "audit.see"), ("/settings/",)),
)

RECORD = (
    (_("登记活动"), "activities:new", "activities.record"),
    (_("登记簿"), "registers:choose", "registers.record"),
    (_("写提案"), "proposals:new", "proposals.draft"),
    (_("我要上报"), "registers:reports", "registers.report"),
)


def _key(user: User) -> str:
    return f"waits:{user.pk}"


def counts(request: HttpRequest) -> tuple[int, int]:
    """(how many things wait in all units, how many notices are unread); asked again after each write of this account, and at least twice a minute."""
    desk = request.desk  # type: ignore[attr-defined]
    if desk.unit is None:
        return 0, 0
    kept = getattr(request, "to_keep", "")  # a page that is kept has counts that were true when it was read
    key = f"{_key(request.user)}:{kept}" if kept else _key(request.user)  # type: ignore[arg-type]
    found: tuple[int, int] | None = None if request.method == "POST" else cache.get(key)
    if found is None:
        unread = notices.told(request.user).unread  # type: ignore[arg-type]
        waits = getattr(request, "waits", None)
        if waits is None:
            waits = sum(len(todo.waiting(request.user, unit, clock.today())) for unit in desk.units)
        found = waits, unread
        cache.set(key, found, 30)
    return found


def forget(request: HttpRequest) -> None:
    """After a write: what waits is counted afresh on the next page."""
    if getattr(request, "desk", None):
        cache.delete(_key(request.user))  # type: ignore[arg-type]
