"""One record at a time, each durable in a transaction of its own with its resolution, on a base of many people.

A record goes the way of a file of one row: read, prepared, resolved, written, committed. Three in four are known
already under another key. python bench/record_speed.py [--records 2000] [--base 50000] [--profile]
"""

import argparse
import cProfile
import csv
import json
import pstats
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, LiteralString

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import Ground, bench_ground, run_command, start_python
from bench.kit.report import Figure, print_figures
from bench.make_people import SHARE_OF_A, write_people

LIMIT_RATE = 400.0
WRITERS = (1, 2)
_WARM_UP = 50
_MOST_COSTLY = 45
_BARE = 300


def main() -> int:
    """Measure; 0 where the machine keeps the limit with a writer for each of its two cores."""
    options = _options()
    if options.writer:
        return _write(options)
    with bench_ground() as ground:
        rows = int(options.base / SHARE_OF_A)
        write_people(ground.folder, rows=rows, seed=options.seed)
        base = str(ground.folder / "people_a.csv")
        run_command(ground, "import", base, "--source", "base", "--as", "customers", "--json")
        slices = _slices(ground, options.records)
        if options.profile:
            print(_run(ground, [next(slices)], "--profile")[0])
            return 0
        figures = _peers(ground)
        for count in WRITERS:
            figures += _figures(count, _run(ground, list(islice(slices, count))))
    return 0 if print_figures(f"One record at a time, {options.base:,} there already", figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=2000, help="of each writer")
    parser.add_argument("--base", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="show where the time of one writer goes")
    parser.add_argument("--writer", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _slices(ground: Ground, records: int) -> Iterator[Path]:
    """Parts of the second file, one for each writer."""
    with (ground.folder / "people_b.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        for number in range(sum(WRITERS)):
            path = ground.folder / f"desk_{number}.csv"
            with path.open("w", encoding="utf-8", newline="") as part:
                csv.writer(part).writerows([header, *islice(lines, records)])
            yield path


def _peers(ground: Ground) -> list[Figure]:
    """What the server itself takes for a commit and for an empty statement."""
    with psycopg.connect(ground.superuser.conninfo, autocommit=True) as connection:
        settings = [_one(connection, f"SHOW {name}") for name in ("synchronous_commit", "fsync")]
        connection.execute("CREATE TABLE bench_bare (number int)")
        commit = _milliseconds(connection, "INSERT INTO bench_bare VALUES (1)")
        statement = _milliseconds(connection, "SELECT 1")
        connection.execute("DROP TABLE bench_bare")
    return [
        Figure("synchronous_commit, fsync", ", ".join(settings)),
        Figure("peer: one bare row, committed", f"{1000 / commit:,.0f} rows/s", f"{commit:.2f} ms each"),
        Figure("peer: an empty statement", f"{1000 / statement:,.0f} a second", f"{statement:.2f} ms each"),
    ]


def _one(connection: psycopg.Connection[Any], statement: LiteralString) -> str:
    row = connection.execute(statement).fetchone()
    return str(row[0]) if row else ""


def _milliseconds(connection: psycopg.Connection[Any], statement: LiteralString) -> float:
    started = perf_counter()
    for _ in range(_BARE):
        connection.execute(statement)
    return (perf_counter() - started) / _BARE * 1000


def _run(ground: Ground, paths: list[Path], *more: str) -> list[str]:
    """What each writer printed; all of them write at once."""
    script = str(Path(__file__).resolve())
    started = [start_python([script, "--writer", str(path), *more], ground) for path in paths]
    outputs = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise SystemExit("A writer failed; see above.")
    return outputs


def _figures(count: int, outputs: list[str]) -> list[Figure]:
    found = [json.loads(output) for output in outputs]
    times = sorted(time for each in found for time in each["milliseconds"])
    rate = sum(each["rate"] for each in found)
    who = "1 writer" if count == 1 else f"{count} writers together"
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    limit = f"limit {LIMIT_RATE:.0f} records/s" if count == max(WRITERS) else "one core waits for the other"
    kept = rate >= LIMIT_RATE if count == max(WRITERS) else None
    return [
        Figure(who, f"{rate:,.0f} records/s", limit, kept),
        Figure(
            f"{who}: p50, p99",
            f"{p50:.2f} ms, {p99:.2f} ms",
            f"{found[0]['preparing']:.2f} ms of it preparing",
        ),
    ]


def _write(options: argparse.Namespace) -> int:
    """A writer's own process."""
    from customerfile.cli.startup import ready_database  # noqa: PLC0415 - only the writers need Django

    with ready_database():
        if not options.profile:
            print(json.dumps(_measured(options.writer)))
            return 0
        profile = cProfile.Profile()
        profile.enable()
        _measured(options.writer)
        profile.disable()
        for order in ("tottime", "cumulative"):
            pstats.Stats(profile, stream=sys.stdout).sort_stats(order).print_stats(_MOST_COSTLY)
    return 0


def _measured(path: Path) -> dict[str, object]:
    """The rate of one writer, the milliseconds of each record, and how many of them went into preparing it."""
    from bench.kit.single_records import single_records  # noqa: PLC0415 - needs Django set up

    with single_records(path) as (writer, chunks):
        for chunk in islice(chunks, _WARM_UP):
            writer.write(chunk)
        milliseconds, preparing = [], 0.0
        begun = moment = perf_counter()
        for chunk in chunks:
            preparing += perf_counter() - moment
            writer.write(chunk)
            before, moment = moment, perf_counter()
            milliseconds.append((moment - before) * 1000)
    count = len(milliseconds)
    return {
        "rate": count / (moment - begun),
        "milliseconds": milliseconds,
        "preparing": preparing / count * 1000,
    }


if __name__ == "__main__":
    sys.exit(main())
