"""The demonstration in a file: loaded by the ordinary import, and removed without trace where nothing else came in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from django.apps import apps
from django.db import OperationalError, connection, transaction
from psycopg import sql

from customerfile.audit import operations as audit
from customerfile.base.clock import now
from customerfile.base.ids import DeliveryId
from customerfile.base.told import told
from customerfile.embedded import Home
from customerfile.intake.demonstration import DemoFile, generate
from customerfile.intake.errors import DemonstrationNotPossible
from customerfile.intake.importing import Listener, import_file
from customerfile.intake.opening import ImportRequest
from customerfile.sources import demonstration as standing
from customerfile.sources.operations import Counts
from customerfile.vault.keystore import key_store

PEOPLE, SEED = 600, 1
_EMPTIED = (
    "sources",
    "customers",
    "timeline",
    "holdings",
    "vault",
    "quality",
)  # rooms whose tables hold what was delivered
_KEPT = {"match_model_version", "judging_rules", "preparation", "saved_view"}  # what people set, of nobody
_WAIT = "10s"


def want_demonstration(*, by: str) -> None:
    """Have the demonstration loaded beside the pages. Raises DemonstrationNotPossible."""
    if standing.demonstration() is None and not standing.is_untouched():
        raise DemonstrationNotPossible(
            "The demonstration is for an empty file, and something has come into this one.",
            "Load it into a file of its own, with: CUSTOMERFILE_HOME=demo customerfile demo",
        )
    standing.have_demonstration("loading", by=by, at=now())


def want_no_demonstration(*, by: str) -> None:
    """Have it removed beside the pages. Raises DemonstrationNotPossible."""
    _require_alone()
    standing.have_demonstration("leaving", by=by, at=now())


def load_demonstration(*, people: int, seed: int, home: Home, by: str) -> Iterator[tuple[DemoFile, Counts]]:
    """Make the demonstration's files and import each. Loading it again on the same day changes nothing."""

    def note(delivery: DeliveryId) -> None:
        standing.note_demonstration_delivery(delivery, by=by, at=now())

    with tempfile.TemporaryDirectory(dir=home.spool) as folder:
        for file in generate(Path(folder), seed=seed, people=people, until=now().date()).files:
            request = ImportRequest(
                path=file.path,
                source=file.source,
                kind_as=file.kind_as,
                mapping=file.mapping_path,
                country=file.country,
            )
            yield file, import_file(request, home=home, by=by, listener=Listener(begun=note)).counts
    standing.have_demonstration("loaded", by=by, at=now())
    audit.record(
        by=by,
        at=now(),
        code="intake.demonstration.loaded",
        subject="demonstration:1",
        detail={"people": people},
    )


def remove_demonstration(*, home: Home, by: str, as_owner: AbstractContextManager[None]) -> None:
    """Empty the tables of what was delivered, and destroy its keys. Raises DemonstrationNotPossible.

    `as_owner`: within it the tables' owner acts, who alone may. Numbers go on from where they are, so that none of the
    demonstration's is ever given again. What the ledger says of who looked and did stays there.
    """
    with as_owner, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_WAIT)))
            try:
                cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(_tables()))
            except OperationalError as busy:
                raise DemonstrationNotPossible(
                    "Something is being written into the file just now.", "Try again when it has finished."
                ) from busy
            _require_alone()
            cursor.execute("SELECT DISTINCT record_id FROM sealed_value")
            sealed = [record for (record,) in cursor.fetchall()]
            key_store(home.keys).shred(sealed)
            cursor.execute(sql.SQL("TRUNCATE {}").format(_tables()))
        audit.record(
            by=by, at=now(), code="intake.demonstration.removed", subject="demonstration:1", detail={}
        )


def _tables() -> sql.Composed:
    """Every table of what was delivered and of what follows from it."""
    found = (model._meta.db_table for room in _EMPTIED for model in apps.get_app_config(room).get_models())
    return sql.SQL(", ").join(sql.Identifier(each) for each in sorted(set(found) - _KEPT))


def _require_alone() -> None:
    if standing.demonstration() is None:
        raise DemonstrationNotPossible(
            "There is no demonstration in this file.", "Nothing has to be removed."
        )
    others = standing.came_beside()
    if others:
        raise DemonstrationNotPossible(
            told("Something else came in beside the demonstration: {files}.", files=", ".join(others)),
            "Take the demonstration's deliveries back one by one instead: what else there is stays.",
        )
