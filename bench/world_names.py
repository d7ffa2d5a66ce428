"""Person names across countries and scripts: precision, recall and F1 for each culture, of made-up people.

Beside recall stands what it would be were every name of a person written alike: the rest is for gaps in the data.
python bench/world_names.py [CULTURE ...] [--people 400] [--seed 11] [--show] [--model FILE]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.kit.pairs import Quality
from bench.kit.world_people import Record, people, records
from bench.kit.world_words import world_words
from customerfile.matching.in_memory import resolve
from customerfile.matching.model import MatchModel, default_model, load_model
from customerfile.values.addresses import standardise_address
from customerfile.values.dates import standardise_birth_date
from customerfile.values.emails import standardise_email
from customerfile.values.names import standardise_name
from customerfile.values.outcome import Accepted, Context, Outcome
from customerfile.values.person_names import standardise_person_name
from customerfile.values.phones import standardise_phone

LEAST_PRECISION = 0.998

type Pair = tuple[int, int]
type Canonical = dict[str, Any]
type Standardiser = Callable[[Any, Context], Outcome]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one culture's records."""

    rows: Sequence[Record]
    true: frozenset[Pair]
    joined: frozenset[Pair]

    @property
    def quality(self) -> Quality:
        """Of the joined pairs how many are true, of the true ones how many were joined."""
        right = len(self.true & self.joined)
        return Quality(right / len(self.joined) if self.joined else 1.0, right / len(self.true))


def canonical(row: Record) -> Canonical:
    """A record through the standardisers an import uses."""
    context = Context(row.country)
    names: dict[str, Any] = (
        _one(standardise_person_name, row.names["full"], context) or {}
        if "full" in row.names
        else {part: _one(standardise_name, text, context) for part, text in row.names.items()}
    )
    record = names | {
        "kind": "person",
        "birth_date": _one(standardise_birth_date, row.birth, context),
        "email": _many(standardise_email, row.email, context),
        "phone": _many(standardise_phone, row.phone, context),
        "address": _many(standardise_address, row.address, context),
    }
    return {field: value for field, value in record.items() if value}


def _one(standardiser: Standardiser, raw: Any, context: Context) -> Any:
    """The standard value, or None where there is none or it is refused."""
    found = standardiser(raw, context) if raw else None
    return found.value if isinstance(found, Accepted) else None


def _many(standardiser: Standardiser, raw: Any, context: Context) -> list[Any]:
    value = _one(standardiser, raw, context)
    return [value if isinstance(value, dict) else {"value": value}] if value else []


def outcome(rows: Sequence[Record], model: MatchModel) -> Found:
    """Resolve the records in memory and set the groups beside the truth."""
    by_entity: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_entity[row.entity].append(position)
    found = resolve([canonical(row) for row in rows], model)
    return Found(rows, frozenset(_pairs(by_entity.values())), frozenset(_pairs(found.groups)))


def _pairs(groups: Iterable[Iterable[int]]) -> Iterator[Pair]:
    for group in groups:
        yield from combinations(sorted(group), 2)


def main() -> int:
    """Print a line for each culture; 0 where the precision of each is high enough."""
    options = _options()
    model = load_model(options.model) if options.model else default_model()
    print(f"model {model.name} {model.hash[:12]}, {options.people} people each, seed {options.seed}")
    print(f"{'':13} {'pairs':>6} {'precision':>9} {'recall':>8} {'alike':>8} {'F1':>8}")
    found: list[Found] = []
    for culture in options.cultures:
        persons = people(culture, count=options.people, seed=options.seed)
        alike = outcome(records(persons, seed=options.seed, written_alike=True), model)
        found.append(outcome(records(persons, seed=options.seed), model))
        print(_line(culture, found[-1], alike))
        if options.show:
            _show(found[-1], alike)
    print(_summary(found))
    return 0 if all(each.quality.precision >= LEAST_PRECISION for each in found) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cultures", nargs="*", default=list(world_words()), metavar="CULTURE")
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--show", action="store_true", help="list wrong pairs, and those missed for their names"
    )
    parser.add_argument("--model", help="a model file instead of the one that ships")
    return parser.parse_args()


def _line(culture: str, found: Found, alike: Found) -> str:
    quality = found.quality
    beyond = "" if quality.precision >= LEAST_PRECISION else "  PRECISION BELOW 0.998"
    return (
        f"{culture:13} {len(found.true):6} {quality.precision:9.4f} {quality.recall:8.4f}"
        f" {alike.quality.recall:8.4f} {quality.f1:8.4f}{beyond}"
    )


def _summary(found: Sequence[Found]) -> str:
    true, joined = (sum(len(getattr(each, name)) for each in found) for name in ("true", "joined"))
    right = sum(len(each.true & each.joined) for each in found)
    quality = Quality(right / joined if joined else 1.0, right / true)
    return f"{'all':13} {true:6} {quality.precision:9.4f} {quality.recall:8.4f} {'':8} {quality.f1:8.4f}"


def _show(found: Found, alike: Found) -> None:
    for word, pairs in (
        ("WRONG ", found.joined - found.true),
        ("missed", (found.true & alike.joined) - found.joined),
    ):
        for left, right in sorted(pairs):
            a, b = (found.rows[position] for position in (left, right))
            print(f"  {word} {_shown(a)}  |  {_shown(b)}  [{_evidence(a, b)}]")


def _shown(row: Record) -> str:
    names = row.names
    text = names.get("full") or " / ".join(
        names.get(part, "") for part in ("given_name", "middle_name", "family_name")
    )
    return f"{text} ({row.country})"


def _evidence(a: Record, b: Record) -> str:
    fields = ("birth", "email", "phone", "address")
    return " ".join(
        f"{name}{'=' if getattr(a, name) == getattr(b, name) else '#'}"
        for name in fields
        if getattr(a, name) and getattr(b, name)
    )


if __name__ == "__main__":
    sys.exit(main())
