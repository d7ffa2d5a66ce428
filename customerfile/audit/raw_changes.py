"""Changes of what is held of people that are made past the product: the database writes them down itself.

Every session of the product says that it is one. In any other, as of psql, a trigger on each table of what is held of
people adds an entry to the ledger for every row.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from customerfile.base.database import statement
from customerfile.base.registry import TableDeclaration, declarations

_ELSEWHERE = "current_setting('customerfile.path', true) IS DISTINCT FROM 'product'"
_OURS = "SET customerfile.path = 'product'"


def say_who_we_are(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Tell a new session of the database that what it changes is written down by the product."""
    with connection.cursor() as cursor:
        cursor.execute(_OURS)


def watched_tables() -> list[TableDeclaration]:
    """Tables of what is held of people: what they would be given who ask for it all."""
    return [each for each in declarations() if each.exported]


def watch_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers on the tables that are there; those that are there already are made anew."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "note_raw_change"))
        for declared in watched_tables():
            if declared.table in there:
                for each in _triggers(declared):
                    cursor.execute(each)


def _triggers(declared: TableDeclaration) -> list[sql.Composed]:
    """One for rows, and one for a table that is emptied as a whole."""
    table = sql.Identifier(declared.table)
    arguments = sql.SQL(", ").join(
        map(sql.Literal, (declared.table, declared.hangs_on.value, declared.owner))
    )
    made = sql.SQL(
        "CREATE OR REPLACE TRIGGER {} AFTER {} ON {} FOR EACH {} WHEN ({}) EXECUTE FUNCTION note_raw_change({})"
    )
    return [
        made.format(sql.Identifier(name), sql.SQL(when), table, sql.SQL(each), sql.SQL(_ELSEWHERE), arguments)
        for name, when, each in (
            ("raw_change", "INSERT OR UPDATE OR DELETE", "ROW"),
            ("raw_truncation", "TRUNCATE", "STATEMENT"),
        )
    ]
