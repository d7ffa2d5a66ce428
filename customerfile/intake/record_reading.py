"""Reads records that a program hands over as items of JSON into rows ready to be staged, as the rows of a file are.

A reader is kept from one call to the next: items that give the same columns are prepared alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from customerfile.base.database import one_row, statement
from customerfile.customers.resolution.match_models import current_model
from customerfile.definition.queries import current_definition
from customerfile.embedded import Home
from customerfile.intake.context import reading_context
from customerfile.intake.items import ItemFields, Unfit
from customerfile.intake.preparing import Preparer, preparer
from customerfile.intake.producing import Chunk, read_of, sealed_columns
from customerfile.intake.received_delivery import Reading
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.mapping import Mapping as FieldMapping
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_MOST_SHAPES = 200  # of items, whose preparers are kept


class Units(NamedTuple):
    """What values are read by that do not say: of which country, currency and time zone they are."""

    country: str = ""
    currency: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class RecordReader:
    """Reads as one definition and one model have it."""

    reading: Reading
    stamp: tuple[object, ...] | None  # says which definition and model these are
    _preparers: dict[tuple[Units, tuple[str, ...]], Preparer] = field(default_factory=dict)

    def chunk(self, records: Sequence[Mapping[str, object]], units: Units) -> Chunk:
        """Records as one chunk. They never raise."""
        rows = tuple(self._rows(records, units))
        ready = tuple(row for row in rows if isinstance(row, ReadyRow))
        return Chunk(
            0,
            len(rows),
            records=ready,
            read=read_of(ready),
            rejected=tuple(row for row in rows if isinstance(row, RejectedRow)),
        )

    def _rows(
        self, records: Sequence[Mapping[str, object]], units: Units
    ) -> Iterator[ReadyRow | RejectedRow]:
        fields = ItemFields.of(self.reading.definition)
        for line, item in enumerate(records, start=1):
            try:
                found = fields.columns(item)
            except Unfit as unfit:
                yield unfit_row(line, item, unfit)
                continue
            made = self._preparer(tuple(found), units)
            yield made.prepare_row(RawRow(line, tuple(found.values())))

    def _preparer(self, columns: tuple[str, ...], units: Units) -> Preparer:
        found = self._preparers.get((units, columns))
        if found is None:
            if len(self._preparers) >= _MOST_SHAPES:
                self._preparers.clear()
            found = self._preparers[units, columns] = self._made(columns, units)
        return found

    def _made(self, columns: tuple[str, ...], units: Units) -> Preparer:
        definition, model, store = self.reading.definition, self.reading.model, self.reading.store
        mapping = FieldMapping(
            kind_as="customers",
            key=("key",),
            columns=tuple(ColumnMapping(column, (column,)) for column in columns if column != "key"),
            country=units.country,
            currency=units.currency,
            time_zone=units.time_zone,
        )
        return preparer(
            columns,
            compile_mapping(mapping, columns),
            sealed_columns(mapping, definition),
            definition=definition,
            context=reading_context(mapping),
            model=model,
            blinder=Blinder(store.index_key),
        )


_last: list[RecordReader] = []  # the reader of this process: what it reads by may be out of date


def likely_reader(home: Home) -> RecordReader:
    """The reader that was right a moment ago. Whoever writes asks `present_reader` whether it still is."""
    found = _last[0] if _last else None
    return found if found and found.reading.store is key_store(home.keys) else present_reader(home)


def present_reader(home: Home) -> RecordReader:
    """The reader of the definition and model that run: the very same as before, unless one of them has changed."""
    store, stamp = key_store(home.keys), _stamp()
    found = _last[0] if _last else None
    if found is None or found.stamp != stamp or found.reading.store is not store:
        found = RecordReader(Reading(current_definition(), current_model(), store), stamp)
        _last[:] = [found]
    return found


def _stamp() -> tuple[object, ...] | None:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return one_row(connection.connection, statement(__package__, "reading_stamp"))


def unfit_row(line: int, item: Mapping[str, object], unfit: Unfit) -> RejectedRow:
    """The text of it is not kept: what could not be read may be anything."""
    key = item.get("key")
    shown = str(key)[:80] if isinstance(key, str | int) and unfit.field != "key" else ""
    return RejectedRow(line, "row", unfit.reason, unfit.remedy, shown, unfit.field)
