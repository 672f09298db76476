"""The page on which a register is made or changed: its own columns, its fields, its ways to count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..fields import DIMENSIONS, PRIVATE, TYPES, Field, Measure
from ..models import Register
from ..rules import RHYTHMS

PEOPLE = "@people"  # what a way to count counts, where it is no field


class RegisterForm(forms.ModelForm):
    """The register's own columns."""

    stock = forms.BooleanField(
        label=gettext_lazy("按存量计数"),
        required=False,
        help_text=gettext_lazy("登记设立，也登记撤销；统计项是某一天还有几个"),
    )

    class Meta:
        model = Register
        fields = ("name", "unit", "note", "rhythm", "rhythm_count", "citation", "inside", "follow", "by_members")
        widgets = {"rhythm_count": forms.NumberInput(attrs={"min": 1, "max": 1000})}
        labels = {"note": gettext_lazy("怎样计数（写给看数的人）")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stock"].initial = bool(self.instance.pk and self.instance.until)
        self.fields["rhythm"].choices = RHYTHMS  # type: ignore[attr-defined]
        self.fields["rhythm_count"].required = False
        self.fields["rhythm_count"].label = _("每期应有几%(unit)s") % {"unit": ""}
        self.use_required_attribute = False

    def _post_clean(self) -> None:
        """The action judges, not the model: a form never touches the register it shows."""


@dataclass
class FieldRow:
    """One line of the table of fields."""

    n: int
    field: Field | None
    title: str = ""
    type: str = "text"
    unit: str = ""
    required: bool = False
    retired: bool = False
    private: bool = False
    options: tuple[tuple[str, str], ...] = ()
    more: str = ""
    used: bool = False

    @property
    def fixed(self) -> bool:
        return bool(self.field and self.field.role in ("on", "title"))


def _as_said(made: Measure) -> bool:
    """Can the page say how it counts: entries, a sum, or different people?"""
    return not made.fact and (made.how == "sum" or (made.how in ("count", "people") and not made.field))


@dataclass
class MeasureRow:
    """One line of the table of ways to count."""

    n: int
    measure: Measure | None
    name: str = ""
    unit: str = ""
    what: str = ""
    where: str = ""
    words: str = ""
    note: str = ""

    @property
    def simple(self) -> bool:
        """May be changed here in every part; rates, stocks and the like only in their words."""
        made = self.measure
        return made is None or (
            _as_said(made) and len(made.where) <= 1 and all(len(codes) == 1 for codes in made.where.values())
        )


@dataclass
class Making:
    """The whole page of a register that is made or changed, as typed."""

    form: RegisterForm
    fields: list[FieldRow]
    measures: list[MeasureRow]

    def field_list(self) -> list[Field]:
        """The fields that the rows describe; a blank row is none. New ones get a key and, for choices, the first free dimension."""
        made: list[Field] = []
        taken = {row.field.key for row in self.fields if row.field}
        for row in self.fields:
            if row.field is None and not row.title.strip():
                continue
            made.append(_field(row, taken))
            taken.add(made[-1].key)
        if self.stock and not any(one.role == "until" for one in made):
            made.append(Field(_free("u", taken), _("撤销日期"), "date", role="until"))
        return _with_roles(made)

    @property
    def stock(self) -> bool:
        return bool(self.form.data.get("stock"))

    def measure_list(self, fields: Iterable[Field], name: str) -> list[Measure]:
        """The ways to count; a new number counts itself without being asked."""
        fields = list(fields)
        made = [_measure(row, self.measures) for row in self.measures if row.measure or row.name.strip()]
        old = {row.field.key for row in self.fields if row.field}
        if self.stock and not any(one.how == "stock" for one in made):
            words, unit = (f"现有{name}", name), self.form.cleaned_data["unit"]
            note = _("统计截止日还在的：设立的减去撤销的")
            made.append(Measure("standing", words[0], unit, "stock", words=words, note=note))
        suffixes = {one.suffix for one in made}
        for one in fields:
            if (
                one.counted
                and one.key not in old
                and one.key not in suffixes
                and not any(each.field == one.key for each in made)
            ):
                said = f"{name}{one.title}"
                made.append(
                    Measure(
                        one.key,
                        said,
                        one.measure,
                        "sum",
                        one.key,
                        words=(said,),
                        note=_("各条记录“%(field)s”之和") % {"field": one.title},
                    )
                )
        return made


def _field(row: FieldRow, taken: set[str]) -> Field:
    base = row.field or Field(_free("f", taken), "", row.type)
    options = tuple((code, title.strip()) for code, title in row.options if title.strip())
    codes = {code for code, _title in options} | {code for code, _title in base.options}
    for title in filter(None, (line.strip() for line in row.more.splitlines())):
        code = _free("o", codes)
        codes.add(code)
        options = (*options, (code, title))
    type_ = base.type if row.fixed or row.used else row.type
    return replace(
        base, title=row.title.strip(), type=type_, unit=row.unit.strip() if type_ == "number" else "", required=row.fixed or row.required,
        private=base.private if row.used else row.private and type_ in PRIVATE,
        retired=row.retired and not row.fixed, options=options if type_ == "choice" else (), role=base.role if type_ == base.type else "",
    )  # fmt: skip


def _free(letter: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    return next(f"{letter}{n}" for n in range(1, 1000) if f"{letter}{n}" not in taken)


def _with_roles(fields: list[Field]) -> list[Field]:
    """Choices without a dimension get the first that is free, so that they can be counted by."""
    free = [dimension for dimension in DIMENSIONS if dimension not in {one.role for one in fields}]
    return [replace(one, role=free.pop(0)) if one.type == "choice" and not one.role and free else one for one in fields]


def _measure(row: MeasureRow, rows: Iterable[MeasureRow]) -> Measure:
    words = tuple(
        dict.fromkeys(
            part for part in row.words.replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if part
        )
    )
    name, unit = row.name.strip(), row.unit.strip()
    if row.measure and not row.simple:
        return replace(row.measure, name=name, words=words or (name,), note=row.note.strip())
    dimension, _colon, code = row.where.partition(":")
    how = {"": "count", PEOPLE: "people"}.get(row.what, "sum")
    base = row.measure or Measure(
        _free(
            "m", {one.measure.suffix for one in rows if one.measure} | {f"m{each.n}" for each in rows if each.n < row.n}
        ),
        "",
        "",
    )
    return replace(
        base, name=name, unit=unit, how=how, field="" if row.what in ("", PEOPLE) else row.what, where={dimension: (code,)} if code else {}, words=words or (name,),
        note=row.note.strip() or base.note or _("本登记簿里有效的记录，一条只计一次"),
    )  # fmt: skip


def making(register: Register | None, typed: Any = None, *, used: Iterable[str] = (), blank: int = 2) -> Making:
    """The page of a register, as it stands or as typed. `blank`: empty rows to fill."""
    form = RegisterForm(typed, instance=register) if register else RegisterForm(typed)
    used = set(used)
    fields = (
        list(register.fields)
        if register
        else [Field("on", _("日期"), "date", True, role="on"), Field("title", _("名称"), "text", True, role="title")]
    )
    measures = list(register.measures) if register else []
    if typed is None:
        field_rows = [
            FieldRow(
                n,
                one,
                one.title,
                one.type,
                one.unit,
                one.required,
                one.retired,
                one.private,
                one.options,
                used=one.key in used,
            )
            for n, one in enumerate(fields)
        ]
        field_rows += [FieldRow(len(fields) + n, None) for n in range(blank)]
        measure_rows = [_measure_row(n, one) for n, one in enumerate(measures)] + [
            MeasureRow(len(measures) + n, None) for n in range(1)
        ]
        return Making(form, field_rows, measure_rows)
    count = min(60, max(len(fields), _int(typed.get("fields"))))
    field_rows = [_typed_field(typed, n, fields[n] if n < len(fields) else None, used) for n in range(count)]
    count = min(60, max(len(measures), _int(typed.get("measures"))))
    measure_rows = [_typed_measure(typed, n, measures[n] if n < len(measures) else None) for n in range(count)]
    return Making(form, field_rows, measure_rows)


def _int(text: Any) -> int:
    return int(text) if str(text or "").isdigit() and len(str(text)) < 6 else 0


def _measure_row(n: int, one: Measure) -> MeasureRow:
    where = next((f"{dimension}:{codes[0]}" for dimension, codes in one.where.items() if codes), "")
    return MeasureRow(
        n, one, one.name, one.unit, PEOPLE if one.how == "people" else one.field, where, "、".join(one.words), one.note
    )


def _typed_field(typed: Any, n: int, one: Field | None, used: set[str]) -> FieldRow:
    get = typed.get
    options = tuple((code, get(f"f{n}-o-{code}", title)) for code, title in (one.options if one else ()))
    type_ = get(f"f{n}-type") or (one.type if one else "text")
    return FieldRow(
        n, one, get(f"f{n}-title", ""), type_ if type_ in TYPES else "text", get(f"f{n}-unit", ""), bool(get(f"f{n}-required")), bool(get(f"f{n}-retired")),
        bool(get(f"f{n}-private")), options, get(f"f{n}-more", ""), bool(one and one.key in used),
    )  # fmt: skip


def _typed_measure(typed: Any, n: int, one: Measure | None) -> MeasureRow:
    get = typed.get
    old = _measure_row(n, one) if one else MeasureRow(n, None)
    return MeasureRow(
        n, one, get(f"m{n}-name", old.name), get(f"m{n}-unit", old.unit), get(f"m{n}-what", old.what), get(f"m{n}-where", old.where),
        get(f"m{n}-words", old.words), get(f"m{n}-note", old.note),
    )  # fmt: skip
