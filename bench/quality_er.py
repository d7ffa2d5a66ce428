"""Resolution alone, in memory: pairwise precision, recall and F1 on the public sets with known truth.

A quick look for those who work on the model; bench/quality.py takes the same sets through the real import.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.pairs import Quality
from bench.public_people import Canonical, febrl, senzing
from customerfile.matching.in_memory import resolve
from customerfile.matching.model import MatchModel, default_model, load_model

AIMS = {"febrl1": 0.99, "febrl2": 0.99, "febrl3": 0.99, "senzing": 0.90}


def pairwise(groups: Iterable[frozenset[int]], truth: Sequence[str]) -> Quality:
    """Quality of a grouping of positions against the true name of each."""
    joined = right = 0
    for group in groups:
        joined += _pairs(len(group))
        right += sum(_pairs(count) for count in Counter(truth[i] for i in group).values())
    true = sum(_pairs(count) for count in Counter(truth).values())
    return Quality(right / joined if joined else 1.0, right / true if true else 1.0)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def main() -> None:
    """Print one line per set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(AIMS), help=f"any of: {', '.join(AIMS)}")
    parser.add_argument("--model", help="a model file instead of the one that ships")
    arguments = parser.parse_args()
    model = load_model(arguments.model) if arguments.model else default_model()
    print(f"model {model.name} {model.hash[:12]}")
    for name in arguments.sets:
        records, truth = senzing() if name == "senzing" else febrl(name.removeprefix("febrl"))
        print(f"{name:8} {_line(records, truth, model)}  aim {AIMS[name]:.2f}")


def _line(records: Sequence[Canonical], truth: Sequence[str], model: MatchModel) -> str:
    start = perf_counter()
    found = resolve(records, model)
    seconds = perf_counter() - start
    quality = pairwise(found.groups, truth)
    return (
        f"records {len(records):5}  pairs {len(found.left):6}  {seconds:5.2f} s  "
        f"precision {quality.precision:.4f}  recall {quality.recall:.4f}  F1 {quality.f1:.4f}"
    )


if __name__ == "__main__":
    main()
