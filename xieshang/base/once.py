"""What one page asks several times is read once: remembered while a page is being read, never while something is written."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("once", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within this block (a GET request) `once` remembers."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives; asked again under the same key while a page is read, the same object."""
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    found: T = kept[key]
    return found
