"""待办: what waits for a person. Each room adds a function; the home page and the frame ask them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


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


def waiting(user: Any, unit: Any, today: date) -> list[Todo]:
    """All that waits for `user` in `unit`, by due date; what has none comes last."""
    found = [todo for one in SOURCES for todo in one(user, unit, today)]
    return sorted(found, key=lambda todo: (todo.due or date.max, not todo.main))
