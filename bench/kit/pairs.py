"""Pairwise precision, recall and F1 of a grouping of records against the truth about who is who."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

type RecordKey = tuple[str, str]  # source, key in source
type Grouping = Mapping[RecordKey, str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Of the pairs that were joined how many are true, and of the true ones how many were joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def quality(found: Grouping, truth: Grouping) -> Quality:
    """Quality over the records of the truth; one that was not found at all is joined with nobody."""
    known = {record: group for record, group in found.items() if record in truth}
    joined = _pairs(known.values())
    right = _pairs((group, truth[record]) for record, group in known.items())
    true = _pairs(truth.values())
    return Quality(right / joined if joined else 1.0, right / true if true else 1.0)


def read_grouping(path: Path, column: str) -> dict[RecordKey, str]:
    """A CSV file with source, key and the column that names the group."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["source"], row["key"]): row[column] for row in csv.DictReader(lines)}


def _pairs(groups: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(groups).values())
