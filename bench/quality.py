"""Who is who: the public sets, the benchmark's people and the demonstration through the real import, against the truth.

Every set has a home of its own; nothing is trained, no mapping is given. Splink, trained on the rows, runs beside.
python bench/quality.py [SETS] [--rows 100000] [--seed 7] [--without-splink] [--json]
"""

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import CHECKOUT, Ground, bench_ground, run_command, run_python
from bench.kit.listed_people import listed_figure
from bench.kit.pairs import Grouping, measures, read_grouping
from bench.kit.peer_files import write_peer_file
from bench.kit.report import Figure, print_figures
from bench.make_people import write_people
from bench.public_people import Canonical, febrl
from customerfile.intake.demonstration import generate
from customerfile.matching.evaluation import Measures
from customerfile.matching.model import default_model

DATA = CHECKOUT.parent / "shared" / "data" / "er"
DEMONSTRATION_PEOPLE, DEMONSTRATION_UNTIL = 600, date(2026, 11, 1)
WRONG_ONE_IN = 500  # pairs that are joined; fewer may be wrong
_PEER = str(Path(__file__).resolve().parent / "kit" / "splink_peer.py")


@dataclass(frozen=True, slots=True)
class Aim:
    """The least that a set should reach; 0.0 asks for nothing."""

    f1: float = 0.0
    precision: float = 0.0
    few_wrong: bool = False  # fewer than one joined pair in WRONG_ONE_IN
    ahead: bool = False  # of Splink


@dataclass(frozen=True, slots=True)
class Known:
    """A set whose truth is known: what is asked of it, how to import it, and the files of the peer."""

    aim: Aim
    bring: Callable[[Ground, argparse.Namespace], Grouping]
    peer: Callable[[Path, Grouping], tuple[tuple[str, ...], Grouping]] | None = None
    same_people: tuple[str, str] | None = (
        None  # sources that each hold the same people once: then said to be so
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of one set."""

    name: str
    missing: int  # records of the truth that the file does not know by their key
    ours: Measures
    splink: Measures | None  # None where it was not run, or gave up
    aim: Aim
    before: Measures | None = None  # before two lists were said to be of the same people


def main() -> int:
    """Measure; 0 where every aim was reached."""
    options = _options()
    found = [_measure(name, options) for name in options.sets]
    figures = [figure for each in found for figure in _figures(each)]
    if options.json:
        print(json.dumps([asdict(each) for each in found], indent=1))
        return 0 if all(figure.kept is not False for figure in figures) else 1
    if "senzing" in options.sets:
        figures.append(listed_figure(DATA / "senzing" / "demo"))
    model = default_model()
    print(f"Model {model.name} {model.hash[:12]}")
    for about, words in model.card.items():
        print(f"  {about}: {words}")
    return 0 if print_figures("Links against the truth, pairwise", figures) else 1


def _options() -> argparse.Namespace:
    there = [name for name in SETS if name in MADE or DATA.is_dir()]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=there, help=f"any of: {', '.join(SETS)}")
    parser.add_argument("--rows", type=int, default=100_000, help="of the set people; its aim is for 1000000")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-splink", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    unknown = set(options.sets) - set(there)
    if unknown:
        parser.error(f"unknown, or its files are not beside this checkout: {', '.join(sorted(unknown))}")
    return options


def _measure(name: str, options: argparse.Namespace) -> Found:
    known = SETS[name]
    with bench_ground(durable=False) as ground:
        truth = known.bring(ground, options)
        links = links_of(ground)
        before = None
        if known.same_people is not None:
            before = measures(links, truth)
            _say_one_to_one(ground, known.same_people)
            links = links_of(ground)
        run = known.peer is not None and not options.without_splink
        splink = splink_on(ground.folder, known, truth) if run else None
    missing = len(truth.keys() - links.keys())
    return Found(name, missing, measures(links, truth), splink, known.aim, before)


def _say_one_to_one(ground: Ground, sources: tuple[str, str]) -> None:
    for source in sources:
        run_command(ground, "source", "set", source, "--one-record-per-customer", "yes")
    run_command(ground, "match", "one-to-one", *sources)


def splink_on(folder: Path, known: Known, truth: Grouping) -> Measures | None:
    """Splink over the same records; None where it cannot be trained on so few."""
    assert known.peer is not None
    sources, peer_truth = known.peer(folder, truth)
    clusters = folder / "clusters.csv"
    try:
        run_python([_PEER, str(folder), str(clusters), *sources])
    except subprocess.CalledProcessError:
        return None
    return measures(read_grouping(clusters, "cluster"), peer_truth)


def links_of(ground: Ground) -> Grouping:
    """The customer of each record of a home."""
    links = ground.folder / "links.csv"
    run_command(ground, "links", "--csv", str(links), "--reason", "bench")
    return read_grouping(links, "customer")


def _bring(ground: Ground, path: Path, source: str, *more: str) -> None:
    run_command(ground, "import", str(path), "--source", source, "--as", "customers", "--json", *more)


def _febrl(*parts: str) -> Callable[[Ground, argparse.Namespace], Grouping]:
    def bring(ground: Ground, options: argparse.Namespace) -> Grouping:
        truth: dict[tuple[str, str], str] = {}
        for part in parts:
            path = DATA / "febrl" / f"dataset{part}.csv"
            _bring(ground, path, f"febrl{part}", "--country", "AU")
            keys = [row["rec_id"] for row in _rows(path)]
            truth |= {
                (f"febrl{part}", key): key.split("-")[1] for key in keys
            }  # rec-NUMBER-org, rec-NUMBER-dup-0
        return truth

    return bring


def _senzing(ground: Ground, options: argparse.Namespace) -> Grouping:
    _bring(ground, DATA / "senzing" / "demo" / "customers.csv", "customers", "--country", "US")
    return {
        ("customers", row["RECORD_ID"]): row["CLUSTER_ID"]
        for row in _rows(DATA / "senzing" / "demo" / "actual_truthset_key.csv")
        if row["DATA_SOURCE"] == "CUSTOMERS"
    }


def _people(ground: Ground, options: argparse.Namespace) -> Grouping:
    write_people(ground.folder, rows=options.rows, seed=options.seed)
    for name in ("people_a", "people_b"):
        _bring(ground, ground.folder / f"{name}.csv", name)
    return read_grouping(ground.folder / "truth.csv", "entity")


def _demonstration(ground: Ground, options: argparse.Namespace) -> Grouping:
    made = generate(ground.folder / "files", until=DEMONSTRATION_UNTIL, people=DEMONSTRATION_PEOPLE)
    for file in made.files:
        if file.kind_as == "customers":
            _bring(ground, file.path, file.source, "--country", file.country)
    return read_grouping(made.truth_path, "entity")


type Labelled = tuple[list[Canonical], list[str]]


def _peer_of(*sets: Callable[[], Labelled]) -> Callable[[Path, Grouping], tuple[tuple[str, ...], Grouping]]:
    """The records of the public sets, standardised, a file each; their key is their place."""

    def write(folder: Path, truth: Grouping) -> tuple[tuple[str, ...], Grouping]:
        entities: dict[tuple[str, str], str] = {}
        names = tuple(f"set_{number}" for number in range(len(sets)))
        for name, read in zip(names, sets, strict=True):
            records, labels = read()
            keys = [str(place) for place in range(len(records))]
            write_peer_file(folder / f"{name}.csv", zip(keys, records, strict=True))
            entities |= {(name, key): label for key, label in zip(keys, labels, strict=True)}
        return names, entities

    return write


def _peer_of_people(folder: Path, truth: Grouping) -> tuple[tuple[str, ...], Grouping]:
    return ("people_a", "people_b"), truth


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, skipinitialspace=True))


def _figures(found: Found) -> Iterable[Figure]:
    ours, aim = found.ours, found.aim
    name = f"{found.name}, {ours.records:,} records" + (f", {found.missing} missing" if found.missing else "")
    reached = ours.pairwise.f1 >= aim.f1 and ours.pairwise.precision >= aim.precision
    if found.before is not None:
        yield Figure(name, words_of(found.before))
        name = "  said to be two lists of the same people"
    yield Figure(name, words_of(ours), _asked(aim), reached if aim.f1 else None)
    wrong = 0.0 if ours.one_wrong_in is None else 1 / ours.one_wrong_in
    limit = f"fewer than 1 in {WRONG_ONE_IN}" if aim.few_wrong else ""
    yield Figure(
        "  joined pairs that are wrong", wrong_of(ours), limit, wrong < 1 / WRONG_ONE_IN if limit else None
    )
    if found.splink is not None:
        ahead = ours.pairwise.f1 > found.splink.pairwise.f1 if aim.ahead else None
        beside = f"wrong {wrong_of(found.splink)}" + (", to be surpassed" if aim.ahead else "")
        yield Figure("  peer: Splink, trained on these rows", words_of(found.splink), beside, ahead)


def words_of(found: Measures) -> str:
    """The pairwise measures."""
    pairs = found.pairwise
    return f"F1 {pairs.f1:.4f}  precision {pairs.precision:.4f}  recall {pairs.recall:.4f}"


def _asked(aim: Aim) -> str:
    precision = f", precision {aim.precision}" if aim.precision else ""
    return f"aim F1 {aim.f1}{precision}" if aim.f1 else ""


def wrong_of(found: Measures) -> str:
    """How many of the joined pairs are wrong."""
    if found.one_wrong_in is None:
        return f"none of {found.pairs_joined:,}"
    return f"1 in {int(found.one_wrong_in):,} of {found.pairs_joined:,}"


def _public(f1: float, *parts: str) -> Known:
    """A FEBRL set, with the peer's files of the same parts. Of two parts, each holds the same people once."""
    peer = _peer_of(*(partial(febrl, part) for part in parts))
    same_people = (f"febrl{parts[0]}", f"febrl{parts[1]}") if len(parts) == 2 else None
    return Known(Aim(f1, few_wrong=True), _febrl(*parts), peer, same_people)


MADE = ("people", "demonstration")
SETS = {
    "febrl1": _public(0.995, "1"),
    "febrl2": _public(0.993, "2"),
    "febrl3": _public(0.994, "3"),
    "febrl4": _public(0.998, "4a", "4b"),
    "senzing": Known(Aim(0.90), _senzing),  # too few rows to train the peer on
    "people": Known(Aim(0.97, 0.985, few_wrong=True, ahead=True), _people, _peer_of_people),
    "demonstration": Known(Aim(), _demonstration),
}


if __name__ == "__main__":
    sys.exit(main())
