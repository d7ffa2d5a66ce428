"""The mistakes planted on purpose in a few rows, so that the report of rejects has something to show."""

import random
from dataclasses import dataclass

from customerfile.intake.demonstration.tables import Table

TEST_CARD = "4111 1111 1111 1111"  # the public test number of the card schemes; nobody's card
_ROWS_PER_ROUND = 1000  # a longer table gets each of its mistakes more than once


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """One bad value: `row` counts the file's rows of data from 1."""

    file_name: str
    row: int
    key: str  # the row's key, "" where the key itself is what is missing
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Mistake:
    column: str
    value: str


NO_KEY = Mistake("", "")  # a row too many, whose key nobody wrote down
MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "shop.csv": (
        NO_KEY,
        Mistake("Default Address Phone", "0161 CALL ME"),
        Mistake("Email", "someone at example.org"),
        Mistake("Note", f"Paid with card {TEST_CARD}"),
    ),
    "crm.xlsx": (Mistake("Birth Date", "1981-02-30"), Mistake("Mobile", "ask reception"), NO_KEY),
    "berlin.csv": (Mistake("Geburtsdatum", "30.02.1979"), Mistake("Telefon", "siehe Rückseite")),
    "orders.csv": (
        Mistake("Order Date", "2026-02-30 10:15"),
        Mistake("Quantity", "two"),
        Mistake("Unit Price", "n/a"),
    ),
    "notes.csv": (Mistake("Summary", f"Read out a card number on the phone: {TEST_CARD}"),),
}


def plant_faults(rng: random.Random, table: Table) -> tuple[PlantedFault, ...]:
    """Spoils a few rows of the table, each in one way, and says which."""
    mistakes = MISTAKES[table.file_name] * max(1, len(table.rows) // _ROWS_PER_ROUND)
    rows = rng.sample(range(len(table.rows)), min(len(mistakes), len(table.rows)))
    return tuple(_spoil(table, at, mistake) for at, mistake in zip(rows, mistakes, strict=False))


def _spoil(table: Table, at: int, mistake: Mistake) -> PlantedFault:
    if mistake is NO_KEY:
        table.rows.append(table.rows[at] | {table.key_column: ""})
        return PlantedFault(table.file_name, len(table.rows), "", table.key_column, "")
    table.rows[at][mistake.column] = mistake.value
    return PlantedFault(
        table.file_name, at + 1, table.rows[at][table.key_column], mistake.column, mistake.value
    )
