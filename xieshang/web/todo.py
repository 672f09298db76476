"""待办 of the three administrators: accounts without a role, accounts at rest, words from users, the audit that is not sealed, the ledger that nobody checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.base import clock, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry, Sealed
from xieshang.base.calendar.workdays import known
from xieshang.base.notices import queries as notices
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import subtree

from . import account_parts

CHECK_EVERY = timedelta(days=7)  # ours, no source
SEALED_WITHIN = timedelta(hours=1)  # the worker seals every twenty seconds
MOST = 20


@todo.source
def accounts_without_role(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """授权: one line for each account that cannot do anything yet. One query."""
    if not permissions.may(user, "accounts.grant", unit):
        return
    for account in account_parts.without_role(unit)[:MOST]:
        yield todo.Todo(
            title=_("给 %(name)s 授权") % {"name": account.name},
            detail=_("账号 %(username)s 还没有角色，登录后什么都办不了") % {"username": account.username},
            url=reverse("settings_account", args=[account.pk]),
            verb=_("去授权"),
        )


@todo.source
def looked_after(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """What the system administrator looks after: who cannot get in, what users say, the holidays of this year."""
    if not permissions.may(user, "accounts.manage", unit):
        return
    for name in locked():
        yield todo.Todo(
            title=_("登录名 %(name)s 被锁") % {"name": name},
            detail=_("密码连续输错 %(n)s 次。是本人忘了，就重设密码；不是本人，请报安全管理员")
            % {"n": settings.AXES_FAILURE_LIMIT},
            url=reverse("settings_accounts"),
            verb=_("看账号"),
        )
    if unread := notices.told(user).unread:
        yield todo.Todo(
            title=_("%(n)s 条消息没有看") % {"n": unread}, detail=_("用户的意见建议会送到这里"), url=reverse("notices"), verb=_("去看")
        )  # fmt: skip
    if not known(today.year):
        yield todo.Todo(
            title=_("补 %(year)s 年的节假日") % {"year": today.year},
            detail=_("还没有全国节假日表，期限暂按周一至周五推算"),
            url=reverse("settings_calendar"),
            verb=_("去补"),
        )


@todo.source
def trust(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """What the audit administrator watches: entries that wait for their seal, and whether the ledger was checked lately."""
    if not permissions.may(user, "audit.see", unit):
        return
    state = watch(unit)
    if state.waiting:
        yield todo.Todo(
            title=_("%(n)s 条审计还没有封存") % {"n": state.waiting},
            detail=_("后台任务每 20 秒封存一次；一小时还没有封，多半是它停了，请系统管理员查看"),
            url=reverse("audit"),
            verb=_("去看"),
            due=today,
        )
    if state.problems:
        yield todo.Todo(
            title=_("上次核对有 %(n)s 处不符") % {"n": state.problems},
            detail=_("请系统管理员补正，补正后再核对一次"),
            url=reverse("audit_ledger"),
            verb=_("去核对"),
            due=state.checked_on,
            main=True,
        )
    elif state.checked_on is None or state.checked_on + CHECK_EVERY < today:
        yield todo.Todo(
            title=_("核对数据明细"),
            detail=_("还没有核对过")
            if state.checked_on is None
            else _("上次核对是 %(day)s") % {"day": state.checked_on},
            url=reverse("audit_ledger"),
            verb=_("去核对"),
            due=state.checked_on + CHECK_EVERY if state.checked_on else None,
        )


@dataclass(frozen=True)
class Watch:
    """How the audit of a unit stands."""

    waiting: int
    checked_on: date | None
    problems: int


def watch(unit: Organization) -> Watch:
    """Entries that are older than an hour and unsealed, and the last check of the ledger. Three queries."""
    sealed = Sealed.objects.values_list("entry", flat=True).first() or 0
    late = Entry.objects.filter(organization__in=subtree(unit), id__gt=sealed, at__lt=clock.now() - SEALED_WITHIN)
    last = Entry.objects.filter(organization=unit, verb="ledger.verify").order_by("-at").first()
    checked = last.at.astimezone(clock.SHANGHAI).date() if last else None
    return Watch(late.count(), checked, int(last.detail.get("problems", 0)) if last else 0)


def locked() -> list[str]:
    """Log-in names that rest after too many failures."""
    since = clock.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    found = AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since)
    return list(found.order_by("username").values_list("username", flat=True).distinct()[:MOST])
