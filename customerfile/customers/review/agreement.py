"""How far people who judged the same pairs agree: share in agreement and Cohen's kappa. Pure.

Kappa is the agreement beyond what would come about by chance: (observed - expected) / (1 - expected), where the
expected agreement follows from how often each of the two says each verdict (J. Cohen, 1960).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from customerfile.customers.resolution.verdicts import Verdict

type Words = Mapping[str, Verdict]  # what each person said of one pair
type Couple = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of pairs that both judged. `kappa` is None where there is nothing to compare, or all said one thing."""

    people: tuple[str, ...]
    pair_count: int
    agreed_rate: float | None
    kappa: float | None


def agreement(judged: Iterable[Words]) -> tuple[Agreement, list[Agreement]]:
    """Over all pairs that two or more people judged, and for each two people."""
    couples: dict[Couple, list[tuple[Verdict, Verdict]]] = {}
    pair_count = 0
    for words in judged:
        pair_count += len(words) > 1
        for one, other in combinations(sorted(words), 2):
            couples.setdefault((one, other), []).append((words[one], words[other]))
    everybody = tuple(sorted({person for couple in couples for person in couple}))
    said = [both for found in couples.values() for both in found]
    overall = Agreement(everybody, pair_count, _agreed(said), _kappa(said))
    return overall, [
        Agreement(couple, len(found), _agreed(found), _kappa(found))
        for couple, found in sorted(couples.items())
    ]


def _agreed(said: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    return sum(one is other for one, other in said) / len(said) if said else None


def _kappa(said: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    observed = _agreed(said)
    if observed is None:
        return None
    first, second = Counter(one for one, _ in said), Counter(other for _, other in said)
    expected = sum(first[verdict] * second[verdict] for verdict in Verdict) / len(said) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)
