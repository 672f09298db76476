"""What a piece of work asks of the database: its queries, and how many rows these read.

PostgreSQL: the rows that pass each scan of a table or index, kept or thrown away, as EXPLAIN ANALYZE counts them. SQLite counts no rows;
there it is the steps of its virtual machine, a few for each row it touches, and EXPLAIN QUERY PLAN tells which tables are read whole.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

LARGE = (
    "ledger_fact",
    "ledger_rollup",
    "activities_activity",
    "activities_attendance",
    "audit_entry",
    "proposals_proposal",
    "proposals_assignment",
)
READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)


@dataclass
class Counted:
    """`rows_read` in the unit of `rows_read_as`; `whole_tables`: large tables that some query read from end to end."""

    queries: int = 0
    rows_read: int = 0
    rows_read_as: str = ""
    whole_tables: set[str] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        return {
            "queries": self.queries, "rows_read": self.rows_read, "rows_read_as": self.rows_read_as, "whole_tables": sorted(self.whole_tables),
        }  # fmt: skip


def count(work: Callable[[], object]) -> Counted:
    """Do the work once and count."""
    found = Counted(rows_read_as="rows" if connection.vendor == "postgresql" else "steps")
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.queries += 1
        if READS.match(sql) and not many:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), _steps(found):
        work()
    for sql, params in asked:
        _explain(found, sql, params)
    return found


@contextmanager
def _steps(found: Counted) -> Iterator[None]:
    """Count SQLite's steps, also on a connection that a request opens for itself."""
    if connection.vendor != "sqlite":
        yield
        return

    def step() -> int:
        found.rows_read += 1
        return 0

    def watch(**_given: Any) -> None:
        connection.connection.set_progress_handler(step, 1)

    connection_created.connect(watch, weak=False)
    connection.ensure_connection()
    watch()
    try:
        yield
    finally:
        connection_created.disconnect(watch)
        if connection.connection is not None:
            connection.connection.set_progress_handler(None, 0)


def _explain(found: Counted, sql: str, params: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("FOR UPDATE", "").replace(' OF "', ' --"'), params
            )
            [plan] = cursor.fetchone()
            for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
                if "Relation Name" in node:
                    thrown = sum(
                        node.get(name, 0) for name in ("Rows Removed by Filter", "Rows Removed by Index Recheck")
                    )
                    found.rows_read += round((node["Actual Rows"] + thrown) * node["Actual Loops"])
                    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
                        found.whole_tables.add(node["Relation Name"])
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
            for *_ids, detail in cursor.fetchall():
                words = detail.split()
                if words[0] == "SCAN" and "INDEX" not in words:
                    found.whole_tables |= {name for name in LARGE if f'"{name}"' in sql or f" {name} " in sql} & {
                        words[1].strip('"'),
                        _alias(sql, words[1]),
                    }


def _alias(sql: str, name: str) -> str:
    """The table that goes by a name in this query."""
    found = re.search(rf'(\w+)"?\s+(?:AS\s+)?"?{re.escape(name)}\b', sql)
    return found.group(1) if found else name


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
