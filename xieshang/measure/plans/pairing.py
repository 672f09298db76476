"""配对: which item of a revised document stands in the place of which item of the old one. Pure: words in, pairs out.

The same words are the same item. Of the rest, those most alike belong together, by their words first, then by what counts them, their goal
and the heading over them. What is only somewhat alike is paired as a question: a person decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xieshang.text.similarity import ratio, share

ALIKE = 0.75  # wordings so much alike are surely one item
NEAR = 0.4  # so much alike they may be one item
HELD = 0.85  # so much of the shorter wording stands in the longer one: it was taken up in it

NUMBER = re.compile(r"[\d.,，]+|_{2,}")


@dataclass(frozen=True)
class Item:
    """What pairing looks at.

    goal      its number with its measure word, "" for a task without one
    standing  False of what was taken out or found to be no task: it only knows its own words again
    """

    words: str
    goal: str = ""
    unit: str = ""
    indicator: str = ""
    heading: str = ""
    standing: bool = True


@dataclass
class Match:
    """Old items (by place) and the new one that stands for them; one side may be empty."""

    olds: list[int]
    new: int | None
    sure: bool = True


def match(old: Sequence[Item], new: Sequence[Item]) -> list[Match]:
    """Every item of both sides in one match, new ones in their order, each dropped one behind those it stood after."""
    found: dict[int, Match] = {}
    free = dict(enumerate(old))
    for n, item in enumerate(new):
        twins = [k for k, one in free.items() if one.words == item.words]
        if twins:
            place = next((k for k in twins if old[k].heading == item.heading), twins[0])
            found[n] = Match([place], n)
            del free[place]
    exact, free = set(found), {k: one for k, one in free.items() if one.standing}
    likely = sorted(_alike(free, new, exact), key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2]))
    for _order, k, n in likely:
        if k in free and n not in found:
            found[n] = Match([k], n, sure=surely(old[k], new[n]))
            del free[k]
    _take_up(free, old, new, found, exact)
    matches = [found.get(n) or Match([], n) for n in range(len(new))]
    return _in_order(matches, list(free))


def _alike(free: dict[int, Item], new: Sequence[Item], taken: set[int]) -> Iterator[tuple[float, int, int]]:
    for k, one in free.items():
        for n, item in enumerate(new):
            if n in taken:
                continue
            likeness = alike(one.words, item.words)
            if likeness >= NEAR or (one.indicator and one.indicator == item.indicator and one.unit == item.unit):
                yield _score(likeness, one, item), k, n


def _score(likeness: float, one: Item, other: Item) -> float:
    same_indicator = bool(one.indicator) and one.indicator == other.indicator
    return 6 * likeness + 2 * same_indicator + (one.goal == other.goal) + ratio(one.heading, other.heading)


def surely(one: Item, other: Item) -> bool:
    """No question: alike enough, and not counted by two different things."""
    if one.indicator and other.indicator and one.indicator != other.indicator:
        return False
    if bool(one.goal) != bool(other.goal) or (one.unit and other.unit and one.unit != other.unit):
        return False
    return alike(one.words, other.words) >= ALIKE


def alike(one: str, other: str) -> float:
    """How alike two wordings are but for their numbers, which a revision changes most of all."""
    return ratio(NUMBER.sub("", one), NUMBER.sub("", other))


def _take_up(
    free: dict[int, Item], old: Sequence[Item], new: Sequence[Item], found: dict[int, Match], exact: set[int]
) -> None:
    """An old item whose words stand in a new one that is longer: 并, as a question."""
    for k, one in list(free.items()):
        for n, item in enumerate(new):
            longer = len(item.words) > len(one.words)
            if n not in exact and longer and share(one.words, item.words) >= HELD:
                before = found.get(n) or Match([], n)
                found[n] = Match(sorted([*before.olds, k]), n, sure=False)
                del free[k]
                break


def _in_order(matches: list[Match], gone: list[int]) -> list[Match]:
    """Dropped items where they stood: behind the match that holds the nearest item before them."""
    for k in gone:
        before = [i for i, one in enumerate(matches) if any(other < k for other in one.olds)]
        at = max(before, key=lambda i: max(other for other in matches[i].olds if other < k)) + 1 if before else 0
        matches.insert(at, Match([k], None))
    return matches
