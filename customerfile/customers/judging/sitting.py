"""One act of a person under way: the component it is about, held; what is said there; and the outcome, written.

Acts wait for one another. They wait for imports, and imports for them, at the customers they have in common.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.db import connection, transaction

from customerfile.base.bulk import Cursor, bulk_cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.errors import UnknownRecord
from customerfile.customers.resolution.components import Component, Gathered, Pair, divided
from customerfile.customers.resolution.judgement_store import (
    Author,
    begin_act,
    decide,
    overlaid,
    say,
    wait_for_judges,
)
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.resolution import Resolution
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.resolution.writers import after_lost_races, wait_to_correct
from customerfile.definition.queries import current_definition


class Sitting:
    """What an act works on. `component` is what hangs together with the records it is about."""

    def __init__(self, cursor: Cursor, resolution: Resolution, *, people_needed: int) -> None:
        self.cursor = cursor
        self.people_needed = people_needed
        self.component = Component()
        self.resolution = resolution
        self._gathered: Gathered | None = None

    def take_up(self, records: Collection[RecordId]) -> None:
        """Read and hold all that hangs together with these records. Raises UnknownRecord."""
        self.component, self._gathered = self.resolution.look_around(self.cursor, records)
        unknown = sorted(set(records) - self.component.present.keys())
        if unknown:
            raise UnknownRecord(
                told("The record {record} is not in the file any more.", record=unknown[0]),
                "Look the customer up again.",
            )

    def begin(self, kind: str, author: Author) -> int:
        """Open the act."""
        return begin_act(self.cursor, kind, author)

    def say(self, act: int, pairs: Collection[Pair], verdict: Verdict, author: Author) -> None:
        """Say the same of some pairs, and let it count."""
        say(self.cursor, act, pairs, verdict, author)
        self.decide(pairs)

    def decide(self, pairs: Collection[Pair]) -> None:
        """Let count what is said of these pairs now."""
        changed = decide(self.cursor, pairs, people_needed=self.people_needed)
        self.component.judged = overlaid(self.component.judged, changed)

    def counts(self, pairs: Collection[Pair], verdict: Verdict) -> bool:
        """Whether this is the verdict in force on all of these pairs."""
        return all(self.component.judged.get(pair) is verdict for pair in pairs)

    def group_of(self, record: RecordId) -> frozenset[RecordId]:
        """With whom the record would stand, as things are said now."""
        if self._gathered is None:
            raise ValueError("nothing was taken up yet")
        groups = divided(
            self.component,
            self.component.judged,
            known=self._gathered.prepared,
            model=self.resolution.model,
        )
        return next(group for group in groups if record in group)

    def settle(self) -> None:
        """Write the outcome."""
        if self._gathered is not None:
            self.resolution.settle_anew(self.cursor, self.component, self._gathered)

    def numbers(self, records: Collection[RecordId]) -> tuple[str, ...]:
        """The customers that these records stand under, as written."""
        found = self.cursor.ask(statement(__package__, "numbers_of_records"), (list(records),))
        return tuple(number for _, number in found.rows())

    def records_of(self, customers: Sequence[int]) -> list[RecordId]:
        """The records that stand under customers, as written."""
        found = self.cursor.ask(statement(__package__, "records_of_customers"), (list(customers),))
        return [RecordId(row[0]) for row in found.rows()]


def in_one_sitting[T](work: Callable[[Sitting], T], *, at: datetime, alone: bool = False) -> T:
    """Run an act in one transaction; where it loses a race with another writer, from the start again.

    `alone`: with the file for itself from the beginning, for an act that changes what is compared.
    """
    at_first = alone

    @transaction.atomic
    def once(alone: bool) -> T:
        connection.ensure_connection()
        with connection.wrap_database_errors, bulk_cursor(connection.connection, few=True) as cursor:
            if at_first:
                wait_to_correct(cursor)
            resolution = Resolution.of(current_model(), current_definition(), at=at, alone=alone or at_first)
            return work(Sitting(cursor, resolution, people_needed=wait_for_judges(cursor)))

    return after_lost_races(once)
