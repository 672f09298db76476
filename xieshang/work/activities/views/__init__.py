"""Pages of 活动: parse, call one action or query, render."""

from django.core.files.uploadedfile import UploadedFile

from xieshang.base import clock
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked

from .. import actions


def keep(request: Asked, unit: Organization, file: UploadedFile, verb: str) -> Attachment:
    """Keep a file that came with a form or ahead of it; the account's own until a record takes it."""
    name = file.name or ""
    data = file.read(storage.MAX_BYTES + 1)
    return actions.keep_upload(unit, name, data, by=request.user, now=clock.now(), verb=verb)
