"""分解 counted up again: how each receiver's share stands, and the whole by the stated weights. Ratios are never summed.

Each share counts by how much of its own goal is reached, at most all of it; the whole is their mean by weight over those that have a figure.
Who has none is named as missing, never taken for nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from xieshang.base.audit.models import Entry
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.ledger.figures import Query

from . import carrying, measuring, rules
from .actions.handing import STANDING, receivers
from .measuring import Measured
from .models import Plan, Target, plain

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
ADDED = ("count", "sum", "stock")  # what may be counted over units; different people and ratios may not


@dataclass
class Part:
    """One receiver's share. `row` is None until it was confirmed; `done` 0..1, None where there is nothing to reckon with."""

    child: Target
    row: Measured | None = None
    why: str = ""  # what was objected

    @property
    def name(self) -> str:
        return self.child.plan.receiver

    @property
    def word(self) -> str:
        return str(_("待确认") if self.child.state == "open" else rules.TARGET_STATES[self.child.state])

    @property
    def done(self) -> Decimal | None:
        if self.row is None or self.child.op == "at_most":
            return None
        verdict = self.row.verdict
        if self.child.kind == "qualitative":
            return Decimal(1) if verdict.state == "done" else None
        if verdict.actual is None or not verdict.goal:
            return None
        return min(Decimal(1), verdict.actual / verdict.goal)

    @property
    def missing(self) -> str:
        """Why it is not reckoned in, in a word; "" when it is."""
        if self.child.state == "open":
            return _("待确认")
        if self.child.state == "objected":
            return _("有异议")
        return _("未报") if self.done is None else ""


@dataclass
class Composed:
    """A target, its shares, and what they come to."""

    target: Target
    own: Measured | None
    parts: list[Part]
    below: Decimal | None = None  # the ledger's own sum over the unit and those below, jointly held ones once
    indicator: Indicator | None = None

    @property
    def percent(self) -> Decimal | None:
        """By the stated weights, of those that have a figure."""
        reckoned = [(part.child.weight or Decimal(1), part.done) for part in self.parts if part.done is not None]
        weights = sum((weight for weight, _done in reckoned), Decimal(0))
        if not weights:
            return None
        return (sum((w * d for w, d in reckoned), Decimal(0)) * HUNDRED / weights).quantize(TENTH, ROUND_HALF_UP)

    @property
    def covered(self) -> str:
        """“按权重，5 个里 4 个有数，权重 80／100”."""
        have = [part for part in self.parts if part.done is not None]
        words = {
            "n": len(self.parts), "have": len(have), "part": plain(_weights(have)), "all": plain(_weights(self.parts)),
        }  # fmt: skip
        return _("%(n)s 个承担的里 %(have)s 个有数，权重 %(part)s／%(all)s") % words

    @property
    def missing(self) -> list[str]:
        return [f"{part.name}（{part.missing}）" for part in self.parts if part.missing]

    @property
    def remainder(self) -> str:
        """What of the goal nobody was given, or was given too much; only of numbers that may be added."""
        if self.target.kind != "quantified" or self.target.value is None or self.target.per or not self._adds:
            return ""
        if not self.parts:
            return ""
        left = self.target.value - sum((part.child.value or Decimal(0) for part in self.parts), Decimal(0))
        words = {"n": plain(abs(left)), "unit": self.target.unit}
        if left > 0:
            return _("还有 %(n)s %(unit)s未分解") % words
        return _("各份合计比目标值多 %(n)s %(unit)s") % words if left < 0 else ""

    @property
    def _adds(self) -> bool:
        return self.indicator is None or self.indicator.how in ADDED


def _weights(parts: list[Part]) -> Decimal:
    return sum((part.child.weight or Decimal(1) for part in parts), Decimal(0))


def composed(target: Target, on: date, own: Measured | None = None) -> Composed:
    """A target with its shares, measured on a day, all of them with one batch of figures."""
    known = figures.indicators(target.organization)
    indicator = known.get(target.indicator)
    parts = [Part(child) for child in shares(target)]
    rows = measuring.of_units([part.child for part in parts if part.child.state == "accepted"], on)
    for part in parts:
        part.row = rows.get(part.child.pk)
    _look_up_objections(parts)
    found = Composed(target, own, parts, indicator=indicator)
    others = any(part.child.organization_id != target.organization_id for part in parts)
    if others and indicator and indicator.how in ADDED and not indicator.inside and not target.per:
        end = max(target.begins, min(on, target.deadline or target.finishes))
        asked = Query(indicator, target.organization_id, target.begins, end, children=True)
        found.below = figures.figure(asked, known).value
    return found


def _look_up_objections(parts: list[Part]) -> None:
    """The newest reason of each share that was objected to. One query, where there is one."""
    objected = {part.child.ref: part for part in parts if part.child.state == "objected"}
    if objected:
        entries = Entry.objects.filter(verb="plans.object", record__in=objected).order_by("id")
        for record, why in entries.values_list("record", "reason"):
            objected[record].why = why


def around(target: Target, on: date, own: Measured) -> dict[str, Any]:
    """What a target's page says of where it came from and went: handed down, carried over."""
    found = composed(target, on, own) if target.shares.filter(state__in=STANDING).exists() else None
    return {"composed": found, **carrying.ways(target)}


def shares(target: Target) -> list[Target]:
    """The standing shares of a target: units below first, then bodies."""
    found = target.shares.filter(state__in=STANDING).select_related(
        "organization", "section", "plan", "plan__body", "plan__organization"
    )
    return list(
        found.prefetch_related("progress").order_by(F("plan__body").asc(nulls_first=True), "organization__path", "id")
    )


def offered(target: Target, typed: Any = None) -> list[dict[str, Any]]:
    """Every possible receiver with what it has now, or what was just typed: the rows of the form."""
    standing = {(one.organization_id, one.plan.body_id): one for one in shares(target)}
    rows = []
    for organization, body in receivers(target.organization):
        key = f"b{body.pk}" if body else f"o{organization.pk}"
        has = standing.get((organization.pk, body.pk if body else None))
        value, weight = (plain(has.value), plain(has.weight)) if has else ("", "")
        if typed is not None:
            value, weight = typed.get(f"value_{key}", ""), typed.get(f"weight_{key}", "")
        rows.append({
            "key": key, "name": body.name if body else organization.short_name, "organization": organization, "body": body,
            "group": body.get_kind_display() if body else _("下级单位"), "value": value, "weight": weight, "ticked": bool(has) if typed is None else f"give_{key}" in typed,
        })  # fmt: skip
    return rows


def grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by kind of receiver; open are the first and those where something is ticked."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["name"] != row["group"]:
            groups.append({"name": row["group"], "rows": [], "open": not groups})
        groups[-1]["rows"].append(row)
        groups[-1]["open"] = groups[-1]["open"] or row["ticked"]
    return groups


def waiting(plan: Plan) -> QuerySet[Target]:
    """What a plan was handed: to be confirmed first, then what was objected to, then the rest."""
    found = plan.targets.filter(parent__isnull=False).exclude(state="withdrawn")
    return found.select_related("parent", "parent__plan", "parent__organization", "organization", "plan")
