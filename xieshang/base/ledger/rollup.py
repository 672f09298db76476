"""Folding facts into the rollup, up to a watermark. Nothing here is needed for a right figure, only for a quick one."""

from django.db import connection, transaction

from .models import PostedFact, Rollup, Watermark

BATCH = 200_000
BODIES = "COALESCE(body_id, 0), COALESCE(sector_id, 0)"
LABELS = "carrier, category, outlet"
NO_LABELS = "'', '', ''"
# What each grain tells apart. Those of the whole unit do not grow with its bodies and sectors: a page of figures reads these.
GRAINS = {
    #     starts, person,     bodies,  labels
    "d": ("d", "0",          BODIES,  LABELS),
    "m": ("m", "0",          BODIES,  LABELS),
    "p": ("m", "person_id",  BODIES,  LABELS),
    "D": ("d", "0",          "0, 0",  LABELS),
    "M": ("m", "0",          "0, 0",  LABELS),
    "N": ("m", "person_id",  "0, 0",  NO_LABELS),
}  # fmt: skip
NET = "CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END"
STARTS = {
    ("sqlite", "m"): """date("on", 'start of month')""",
    ("sqlite", "d"): '"on"',
    ("postgresql", "m"): """date_trunc('month', "on")::date""",
    ("postgresql", "d"): '"on"',
}


def watermark() -> int:
    """Facts up to this id are folded."""
    return Watermark.objects.values_list("fact", flat=True).first() or 0


def reach() -> tuple[int, int]:
    """The watermark, and the newest fact there is: beyond the mark there is a tail only where that one is newer. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT MAX(fact) FROM ledger_watermark), (SELECT MAX(id) FROM ledger_fact)")
        mark, newest = cursor.fetchone()
    return mark or 0, newest or 0


@transaction.atomic
def fold(limit: int = BATCH) -> int:
    """Fold the facts above the watermark; how far it moved. Writers wait only while this batch is read."""
    alone()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE ledger_fact IN SHARE MODE")  # nobody's lower id can still be on its way
        low = watermark()
        top = PostedFact.objects.order_by("-id").values_list("id", flat=True).first() or 0
        high = min(top, low + limit)
        if high <= low:
            return 0
        for grain in GRAINS:
            cursor.execute(_fold_sql(grain), [low, high])
        Watermark.objects.all().delete()
        Watermark(fact=high).save(force_insert=True)
    return high - low


def fold_all() -> int:
    """Fold until nothing waits."""
    moved = 0
    while step := fold():
        moved += step
    return moved


def drop() -> None:
    """Forget the rollup; figures stay right and become slower until the job has folded again."""
    with transaction.atomic():
        alone()
        Rollup.objects.all().delete()
        Watermark.objects.all().delete()


def alone() -> None:
    """Only one folds or drops at a time; readers are not kept waiting. (On SQLite the transaction is alone already.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_watermark IN EXCLUSIVE MODE")


def problems() -> list[str]:
    """Where the rollup says otherwise than the facts up to the watermark: figures would be wrong there until it is dropped."""
    found: dict[tuple[object, ...], None] = {}
    with connection.cursor() as cursor:
        for grain in GRAINS:
            cursor.execute(_compare_sql(grain), [grain, watermark()])
            found |= {(kind, str(starts)[:7], organization): None for organization, kind, starts in cursor.fetchall()}
    return [
        f"rollup of {kind} in {month} of unit {organization} is not the sum of its facts"
        for kind, month, organization in found
    ]


def _fold_sql(grain: str) -> str:
    dimensions, only = _dimensions(grain)
    return f"""
        INSERT INTO ledger_rollup
            (organization_id, kind, starts, person_id, body_id, sector_id, carrier, category, outlet, grain, quantity, facts)
        SELECT {dimensions}, '{grain}', SUM(quantity), SUM({NET})
        FROM ledger_fact WHERE id > %s AND id <= %s {only}
        GROUP BY {", ".join(str(n) for n in range(1, 10))}
        ON CONFLICT (organization_id, grain, kind, starts, person_id, body_id, sector_id, carrier, category, outlet)
        DO UPDATE SET quantity = ledger_rollup.quantity + excluded.quantity, facts = ledger_rollup.facts + excluded.facts
    """


def _dimensions(grain: str) -> tuple[str, str]:
    starts, person, bodies, labels = GRAINS[grain]
    dimensions = f"organization_id, kind, {STARTS[connection.vendor, starts]}, {person}, {bodies}, {labels}"
    return dimensions, "AND person_id IS NOT NULL" if person == "person_id" else ""


def _compare_sql(grain: str) -> str:
    """Rollup minus facts, cell by cell: only what is left over."""
    dimensions, only = _dimensions(grain)
    columns = "organization_id, kind, starts, person_id, body_id, sector_id, carrier, category, outlet"
    return f"""
        SELECT DISTINCT organization_id, kind, starts FROM (
            SELECT {columns}, quantity, facts FROM ledger_rollup WHERE grain = %s
            UNION ALL SELECT {dimensions}, -quantity, -({NET}) FROM ledger_fact WHERE id <= %s {only}
        ) both_sides
        GROUP BY {columns} HAVING ROUND(SUM(quantity), 2) <> 0 OR SUM(facts) <> 0
    """
