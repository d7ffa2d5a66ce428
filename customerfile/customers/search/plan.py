"""Decides what a search reads, so that two very common words cost no more than two rare ones. Pure.

Rare words are read whole. Of common ones a window of customer ids is read, the same for all, so that customers who have
several of them are met; whether a customer with a rare word has a common one too is looked up one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from customerfile.customers.search.answers import Answer, StoredWord

ROWS_READ_WHOLE = 6000  # most customers read of words that are not common
ROWS_OF_BEST = 2000  # most customers read of the best answers, where these are common
ROWS_OF_OTHERS = 1000  # and of other answers that are common
PROBES = 2000  # most look-ups one by one: each costs as much as reading five customers
SHORT = 64  # a list this short is always read whole
LAST_ID = 2**63 - 1
BEST, LIKELY, POSSIBLE = 1, 2, 3  # which common words the customers of a list are looked up for
_LIKELY_BESIDE_BEST, _POSSIBLE_BESIDE_BEST = 2, 6  # the commonest other spellings of a word

type Stored = Mapping[int, StoredWord]


@dataclass(frozen=True, slots=True)
class Reading:
    """A list to read: the customers of an answer's word with ids from low to high.

    Each of them is then looked up in the common words up to `reach` (0: none, BEST, LIKELY, POSSIBLE) that have at
    least `size` customers.
    """

    answer: int
    low: int
    high: int
    most: int
    reach: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Probe:
    """A common word that customers from other lists are looked up for, if their reach is at least `tier`."""

    answer: int
    tier: int
    size: int


@dataclass(slots=True)
class Plan:
    """What to read. Answers are named by their place."""

    readings: list[Reading] = field(default_factory=list)
    probes: list[Probe] = field(default_factory=list)


def make_plan(answers: Sequence[Answer], *, limit: int) -> Plan:
    """What to read to find the customers that answer best. Key hits need no reading."""
    stored = {n: answer.source for n, answer in enumerate(answers) if isinstance(answer.source, StoredWord)}
    if len({answer.word for answer in answers}) == 1:
        return Plan([Reading(number, 0, LAST_ID, limit) for number in stored])
    best = _best(stored, answers)
    tiers = _tiers(stored, best, answers)
    whole = _reaches(_read_whole(stored, tiers), stored, tiers, answers)
    common = {number: word for number, word in stored.items() if number not in whole}
    plan = Plan([_whole(n, stored[n].count, whole[n] if common else 0) for n in sorted(whole)])
    if common:
        low, high = _overlap(common, answers)
        for numbers, rows in ((common.keys() & best, ROWS_OF_BEST), (common.keys() - best, ROWS_OF_OTHERS)):
            _read_window(plan, {n: common[n] for n in sorted(numbers)}, (low, high, rows), tiers)
    return plan


def _best(stored: Stored, answers: Sequence[Answer]) -> frozenset[int]:
    """The answers of the best kind to each word."""
    found: set[int] = set()
    for _, of_word in groupby(stored, key=lambda number: answers[number].word):
        numbers = list(of_word)
        found.update(number for number in numbers if stored[number].how is stored[numbers[0]].how)
    return frozenset(found)


def _tiers(stored: Stored, best: frozenset[int], answers: Sequence[Answer]) -> dict[int, int]:
    """The words that were probably meant: the best, and the commonest of the others."""
    tiers = dict.fromkeys(best, BEST)
    for _, of_word in groupby(stored, key=lambda number: answers[number].word):
        others = [number for number in of_word if number not in best and stored[number].count > SHORT]
        others.sort(key=lambda number: (-stored[number].count, number))
        tiers |= dict.fromkeys(others[:_LIKELY_BESIDE_BEST], LIKELY)
        tiers |= dict.fromkeys(others[_LIKELY_BESIDE_BEST:_POSSIBLE_BESIDE_BEST], POSSIBLE)
    return tiers


def _read_whole(stored: Stored, tiers: Mapping[int, int]) -> list[int]:
    """The words to read whole, the likely ones first and of these the rarer ones."""
    whole: list[int] = []
    rows = 0
    for number in sorted(stored, key=lambda n: (tiers.get(n, POSSIBLE + 1), stored[n].count, n)):
        count = stored[number].count
        if rows + count <= ROWS_READ_WHOLE or count <= SHORT:
            whole.append(number)
            rows += count
    return whole


def _reaches(
    whole: Sequence[int], stored: Stored, tiers: Mapping[int, int], answers: Sequence[Answer]
) -> dict[int, int]:
    """How far the customers of the words read whole are looked up in commoner words, as far as that is affordable."""
    reaches = dict.fromkeys(whole, 0)
    probes = 0
    for number in whole:
        count = stored[number].count
        commoner = [
            n
            for n in tiers
            if n not in reaches and answers[n].word != answers[number].word and stored[n].count >= count
        ]
        for reach in (POSSIBLE, LIKELY, BEST):
            cost = count * sum(tiers[n] <= reach for n in commoner)
            if probes + cost <= PROBES:
                reaches[number] = reach
                probes += cost
                break
    return reaches


def _whole(number: int, count: int, reach: int) -> Reading:
    return Reading(number, 0, LAST_ID, min(2 * count, ROWS_READ_WHOLE), reach, count)


def _read_window(plan: Plan, common: Stored, window: tuple[int, int, int], tiers: Mapping[int, int]) -> None:
    """Read these words from one id on, as far as the rows allow; the rest of them is looked up."""
    low, high, rows = window
    density = sum(word.count / (word.high - word.low + 1) for word in common.values())
    upto = min(high, low + int(rows / density)) if common else low
    for number, word in common.items():
        plan.readings.append(Reading(number, low, upto, rows))
        if number in tiers and (low > word.low or upto < word.high):
            plan.probes.append(Probe(number, tiers[number], word.count))


def _overlap(common: Stored, answers: Sequence[Answer]) -> tuple[int, int]:
    """The ids over which the best answers of all words are spread."""
    first: dict[int, StoredWord] = {}
    for number, word in common.items():
        first.setdefault(answers[number].word, word)
    low, high = max(word.low for word in first.values()), min(word.high for word in first.values())
    if low <= high:
        return low, high
    return min(word.low for word in first.values()), max(word.high for word in first.values())
