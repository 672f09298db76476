"""与上年对照: a plan beside the one of the year before: what is new, dropped, raised, lowered, reworded. Reads only; nothing is paired for good."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.documents import breakdown

from . import pace, pairing, queries, rules
from .exports import per_words
from .models import Plan, Target

COLUMNS = ("对照", "上年", "上年目标", "本年", "本年目标")
WIDTHS = (5, 20, 9, 20, 9)
STANDING = ("open", "accepted", "objected", "carried")  # what a plan asked for, however it ended


@dataclass(frozen=True)
class Row:
    """An item of both years, or of one. `sure` False: paired by likeness only."""

    kind: str
    olds: tuple[Target, ...]
    new: Target | None
    sure: bool = True

    @property
    def kind_word(self) -> str:
        return rules.said(rules.YEARLY, self.kind)

    @property
    def before(self) -> list[tuple[Target, str]]:
        """Each item of last year with its goal in words."""
        return [(old, goal(old)) for old in self.olds]

    @property
    def after(self) -> list[tuple[Target, str]]:
        return [(self.new, goal(self.new))] if self.new else []


@dataclass(frozen=True)
class Compared:
    """Both plans with their items in the order of the new one; those that were dropped behind what they stood after."""

    plan: Plan
    before: Plan
    rows: list[Row]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind, in the order of the kinds; `moved` is all but what stayed."""
        counts = Counter(row.kind for row in self.rows)
        return {
            "moved": len(self.rows) - counts["same"],
            **{code: counts[code] for code, _word in rules.YEARLY},
            "all": len(self.rows),
        }

    def of(self, tab: str) -> list[Row]:
        return [row for row in self.rows if tab in ("all", row.kind) or (tab == "moved" and row.kind != "same")]


def earlier(user: User, plan: Plan) -> QuerySet[Plan]:
    """The unit's plans that began before this one, the nearest first."""
    found = queries.visible(user).filter(
        organization=plan.organization, sender=plan.sender_id, starts_on__lt=plan.starts_on
    )
    return found.select_related("organization").order_by("-starts_on", "source", "id")


def before(user: User, plan: Plan, chosen: int = 0) -> tuple[Plan | None, list[Plan]]:
    """The plan to lay beside it (the chosen one, else the nearest of the same source), and all there are."""
    there = list(earlier(user, plan)[:12])
    alike = [one for one in there if one.source == plan.source]
    return next((one for one in there if one.pk == chosen), next(iter([*alike, *there]), None)), there


def compared(plan: Plan, old: Plan) -> Compared:
    """Two queries, whatever the number of items."""
    mine, theirs = _standing(plan), _standing(old)
    rows = []
    for match in pairing.match([_item(one) for one in theirs], [_item(one) for one in mine]):
        new = mine[match.new] if match.new is not None else None
        olds = tuple(theirs[k] for k in match.olds)
        rows.append(Row(kind(olds, new), olds, new, match.sure))
    return Compared(plan, old, rows)


def _standing(plan: Plan) -> list[Target]:
    """What the paper itself asks for; what was carried over from the year before is no new task."""
    found = list(
        plan.targets.filter(state__in=STANDING, carried_from=None).select_related("section").order_by("order", "id")
    )
    for target in found:
        target.plan = plan
    return found


def _item(target: Target) -> pairing.Item:
    return pairing.Item(
        target.quote, target.goal_words, target.unit, target.indicator, target.section.title if target.section else ""
    )


def kind(olds: tuple[Target, ...], new: Target | None) -> str:
    """新增、取消、提高、降低、改写、未变. Only numbers that count the same can be higher or lower; any other change of words is a rewording."""
    if new is None:
        return "dropped"
    if not olds:
        return "new"
    if len(olds) == 1 and (way := _way(olds[0], new)):
        return way
    alike = len(olds) == 1 and olds[0].quote == new.quote and olds[0].goal_words == new.goal_words
    return "same" if alike else "reworded"


def _way(old: Target, new: Target) -> str:
    """`raised`, `lowered`, or "" where the numbers are the same, missing, or not of one kind."""
    if (old.unit, old.per) != (new.unit, new.per):
        return ""
    mine, theirs = _whole(new), _whole(old)
    if mine is None or theirs is None or mine == theirs:
        return ""
    ups = [a > b for a, b in zip(mine, theirs, strict=True) if a != b]
    return "raised" if all(ups) else "" if any(ups) else "lowered"


def _whole(target: Target) -> tuple[Decimal, Decimal] | None:
    """What the plan asks for over a year, lowest and highest: 每季度一次 is four. A rate is the same however often it is asked."""
    if target.kind != "quantified" or target.value is None:
        return None
    times = 1
    if target.period and target.unit != "%":
        if target.period not in pace.MONTHS:
            return None
        times = 12 // pace.MONTHS[target.period]
    return target.value * times, (target.max or target.value) * times


def title(found: Compared) -> str:
    return f"《{found.plan.title}》与上年对照表"


def docx(found: Compared, *, at: datetime) -> bytes:
    """The table as .docx, only what moved; what was paired by likeness says so."""
    rows = [
        [
            row.kind_word if row.sure else f"{row.kind_word}（请核）",
            "\n".join(one.words for one, _goal in row.before),
            "\n".join(said for _one, said in row.before),
            "\n".join(one.words for one, _goal in row.after),
            "\n".join(said for _one, said in row.after),
        ]
        for row in found.of("moved")
    ]
    counts = found.counts
    said = [f"{word} {counts[code]} 项" for code, word in rules.YEARLY if counts[code]]
    note = f"上年：《{found.before.title}》　{'，'.join(said)}"
    return breakdown.breakdown_docx(title(found), COLUMNS, rows, widths=WIDTHS, note=note, at=at)


def goal(target: Target) -> str:
    return f"{target.goal_words}{per_words(target)}"


def tabs(found: Compared) -> list[dict[str, Any]]:
    words = {"moved": _("有变动的"), "all": _("全部"), **{code: str(word) for code, word in rules.YEARLY}}
    return [
        {"code": code, "label": words[code], "count": n}
        for code, n in found.counts.items()
        if n or code in ("moved", "all")
    ]
