"""Prepares the whole file anew where earlier rules made its comparison inputs, blocking keys and common values.

Every part is one transaction, and notes how far it came: an interrupted run goes on from there.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from django.db import connection, transaction

from customerfile.audit.operations import record as write_down
from customerfile.base.bulk import Cursor, bulk_cursor, write_numbers, write_rows
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.preparation_models import Preparation
from customerfile.customers.resolution.corrected_inputs import compared_inputs, stated_contacts
from customerfile.customers.resolution.writers import after_lost_races, hold_the_file
from customerfile.matching.common_values import valued_keys
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.preparation_rules import PREPARATION_VERSION
from customerfile.matching.prepared import Prepared

_AT_ONCE = 2000

type Progress = Callable[[int, int], object]


def is_outdated() -> bool:
    """Whether the file was prepared by earlier rules than those of this version."""
    done = Preparation.objects.filter(finished_at__isnull=False).order_by("-version").first()
    return done is not None and done.version < PREPARATION_VERSION


def prepare_file_anew(
    model: MatchModel, *, by: str, at: datetime, progress: Progress = lambda done, total: None
) -> int:
    """Prepare every record by the rules of this version; gives how many were left to do.

    What they come to follows when the file is reconciled.
    """
    under_way, _ = Preparation.objects.get_or_create(
        version=PREPARATION_VERSION, defaults={"through": 0, "begun_at": at}
    )
    total, done = _left(under_way.through), 0
    _index_keys_by_record()
    while part := after_lost_races(lambda _: _next_part(under_way, model)):
        done += part
        progress(done, max(total, done))
    _finish(under_way, model, by=by, at=at)
    return done


def refresh_inputs(cursor: Cursor, records: Sequence[RecordId]) -> None:
    """Make the comparison inputs of a few records anew; their blocking keys are the caller's."""
    found = cursor.ask(statement(__package__, "canonical_of"), (list(records),)).rows()
    _write_inputs(cursor, _prepared(cursor, found))


def _left(through: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM record WHERE id > %s", [through])
        return int(cursor.fetchall()[0][0])


def _index_keys_by_record() -> None:
    """Whatever rule made them, the old keys of a record are found; the index goes when all is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT index_block_keys_by_record()")


@transaction.atomic
def _next_part(under_way: Preparation, model: MatchModel) -> int:
    """Prepare the next records; gives how many."""
    connection.ensure_connection()
    with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
        hold_the_file(cursor)
        rows = cursor.ask(statement(__package__, "records_to_prepare"), (under_way.through, _AT_ONCE)).rows()
        prepared = _prepared(cursor, [row[:2] for row in rows])
        _write_inputs(cursor, prepared)
        matched = {record for record, _, is_matched in rows if is_matched}
        cursor.execute(
            "DELETE FROM block_key WHERE record_id = ANY(%s)", ([record for record, _ in prepared],)
        )
        _write_keys(cursor, [each for each in prepared if each[0] in matched], model)
    if rows:
        under_way.through = rows[-1][0]
        under_way.save(update_fields=["through"])
    return len(rows)


def _prepared(cursor: Cursor, rows: Sequence[Sequence[Any]]) -> list[tuple[RecordId, Prepared]]:
    """The comparison inputs of records, with what people stated beside."""
    stated = stated_contacts(cursor, [record for record, _ in rows])
    return [
        (RecordId(record), compared_inputs(orjson.loads(canonical), stated.get(record, {})))
        for record, canonical in rows
    ]


def _write_inputs(cursor: Cursor, prepared: Sequence[tuple[RecordId, Prepared]]) -> None:
    texts = [each.to_json().decode() for _, each in prepared]
    cursor.execute(statement(__package__, "replace_inputs"), ([record for record, _ in prepared], texts))


def _write_keys(cursor: Cursor, prepared: Iterable[tuple[RecordId, Prepared]], model: MatchModel) -> None:
    found = sorted((key, record) for record, each in prepared for key in blocking_keys(each, model))
    if found:
        rows = np.array(found, np.int64)
        write_numbers(cursor, "block_key", ("key", "record_id"), (rows[:, 0], rows[:, 1]))


@transaction.atomic
def _finish(under_way: Preparation, model: MatchModel, *, by: str, at: datetime) -> None:
    """Find anew which values are too common to compare, and say that the file is prepared."""
    connection.ensure_connection()
    with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
        hold_the_file(cursor)
        crowded = cursor.ask(statement(__package__, "crowded_blocks"), (model.max_block_size,)).rows()
        cursor.execute("DELETE FROM common_value")
        rows = [(key, *found, at) for key, prepared in crowded if (found := _value_behind(key, prepared))]
        write_rows(cursor, "common_value", ("key", "rule", "value", "since"), rows)
        cursor.execute("SELECT drop_block_keys_by_record()")
    under_way.finished_at = at
    under_way.save(update_fields=["finished_at"])
    write_down(
        by=by,
        at=at,
        code="customers.file.prepared_anew",
        subject="file",
        detail={"preparation": under_way.version},
    )


def _value_behind(key: int, prepared: str) -> tuple[str, str] | None:
    """The rule and the value that a crowded key stands for, where it is a contact point or number."""
    told = valued_keys(Prepared.from_json(prepared))
    return next(((rule, value) for own, rule, value in told if own == key), None)
