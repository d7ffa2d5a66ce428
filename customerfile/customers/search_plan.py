"""Decides how a search is run: which stored words answer which typed ones, what each is worth, where to begin.

Pure. The rarest word begins; the others are looked up for its customers one by one, or listed where that is cheaper.
The work is bounded, so that two very common words cost no more than two rare ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from rapidfuzz.distance import OSA

from customerfile.customers.search_words import How, Query

COUNTED_UP_TO = 1000
BUDGET = 5000  # index entries read in one search
_WORTH: Mapping[How, float] = {How.EXACT: 1.0, How.NICKNAME: 0.8, How.TYPO: 0.6, How.PREFIX: 0.45}
_FEW_SEEDS = 40


@dataclass(frozen=True, slots=True)
class StoredWord:
    """A word of the index that may answer a typed one, with how many customers have it (at most COUNTED_UP_TO)."""

    covers: tuple[int, ...]
    how: How
    token_id: int
    token: str
    place: bool
    count: int


@dataclass(frozen=True, slots=True)
class KeyHit:
    """A customer that a key leads to."""

    covers: tuple[int, ...]
    kind: str
    customer_id: int
    typed: str
    shown: str
    worth: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One way in which a customer may answer one typed word; `source` says what was found."""

    word: int
    worth: float
    source: StoredWord | KeyHit


@dataclass(slots=True)
class Plan:
    """What to read. Numbers are places in `answers`, which are ordered by word, the worthiest first."""

    answers: list[Answer]
    listed: list[tuple[int, int]] = field(default_factory=list)  # (answer, most customers to read)
    probed: list[int] = field(default_factory=list)
    seed_words: frozenset[int] = frozenset()


def one_slip_apart(typed: str, stored: str) -> bool:
    """Whether one letter more, less, other or swapped turns one into the other."""
    return OSA.distance(typed, stored, score_cutoff=1) <= 1


def make_plan(query: Query, words: Iterable[StoredWord], hits: Sequence[KeyHit]) -> Plan:
    """The plan of a search. Without any answer it reads nothing."""
    answers = _answers(query, [word for word in words if _holds(word, query)], hits)
    plan = Plan(answers)
    sizes = _sizes(answers)
    if sizes:
        plan.seed_words = _seed_words(sizes)
        _divide(plan, _seeds(sizes, plan.seed_words))
    return plan


def _holds(word: StoredWord, query: Query) -> bool:
    return word.how is not How.TYPO or one_slip_apart(query.words[word.covers[0]], word.token)


def _answers(query: Query, words: Collection[StoredWord], hits: Sequence[KeyHit]) -> list[Answer]:
    rarity = {position: _rarity(position, words) for position in range(len(query.words))}
    best: dict[tuple[int, int, bool], Answer] = {}
    for word in words:
        for position in word.covers:
            answer = Answer(position, rarity[position] * _WORTH[word.how], word)
            key = (position, word.token_id, word.place)
            if key not in best or answer.worth > best[key].worth:
                best[key] = answer
    found = list(best.values())
    found += [Answer(position, hit.worth / len(hit.covers), hit) for hit in hits for position in hit.covers]
    return sorted(found, key=_order)


def _rarity(position: int, words: Iterable[StoredWord]) -> float:
    """What the exact word is worth: the rarer it is (or, where nobody has it, its likest ones are), the more."""
    counts: dict[How, int] = {}
    for word in words:
        if position in word.covers:
            counts[word.how] = max(counts.get(word.how, 0), word.count)
    commonest = counts[min(counts)] if counts else 1
    return 2 + log2(COUNTED_UP_TO / commonest)


def _order(answer: Answer) -> tuple[int, float, int]:
    source = answer.source
    return (
        answer.word,
        -answer.worth,
        source.token_id if isinstance(source, StoredWord) else source.customer_id,
    )


def _sizes(answers: Sequence[Answer]) -> dict[int, int]:
    """How many customers each word has at most."""
    sizes: dict[int, int] = {}
    for answer in answers:
        sizes[answer.word] = sizes.get(answer.word, 0) + _size(answer)
    return sizes


def _size(answer: Answer) -> int:
    return answer.source.count if isinstance(answer.source, StoredWord) else 1


def _seed_words(sizes: Mapping[int, int]) -> frozenset[int]:
    """The rarest word; the two rarest of three and more, so that one word may be wrong altogether."""
    ordered = sorted(sizes, key=lambda word: (sizes[word], word))
    return frozenset(ordered[: 1 if len(ordered) < 3 else 2])


def _seeds(sizes: Mapping[int, int], seed_words: Collection[int]) -> int:
    return max(_FEW_SEEDS, min(BUDGET, sum(sizes[word] for word in seed_words)))


def _divide(plan: Plan, seeds: int) -> None:
    """Fit the work into the budget: fewer seeds where many common words are to be looked up for each."""
    others = [
        (number, _size(answer))
        for number, answer in enumerate(plan.answers)
        if answer.word not in plan.seed_words and isinstance(answer.source, StoredWord)
    ]
    while seeds > _FEW_SEEDS and seeds + sum(min(size, seeds) for _, size in others) > BUDGET:
        seeds = max(_FEW_SEEDS, seeds * 3 // 4)
    plan.listed = _seed_lists(plan, seeds)
    for number, size in others:
        if size < seeds:
            plan.listed.append((number, size))
        else:
            plan.probed.append(number)


def _seed_lists(plan: Plan, seeds: int) -> list[tuple[int, int]]:
    """Share the seeds out: every answer gets some, the worthier ones what is left."""
    numbers = [
        number
        for number, answer in enumerate(plan.answers)
        if answer.word in plan.seed_words and isinstance(answer.source, StoredWord)
    ]
    some = max(1, seeds // (4 * max(1, len(numbers))))
    shares = {number: min(_size(plan.answers[number]), some) for number in numbers}
    left = seeds - sum(shares.values())
    for number in numbers:
        more = min(left, max(0, _wanted(plan.answers[number]) - shares[number]))
        shares[number] += more
        left -= more
    return list(shares.items())


def _wanted(answer: Answer) -> int:
    size = _size(answer)
    return BUDGET if size >= COUNTED_UP_TO else size
