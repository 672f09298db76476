"""活动 for programs: the same actions as the pages, and every refusal in one shape {code, why, do, field}."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from xieshang.base import clock
from xieshang.base.errors import Refused
from xieshang.base.requests import Asked, as_uuid, plainly, unit_of

from . import actions, queries, rules
from .filters import FilterForm
from .forms import RecordForm
from .models import Activity
from .typed import Typed

router = Router(tags=["activities"])
PAGE = 50
plain_answers = plainly(gettext_lazy("没有这次活动，或者它属于别的单位"))


def plain(activity: Activity) -> dict[str, Any]:
    """A row of the list."""
    return {
        "id": activity.pk, "title": activity.title, "kind": activity.kind, "carriers": activity.carriers, "collective": activity.collective,
        "on": activity.on.isoformat(), "half_days": activity.half_days, "place": activity.place,
        "organizer": activity.organizer.name if activity.organizer else None, "until": activity.until.isoformat() if activity.until else None,
        "undecided": activity.undecided, "role": activity.role, "counted_times": activity.counted_times, "unit": activity.organization.code, "state": activity.state, "version": activity.version,
        "url": activity.get_absolute_url(),
    }  # fmt: skip


def whole(activity: Activity) -> dict[str, Any]:
    """One activity with all that is recorded; names of people, never telephones."""
    came = [
        {
            "id": one.person_id,
            "name": one.person.name,
            "presence": one.presence,
            "sector": one.sector.name if one.sector else None,
            "capacity": one.capacity.name if one.capacity else None,
            "note": one.note,
        }
        for one in queries.came(activity)
    ]
    return {
        **plain(activity), **{name: getattr(activity, name) for name in rules.GUESTS}, "outcome": activity.outcome, "money": float(activity.money),
        "goods_value": float(activity.goods_value), "goods": activity.goods, "people": came, "first_on": activity.first_on, "times_reason": activity.times_reason,
        "co_organizers": [body.name for body in activity.co_organizers.all()],
        "leaders": [{"name": one.name, "post": one.post} for one in activity.leaders.all()],
        "sites": [{"place": one.place, "what": one.what} for one in activity.sites.all()],
        "units": [{"unit": one.organization.code, "state": one.state} for one in activity.shares.select_related("organization")],
        "counted": [{"indicator": one.indicator.code, "amount": float(one.amount)} for one in queries.counted(activity)],
    }  # fmt: skip


@router.get("/")
@plain_answers
def listed(request: Asked, page: int = 1) -> Any:
    """Activities of the unit at hand (`?org=`), filtered like the page: from, to, state, kind, role, body, q."""
    unit = unit_of(request, "activities.see")
    desk = request.desk
    narrowed = FilterForm(request.GET, unit=unit, start=desk.starts_on, end=desk.ends_on).narrowed()
    found = Paginator(queries.listed(request.user, unit, narrowed), PAGE).get_page(page)
    return {
        "count": found.paginator.count,
        "page": found.number,
        "pages": found.paginator.num_pages,
        "items": [{**plain(a), "attended": a.came} for a in found],  # type: ignore[attr-defined]
    }


@router.get("/{int:pk}")
@plain_answers
def one(request: Asked, pk: int) -> Any:
    """One activity with its people and the indicators in which it counts."""
    return whole(queries.one(request.user, pk))


@router.post("/")
@plain_answers
def record(request: Asked) -> Any:
    """登记活动. Body: the columns, `presence` {person id: attended | excused | absent}, `client_id`, `reason`, `again`.

    `state: "planned"` plans it; `co_organizers` are ids of bodies, `units` of other units; `leaders` and `sites` are lists of lines.

    The answer is 201, or 200 when the same client_id was recorded before.
    """
    unit = unit_of(request, "activities.record")
    given = _body(request)
    form = RecordForm(_typed(given), unit=unit, on=clock.today())
    if not form.is_valid():
        raise _first_problem(form)
    columns = form.columns()
    known = bool(form.client_id and Activity.objects.filter(client_id=form.client_id).exists())
    if not known:
        twin = queries.twin(
            request.user, unit, on=columns["on"], title=columns["title"], place=columns["place"], persons=form.presence
        )
        if twin and form.cleaned_data["again"]:
            form.not_same = [twin.activity.pk]
        elif twin:
            why = _("同一天已登记过“%(title)s”") % {"title": twin.activity.title}
            raise Refused("maybe_recorded", why=why, do=_("是另一次的，请带上 again: true 再登记"), field="again")
    made = actions.record(
        unit, fields=columns, presence=form.presence, notes=form.notes, parts=form.parts, client_id=form.client_id, not_same=form.not_same,
        reason=form.cleaned_data["reason"], verb=form.verb, by=request.user, now=clock.now(),
    )  # fmt: skip
    return JsonResponse(whole(made), status=200 if known else 201)


def _body(request: Asked) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise Refused("not_json", why=_("收到的不是 JSON 对象"), do=_("请按接口说明改好再发"))
    if not isinstance(given.get("presence", {}), dict):
        raise Refused(
            "invalid", why=_("presence 应当是 {人员编号: 到会情况}"), do=_("请按接口说明改好再发"), field="presence"
        )
    if given.get("client_id") and as_uuid(str(given["client_id"])) is None:
        raise Refused("invalid", why=_("client_id 应当是 UUID"), do=_("请按接口说明改好再发"), field="client_id")
    return given


def _typed(given: dict[str, Any]) -> Typed:
    """The body as it would be typed into the form: one check for both."""
    typed: dict[str, list[str]] = {"collective": ["on"], "half_days": ["1"]}
    for name, value in given.items():
        if name == "presence":
            typed |= {f"who_{person}": [str(how)] for person, how in value.items()}
        elif isinstance(value, bool):
            typed[name] = ["on"] if value else []
        elif value is not None:
            lines = "\n".join(map(str, value)) if name in ("leaders", "sites") and isinstance(value, list) else value
            typed[name] = [str(one) for one in lines] if isinstance(lines, list) else [str(lines)]
    return typed


def _first_problem(form: RecordForm) -> Refused:
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    why = f"{label}：{errors[0]}".rstrip("。") if label else str(errors[0]).rstrip("。")
    return Refused("invalid", why=why, do=_("请改好再发"), field="" if name == "__all__" else name)
