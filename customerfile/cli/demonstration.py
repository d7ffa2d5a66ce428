"""Loads the demonstration organisation through the ordinary import, and says what it found."""

import tempfile
from pathlib import Path

from customerfile.base.clock import now
from customerfile.cli.layout import cells, console, table
from customerfile.embedded import Home
from customerfile.intake.demonstration import generate
from customerfile.intake.importing import import_file
from customerfile.intake.opening import ImportRequest

_COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "new customers", "joined")


def load_demonstration(*, people: int, seed: int, home: Home, by: str) -> None:
    """Make the demonstration's files and import each. Loading it again on the same day changes nothing."""
    console().print("Loading the demonstration: invented customers from several systems of a made-up shop.")
    made = table("file", "source", *_COUNTS, right=_COUNTS)
    made.padding = (0, 1, 0, 0)  # fits 80 columns
    with tempfile.TemporaryDirectory(dir=home.spool) as folder:
        organisation = generate(Path(folder), seed=seed, people=people, until=now().date())
        for file in organisation.files:
            request = ImportRequest(
                path=file.path,
                source=file.source,
                kind_as=file.kind_as,
                mapping=file.mapping_path,
                country=file.country,
            )
            counts = import_file(request, home=home, by=by).counts
            numbers = (
                counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected,
                counts.customers_created, counts.records_joined,
            )  # fmt: skip
            made.add_row(*cells(file.path.name, file.source, *(f"{number:,}" for number in numbers)))
    console().print(made)
