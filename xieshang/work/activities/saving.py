"""From a checked form to a record: the one way of the page, and of a late entry once it is consented to."""

from datetime import datetime
from typing import Any

from django.db import transaction

from xieshang.base.accounts.models import User
from xieshang.base.files import storage

from . import actions
from .actions import filing
from .forms import RecordForm
from .models import Activity


@transaction.atomic
def save(form: RecordForm, *, seen: int, by: User, now: datetime) -> Activity:
    """What the form says is recorded, planned, held or corrected. Raises as the action does.

    seen  the version on the screen, of a record that is there
    """
    given: dict[str, Any] = {
        "fields": form.columns(), "presence": form.presence, "notes": form.notes, "parts": form.parts, "uploads": form.file_ids,
        "reason": form.cleaned_data["reason"], "by": by, "now": now, "verb": form.verb,
    }  # fmt: skip
    if form.activity is None:
        saved = actions.record(form.unit, client_id=form.client_id, not_same=form.not_same, **given)
    else:
        stand = {attachment.pk for attachment in storage.of(form.activity.ref)}
        saved = actions.correct(form.activity, seen=seen, dropped=stand - set(form.file_ids), **given)
    filing.mark_faces(saved, form.face_ids, form.file_ids, by=by, now=now)
    return saved
