"""Folding facts into the rollup, up to a watermark. Nothing here is needed for a right figure, only for a quick one."""

from django.db import connection, transaction

from .models import PostedFact, Rollup, Watermark

BATCH = 200_000
DIMENSIONS = "organization_id, kind, {starts}, {person}, COALESCE(body_id, 0), COALESCE(sector_id, 0), carrier, category, outlet"
STARTS = {
    ("sqlite", "m"): """date("on", 'start of month')""",
    ("sqlite", "d"): '"on"',
    ("postgresql", "m"): """date_trunc('month', "on")::date""",
    ("postgresql", "d"): '"on"',
}


def watermark() -> int:
    """Facts up to this id are folded."""
    return Watermark.objects.values_list("fact", flat=True).first() or 0


@transaction.atomic
def fold(limit: int = BATCH) -> int:
    """Fold the facts above the watermark; how far it moved. Writers wait only while this batch is read."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE ledger_fact IN SHARE MODE")  # nobody's lower id can still be on its way
        low = watermark()
        top = PostedFact.objects.order_by("-id").values_list("id", flat=True).first() or 0
        high = min(top, low + limit)
        if high <= low:
            return 0
        for grain, person in (("d", "0"), ("m", "0"), ("p", "person_id")):
            cursor.execute(_fold_sql(grain, person), [low, high])
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
        Rollup.objects.all().delete()
        Watermark.objects.all().delete()


def _fold_sql(grain: str, person: str) -> str:
    dimensions = DIMENSIONS.format(starts=STARTS[connection.vendor, "d" if grain == "d" else "m"], person=person)
    only = "AND person_id IS NOT NULL" if grain == "p" else ""
    return f"""
        INSERT INTO ledger_rollup
            (organization_id, kind, starts, person_id, body_id, sector_id, carrier, category, outlet, grain, quantity, facts)
        SELECT {dimensions}, '{grain}', SUM(quantity), SUM(CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END)
        FROM ledger_fact WHERE id > %s AND id <= %s {only}
        GROUP BY {", ".join(str(n) for n in range(1, 10))}
        ON CONFLICT (organization_id, grain, kind, starts, person_id, body_id, sector_id, carrier, category, outlet)
        DO UPDATE SET quantity = ledger_rollup.quantity + excluded.quantity, facts = ledger_rollup.facts + excluded.facts
    """
