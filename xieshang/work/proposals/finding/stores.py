"""Where the pairs stand: on PostgreSQL in a column under a GIN index, on SQLite in an FTS5 table. The same questions to both.

A pair of two characters is kept exactly, so a word of two is answered by the index alone; a longer one has all its pairs, and its text is looked into.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import connection

from xieshang.text import pairs

from .gathering import Row

ROWS = "proposals_indexrow"
Question = tuple[str, list[Any]]


class Store(Protocol):
    """What both can do. A question is SQL that answers with ids of proposals, and its parameters."""

    def put(self, rows: Sequence[Row], before: Mapping[int, Row]) -> None: ...
    def drop(self, rows: Sequence[Row]) -> None: ...
    def fill(self, batches: Iterable[Sequence[Row]], organization: int | None) -> None: ...
    def question(self, words: Sequence[str]) -> Question: ...
    def nearest(self, weights: Mapping[int, float], organization: int, most: int) -> list[int]: ...


class Postgres:
    """A column of whole numbers, `pairs`, under GIN."""

    PUT = (
        f"INSERT INTO {ROWS} (proposal_id, organization_id, number, text, pairs) VALUES (%s, %s, %s, %s, %s::int4[]) "
        "ON CONFLICT (proposal_id) DO UPDATE SET number = EXCLUDED.number, text = EXCLUDED.text, pairs = EXCLUDED.pairs"
    )
    INDEX = f"CREATE INDEX {ROWS}_pairs ON {ROWS} USING gin (pairs)"

    def put(self, rows: Sequence[Row], before: Mapping[int, Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self.PUT, [(*row, sorted(row.pairs)) for row in rows])

    def drop(self, rows: Sequence[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {ROWS} WHERE proposal_id = ANY(%s)", [[row.proposal for row in rows]])

    def fill(self, batches: Iterable[Sequence[Row]], organization: int | None) -> None:
        """All of a unit, or of all: the index is made once the rows stand."""
        whole = organization is None
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked keeps a table from being emptied
            if whole:
                cursor.execute(f"TRUNCATE {ROWS}")
                cursor.execute(f"DROP INDEX {ROWS}_pairs")
            else:
                cursor.execute(f"DELETE FROM {ROWS} WHERE organization_id = %s", [organization])
            for rows in batches:  # read before the COPY begins: it has the connection to itself
                with cursor.copy(f"COPY {ROWS} (proposal_id, organization_id, number, text, pairs) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row((*row, f"{{{','.join(map(str, sorted(row.pairs)))}}}"))
            if whole:
                cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
                cursor.execute(self.INDEX)
            cursor.execute(f"ANALYZE {ROWS}")

    def question(self, words: Sequence[str]) -> Question:
        held: set[int] = set()
        parts, given = [], []
        for word in words:
            if word.isdecimal() and len(word) < 6:
                wanted, text = sorted(pairs.pairs(word)), ""
                if wanted:
                    text = "OR (pairs @> %s::int4[] AND text LIKE %s)"
                    given += [[pairs.number(int(word))], wanted, f"%{word}%"]
                else:
                    given += [[pairs.number(int(word))]]
                parts.append(f"(pairs @> %s::int4[] {text})")
                continue
            held |= pairs.pairs(word)
            if pairs.length(word) > 2:
                parts.append("text LIKE %s")
                given.append(f"%{word}%")
        if held:
            parts.insert(0, "pairs @> %s::int4[]")
            given.insert(0, sorted(held))
        return f"SELECT proposal_id FROM {ROWS} WHERE {' AND '.join(parts)}", given

    def nearest(self, weights: Mapping[int, float], organization: int, most: int) -> list[int]:
        sql = (
            "SELECT one.proposal_id FROM unnest(%s::int4[], %s::float4[]) AS asked(pair, weight) "
            f"JOIN {ROWS} one ON one.pairs @> ARRAY[asked.pair] WHERE one.organization_id = %s "
            "GROUP BY one.proposal_id ORDER BY sum(asked.weight) DESC, one.proposal_id DESC LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(weights), list(weights.values()), organization, most])
            return [pk for (pk,) in cursor.fetchall()]


class Sqlite:
    """An FTS5 table that keeps no text of its own: what is taken out must be said again, and is made of the row."""

    PUT = (
        f"INSERT INTO {ROWS} (proposal_id, organization_id, number, text) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (proposal_id) DO UPDATE SET number = excluded.number, text = excluded.text"
    )

    def put(self, rows: Sequence[Row], before: Mapping[int, Row]) -> None:
        with connection.cursor() as cursor:
            self._take_out(cursor, [before[row.proposal] for row in rows if row.proposal in before])
            self._write(cursor, rows)

    def _write(self, cursor: Any, rows: Iterable[Row]) -> None:
        for row in rows:
            cursor.execute(self.PUT, row)
            cursor.execute("INSERT INTO proposals_pairs (rowid, pairs) VALUES (%s, %s)", [row.proposal, _said(row)])

    def _take_out(self, cursor: Any, rows: Iterable[Row]) -> None:
        said = [(row.proposal, _said(row)) for row in rows]
        cursor.executemany(
            "INSERT INTO proposals_pairs (proposals_pairs, rowid, pairs) VALUES ('delete', %s, %s)", said
        )

    def drop(self, rows: Sequence[Row]) -> None:
        """Out of the index for good: it is written anew, so that no page of the file keeps the pairs."""
        with connection.cursor() as cursor:
            self._take_out(cursor, rows)
            cursor.executemany(f"DELETE FROM {ROWS} WHERE proposal_id = %s", [[row.proposal] for row in rows])
            cursor.execute("INSERT INTO proposals_pairs (proposals_pairs) VALUES ('optimize')")

    def fill(self, batches: Iterable[Sequence[Row]], organization: int | None) -> None:
        with connection.cursor() as cursor:
            if organization is None:
                cursor.execute("INSERT INTO proposals_pairs (proposals_pairs) VALUES ('delete-all')")
                cursor.execute(f"DELETE FROM {ROWS}")
            else:
                cursor.execute(
                    f"SELECT proposal_id, organization_id, number, text FROM {ROWS} WHERE organization_id = %s", [organization]
                )  # fmt: skip
                self._take_out(cursor, [Row(*one) for one in cursor.fetchall()])
                cursor.execute(f"DELETE FROM {ROWS} WHERE organization_id = %s", [organization])
            for rows in batches:
                self._write(cursor, rows)

    def question(self, words: Sequence[str]) -> Question:
        parts, matched, given = [], [], []
        for word in words:
            text = " AND ".join(_quoted(pair) for pair in pairs.pairs(word))
            if word.isdecimal() and len(word) < 6:
                own = _quoted(pairs.number(int(word)))
                matched.append(f"({own} OR ({text}))" if text else own)
                parts.append("(number = %s OR instr(text, %s) > 0)")
                given += [int(word), word if text else "\0"]
            else:
                matched.append(text)
                parts.append("instr(text, %s) > 0")
                given.append(word)
        sql = f"SELECT proposal_id FROM {ROWS} WHERE proposal_id IN (SELECT rowid FROM proposals_pairs WHERE proposals_pairs MATCH %s)"
        return " AND ".join([sql, *parts]), [" AND ".join(matched), *given]

    def nearest(self, weights: Mapping[int, float], organization: int, most: int) -> list[int]:
        asked = " UNION ALL ".join(["SELECT %s AS pair, %s AS weight"] * len(weights))
        sql = (
            f"SELECT said.doc FROM ({asked}) asked JOIN proposals_pairs_by said ON said.term = asked.pair "
            f"JOIN {ROWS} one ON one.proposal_id = said.doc WHERE one.organization_id = %s "
            "GROUP BY said.doc ORDER BY sum(asked.weight) DESC, said.doc DESC LIMIT %s"
        )
        given = [part for pair, weight in weights.items() for part in (_term(pair), weight)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*given, organization, most])
            return [pk for (pk,) in cursor.fetchall()]


def _said(row: Row) -> str:
    return " ".join(map(_term, sorted(row.pairs)))


def _term(pair: int) -> str:
    """Without a sign, which the tokenizer would drop."""
    return str(pair % pairs.WHOLE)


def _quoted(pair: int) -> str:
    return f'"{_term(pair)}"'


def store() -> Store:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()
