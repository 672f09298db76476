"""Pages of 登记簿: parse, call one action or query, render."""

from xieshang.base.accounts import permissions
from xieshang.base.files import storage
from xieshang.base.orgs.models import Organization
from xieshang.base.requests import Asked

from .. import queries
from ..models import Register


def register_of(request: Asked, pk: int, verb: str) -> Register:
    """The register of an address: 404 when it is not theirs to see, 403 when they may not do `verb` there."""
    register = queries.one(request.user, pk)
    permissions.require(request.user, verb, register.organization)
    return register


def may(request: Asked, unit: Organization) -> dict[str, bool]:
    """The verbs on which a page has buttons, and whether the account may do each here."""
    return {
        verb: permissions.may(request.user, f"registers.{verb}", unit)
        for verb in ("record", "import", "export", "make")
    }


def sent_files(request: Asked) -> list[tuple[str, bytes]]:
    return [(file.name or "", file.read(storage.MAX_BYTES + 1)) for file in request.FILES.getlist("files")]
