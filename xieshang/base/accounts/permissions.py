"""Who may do what where: one table, verb → roles, put together from each room's `rules.py`."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from xieshang.base import clock, words
from xieshang.base.errors import NotAllowed
from xieshang.base.orgs.models import Body, Organization

from .models import Grant, User
from .roles import INCLUDES, Role

TABLE: dict[str, frozenset[str]] = {}


def declare(room: str, verbs: Mapping[str, Iterable[Role]]) -> None:
    """Called once by each room's `apps.py`: `{"record": (Role.CLERK, …)}` becomes `room.record`."""
    for verb, given in verbs.items():
        roles = set(given)
        roles |= {INCLUDES[role] for role in roles if role in INCLUDES}
        TABLE[f"{room}.{verb}"] = TABLE.get(f"{room}.{verb}", frozenset()) | {str(role) for role in roles}


def grants(user: User) -> list[Grant]:
    """The standing grants of an account, asked once for each request."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_grants"):
        found = Grant.objects.filter(user=user, ended_at=None).select_related("organization__parent", "body")
        today = clock.today()
        standing = [one for one in found.order_by() if one.ends_on is None or one.ends_on >= today]
        user._grants = sorted(standing, key=lambda one: (one.organization.path, one.role, one.pk))  # type: ignore[attr-defined]
    return user._grants  # type: ignore[attr-defined,no-any-return]


def may(user: User, verb: str, organization: Organization, body: Body | None = None) -> bool:
    """Does `user` hold, in `organization`, a role that may do `verb`? An unknown verb is a programming error.

    body  what the verb concerns; a grant that is narrowed to one body holds for that body only
    """
    roles, within = TABLE[verb], {None, body.pk if body else None}
    return any(g.role in roles and g.organization_id == organization.pk and g.body_id in within for g in grants(user))


def require(user: User, verb: str, organization: Organization, body: Body | None = None) -> None:
    """Raise NotAllowed, with the sentence a person reads, unless `may`."""
    if may(user, verb, organization, body):
        return
    names = words.listed(Role(role).label for role in sorted(TABLE[verb]))
    raise NotAllowed(
        "not_allowed",
        why=_("您在%(unit)s没有办理这一步的权限，可以办理的是：%(roles)s")
        % {"unit": organization.short_name, "roles": names},
        do=_("请联系本单位办公室，或切换到您任职的单位后再办"),
    )


def units(user: User, verb: str) -> set[int]:
    """Ids of the units in which `user` may do `verb`, all through; queries start from these."""
    roles = TABLE[verb]
    return {g.organization_id for g in grants(user) if g.role in roles and g.body_id is None}


def bodies(user: User, verb: str) -> set[int]:
    """Ids of the bodies for which `user` may do `verb` by a grant that is narrowed to one."""
    roles = TABLE[verb]
    return {g.body_id for g in grants(user) if g.role in roles and g.body_id is not None}
