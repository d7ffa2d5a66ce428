"""What is changed in the database past the product is written down by the database, row by row."""

from typing import Any

import psycopg
import pytest

from customerfile.audit.raw_changes import watched_tables
from tests.integration.database_roles.conftest import As

RAW = (
    ("UPDATE customer SET display_name = 'X' WHERE number = %(ada)s", "changed", "customer", ["display_name"]),
    ("UPDATE record SET key = 'X' WHERE id = %(record)s", "changed", "record", ["key"]),
    ("DELETE FROM event WHERE record_id = %(record)s", "removed", "event", None),
    ("DELETE FROM sealed_value WHERE record_id = %(record)s", "removed", "sealed_value", None),
    ("DELETE FROM record WHERE id = %(record)s", "removed", "record", None),
    ("INSERT INTO event SELECT (jsonb_populate_record(event, '{\"id\": 9999}')).* FROM event"
     " WHERE record_id = %(record)s", "added", "event", None),
)  # fmt: skip


def _entries(session: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return session.execute(
        "SELECT by, code, subject, detail FROM audit_entry WHERE code LIKE 'database.row.%' ORDER BY id"
    ).fetchall()


def test_imports_and_pages_leave_no_such_entry(logged_in: As):
    with logged_in("auditor") as session:
        assert _entries(session) == []


@pytest.mark.parametrize(("statement", "what", "table", "columns"), RAW)
def test_raw_statement_is_written_down_for_every_row(logged_in: As, statement, what, table, columns):
    with logged_in("application") as session, session.transaction(force_rollback=True):
        ada = session.execute(
            "SELECT number, record_id, customer.id FROM customer JOIN link ON link.customer_id = customer.id"
            " WHERE display_name LIKE 'Ada%' AND link.valid_to IS NULL"
        ).fetchone()
        assert ada is not None
        number, record, customer = ada
        done = session.execute(statement, {"ada": number, "record": record})
        found = _entries(session)
        assert len(found) == done.rowcount
        for by, code, subject, detail in found:
            about = f"customer:{customer}" if table == "customer" else f"record:{record}"
            assert (by, code, subject) == (
                f"database login {session.info.user}",
                f"database.row.{what}",
                about,
            )
            assert detail["table"] == table
            assert columns is None or detail["columns"] == columns
            assert "Ada" not in str(detail)


def test_every_table_of_facts_about_people_is_watched(logged_in: As):
    with logged_in("auditor") as session:
        found = session.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname IN ('raw_change', 'raw_truncation') AND NOT relispartition GROUP BY 1"
        ).fetchall()
    wanted = {each.table for each in watched_tables()}
    assert {"customer", "record", "link", "note", "correction", "event"} <= wanted
    assert dict(found) == dict.fromkeys(wanted, 2)


def test_table_that_is_emptied_as_a_whole_is_written_down(logged_in: As):
    with logged_in("migrator") as session, session.transaction(force_rollback=True):
        session.execute("SET LOCAL ROLE customerfile_owner")
        session.execute("TRUNCATE note")
        assert [(code, subject) for _, code, subject, _ in _entries(session)] == [
            ("database.row.removed", "table:note")
        ]
