"""What the groups of the catalogue are written with: one function for each kind of field and of counting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..fields import Field, Measure

PER_MEMBER = ("人均", "每名", "每位", "每人")


@dataclass(frozen=True)
class Ready:
    """One register of the catalogue. `example` is a valid entry that names nobody: shown in the template and used by the tests."""

    key: str
    group: str
    name: str
    unit: str
    fields: tuple[Field, ...]
    measures: tuple[Measure, ...]
    example: Mapping[str, Any]
    about: str = ""
    note: str = ""
    rhythm: str = "none"
    rhythm_count: int = 1
    citation: str = ""
    inside: bool = False
    follow: bool = False
    by_members: bool = False
    kind_prefix: str = ""


def on(title: str = "日期") -> Field:
    return Field("on", title, "date", True, role="on")


def title(name: str = "名称", help: str = "") -> Field:
    return Field("title", name, "text", True, role="title", help=help)


def text(key: str, name: str, help: str = "", *, required: bool = False) -> Field:
    return Field(key, name, "text", required, help=help)


def long(key: str, name: str, help: str = "") -> Field:
    return Field(key, name, "long_text", help=help)


def number(key: str, name: str, unit: str, *, required: bool = False, help: str = "") -> Field:
    return Field(key, name, "number", required, unit=unit, help=help)


def day(key: str, name: str, help: str = "", *, fact: str = "", by: str = "") -> Field:
    """A day on which something happened that counts: `fact` says what; `by`: the dimension that says whether, and without `fact` what."""
    return Field(key, name, "date", help=help, fact=fact, by=by)


def money(key: str, name: str, *, fact: str = "", category: str = "", help: str = "") -> Field:
    return Field(key, name, "money", fact=fact, category=category, help=help)


def choice(key: str, name: str, role: str, options: str, *, required: bool = True) -> Field:
    """`options`: "code title, code title, …"."""
    pairs = tuple((code, label) for code, label in (one.split() for one in options.split(",")))
    return Field(key, name, "choice", required, options=pairs, role=role)


def people(key: str, name: str, help: str = "") -> Field:
    return Field(key, name, "people", help=help)


def body(key: str = "body", name: str = "承办机构") -> Field:
    return Field(key, name, "body")


PAPERS = Field("files", "附件", "file")
PLACE = Field("place", "地点", "place")
UNTIL = Field("until", "撤销日期", "date", role="until")
NEEDY = Field("needy", "困难群众姓名", private=True, help="要留底才填")


def many(
    suffix: str,
    name: str,
    unit: str,
    words: str,
    note: str,
    *,
    measures: str = "",
    never: str | Iterable[str] = (),
    **where: str,
) -> Measure:
    """How many entries; `where`: dimension="code code"."""
    return Measure(
        suffix, name, unit, where={key: tuple(codes.split()) for key, codes in where.items()}, measures=tuple(measures.split()), words=tuple(words.split()),
        never=tuple(never.split() if isinstance(never, str) else never), note=note,
    )  # fmt: skip


def happened(
    suffix: str,
    name: str,
    unit: str,
    words: str,
    note: str,
    *,
    fact: str = "",
    measures: str = "",
    never: str = "",
    **where: str,
) -> Measure:
    """How often something happened, on its own day; `fact`: what, where it is not the suffix."""
    return Measure(
        suffix, name, unit, where={key: tuple(codes.split()) for key, codes in where.items()}, measures=tuple(measures.split()), words=tuple(words.split()),
        never=tuple(never.split()), note=note, fact=fact or suffix,
    )  # fmt: skip


def summed(
    suffix: str,
    name: str,
    unit: str,
    of: str,
    words: str,
    note: str,
    *,
    measures: str = "",
    never: str = "",
    **where: str,
) -> Measure:
    """The sum of a number."""
    return Measure(
        suffix, name, unit, "sum", of, {key: tuple(codes.split()) for key, codes in where.items()}, measures=tuple(measures.split()),
        words=tuple(words.split()), never=tuple(never.split()), note=note,
    )  # fmt: skip


def rated(suffix: str, name: str, part: str, whole: str, words: str, note: str, *, never: str = "") -> Measure:
    """Part of whole in percent."""
    return Measure(
        suffix,
        name,
        "%",
        "rate",
        part=part,
        whole=whole,
        words=tuple(words.split()),
        never=tuple(never.split()),
        note=note,
    )


def each(suffix: str, name: str, unit: str, part: str, words: str, note: str, *, measures: str = "") -> Measure:
    """For each member in office."""
    return Measure(
        suffix,
        name,
        unit,
        "average",
        part=part,
        whole="people.in_office",
        words=tuple(words.split()),
        measures=tuple(measures.split()),
        note=note,
    )


def persons(suffix: str, name: str, words: str, note: str, *, measures: str = "名 位") -> Measure:
    """How many different people."""
    return Measure(
        suffix, name, "人", "people", words=tuple(words.split()), measures=tuple(measures.split()), note=note
    )
