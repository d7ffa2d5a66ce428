"""Households: how long one look over the whole file takes, and a second one that finds nothing to change.

Runs on the database that is named, as it is, or on one of its own with --rows people; the limit is for 1,000,000.
python bench/household_speed.py [--home PATH | --database-url URL | --rows 100000] [--seed 7]
"""

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.people_database import add_database_options, people_database
from bench.kit.report import Figure, print_figures

LIMIT_SECONDS, LIMIT_RECORDS = 60.0, 1_000_000


def main() -> int:
    """Measure; 0 where the limit was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_database_options(parser)
    with people_database(parser.parse_args()), tempfile.TemporaryDirectory() as folder:
        figures = [_look(Path(folder), name) for name in ("first look", "second look")]
    return 0 if print_figures("Households proposed over the whole file", figures) else 1


def _look(folder: Path, name: str) -> Figure:
    from customerfile.base.clock import now  # noqa: PLC0415 - needs Django set up
    from customerfile.customers.models import Link  # noqa: PLC0415 - as above
    from customerfile.customers.relationships.households import propose_households  # noqa: PLC0415 - as above

    records = Link.objects.filter(valid_to=None).count()
    started = perf_counter()
    done = propose_households(by="bench", at=now(), folder=folder)
    seconds = perf_counter() - started
    words = f"{seconds:.1f} s: {done.found:,} found, {done.proposed:,} proposed, {done.withdrawn:,} withdrawn"
    limit = LIMIT_SECONDS * max(records / LIMIT_RECORDS, 0.05)
    left_out = f"{done.addresses_left_out:,} addresses left out, at most {limit:.0f} s"
    return Figure(f"{name}, {records:,} records", words, left_out, seconds <= limit)


if __name__ == "__main__":
    sys.exit(main())
