"""Saving, renaming, dropping a view, and making it the one with which the list opens. A view is nobody's but its owner's."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization

from .models import View
from .queries import PAGES

MOST = 20
PASSING = ("page", "org", "year", "years")  # where one stood in the list, and the desk: no part of a view


@transaction.atomic
def keep(unit: Organization, page: str, name: str, query: str, *, by: User, now: datetime) -> View:
    """存为常用筛选. The same name again writes over it. Raises Refused: no name, nothing to save, too many."""
    name = _named(name)
    if page not in PAGES:
        raise Refused("no_page", why=_("这个列表不能存筛选"), do=_("请回到列表再试"))
    given = QueryDict(query[:2000], mutable=True)
    for key in [key for key in given if key in PASSING or not any(given.getlist(key))]:
        del given[key]
    asked = given.urlencode()
    if not asked:
        raise Refused("nothing", why=_("还没有选任何条件"), do=_("先筛选或排序，再存"))
    if len(asked) > 500:
        raise Refused("too_long", why=_("条件太长，存不下"), do=_("请去掉一些条件"))
    mine = View.objects.filter(user=by, organization=unit, page=page)
    if mine.exclude(name=name).count() >= MOST:
        raise Refused("too_many", why=_("最多存 %(n)s 个") % {"n": MOST}, do=_("请先删掉一个不用的"))
    made, _new = View.objects.update_or_create(user=by, organization=unit, page=page, name=name, defaults={"query": asked})  # fmt: skip
    _write("keep", made, by, now)
    return made


def _named(name: str) -> str:
    name = " ".join(name.split())[:20]
    if not name:
        raise Refused("no_name", why=_("还没有起名"), do=_("请起一个好认的名字"), field="name")
    return name


@transaction.atomic
def rename(view: View, name: str, *, by: User, now: datetime) -> View:
    """改名. Raises Refused: no name, or one that is taken."""
    name = _named(name)
    others = View.objects.filter(user=by, organization=view.organization, page=view.page, name=name).exclude(pk=view.pk)
    if others.exists():
        raise Refused("taken", why=_("已经有一个叫“%(name)s”的") % {"name": name}, do=_("请换一个名字"), field="name")
    view.name = name
    view.save(update_fields=["name"])
    _write("rename", view, by, now)
    return view


@transaction.atomic
def set_default(view: View, on: bool, *, by: User, now: datetime) -> View:
    """打开列表时就用它; only one can be."""
    View.objects.filter(user=by, organization=view.organization, page=view.page).update(is_default=False)
    view.is_default = on
    view.save(update_fields=["is_default"])
    _write("default", view, by, now)
    return view


@transaction.atomic
def drop(view: View, *, by: User, now: datetime) -> None:
    """删除."""
    _write("drop", view, by, now)
    view.delete()


def _write(verb: str, view: View, by: User, now: datetime) -> None:
    """A page that is kept drawn is drawn anew: see base/unchanged."""
    trail.write(f"saved.{verb}", by=by, now=now, organization=view.organization, detail={"page": view.page, "name": view.name})  # fmt: skip
