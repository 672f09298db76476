"""Laying hands on the tables behind the application's back: raw SQL, no action, no audit."""

from typing import Any

from django.db import connection, models


def run(sql: str, values: tuple[Any, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def delete(row: models.Model) -> None:
    run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", (row.pk,))


def double(row: models.Model) -> None:
    """A copy of all columns under a fresh id."""
    columns = ", ".join(f'"{column.column}"' for column in row._meta.concrete_fields if not column.primary_key)
    run(
        f"INSERT INTO {row._meta.db_table} ({columns}) SELECT {columns} FROM {row._meta.db_table} WHERE id = %s",
        (row.pk,),
    )


def alter(row: models.Model, column: str, value: Any) -> None:
    stored = row._meta.get_field(column)
    adapted = stored.get_db_prep_save(value, connection) if not stored.primary_key else value
    run(f'UPDATE {row._meta.db_table} SET "{stored.column}" = %s WHERE id = %s', (adapted, row.pk))
