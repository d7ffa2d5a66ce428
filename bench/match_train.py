"""The shipped match model against the same one trained on the file, and against Splink trained on the same rows.

Each set goes through the real import into a home of its own; `customerfile match train --apply` adapts the model there.
python bench/match_train.py [febrl1 febrl2 febrl3 febrl4 people] [--rows 100000] [--seed 7] [--without-splink]
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.home import bench_ground, run_command
from bench.kit.pairs import measures
from bench.kit.report import Figure, print_figures
from bench.quality import DATA, SETS, WRONG_ONE_IN, links_of, splink_on, words_of, wrong_of
from customerfile.matching.evaluation import Measures

WANTED = ("febrl1", "febrl2", "febrl3", "febrl4", "people")
LEAST_CHANGE = -0.002  # of F1


@dataclass(frozen=True, slots=True)
class Found:
    """The links before and after training, what training told, and its seconds with the run over the whole file."""

    name: str
    shipped: Measures
    trained: Measures
    splink: Measures | None
    told: dict[str, dict[str, object]]
    seconds: float

    @property
    def change(self) -> float:
        """Of the pairwise F1."""
        return self.trained.pairwise.f1 - self.shipped.pairwise.f1


def main() -> int:
    """Measure; 0 where training made nothing worse."""
    options = _options()
    figures = [figure for name in options.sets for figure in _figures(_measure(name, options))]
    return 0 if print_figures("Links against the truth, pairwise", figures) else 1


def _options() -> argparse.Namespace:
    there = [name for name in WANTED if name == "people" or DATA.is_dir()]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=there, help=f"any of: {', '.join(WANTED)}")
    parser.add_argument("--rows", type=int, default=100_000, help="of the set people")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-splink", action="store_true")
    options = parser.parse_args()
    unknown = set(options.sets) - set(there)
    if unknown:
        parser.error(f"unknown, or its files are not beside this checkout: {', '.join(sorted(unknown))}")
    return options


def _measure(name: str, options: argparse.Namespace) -> Found:
    known = SETS[name]
    with bench_ground(durable=False) as ground:
        truth = known.bring(ground, options)
        shipped = measures(links_of(ground), truth)
        done = run_command(ground, "match", "train", str(ground.folder / "trained.json"), "--apply", "--json")
        trained = measures(links_of(ground), truth)
        splink = None if options.without_splink else splink_on(ground.folder, known, truth)
    return Found(name, shipped, trained, splink, json.loads(done.output), done.seconds)


def _figures(found: Found) -> Iterable[Figure]:
    learnt, tried = found.told["learnt"], found.told["tried"]
    yield Figure(
        f"{found.name}, {found.shipped.records:,} records: shipped",
        words_of(found.shipped),
        _wrong(found.shipped),
    )
    worse = f"F1 at most {-LEAST_CHANGE} worse"
    yield Figure("  trained", words_of(found.trained), worse, found.change >= LEAST_CHANGE)
    yield Figure(
        "  wrong pairs",
        wrong_of(found.trained),
        f"fewer than 1 in {WRONG_ONE_IN}",
        _has_few_wrong(found.trained),
    )
    about = f"{learnt['matches']:,} matches; +{tried['links_gained']:,} -{tried['links_lost']:,} pairs joined"
    yield Figure("  training, comparing, applying", f"{found.seconds:.0f} s", about)
    if found.splink is not None:
        yield Figure("  peer: Splink, trained on these rows", words_of(found.splink), _wrong(found.splink))


def _wrong(found: Measures) -> str:
    return f"wrong {wrong_of(found)}"


def _has_few_wrong(found: Measures) -> bool:
    return found.one_wrong_in is None or found.one_wrong_in > WRONG_ONE_IN


if __name__ == "__main__":
    sys.exit(main())
