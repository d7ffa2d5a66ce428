"""Loads the demonstration organisation through the ordinary import, and says what it found."""

from customerfile.cli.layout import cells, console, table
from customerfile.embedded import Home
from customerfile.intake import demonstrating

_COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "new customers", "joined")


def load_demonstration(*, people: int, seed: int, home: Home, by: str) -> None:
    """Make the demonstration's files and import each. Loading it again on the same day changes nothing."""
    console().print("Loading the demonstration: invented customers from several systems of a made-up shop.")
    made = table("file", "source", *_COUNTS, right=_COUNTS)
    made.padding = (0, 1, 0, 0)  # fits 80 columns
    for file, counts in demonstrating.load_demonstration(people=people, seed=seed, home=home, by=by):
        numbers = (
            counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected,
            counts.customers_created, counts.records_joined,
        )  # fmt: skip
        made.add_row(*cells(file.path.name, file.source, *(f"{number:,}" for number in numbers)))
    console().print(made)
