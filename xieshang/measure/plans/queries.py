"""Every read of plans, narrowed first to what the user may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import Grant, User
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.once import once
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.orgs.years import calendar
from xieshang.base.workflow.engine import snapshot
from xieshang.measure import tying

from . import measuring, pace, reading, rules
from .measuring import Measured
from .models import Paper, Plan, ProgressLine, Section, Target, TargetVersion

STRIP = tuple(state for state in pace.STATES)


def visible(user: User) -> QuerySet[Plan]:
    return Plan.objects.filter(organization__in=permissions.units(user, "plans.see")).exclude(state="withdrawn")


def one(user: User, pk: int, *, paper: bool = True) -> Plan:
    """One plan, or 404 when it is not theirs to see. `paper`: with the paper it was read from, and who saved it."""
    beside = ("organization", "paper", "saved_by") if paper else ("organization",)
    return get_object_or_404(visible(user).select_related(*beside), pk=pk)


def target(user: User, pk: int) -> Target:
    found = Target.objects.filter(plan__in=visible(user)).select_related(
        "plan", "plan__paper", "organization", "section", "owner_user"
    )
    return get_object_or_404(found, pk=pk)


def paper(user: User, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.filter(organization__in=permissions.units(user, "plans.import")), pk=pk)


def papers(unit: Organization) -> QuerySet[Paper]:
    """What was handed in lately, to go on with."""
    return Paper.objects.filter(organization=unit).defer("text")[:8]


def of_period(unit: Organization, start: date, end: date) -> list[Plan]:
    """The plans of a unit that stand and belong to a year, by source: a five-year plan belongs to each of its years. Read once for a page."""
    return once(("plans of", unit.pk, start, end), lambda: _of_period(unit, start, end))


def _of_period(unit: Organization, start: date, end: date) -> list[Plan]:
    found = Plan.objects.filter(organization=unit, starts_on__lte=end, ends_on__gte=start).exclude(state="withdrawn")
    # shares of its own bodies are counted up under the target they come from
    found = found.exclude(sender=F("organization")).order_by()
    by_source = [code for code, _word in rules.SOURCES]
    kept = [plan for plan in found.select_related("organization") if _belongs(plan, start, end)]
    return sorted(kept, key=lambda plan: (by_source.index(plan.source), plan.pk))


def of_year(unit: Organization, year: int) -> list[Plan]:
    at = calendar(year)
    return of_period(unit, at.starts_on, at.ends_on)


def _belongs(plan: Plan, start: date, end: date) -> bool:
    """At least a quarter of the plan's days or of the year's lie in the other: a session year's last weeks do not make it next year's plan."""
    shared = (min(plan.ends_on, end) - max(plan.starts_on, start)).days + 1
    return 4 * shared >= min((plan.ends_on - plan.starts_on).days, (end - start).days) + 1


def targets_of(plans: Iterable[Plan], *states: str) -> list[Target]:
    """Targets with plan, unit and their lines of progress, plan by plan as they are given. Two queries."""
    known = list(plans)
    found = Target.objects.filter(plan__in=known, state__in=states or ("accepted", "withdrawn", "carried"))
    newest = Prefetch("progress", queryset=ProgressLine.objects.order_by("target", "-on", "-id"))
    rows = found.prefetch_related(newest).order_by("order", "id")
    place = {plan.pk: n for n, plan in enumerate(known)}
    ordered = sorted(rows, key=lambda row: place[row.plan_id])
    _share({plan.pk: plan for plan in known}, ordered)
    return ordered


def _share(plans: dict[int, Plan], rows: list[Target]) -> None:
    """One plan and one unit for all their targets, instead of one made anew for each."""
    for row in rows:
        row.plan = plans[row.plan_id]
        row.organization = row.plan.organization


# --- the plan page ----------------------------------------------------------------------------------------------------------


@dataclass
class Part:
    """A heading of the document with the targets right under it."""

    section: Section | None
    rows: list[Measured] = field(default_factory=list)
    gone: bool = False

    @property
    def level(self) -> int:
        return self.section.level if self.section else 0

    @property
    def repeats(self) -> bool:
        """The heading says no more than the target under it: 2、年内组织集体活动不少于4次."""
        if self.section is None:
            return False
        title = self.section.title
        return any(row.target.quote in title or title in row.target.quote for row in self.rows)


@dataclass
class Sheet:
    """A plan measured on a day: all its rows, those that are shown, and how many stand how."""

    plan: Plan
    on: date
    rows: list[Measured]
    parts: list[Part]
    counts: Counter[str]
    open: int = 0

    @property
    def total(self) -> int:
        return sum(n for state, n in self.counts.items() if state != "withdrawn")


def sheet(plan: Plan, on: date, *, state: str = "", owner: str = "", kind: str = "") -> Sheet:
    """The plan page. The filters narrow what is shown, never what is counted."""
    prefetch_related_objects([plan], "sections")  # the page shows them all once more at its foot
    rows = measuring.measure(targets_of([plan]), on)
    shown = [
        row for row in rows if (not state or row.state == state) and (not owner or row.target.owner == owner) and (not kind or row.target.kind == kind)
    ]  # fmt: skip
    counts = Counter(row.state for row in rows)
    return Sheet(plan, on, rows, parts_of(plan, shown), counts, plan.targets.filter(state="open").count())


def parts_of(plan: Plan, rows: list[Measured]) -> list[Part]:
    """The document's own outline: headings that hold a target, and those above them."""
    sections = list(plan.sections.all())
    by_section: dict[int | None, list[Measured]] = {}
    for row in rows:
        by_section.setdefault(row.target.section_id, []).append(row)
    kept: set[int] = set()
    above: list[Section] = []
    for section in sections:
        above = [s for s in above if s.level < section.level] + [section]
        if section.pk in by_section:
            kept.update(s.pk for s in above)
    loose = by_section.get(None, [])
    standing = [row for row in loose if row.state != "withdrawn"]
    parts = [Part(None, standing)] if standing else []
    for section in sections:
        if section.pk not in kept:
            continue
        part = Part(section, by_section.get(section.pk, []))
        if parts and parts[-1].level < part.level and part.repeats:
            parts[-1].rows += part.rows
        else:
            parts.append(part)
    if gone := [row for row in loose if row.state == "withdrawn"]:  # their heading went with them
        parts.append(Part(None, gone, gone=True))
    return parts


def strip(
    counts: Counter[str], *, current: str = "", always: tuple[str, ...] = ("done", "on_track", "not_due", "behind")
) -> list[dict[str, Any]]:
    """The whole plan in one line: how many stand how; a click filters."""
    items = []
    for state in STRIP:
        if counts[state] or state in always:
            on = state == current
            items.append(
                {"state": state, "count": counts[state], "url": "?" if on else f"?state={state}", "current": on}
            )
    return items


@dataclass
class Listed:
    """A plan in the list of a year, with how it stands."""

    plan: Plan
    counts: Counter[str]
    open: int

    @property
    def total(self) -> int:
        return sum(n for state, n in self.counts.items() if state != "withdrawn")


def measured(unit: Organization, start: date, end: date, on: date) -> list[Measured]:
    """Every target of a unit's plans of a year, measured on a day. Home asks for it twice; it is measured once for a page."""

    def measure() -> list[Measured]:
        return measuring.measure(targets_of(of_period(unit, start, end)), on, ahead=False)

    return once(("plans", unit.pk, start, end, on), measure)


def counted_by(plans: list[Plan], on: date) -> Counter[str]:
    """How many tasks of some plans stand how on a day."""
    return Counter(row.state for row in measuring.measure(targets_of(plans), on))


def listed(unit: Organization, start: date, end: date, on: date) -> tuple[list[Listed], Counter[str]]:
    """All plans of a year, and one strip over all of them. Measured together."""
    plans = of_period(unit, start, end)
    rows = measuring.measure(targets_of(plans), on, ahead=False)
    counts: dict[int, Counter[str]] = {plan.pk: Counter() for plan in plans}
    for row in rows:
        counts[row.target.plan_id][row.state] += 1
    waiting = Counter(Target.objects.filter(plan__in=plans, state="open").values_list("plan", flat=True))
    return [Listed(plan, counts[plan.pk], waiting[plan.pk]) for plan in plans], sum(counts.values(), Counter())


# --- checking ---------------------------------------------------------------------------------------------------------------

TABS = ("all", "quantified", "qualitative", "look", "dropped")


@dataclass
class Item:
    """A target in the right pane; `place`: the mark in the original; `likely`: what may count it, while nothing does."""

    target: Target
    place: int
    likely: list[Indicator] = field(default_factory=list)


@dataclass
class Review:
    """A plan being checked: its text with marks, and its items."""

    plan: Plan
    lines: list[reading.Line]
    items: list[Item]
    shown: list[Item]
    counts: dict[str, int]
    sure: int
    tasks: int
    first_open: int


def review(plan: Plan, known: dict[str, Indicator], tab: str = "all") -> Review:
    """The two panes. `look`: what is open and not sure."""
    everything = list(plan.targets.select_related("plan", "organization", "section").order_by("order", "id"))
    for one in everything:
        one.plan = plan
    standing = [t for t in everything if t.state != "dropped"]
    groups = {
        "all": standing,
        "quantified": [t for t in standing if t.kind == "quantified"],
        "qualitative": [t for t in standing if t.kind == "qualitative"],
        "look": [t for t in standing if t.state == "open" and not t.is_sure],
        "dropped": [t for t in everything if t.state == "dropped" and not t.made_from_id],
    }
    waiting = [t for t in standing if t.state == "open"]
    items = {t.pk: item(t, known, everything) for t in everything}
    return Review(
        plan, _lines(plan, standing), list(items.values()), [items[t.pk] for t in groups.get(tab, standing)],
        {name: len(found) for name, found in groups.items()}, sum(t.is_sure for t in waiting), sum(t.is_clear_task for t in waiting),
        waiting[0].pk if waiting else 0,
    )  # fmt: skip


def _lines(plan: Plan, targets: list[Target]) -> list[reading.Line]:
    spans = [(t.start, t.end, "target", t.pk) for t in targets if t.end > t.start]
    marks = list(plan.marks.all())
    spans += [(m.start, m.end, m.kind, 0) for m in marks if m.kind != "gap"]
    spans += [(start, end, "doubt", 0) for start, end in plan.doubtful]
    gaps = [(m.start, m.after, m.missing) for m in marks if m.kind == "gap"]
    return list(reading.lines(plan.text, spans, gaps, [(s.start, s.end) for s in plan.sections.all()]))


def item(target: Target, known: dict[str, Indicator], others: Iterable[Target] = ()) -> Item:
    """Two items read from the same words share one mark."""
    place = next((t.pk for t in others if t.state != "dropped" and t.start <= target.start < t.end), target.pk)
    likely: list[Indicator] = []
    if target.state == "open" and target.kind == "quantified" and not target.indicator:
        likely = [guess.indicator for guess in _guesses(target, known)[:3]]
    return Item(target, place, likely)


def _guesses(target: Target, known: dict[str, Indicator]) -> list[tying.Guess]:
    own, said = reading.own_names(target.organization), reading.before(target.plan.text, target)
    return reading.guesses(target, tuple(known.values()), own, said)


def choices(target: Target, known: dict[str, Indicator]) -> tuple[list[tuple[Indicator, str]], list[Indicator]]:
    """Indicators a target may be tied to: the likely ones with why, then those whose measure words fit, then the others."""
    likely = _guesses(target, known)[:5]
    codes = {guess.indicator.code for guess in likely}
    rest = [one for code, one in figures.offered(known).items() if code not in codes]
    fitting = [one for one in rest if target.unit and target.unit in one.accepts]
    return [(guess.indicator, guess.why) for guess in likely], fitting + [one for one in rest if one not in fitting]


def owners(unit: Organization) -> list[str]:
    """Names that may own a target: the accounts of the unit and whoever owns one already."""
    accounts = Grant.objects.filter(
        organization=unit, ended_at=None, user__is_active=True, role__in=("clerk", "head", "part_timer", "leader")
    )
    named = set(accounts.values_list("user__name", flat=True))
    named |= set(
        Target.objects.filter(organization=unit).exclude(owner="").values_list("owner", flat=True).distinct()[:200]
    )
    return sorted(named - {""})


COMPARED = (
    "quote",
    "goal",
    "period",
    "per",
    "deadline",
    "starts_on",
    "ends_on",
    "indicator",
    "owner",
    "lead_leader",
    "lead_office",
    "cooperating",
    "body",
    "state",
)


def changes(target: Target) -> list[tuple[TargetVersion, list[tuple[str, str, str]]]]:
    """Each old version, newest first, with what was changed then: (what, before, after)."""
    after: dict[str, Any] = {**snapshot(target), "goal": target.goal_words}
    found = []
    for version in target.versions.select_related("by"):
        before = version.said
        differ = [name for name in COMPARED if (before.get(name) or "") != (after.get(name) or "")]
        found.append(
            (version, [(_label(name), _word(name, before.get(name)), _word(name, after.get(name))) for name in differ])
        )
        after = before
    return found


def _label(name: str) -> str:
    return _("目标值") if name == "goal" else str(Target._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _word(name: str, value: Any) -> str:
    if name == "body" and value:
        return str(Body.objects.filter(pk=value).first() or "")
    words: dict[str, Any] = {"period": dict(rules.PERIODS), "per": dict(rules.PERS), "state": rules.TARGET_STATES}.get(
        name, {}
    )
    return str(words.get(value, value or ""))


# --- what waits for me ------------------------------------------------------------------------------------------------------


def being_read(unit: Organization) -> list[tuple[Plan, int]]:
    """Plans with open items, and how many. Two queries."""
    open_ones = Target.objects.filter(organization=unit, state="open", plan__state__in=("reading", "in_force"))
    waiting = Counter(open_ones.order_by().values_list("plan", flat=True))
    return [(plan, waiting[plan.pk]) for plan in Plan.objects.filter(pk__in=waiting).order_by("id")]


def mine(user: User, unit: Organization, on: date) -> list[Measured]:
    """My confirmed targets in plans in force, measured on a day; with the year's others, so that one page measures them once."""
    owned = Target.objects.filter(
        owner_user=user, organization=unit, state="accepted", plan__state="in_force", plan__starts_on__lte=on
    )
    wanted = set(owned.order_by().values_list("pk", flat=True))
    if not wanted:
        return []
    at = calendar(on.year)
    rows = [row for row in measured(unit, at.starts_on, at.ends_on, on) if row.target.pk in wanted]
    if older := wanted - {row.target.pk for row in rows}:
        others = owned.filter(pk__in=older).select_related("plan", "organization", "section")
        rows += measuring.measure(list(others.prefetch_related("progress")), on)
    return rows


def unowned(unit: Organization, on: date) -> list[Measured]:
    """Confirmed targets of the year's plans in force whose owner has no account."""
    at = calendar(on.year)
    rows = measured(unit, at.starts_on, at.ends_on, on)
    return [
        row
        for row in rows
        if row.target.plan.state == "in_force" and row.target.state == "accepted" and row.target.owner_user_id is None
    ]


def indicators(unit: Organization) -> dict[str, Indicator]:
    return figures.indicators(unit)


def opened(paper: Paper) -> dict[int, Plan]:
    """Which documents of a paper are plans already."""
    return {plan.document: plan for plan in paper.plans.exclude(state="withdrawn")}


def one_before(target: Target) -> Target | None:
    """The item above, in the order of the text."""
    above = Target.objects.filter(plan=target.plan, state__in=("open", "accepted"), order__lt=target.order)
    return above.select_related("plan", "organization").order_by("-order", "-id").first()
