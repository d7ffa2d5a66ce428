"""Holds the whole file against the match model, in batch, and puts right what differs, online.

Detection reads one moment and writes nothing. Every part that is put right is one transaction, which does what
the arrival of its records would do: an interrupted run has done whole parts, and the next one goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from pathlib import Path

import numpy as np
import pyarrow as pa
from django.db import connection, transaction

from customerfile.base.bulk import bulk_cursor, write_numbers
from customerfile.base.ids import RecordId
from customerfile.customers.resolution.match_models import apply_model, current_model
from customerfile.customers.resolution.resolution import Resolution
from customerfile.customers.resolution.settling import Resolved
from customerfile.customers.resolution.watching import look_again
from customerfile.customers.resolution.writers import after_lost_races, hold_the_file
from customerfile.customers.whole_file import matched_file
from customerfile.customers.whole_file.differences import (
    GroupDifferences,
    PairDifferences,
    group_differences,
    pair_differences,
)
from customerfile.customers.whole_file.matched_file import Links, StoredPairs
from customerfile.customers.whole_file.whole_base import one_moment
from customerfile.definition.queries import current_definition
from customerfile.matching.batch.duck import USUAL, Limits
from customerfile.matching.batch.engines import DUCKDB, Engine
from customerfile.matching.batch.inputs import Inputs
from customerfile.matching.batch.resolve import Resolution as Batch
from customerfile.matching.columns import Ints
from customerfile.matching.model import MatchModel, parse_model

_AT_ONCE = 2000  # records put right in one transaction
_SAMPLES = 10

type Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Differences:
    """What the model makes of the file, held against what is written."""

    records: int
    candidate_pairs: int
    pairs: PairDifferences
    groups: GroupDifferences

    @property
    def touched(self) -> Ints:
        """The records to put right, in order."""
        return np.union1d(self.pairs.records, self.groups.records)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was put right."""

    differences: Differences
    records: int
    customers_created: int
    customers_merged: int


def compare(
    model: MatchModel, *, folder: Path, limits: Limits = USUAL, engine: Engine = DUCKDB
) -> Differences:
    """Resolve the whole file in batch and compare; nothing is written. `folder` is for what memory cannot hold."""
    with one_moment():
        written, stored = matched_file.links(), matched_file.stored_pairs(model)
        if not len(written.record):
            return _differences(written, stored, 0, groups=written.record, scored=())
        with _batch(model, folder, limits, engine) as batch:
            groups: Ints = batch.groups.column("group").to_numpy()
            return _differences(written, stored, batch.candidate_count, groups=groups, scored=batch.pairs())


def _differences(
    written: Links, stored: StoredPairs, candidates: int, *, groups: Ints, scored: Iterable[pa.RecordBatch]
) -> Differences:
    return Differences(
        len(written.record),
        candidates,
        pair_differences(stored, scored, written.record),
        group_differences(written, groups, samples=_SAMPLES),
    )


def _is_blocked_by(model: MatchModel) -> bool:
    """Whether the stored blocking keys are those of this model's rules."""
    return set(model.blocking_keys) == set(current_model().blocking_keys)


def put_in_force(
    artefact: str, found: Differences, *, origin: str, by: str, at: datetime, progress: Progress
) -> Reconciled:
    """Apply a model that the file was compared with, and put right what differs. Raises BadModel."""
    model = parse_model(artefact)
    with transaction.atomic():
        if not _is_blocked_by(model):
            _block_anew(model)
        apply_model(artefact, origin=origin, by=by, at=at)
    return put_right(found, model, at=at, progress=progress)


def _block_anew(model: MatchModel) -> None:
    """Replace all blocking keys; nobody else writes meanwhile."""
    connection.ensure_connection()
    with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
        hold_the_file(cursor)
        cursor.settle()
        made = matched_file.made_keys(model)
        cursor.execute("TRUNCATE block_key")
        write_numbers(
            cursor,
            "block_key",
            ("key", "record_id"),
            [made.column(name).to_numpy() for name in ("key", "record")],
        )


@contextmanager
def _batch(model: MatchModel, folder: Path, limits: Limits, engine: Engine) -> Iterator[Batch]:
    judged = matched_file.judged()
    keys = matched_file.block_keys() if _is_blocked_by(model) else matched_file.made_keys(model)
    with (
        matched_file.records(matched_file.common()) as records,
        engine(Inputs(records, keys), model, folder=folder, judged=judged, limits=limits) as batch,
    ):
        yield batch


def put_right(
    found: Differences, model: MatchModel, *, at: datetime, progress: Progress = lambda done, total: None
) -> Reconciled:
    """Resolve the touched records anew, part by part, against everything there."""
    touched = [RecordId(record) for record in found.touched.tolist()]
    done = created = merged = 0
    for part in batched(touched, _AT_ONCE):
        came = _resolve_again(part, model, at=at)
        created, merged = created + came.customers_created, merged + came.customers_merged
        done += len(part)
        progress(done, len(touched))
    look_again(model, at=at)
    return Reconciled(found, len(touched), created, merged)


def _resolve_again(records: Sequence[RecordId], model: MatchModel, *, at: datetime) -> Resolved:
    """One part, in one transaction: its pairs are found and scored anew, and what they touch is divided anew."""

    @transaction.atomic
    def once(alone: bool) -> Resolved:
        connection.ensure_connection()
        with connection.wrap_database_errors, bulk_cursor(connection.connection) as cursor:
            resolution = Resolution.of(model, current_definition(), at=at, alone=alone)
            return resolution.reconsider(cursor, records)

    return after_lost_races(once)
