"""Pages of a list that may be very long."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

MOST = 2500  # rows that are counted; whoever looks for one further behind narrows the list


class Bounded(Paginator):  # type: ignore[type-arg]
    """Counts no further than `MOST`: a list of hundreds of thousands would be read whole to say how long it is. `beyond`: there are more."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows[: MOST + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def beyond(self) -> bool:
        return self._counted > MOST
