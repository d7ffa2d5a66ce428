"""A home whose file holds so many people already, and others who have not arrived yet; made once where it is kept."""

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path

from bench.kit.home import Ground, bench_ground, ground_at, run_command
from bench.make_people import SHARE_OF_A, write_people

_MOST_WAITING = 150_000
_NOTE = "people.json"
_WAITING = "waiting.csv"


@dataclass(frozen=True, slots=True)
class _Note:
    """What the home holds, and how many of those who waited have arrived."""

    records: int
    seed: int
    arrived: int = 0


def add_home_options(parser: argparse.ArgumentParser) -> None:
    """How many people are there, and where."""
    parser.add_argument("--records", type=int, default=1_000_000, help="in the file before anybody arrives")
    parser.add_argument("--home", type=Path, help="make the file here once, and keep it for the next run")
    parser.add_argument("--seed", type=int, default=7)


@contextmanager
def people_home(options: argparse.Namespace) -> Iterator[Ground]:
    """The home that was kept, or a new one: a thing of minutes for a million people."""
    with bench_ground() if options.home is None else ground_at(options.home) as ground:
        wanted = _Note(options.records, options.seed)
        note = ground.folder / _NOTE
        if not note.exists():
            _fill(ground, wanted)
            _write_note(ground, wanted)
        there = _read_note(ground)
        if (there.records, there.seed) != (wanted.records, wanted.seed):
            raise SystemExit(f"{ground.folder} was made with --records {there.records} --seed {there.seed}.")
        yield ground


def arrivals(ground: Ground, count: int) -> Path:
    """The next so many of those who wait, as a file of their own: three in four are known under another key."""
    note = _read_note(ground)
    path = ground.folder / f"arrivals_{note.arrived}.csv"
    with (ground.folder / _WAITING).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        rows = list(islice(lines, note.arrived, note.arrived + count))
    if len(rows) < count:
        raise SystemExit(f"Only {len(rows):,} people have not arrived yet; make another home.")
    _write(path, [header, *rows])
    _write_note(ground, _Note(note.records, note.seed, note.arrived + count))
    return path


def _fill(ground: Ground, wanted: _Note) -> None:
    print(f"Filling a file with {wanted.records:,} records ...", flush=True)
    rows = wanted.records + min(wanted.records // 4, _MOST_WAITING)
    write_people(ground.folder, rows=rows, seed=wanted.seed)
    with (ground.folder / "people_b.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        first = islice(lines, wanted.records - int(rows * SHARE_OF_A))
        _write(ground.folder / "people_c.csv", chain([header], first))
        _write(ground.folder / _WAITING, chain([header], lines))
    for name in ("people_a", "people_c"):
        path = ground.folder / f"{name}.csv"
        run_command(ground, "import", str(path), "--source", name, "--as", "customers", "--json")
        path.unlink()
    (ground.folder / "people_b.csv").unlink()


def _write(path: Path, rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _read_note(ground: Ground) -> _Note:
    return _Note(**json.loads((ground.folder / _NOTE).read_text(encoding="utf-8")))


def _write_note(ground: Ground, note: _Note) -> None:
    (ground.folder / _NOTE).write_text(json.dumps(asdict(note)), encoding="utf-8")
