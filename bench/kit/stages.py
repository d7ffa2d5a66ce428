"""The stages of a row before it is written, each measured alone, one after the other, on the first rows of a file.

Prints JSON: rows per second by stage. Run: python bench/kit/stages.py FILE [ROWS]
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain, islice
from pathlib import Path
from time import perf_counter

import orjson

from customerfile.customers.search.profile import Read, identifier_fields, profile_of_record
from customerfile.definition.loading import load_packs
from customerfile.intake.collector import calm_collector
from customerfile.intake.context import reading_context
from customerfile.intake.opening import ImportRequest, open_delivery
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import default_model
from customerfile.matching.prepare import prepare
from customerfile.sources.validation import standardise_row

SAMPLE_ROWS = 50_000
_PACKS = ("base", "retail")


def measure(path: Path, rows: int = SAMPLE_ROWS) -> dict[str, float]:
    """Rows per second of each stage, on one core."""
    with tempfile.TemporaryDirectory() as spool, calm_collector():
        definition = load_packs(_PACKS)
        opened = open_delivery(
            ImportRequest(path, "sample", "customers"), definition=definition, spool=Path(spool)
        )
        context, model, fields = (
            reading_context(opened.mapping),
            default_model(),
            identifier_fields(definition),
        )
        clock = _Clock({})
        raw = clock.take("read", lambda: list(islice(chain.from_iterable(opened.stream.batches()), rows)))
        mapped = clock.take("map", lambda: [opened.mapper.map(row) for row in raw])
        standard = clock.take(
            "standardise", lambda: [standardise_row(row, definition, context).canonical for row in mapped]
        )
        clock.take(
            "prepare and blocking keys", lambda: [blocking_keys(prepare(row), model) for row in standard]
        )
        packed = [orjson.dumps(row) for row in standard]
        clock.take("profile", lambda: [profile_of_record(Read.of(row), fields) for row in packed])
        opened.stream.close()
        return clock.rates


class _Clock:
    def __init__(self, rates: dict[str, float]) -> None:
        self.rates = rates

    def take[T](self, stage: str, work: Callable[[], Sequence[T]]) -> Sequence[T]:
        """Do the work and write down how many rows it did in a second."""
        started = perf_counter()
        done = work()
        self.rates[stage] = len(done) / (perf_counter() - started)
        return done


def main() -> None:
    """Print the rates."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else SAMPLE_ROWS
    print(json.dumps(measure(Path(sys.argv[1]), rows)))


if __name__ == "__main__":
    main()
