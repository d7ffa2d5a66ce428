"""One record arrives in a large file: milliseconds for finding candidates, scoring and linking, p50, p95 and p99.

Taken inside the transaction that stages the record, for records that come one at a time; and, beside it, of others the
whole with preparing and a durable commit.
python bench/online_speed.py [--records 1000000] [--home DIR] [--arriving 3000]
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import start_python
from bench.kit.people_home import add_home_options, arrivals, people_home
from bench.kit.report import Figure, print_figures

LIMITS = {1_000_000: {"p50": 2.0, "p99": 10.0}, 10_000_000: {"p99": 20.0}}  # up to so many records
_WARM_UP = 300
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}

type Found = dict[str, list[float]]


def main() -> int:
    """Measure; 0 where every limit was kept."""
    options = _options()
    if options.writer:
        return _write(options)
    with people_home(options) as ground:
        path = arrivals(ground, _WARM_UP + 2 * options.arriving)
        script = str(Path(__file__).resolve())
        process = start_python([script, "--writer", str(path), "--arriving", str(options.arriving)], ground)
        output = process.communicate()[0]
        if process.returncode:
            raise SystemExit("The writer failed; see above.")
    figures = list(_figures(json.loads(output), options.records))
    return 0 if print_figures(f"A record arrives, {options.records:,} there already", figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_home_options(parser)
    parser.add_argument("--arriving", type=int, default=3000, help="records of each measurement")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _figures(found: Found, records: int) -> Iterator[Figure]:
    largest = min((size for size in LIMITS if records <= size), default=max(LIMITS))
    for name in _SHARES:
        measured, limit = _share(found["resolution"], name), LIMITS[largest].get(name)
        kept = None if limit is None else measured <= limit
        beside = "" if limit is None else f"limit {limit:g} ms"
        yield Figure(f"candidates, score, link: {name}", f"{measured:.2f} ms", beside, kept)
    for part in ("candidates", "score", "link"):
        yield Figure(f"  {part}: p50, p95, p99", _shares(found[part]))
    yield Figure(
        "golden record, search index: p50, p95, p99", _shares(found["golden"]), "written beside the link"
    )
    yield Figure(
        "whole, committed: p50, p95, p99",
        _shares(found["whole"]),
        "of other records, without the clock's stops",
    )
    (met,) = found["met"]
    yield Figure("  met candidates", f"{met:.0%}", f"of {len(found['resolution']):,} records")


def _share(values: Sequence[float], name: str) -> float:
    return sorted(values)[int(len(values) * _SHARES[name])]


def _shares(values: Sequence[float]) -> str:
    return ", ".join(f"{_share(values, name):.2f}" for name in _SHARES) + " ms"


def _write(options: argparse.Namespace) -> int:
    """The writer's own process."""
    from customerfile.cli.startup import ready_database  # noqa: PLC0415 - only the writer needs Django

    with ready_database():
        print(json.dumps(_measured(options.writer, options.arriving)))
    return 0


def _measured(path: Path, count: int) -> Found:
    from bench.kit.online_clock import clocked  # noqa: PLC0415 - needs Django set up
    from bench.kit.single_records import single_records  # noqa: PLC0415 - as above

    whole = []
    with single_records(path) as (writer, chunks):
        for chunk in islice(chunks, _WARM_UP):
            writer.write(chunk)
        with clocked() as spent:
            for chunk in islice(chunks, count):
                writer.write(chunk)
        moment = perf_counter()
        for chunk in chunks:
            writer.write(chunk)
            before, moment = moment, perf_counter()
            whole.append((moment - before) * 1000)
    return {
        "resolution": spent.resolution(),
        "candidates": spent.candidates,
        "score": spent.score,
        "link": spent.link,
        "golden": spent.golden,
        "whole": whole,
        "met": [spent.met / len(spent.link)],
    }


if __name__ == "__main__":
    sys.exit(main())
