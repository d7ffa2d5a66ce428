"""Who is who: the public sets and the demonstration through the real import, the links against the truth.

Every set has a home of its own; nothing is trained, no mapping is given. python bench/quality.py [SETS] [--json]
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import CHECKOUT, Ground, bench_ground, run_command
from bench.kit.pairs import Grouping, quality, read_grouping
from bench.kit.report import Figure, print_figures
from customerfile.intake.demonstration import generate

DATA = CHECKOUT.parent / "shared" / "data" / "er"
DEMONSTRATION_PEOPLE, DEMONSTRATION_UNTIL = 600, date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """A set whose truth is known: how to import it, and what its F1 should be (None: nothing is asked)."""

    aim: float | None
    bring: Callable[[Ground], Grouping]


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of one set."""

    name: str
    records: int
    missing: int  # of these records, those that the file does not know by their key
    precision: float
    recall: float
    f1: float
    aim: float | None


def main() -> int:
    """Measure; 0 where every aim was reached."""
    options = _options()
    found = [_measure(name) for name in options.sets]
    if options.json:
        print(json.dumps([asdict(each) for each in found], indent=1))
        return 0 if all(each.aim is None or each.f1 >= each.aim for each in found) else 1
    return 0 if print_figures("Links against the truth, pairwise", [_figure(each) for each in found]) else 1


def _options() -> argparse.Namespace:
    there = [name for name in SETS if name == "demonstration" or DATA.is_dir()]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=there, help=f"any of: {', '.join(SETS)}")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    unknown = set(options.sets) - set(there)
    if unknown:
        parser.error(f"unknown, or its files are not beside this checkout: {', '.join(sorted(unknown))}")
    return options


def _measure(name: str) -> Found:
    known = SETS[name]
    with bench_ground(durable=False) as ground:
        truth = known.bring(ground)
        links = _links(ground)
    result, missing = quality(links, truth), len(truth.keys() - links.keys())
    return Found(name, len(truth), missing, result.precision, result.recall, result.f1, known.aim)


def _links(ground: Ground) -> Grouping:
    links = ground.folder / "links.csv"
    run_command(ground, "links", "--csv", str(links))
    return read_grouping(links, "customer")


def _bring(ground: Ground, path: Path, source: str, *more: str) -> None:
    run_command(ground, "import", str(path), "--source", source, "--as", "customers", "--json", *more)


def _febrl(number: int) -> Callable[[Ground], Grouping]:
    path = DATA / "febrl" / f"dataset{number}.csv"

    def bring(ground: Ground) -> Grouping:
        _bring(ground, path, "febrl", "--country", "AU")
        keys = [row["rec_id"] for row in _rows(path)]
        return {("febrl", key): key.split("-")[1] for key in keys}  # rec-NUMBER-org, rec-NUMBER-dup-0

    return bring


def _senzing(ground: Ground) -> Grouping:
    _bring(ground, DATA / "senzing" / "demo" / "customers.csv", "customers", "--country", "US")
    return {
        ("customers", row["RECORD_ID"]): row["CLUSTER_ID"]
        for row in _rows(DATA / "senzing" / "demo" / "actual_truthset_key.csv")
        if row["DATA_SOURCE"] == "CUSTOMERS"
    }


def _demonstration(ground: Ground) -> Grouping:
    made = generate(ground.folder / "files", until=DEMONSTRATION_UNTIL, people=DEMONSTRATION_PEOPLE)
    for file in made.files:
        if file.kind_as == "customers":
            _bring(ground, file.path, file.source, "--country", file.country)
    return read_grouping(made.truth_path, "entity")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, skipinitialspace=True))


def _figure(found: Found) -> Figure:
    measured = f"F1 {found.f1:.4f}  precision {found.precision:.4f}  recall {found.recall:.4f}"
    kept = None if found.aim is None else found.f1 >= found.aim
    name = f"{found.name}, {found.records:,} records" + (
        f", {found.missing} missing" if found.missing else ""
    )
    return Figure(name, measured, "" if kept is None else f"aim {found.aim}", kept)


SETS = {
    "febrl1": Known(0.99, _febrl(1)),
    "febrl2": Known(0.99, _febrl(2)),
    "febrl3": Known(0.99, _febrl(3)),
    "senzing": Known(0.90, _senzing),
    "demonstration": Known(None, _demonstration),
}


if __name__ == "__main__":
    sys.exit(main())
