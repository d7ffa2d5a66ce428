"""Reads events in columns named by what they mean (items of a call, rows of the quarantine): those alike, alike."""

from dataclasses import dataclass, field

from customerfile.intake.context import reading_context
from customerfile.intake.event_items import CUSTOMER_KEY
from customerfile.intake.preparing import Preparer, preparer
from customerfile.intake.received_delivery import Reading
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.mapping import Mapping as FieldMapping
from customerfile.values.outcome import Context
from customerfile.vault.sealing import Blinder


@dataclass(frozen=True, slots=True)
class EventPreparers:
    """The preparers of one reading, by the columns and by what values are read by."""

    reading: Reading
    _made: dict[tuple[Context, tuple[str, ...]], Preparer] = field(default_factory=dict)

    def preparer(self, columns: tuple[str, ...], units: Context) -> Preparer:
        """The preparer of rows with these columns, each named by what it means."""
        if (units, columns) not in self._made:
            self._made[units, columns] = self._new(columns, units)
        return self._made[units, columns]

    def _new(self, columns: tuple[str, ...], units: Context) -> Preparer:
        mapping = FieldMapping(
            kind_as="events",
            key=(CUSTOMER_KEY,),
            columns=tuple(ColumnMapping(column, (column,)) for column in columns if column != CUSTOMER_KEY),
            country=units.country,
            date_order=units.date_order,
            currency=units.currency,
            time_zone=units.time_zone,
        )
        return preparer(
            columns,
            compile_mapping(mapping, columns),
            frozenset(),
            definition=self.reading.definition,
            context=reading_context(mapping),
            model=self.reading.model,
            blinder=Blinder(self.reading.store.index_key),
        )
