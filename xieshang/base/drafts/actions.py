"""Save and discard a draft. A draft is no record: it posts nothing, and only its writer ever sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Body, Organization

from .models import Draft

MOST_TYPED = 200_000  # characters


def save(
    organization: Organization, client_id: UUID, typed: Mapping[str, Any], *, verb: str, key: str, by: User, now: datetime, body: Body | None = None
) -> Draft:  # fmt: skip
    """存草稿, as typed; only its writer can overwrite it.

    verb    what the form is for (`activities.record`): who may not do that has nothing to draft
    key     which form; it begins with the room
    body    for which body it is filled in, where the right is narrowed to one
    typed   {"title": for lists, "values": {name: [what was typed, …]}}
    raises  NotAllowed · Refused: somebody else's draft, or more than a form holds
    """
    permissions.require(by, verb, organization, body)
    if len(str(typed)) > MOST_TYPED:
        raise Refused("too_large", why=_("草稿太长，存不下"), do=_("请把长的材料作为文件上传"))
    kept = {
        "organization": organization,
        "room": verb.partition(".")[0],
        "key": key,
        "typed": dict(typed),
        "saved_at": now,
    }
    try:
        with transaction.atomic():
            draft, _made = Draft.objects.get_or_create(client_id=client_id, defaults={**kept, "user": by})
    except IntegrityError:  # two savings of one form in the same moment: the later one writes over the earlier
        draft = Draft.objects.get(client_id=client_id)
    if draft.user_id != by.pk:
        raise Refused("not_yours", why=_("这是另一个账号的草稿"), do=_("请重新打开这张表再填"))
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(kept))
    return draft


def discard(client_id: UUID, *, by: User) -> None:
    """不要这份草稿, or it became a record; only one's own."""
    Draft.objects.filter(client_id=client_id, user=by).delete()


def discard_form(key: str, *, by: User) -> None:
    """All one's own drafts of one form: it was sent."""
    Draft.objects.filter(key=key, user=by).delete()
