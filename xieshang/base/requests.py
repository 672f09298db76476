"""What the pages and programs of every room read in a request in the same way, and how they answer with a file or a refusal."""

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xieshang.documents.errors import DocumentError

from .accounts import permissions
from .accounts.models import User
from .errors import NotAllowed, Refused, Stale
from .files.storage import TYPES
from .orgs.models import Organization
from .words import sentences

R = TypeVar("R")
NEVER = -1  # a version no record has
ARRIVED = (
    "arrived"  # in the session: somebody has just logged in, and the page he meets says once what waits for him there
)


class Asked(HttpRequest):
    """A request of somebody logged in, with what the middleware adds."""

    user: User  # type: ignore[assignment]
    desk: Any
    htmx: Any
    to_keep: str


def unit_of(request: Asked, verb: str) -> Organization:
    """The unit at hand, when the account may do `verb` there. Raises NotAllowed."""
    unit: Organization | None = request.desk.unit
    if unit is None:
        raise NotAllowed("no_unit", why=_("您的账号还没有分到任何单位"), do=_("请联系本单位的安全管理员授权"))
    permissions.require(request.user, verb, unit)
    return unit


def refused(form: BaseForm, error: Refused | DocumentError, *, at: str = "", **also: str) -> None:
    """A refusal shown at the field it names, so that the form keeps what was typed. A missing right or an older version is no matter of the form and goes on.

    at    the form's field, where the error names none;  also  the rule's name for a field → the form's
    """
    if isinstance(error, NotAllowed | Stale):
        raise error
    named = getattr(error, "field", "")
    field = at or also.get(named, named)
    form.add_error(field if field in form.fields else None, sentences(error.why, error.do))


def seen(request: HttpRequest) -> int:
    """The version that was on the screen; a form that does not say it is always stale."""
    return as_number(request.POST.get("seen"), most=9, bad=NEVER)


def as_number(text: str | None, *, most: int = 18, bad: int = 0) -> int:
    """A whole number of at most so many figures, as it stands in an address or a form; 0, which is no record, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= most else bad


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def as_file(data: bytes, name: str) -> HttpResponse:
    """A file to save under its name; its ending says what it is."""
    content_type = TYPES[PurePath(name).suffix.lower().lstrip(".")][0]
    return HttpResponse(
        data, content_type, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )


def on_page(
    find: Callable[[Asked, int], R], show: Callable[[Asked, R, Refused], HttpResponse], back: Callable[[Asked, R], HttpResponse]
) -> Callable[[Callable[[Asked, R], object]], Callable[..., HttpResponse]]:  # fmt: skip
    """For views that do one thing to a record by a POST to its id: a refusal is shown on the record's page as it now is, else back to it. A missing right goes on."""

    def wrap(act: Callable[[Asked, R], object]) -> Callable[..., HttpResponse]:
        @login_required
        @require_POST
        @wraps(act)
        def view(request: Asked, pk: int) -> HttpResponse:
            record = find(request, pk)
            try:
                act(request, record)
            except NotAllowed:
                raise
            except Refused as refusal:
                return show(request, find(request, pk), refusal)
            return back(request, record)

        return view

    return wrap


def plainly(missing: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For operations of an API: what is refused is answered as data, with the status it has on the page. `missing`: the sentence of a 404."""

    def wrap(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                return operation(request, *args, **kwargs)
            except Refused as refused:
                return JsonResponse(refused.as_json(), status=refused.status)
            except Http404:
                none = Refused("not_found", why=str(missing), do=_("请检查编号"))
                return JsonResponse(none.as_json(), status=404)

        return answer

    return wrap
