"""The two ledgers, and statements that are the same for both."""

from __future__ import annotations

from functools import cache

from psycopg import sql

from customerfile.base.database import statement

LEDGERS = ("audit_entry", "read_entry")
_COUNTS = {"audit_entry": "entry_count", "read_entry": "read_count"}  # columns of a seal


@cache
def ledger_statement(name: str, ledger: str) -> str:
    """A named statement of this room on one ledger: {ledger} its table, {name} its name, {count} what seals say."""
    text = sql.SQL(statement(__package__, name))  # a file of our own
    parts = {
        "ledger": sql.Identifier(ledger),
        "name": sql.Literal(ledger),
        "count": sql.Identifier(_COUNTS[ledger]),
    }
    return text.format(**parts).as_string(None)
