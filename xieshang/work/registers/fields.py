"""登记项: the typed fields of a register and its ways of counting, as plain values; and the one place where an entry's values are checked.

Form, paste, import, API and demo all pass through `check`. No clock, no database: who and which body is known is passed in.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.errors import Refused

TYPES = {
    "date": gettext_lazy("日期"),
    "text": gettext_lazy("文字"),
    "long_text": gettext_lazy("长文字"),
    "number": gettext_lazy("数字"),
    "money": gettext_lazy("金额（元）"),
    "choice": gettext_lazy("选项"),
    "person": gettext_lazy("人员"),
    "people": gettext_lazy("人员（可多人）"),
    "body": gettext_lazy("机构"),
    "place": gettext_lazy("地点"),
    "file": gettext_lazy("文件"),
}
DIMENSIONS = ("category", "carrier", "outlet")
PRIVATE = ("text", "long_text")
LONGEST = {"text": 200, "long_text": 4000, "place": 120}
TITLE = 120
EARLIEST = date(1949, 10, 1)
GREATEST = Decimal(10) ** 12
KEY = re.compile(r"[a-z][a-z0-9_]{0,23}\Z")


@dataclass(frozen=True)
class Field:
    """One field of a register.

    key      stable name in the entry's payload;  title  what the page calls it
    options  ((code, title), …) of a choice; codes never change their meaning
    role     `on` the day · `title` · a dimension of the facts (category, carrier, outlet) · `until` the day it ceased to be (stocks)
    unit     measure word of a number
    fact     last part of the kind of fact a number or sum of money posts; "" is the key. Of a day: what happened on it, one fact when it is filled
    by       of a day: the dimension that says what happened. It happened when that has a code (on the entry's day, if this one is empty);
             without `fact` the code itself is the last part of the kind
    private  the name of somebody in hardship and the like: encrypted, masked, never exported, searched or drafted
    category what the facts of this number or sum of money are counted under, whatever the entry's own category
    retired  no longer asked for; what was entered stays
    """

    key: str
    title: str
    type: str = "text"
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    role: str = ""
    unit: str = ""
    fact: str = ""
    category: str = ""
    help: str = ""
    retired: bool = False
    by: str = ""
    private: bool = False

    @property
    def happens(self) -> bool:
        """Is it a day on which something happened that counts?"""
        return self.type == "date" and not self.role and bool(self.fact or self.by)

    @property
    def counted(self) -> bool:
        return self.type in ("number", "money")

    @property
    def linked(self) -> bool:
        return self.type in ("person", "people", "body")

    @property
    def measure(self) -> str:
        return "元" if self.type == "money" else self.unit

    @property
    def choices(self) -> dict[str, str]:
        return dict(self.options)

    def plain(self) -> dict[str, Any]:
        """As JSON, without what is default."""
        return {key: value for key, value in asdict(self).items() if value not in ("", (), False)}

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Field":
        made = dict(given)
        made["options"] = tuple((str(code), str(title)) for code, title in made.get("options", ()))
        return cls(**made)


@dataclass(frozen=True)
class Measure:
    """One way to count a register's entries; becomes the indicator `registers.<code>.<suffix>`.

    how      count (entries, or people of a people field) · sum (of a number) · people (different ones) · stock (on a day) · rate · average
    field    the field that is summed or whose people are counted; "" the entries themselves
    where    dimension → option codes
    fact     last part of the kind of fact it counts, where neither a field nor the entries tell it
    part, whole  of a rate or an average: suffixes of this register, or full codes of other indicators
    """

    suffix: str
    name: str
    unit: str
    how: str = "count"
    field: str = ""
    where: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    part: str = ""
    whole: str = ""
    measures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    note: str = ""
    fact: str = ""

    def plain(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value not in ("", (), {})}

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Measure":
        made = dict(given)
        made["where"] = {
            dimension: (codes,) if isinstance(codes, str) else tuple(codes)
            for dimension, codes in made.get("where", {}).items()
        }
        for name in ("measures", "words", "never"):
            made[name] = tuple(made.get(name, ()))
        return cls(**made)


@dataclass(frozen=True)
class Known:
    """The people and bodies that an entry of a unit may name."""

    people: Mapping[int, str] = dataclasses.field(default_factory=dict)
    bodies: Mapping[int, str] = dataclasses.field(default_factory=dict)


@dataclass
class Checked:
    """An entry's values, in the shape in which they are kept."""

    on: date | None = None
    title: str = ""
    payload: dict[str, Any] = dataclasses.field(default_factory=dict)
    people: dict[str, list[int]] = dataclasses.field(default_factory=dict)
    bodies: dict[str, int] = dataclasses.field(default_factory=dict)
    dimensions: dict[str, str] = dataclasses.field(default_factory=dict)
    private: dict[str, str] = dataclasses.field(default_factory=dict)
    problems: dict[str, str] = dataclasses.field(default_factory=dict)


class _Wrong(ValueError):
    """One sentence that names the field."""


def check(fields: Iterable[Field], values: Mapping[str, Any], known: Known, *, files: int = 0) -> Checked:
    """`values` (typed or as typed by a person; key → value, with `on` and `title`) against the fields.

    returns  Checked; `problems` holds one sentence a wrong field, which names it and says what to do
    """
    fields = tuple(fields)
    found = Checked()
    for one in fields:
        try:
            _take(one, values.get(one.key), known, found, files)
        except _Wrong as wrong:
            found.problems[one.key] = str(wrong)
    for one in fields:
        if one.role == "until" and found.on and found.payload.get(one.key, "9") < found.on.isoformat():
            found.problems[one.key] = _("“%(field)s”早于开始的日期") % {"field": one.title}
    for key in values.keys() - {one.key for one in fields}:
        found.problems[key] = _("登记簿里没有“%(key)s”这一项，请删去或改成登记簿里的名称") % {"key": key}
    return found


def refuse(found: Checked, *, do: str = "") -> None:
    """Raise the first problem of a check; nothing when there is none. `do`: what helps, where it is not simply to mend it."""
    if found.problems:
        raise Refused(
            "bad_value",
            why="；".join(found.problems.values()),
            do=do or _("请改好再提交，您填写的内容没有丢失"),
            field=next(iter(found.problems)),
        )


def _take(one: Field, given: Any, known: Known, found: Checked, files: int) -> None:
    if one.type == "file":
        if one.required and not files:
            raise _Wrong(_("“%(field)s”还没有选文件") % {"field": one.title})
        return
    if _blank(given):
        if one.required or one.role in ("on", "title"):
            raise _Wrong(_("“%(field)s”还没有填") % {"field": one.title})
        return
    value: Any = READERS[one.type](one, given, known)
    if one.role == "on":
        found.on = value
    elif one.role == "title":
        if len(value) > TITLE:
            raise _Wrong(_("“%(field)s”太长，最多 %(n)s 个字") % {"field": one.title, "n": TITLE})
        found.title = value
    elif one.type in ("person", "people"):
        found.people[one.key] = value
    elif one.type == "body":
        found.bodies[one.key] = value
    elif one.private:
        found.private[one.key] = value
    else:
        found.payload[one.key] = value.isoformat() if isinstance(value, date) else str(value)
        if one.role in DIMENSIONS:
            found.dimensions[one.role] = value


def _blank(given: Any) -> bool:
    return (
        given is None
        or (isinstance(given, str) and not given.strip())
        or (isinstance(given, list | tuple | set) and all(_blank(each) for each in given))
    )


def _text(one: Field, given: Any, known: Known) -> str:
    text = str(given).strip() if one.type == "long_text" else " ".join(str(given).split())
    if len(text) > LONGEST[one.type]:
        raise _Wrong(_("“%(field)s”太长，最多 %(n)s 个字") % {"field": one.title, "n": LONGEST[one.type]})
    return text


DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")


def _date(one: Field, given: Any, known: Known) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    found = DAY.match(unicodedata.normalize("NFKC", str(given)).strip().removesuffix(" 00:00:00"))
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise _Wrong(
            _("“%(field)s”里的“%(given)s”不是日期，请写成 2026-03-05 这样")
            % {"field": one.title, "given": _short(given)}
        )
    if day < EARLIEST:
        raise _Wrong(_("“%(field)s”里的 %(day)s 太早了，请检查年份") % {"field": one.title, "day": day})
    return day


NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(万|亿)?\s*(\D*)\Z")
SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def _number(one: Field, given: Any, known: Known) -> Decimal:
    """A number of at least 0 with at most two decimals; its own measure word, 万 and 亿 may follow."""
    found = NUMBER.match(unicodedata.normalize("NFKC", str(given)).strip())
    if found and found[3].strip() not in ("", one.measure):
        said = {"field": one.title, "unit": one.measure, "given": found[3].strip()[:8]}
        raise _Wrong(_("“%(field)s”按“%(unit)s”计，不能写“%(given)s”，请换算好再填") % said)
    if isinstance(given, bool) or not found:
        raise _Wrong(_("“%(field)s”里的“%(given)s”不是数字，请只填数字") % {"field": one.title, "given": _short(given)})
    try:
        value = Decimal(found[1].replace(",", "")) * SCALE.get(found[2], Decimal(1))
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        raise _Wrong(
            _("“%(field)s”里的“%(given)s”不是数字，请只填数字") % {"field": one.title, "given": _short(given)}
        ) from None
    if value < 0:
        raise _Wrong(_("“%(field)s”不能是负数") % {"field": one.title})
    if value >= GREATEST:
        raise _Wrong(_("“%(field)s”太大了，请检查单位") % {"field": one.title})
    if value != round(value, 2):
        raise _Wrong(_("“%(field)s”最多写两位小数") % {"field": one.title})
    whole = value == value.to_integral_value()
    return value.to_integral_value() if whole and one.type == "number" else value.quantize(Decimal("0.01"))


def _choice(one: Field, given: Any, known: Known) -> str:
    text = str(given).strip()
    code = text if text in one.choices else next((code for code, title in one.options if title == text), None)
    if code is None:
        raise _Wrong(
            _("“%(field)s”里没有“%(given)s”这个选项，可以填：%(options)s")
            % {"field": one.title, "given": _short(given), "options": "、".join(title for _code, title in one.options)}
        )
    return code


def _one_of(one: Field, given: Any, names: Mapping[int, str], what: str) -> int:
    """The id of a person or body: given as id, row, or name."""
    pk = getattr(given, "pk", given)
    if isinstance(pk, int) or (isinstance(pk, str) and pk.strip().isdigit()):
        if int(pk) in names:
            return int(pk)
        raise _Wrong(_("“%(field)s”所选的%(what)s不在本单位，请重新选") % {"field": one.title, "what": what})
    name = str(pk).strip()
    found = [key for key, value in names.items() if value == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise _Wrong(
            _("“%(field)s”：本单位有 %(n)s 位“%(name)s”，分不清是哪一位，请在页面上登记这一条")
            % {"field": one.title, "n": len(found), "name": name}
        )
    raise _Wrong(
        _("“%(field)s”：本单位没有叫“%(name)s”的%(what)s，请核对名称")
        % {"field": one.title, "name": _short(name), "what": what}
    )


def _person(one: Field, given: Any, known: Known) -> list[int]:
    return [_one_of(one, given[0] if isinstance(given, list | tuple) else given, known.people, _("人员"))]


APART = re.compile(r"[、，,；;\s]+")


def _people(one: Field, given: Any, known: Known) -> list[int]:
    listed = (
        [name for name in APART.split(given.strip()) if name]
        if isinstance(given, str)
        else [each for each in given if not _blank(each)]
    )
    return list(dict.fromkeys(_one_of(one, person, known.people, _("人员")) for person in listed))


def _body(one: Field, given: Any, known: Known) -> int:
    return _one_of(one, given, known.bodies, _("机构"))


def _short(given: Any) -> str:
    text = str(given).strip()
    return text if len(text) <= 20 else text[:20] + "…"


READERS: dict[str, Callable[[Field, Any, Known], Any]] = {
    "date": _date, "text": _text, "long_text": _text, "place": _text, "number": _number, "money": _number, "choice": _choice,
    "person": _person, "people": _people, "body": _body,
}  # fmt: skip
