"""Statements in the background keep their order, and a failure is told once something is asked or settled."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from customerfile.base.bulk import Cursor, IdPool, bulk_cursor, next_ids, write_rows

MANY = [(number, f"row {number}\twith a tab") for number in range(100)]


@pytest.fixture(params=[True, False], ids=["few", "many"])
def cursor(request: pytest.FixtureRequest, db: None) -> Iterator[Cursor]:
    connection.ensure_connection()
    with transaction.atomic(), bulk_cursor(connection.connection, few=request.param) as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bulk_rows (number int PRIMARY KEY, text text) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY SEQUENCE bulk_ids")
        yield cursor
        transaction.set_rollback(True)


def test_answers_belong_to_their_questions_whenever_they_are_read(cursor: Cursor) -> None:
    before = cursor.ask("SELECT count(*) FROM bulk_rows")
    write_rows(cursor, "bulk_rows", ("number", "text"), MANY)
    after = cursor.ask("SELECT number, text FROM bulk_rows ORDER BY number")

    assert after.rows() == MANY
    assert before.rows() == [(0,)]
    assert after.rows() == MANY


def test_statements_set_aside_run_when_they_are_called(cursor: Cursor) -> None:
    run = cursor.set_aside(lambda: write_rows(cursor, "bulk_rows", ("number", "text"), MANY))
    before = cursor.ask("SELECT count(*) FROM bulk_rows")
    run()
    after = cursor.ask("SELECT number, text FROM bulk_rows ORDER BY number")

    assert before.rows() == [(0,)]
    assert after.rows() == MANY


def test_a_pool_gives_the_lowest_ids_first_and_keeps_the_rest(cursor: Cursor) -> None:
    pool = IdPool("bulk_ids")
    pool.ask(cursor, 3)

    assert pool.take(cursor, 2) == [1, 2]
    pool.ask(cursor, 2)
    assert pool.take(cursor, 3) == [3, 4, 5]
    assert next_ids(cursor, "bulk_ids", 1) == [6]


@pytest.mark.parametrize("few", [True, False])
def test_a_failure_is_told_by_the_next_answer(db: None, few: bool) -> None:
    connection.ensure_connection()

    with pytest.raises(psycopg.errors.UndefinedTable):
        _ask_after_a_failure(few=few)


def _ask_after_a_failure(*, few: bool) -> None:
    with transaction.atomic(), bulk_cursor(connection.connection, few=few) as cursor:
        cursor.execute("DELETE FROM no_such_table")
        cursor.ask("SELECT 1").rows()
