"""Keeps track of the blocking keys that too many records share: what they stand for is no longer compared.

A key that becomes crowded, or no longer is, changes what its other records come to: those are resolved anew in the same
transaction. So the outcome stays a function of the records, whatever their order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from customerfile.base.bulk import Answer, Cursor, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.resolution.candidates import Newcomer
from customerfile.matching.common_values import NOTHING_COMMON, CommonValues, common_values, valued_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared

type Crowded = Mapping[int, Sequence[RecordId]]  # key -> the records that had it before


class Common:
    """The values that are not compared, asked for in advance; what is noted meanwhile counts."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._asked: Answer = cursor.ask("SELECT key, rule, value FROM common_value")
        self._noted: list[tuple[str, str]] = []
        self._values: CommonValues | None = None

    def values(self) -> CommonValues:
        """All of them."""
        if self._values is None:
            found = [(rule, value) for _, rule, value in self._asked.rows()] + self._noted
            self._values = common_values(found) if found else NOTHING_COMMON
        return self._values

    def note(self, crowded: Crowded, newcomers: Iterable[Newcomer], *, at: datetime) -> None:
        """Write down the values behind keys that these newcomers made too common."""
        fresh = crowded.keys() - {key for key, *_ in self._asked.rows()} if crowded else set()
        found: dict[int, tuple[str, str]] = {}
        for newcomer in newcomers:
            if not fresh.isdisjoint(newcomer.block_keys):
                for key, rule, value in valued_keys(Prepared.from_json(newcomer.prepared)):
                    if key in fresh:
                        found[key] = (rule, value)
        self._noted += found.values()
        rows = [(key, rule, value, at) for key, (rule, value) in sorted(found.items())]
        write_rows(self._cursor, "common_value", ("key", "rule", "value", "since"), rows)


def crowded_among(cursor: Cursor, keys: Collection[int], *, model: MatchModel) -> set[int]:
    """Those keys that more records share than a block may hold."""
    if not keys:
        return set()
    asked = cursor.ask(statement(__package__, "crowded_keys"), (sorted(keys), model.max_block_size + 1))
    return {key for (key,) in asked.rows()}


def let_go(cursor: Cursor, keys: Collection[int]) -> list[RecordId]:
    """Compare the values behind these keys again. Gives the records that share them."""
    wanted = sorted(keys)
    cursor.execute("DELETE FROM common_value WHERE key = ANY(%s)", (wanted,))
    asked = cursor.ask("SELECT DISTINCT record_id FROM block_key WHERE key = ANY(%s)", (wanted,))
    return [RecordId(record) for (record,) in asked.rows()]


class SharedValue(NamedTuple):
    """A value that is not compared, since when, and how many records hold it."""

    kind: str  # the blocking rule: email, phone ...
    value: str  # of an identification number only its hash
    since: datetime
    record_count: int


def shared_values() -> tuple[SharedValue, ...]:
    """Every value that is not compared, the most common first."""
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, "shared_values"))
        return tuple(SharedValue(*row) for row in cursor.fetchall())
