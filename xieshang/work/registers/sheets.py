"""Entries as rows of a spreadsheet: the template, the export, and what people paste or bring in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.errors import Refused
from xieshang.documents.sheets import REASON, write_refused, write_xlsx

from . import catalogue
from .fields import TYPES, Field, Known, check
from .models import Entry, Register
from .queries import Shown

EXAMPLES = {"date": "2026-03-05", "number": "1", "money": "100"}


@dataclass
class Line:
    """One row as it was read. number: as the person's program counts rows; cells: as typed; problems: what stands in the way."""

    number: int
    cells: list[str]
    values: dict[str, Any]
    problems: list[str] = field(default_factory=list)


def columns(register: Register) -> list[Field]:
    """The fields a sheet can carry: all that are asked for but files."""
    return [one for one in register.asked if one.type != "file"]


def read(register: Register, rows: Sequence[Sequence[object]], known: Known, *, headed: bool) -> list[Line]:
    """Rows as lines, each checked. The first row may hold the headings (`headed`: it must); without them the columns stand in the register's order.

    raises  Refused: nothing to read, headings missing or unknown
    """
    rows = [row for row in rows if any(not _empty(cell) for cell in row)]
    order, first = _order(register, rows, headed)
    lines = []
    for number, row in enumerate(rows[first:], first + 1):
        values = {one.key: cell for one, cell in zip(order, row, strict=False) if one and not _empty(cell)}
        if not _is_example(register, values):
            lines.append(Line(number, [said(cell) for cell in row], values))
    if not lines:
        raise Refused(
            "no_rows", why=_("没有读到要登记的内容"), do=_("请从表格里连同内容一起复制，或填好模板再导入"), field="rows"
        )
    for line in lines:
        line.problems = list(check(register.asked, line.values, known).problems.values())
        if over := [cell for cell in line.cells[len(order) :] if cell]:
            line.problems.append(_("这一行比登记簿多出“%(cell)s”等 %(n)s 格") % {"cell": over[0][:20], "n": len(over)})
    return lines


def _order(register: Register, rows: Sequence[Sequence[object]], headed: bool) -> tuple[list[Field | None], int]:
    """Which field each column holds, and how many rows the headings take."""
    fields = columns(register)
    named = {_plain(one.title): one for one in fields}
    heads = [_plain(said(cell)) for cell in rows[0]] if rows else []
    known = sum(head in named for head in heads)
    if known < 2 and headed:
        titles = "、".join(one.title for one in fields if one.required)
        raise Refused(
            "no_headings",
            why=_("第一行没有找到表头"),
            do=_("表头至少要有：%(titles)s。可以先下载模板") % {"titles": titles},
            field="rows",
        )
    if known < 2:
        return list(fields), 0
    if unknown := [head for head in heads if head and head not in named and head != REASON]:
        raise Refused(
            "unknown_heading",
            why=_("表头“%(head)s”不在这本登记簿里") % {"head": unknown[0]},
            do=_("请改成登记簿里的名称，或删去这一列"),
            field="rows",
        )
    return [named.get(head) for head in heads], 1


def _plain(heading: str) -> str:
    return "".join(heading.split()).rstrip("*＊").removesuffix("（必填）")


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def said(cell: object) -> str:
    """A cell as text."""
    return "" if cell is None else cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def example(register: Register) -> dict[str, str]:
    """A valid entry that names nobody, field key → as typed."""
    ready = catalogue.READY.get(register.catalogue)
    given = ready.example if ready else _made_up(register)
    return {one.key: str(given.get(one.key, "")) for one in columns(register)}


def _made_up(register: Register) -> dict[str, str]:
    made = {
        one.key: _("示例%(field)s") % {"field": one.title}
        for one in register.asked
        if one.type in ("text", "long_text", "place")
    }
    made |= {one.key: one.options[0][1] for one in register.asked if one.type == "choice"}
    return made | {
        one.key: EXAMPLES[one.type]
        for one in register.asked
        if one.type in EXAMPLES and (one.role == "on" or one.type != "date")
    }


def _is_example(register: Register, values: Mapping[str, Any]) -> bool:
    given = {key: value for key, value in example(register).items() if value}
    return {key: said(value) for key, value in values.items()} == given


def template(register: Register) -> bytes:
    """An .xlsx with the headings, a note on each, and one row as an example (which is not brought in)."""
    fields = columns(register)
    rows = [[_cell(one, example(register).get(one.key, "")) for one in fields]]
    return write_xlsx(
        register.name, [one.title for one in fields], rows, notes={one.title: _note(one) for one in fields}
    )


def _note(one: Field) -> str:
    parts = [str(TYPES[one.type]), _("必填") if one.required else _("可不填"), one.help]
    if one.options:
        parts.append(_("可以填：%(options)s") % {"options": "、".join(title for _code, title in one.options)})
    if one.type == "number":
        parts.append(_("单位：%(unit)s") % {"unit": one.unit})
    if one.type == "people":
        parts.append(_("多人用顿号隔开"))
    return "\n".join(part for part in parts if part)


def _cell(one: Field, value: str) -> object:
    if one.type == "date" and value:
        return date.fromisoformat(value)
    if one.counted and value.replace(".", "", 1).isdigit():
        return Decimal(value)
    return value


def export(register: Register, found: Iterable[tuple[Entry, dict[str, Shown]]]) -> bytes:
    """The entries as they are filtered; it can be brought in again elsewhere. Fields no longer asked for stand at the end, private ones nowhere."""
    asked = [one for one in columns(register) if not one.private]
    retired = [one for one in register.fields if one.retired and one.type != "file" and not one.private]
    rows = []
    for entry, values in found:
        own = {one.key: entry.on if one.role == "on" else entry.title for one in asked if one.role in ("on", "title")}
        rows.append(
            [
                own.get(one.key) or (_cell(one, values[one.key].text) if one.key in values else None)
                for one in [*asked, *retired]
            ]
        )
    return write_xlsx(register.name, [one.title for one in [*asked, *retired]], rows)


def refused(register: Register, lines: Sequence[Line]) -> bytes:
    """The rows as they came, under the register's headings, each with the reason beside it; it can be mended and brought in again."""
    fields = columns(register)
    rows = [([said(line.values.get(one.key)) for one in fields], line.problems) for line in lines]
    return write_refused(_("退回的行"), [one.title for one in fields], rows)


def packed(lines: Iterable[Line]) -> str:
    """Lines as text that a hidden field carries from the check to the writing."""
    return json.dumps(
        [[line.number, {key: said(value) for key, value in line.values.items()}, line.problems] for line in lines],
        ensure_ascii=False,
    )


def unpacked(text: str, register: Register, known: Known) -> list[Line]:
    """The lines of a hidden field, checked afresh: nothing is believed because it was checked before."""
    try:
        given = json.loads(text)
        lines = [
            Line(int(number), [], {str(key): str(value) for key, value in values.items()}, [str(one) for one in why])
            for number, values, why in given
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused("no_rows", why=_("没有读到要登记的内容"), do=_("请重新粘贴或导入"), field="rows") from error
    if not lines:
        raise Refused("no_rows", why=_("没有读到要登记的内容"), do=_("请重新粘贴或导入"), field="rows")
    for line in lines:
        line.problems = list(check(register.asked, line.values, known).problems.values()) or line.problems
    return lines
