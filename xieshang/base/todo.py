"""待办: what waits for a person. Each room adds a function; the home page and the frame ask them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model


@dataclass(frozen=True)
class Todo:
    """One line: what, by when, and the one verb that is the next step.

    title   what waits, a lazy or plain string;  detail  one more sentence
    url     where it is done;  verb  the button's word (接着填, 补登 …)
    post    where the button posts, for a verb that is done at once (同意); the title still leads to `url`
    due     by when, or None;  main  the most pressing kind of thing
    more    other answers, quieter beside the verb: (word, address)
    """

    title: str
    detail: str
    url: str
    verb: str
    due: date | None = None
    main: bool = False
    more: tuple[tuple[str, str], ...] = ()
    post: str = ""


Source = Callable[[Any, Any, date], Iterable[Todo]]
SOURCES: list[Source] = []


def source(function: Source) -> Source:
    """Register a room's function (user, unit, today) → todos."""
    SOURCES.append(function)
    return function


@dataclass(frozen=True)
class Rows:
    """Rows of a unit without which a source has nothing to say.

    mine     the column of the account to whom they belong, "" where they wait for anybody
    columns  (column, the values that wait), …
    """

    model: type[Model]
    mine: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]

    def exist(self, user: int, unit: int) -> tuple[str, list[Any]]:
        """The question whether there are any, in plain SQL."""
        asked: dict[str, tuple[Any, ...]] = {"organization": (unit,), **dict(self.columns)}
        if self.mine:
            asked[self.mine] = (user,)
        where = " AND ".join(
            f"{self.model._meta.get_field(name).column} IN ({', '.join(['%s'] * len(values))})"  # type: ignore[union-attr]
            for name, values in asked.items()
        )
        values = [value for given in asked.values() for value in given]
        return f"EXISTS (SELECT 1 FROM {self.model._meta.db_table} WHERE {where})", values


NEEDS: dict[Source, Rows] = {}


def source_of(model: type[Model], *, mine: str = "", **columns: tuple[str, ...]) -> Callable[[Source], Source]:
    """As `source`, for a function that has nothing to say where the unit has no such rows (`Rows`): it is not called then."""

    def register(function: Source) -> Source:
        NEEDS[function] = Rows(model, mine, tuple(columns.items()))
        return source(function)

    return register


def waiting(user: Any, unit: Any, today: date) -> list[Todo]:
    """All that waits for `user` in `unit`, by due date; what has none comes last."""
    idle = _idle(user, unit)
    found = [todo for one in SOURCES if one not in idle for todo in one(user, unit, today)]
    return sorted(found, key=lambda todo: (todo.due or date.max, not todo.main))


def _idle(user: Any, unit: Any) -> set[Source]:
    """The sources of which the unit has no rows. One plain statement for all of them, where each of their own would cost ten times as much to put."""
    asked = {one: NEEDS[one].exist(user.pk, unit.pk) for one in SOURCES if one in NEEDS}
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sql for sql, _values in asked.values())}",
            [value for _sql, values in asked.values() for value in values],
        )
        there = cursor.fetchone()
    return {one for one, found in zip(asked, there, strict=True) if not found}
