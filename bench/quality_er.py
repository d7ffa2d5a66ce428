"""Pairwise precision, recall and F1 of the resolved customers on the public sets with known truth, beside the aim."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from customerfile.matching.in_memory import resolve
from customerfile.matching.model import default_model

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "er"


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairs: how many of those joined are true, and how many of the true ones are joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


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


def febrl(number: str) -> tuple[list[dict[str, Any]], list[str]]:
    """A FEBRL set: canonical records and the true person of each."""
    records, truth = [], []
    for row in _rows(DATA / "febrl" / f"dataset{number}.csv"):
        truth.append(row["rec_id"].split("-")[1])
        records.append(_febrl_record(row))
    return records, truth


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name.strip(): (value or "").strip() for name, value in row.items() if name}


def _febrl_record(row: Mapping[str, str]) -> dict[str, Any]:
    born = row["date_of_birth"]
    address = {
        "street": row["address_1"], "house_number": row["street_number"], "city": row["suburb"],
        "postcode": row["postcode"], "region": row["state"],
    }  # fmt: skip
    record: dict[str, Any] = {
        "kind": "person",
        "given_name": row["given_name"],
        "family_name": row["surname"],
        "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if _is_date(born) else "",
        "address": [{part: value for part, value in address.items() if value}],
        "national_id": [{"scheme": "other", "value": row["soc_sec_id"]}] if row["soc_sec_id"] else [],
    }
    return {name: value for name, value in record.items() if value}


def _is_date(text: str) -> bool:
    return len(text) == 8 and 1 <= int(text[4:6]) <= 12 and 1 <= int(text[6:]) <= 31


AIMS = {"febrl1": 0.99, "febrl2": 0.99, "febrl3": 0.99}


def main() -> None:
    """Print one line per set."""
    model = default_model()
    print(f"model {model.name} {model.hash[:12]}")
    for name in sys.argv[1:] or AIMS:
        records, truth = febrl(name.removeprefix("febrl"))
        start = perf_counter()
        found = resolve(records, model)
        quality = pairwise(found.groups, truth)
        print(
            f"{name:8} records {len(records):5} pairs {len(found.left):6} precision {quality.precision:.4f} "
            f"recall {quality.recall:.4f} F1 {quality.f1:.4f} aim {AIMS[name]:.2f} {perf_counter() - start:.2f} s"
        )


if __name__ == "__main__":
    main()
