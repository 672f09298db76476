"""The list of a register's fields itself: what makes one, and what may change when there are entries. Pure."""

from collections.abc import Iterable
from typing import NoReturn

from django.utils.translation import gettext as _

from xieshang.base.errors import Refused

from .fields import KEY, PRIVATE, TYPES, Field


def check_fields(fields: Iterable[Field]) -> None:
    """Raise Refused unless these fields make a register: one day, one title, known types, no key or title twice, each dimension once."""
    fields = tuple(fields)
    roles = [one.role for one in fields if one.role]
    titles = [one.title.strip() for one in fields if not one.retired]
    for one in fields:
        if not one.title.strip():
            _no_fields(_("有一项还没有名称"))
        if one.type not in TYPES:
            _no_fields(_("“%(field)s”的类型不认识") % {"field": one.title})
        if one.type == "choice" and len(one.options) < 2:
            _no_fields(_("“%(field)s”是选项，至少要有两个") % {"field": one.title})
        if len({title for _code, title in one.options}) != len(one.options):
            _no_fields(_("“%(field)s”里有两个一样的选项") % {"field": one.title})
        if not KEY.match(one.key) or not all(KEY.match(code) for code, _title in one.options):
            _no_fields(_("“%(field)s”的代码只能用小写字母、数字和下划线") % {"field": one.title})
        if one.private and one.type not in PRIVATE:
            _no_fields(_("“%(field)s”不是文字，不能设成不外露") % {"field": one.title})
        if one.type == "number" and not 0 < len(one.unit) <= 8:
            _no_fields(_("“%(field)s”是数字，请写它的量词（件、人次、册…）") % {"field": one.title})
    if len({one.key for one in fields}) != len(fields) or len(set(titles)) != len(titles):
        _no_fields(_("有两项的名称相同"))
    kept = sorted(one.role for one in fields if one.role in ("on", "title") and not one.retired)
    if kept != ["on", "title"] or len(set(roles)) != len(roles):
        _no_fields(_("登记簿要有一个日期和一个名称，统计用的选项最多三个"))


FIXED = ("type", "role", "fact", "category", "unit", "by", "private")  # of a field that has entries


def check_change(old: Iterable[Field], new: Iterable[Field], used: Iterable[str]) -> None:
    """Raise Refused when a field that has entries would lose its type, its way of counting or an option, or go without being retired."""
    old, new = tuple(old), tuple(new)
    if set(used) and any(one.role == "until" for one in new) and not any(one.role == "until" for one in old):
        _no_change(_("已经有记录，不能再改成按存量计数"), _("请另建一本按存量计数的登记簿"))
    later = {one.key: one for one in new}
    for one in (one for one in old if one.key in set(used)):
        now = later.get(one.key)
        if now is None:
            _no_change(
                _("“%(field)s”已经有记录，不能删去") % {"field": one.title}, _("可以停用它，以前的记录照样看得到")
            )
        if any(getattr(now, each) != getattr(one, each) for each in FIXED):
            _no_change(
                _("“%(field)s”已经有记录，不能改变它的类型和统计方式") % {"field": one.title},
                _("可以停用它，再新加一项"),
            )
        if gone := [title for code, title in one.options if code not in now.choices]:
            _no_change(
                _("“%(field)s”里的选项“%(option)s”已经有记录，不能删去") % {"field": one.title, "option": gone[0]},
                _("可以改它的名称"),
            )


def _no_fields(why: str) -> NoReturn:
    raise Refused("bad_fields", why=why, do=_("请改好再保存，您填写的内容没有丢失"), field="fields")


def _no_change(why: str, do: str) -> NoReturn:
    raise Refused("field_in_use", why=why, do=do, field="fields")
