"""Quality of a grouping of records against the truth about who is who, by the product's own measures."""

import csv
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from customerfile.matching.evaluation import Ints, Measures, measure, overlaps

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
    """Pairwise quality over the records of the truth; one that was not found at all is joined with nobody."""
    pairwise = measures(found, truth).pairwise
    return Quality(pairwise.precision, pairwise.recall)


def measures(found: Grouping, truth: Grouping) -> Measures:
    """Every measure over the records of the truth; one that was not found at all is joined with nobody."""
    groups = [found.get(record, record) for record in truth]  # a record of its own is named by itself
    return measure(overlaps(_numbered(groups), _numbered(truth.values())))


def read_grouping(path: Path, column: str) -> dict[RecordKey, str]:
    """A CSV file with source, key and the column that names the group."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["source"], row["key"]): row[column] for row in csv.DictReader(lines)}


def _numbered(names: Iterable[Hashable]) -> Ints:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
