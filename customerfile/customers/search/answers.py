"""What may answer the words of a query, and what each answer is worth: exact before nickname, slip and beginning. Pure.

The rarer a word is in the file, the more it is worth; a worse answer is never worth more than a better one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from rapidfuzz.distance import OSA

from customerfile.customers.search.words import How, Query

SAMPLE = 32  # customers read at each end of a stored word's list, to estimate how long it is
_WORTH: Mapping[How, float] = {How.EXACT: 1.0, How.NICKNAME: 0.8, How.TYPO: 0.6, How.PREFIX: 0.45}
_COMMONEST = 1 << 20  # a word this common is worth least


@dataclass(frozen=True, slots=True)
class StoredWord:
    """A word of the index that may answer a typed one.

    `count` is about how many customers have it, `low` and `high` the first and last of their ids.
    """

    covers: tuple[int, ...]
    how: How
    token_id: int
    token: str
    place: bool
    count: int
    low: int
    high: int


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


def estimated_count(head: tuple[int, int, int], tail: tuple[int, int] | None) -> int:
    """How many customers a list has, from (count, first id, last id) of its head and (first, last) of its tail."""
    count, first, head_last = head
    if tail is None:
        return count
    span = (head_last - first) + (tail[1] - tail[0])
    return max(count, round((tail[1] - first) * 2 * count / max(1, span)))


def one_slip_apart(typed: str, stored: str) -> bool:
    """Whether one letter more, less, other or swapped turns one into the other."""
    return OSA.distance(typed, stored, score_cutoff=1) <= 1


def answers(query: Query, words: Iterable[StoredWord], hits: Sequence[KeyHit]) -> list[Answer]:
    """Every answer, by word, the worthiest first."""
    held = [word for word in words if _holds(word, query)]
    rarity = [_rarity(position, held) for position in range(len(query.words))]
    best: dict[tuple[int, int, bool], Answer] = {}
    for word in held:
        for position in word.covers:
            answer = Answer(position, rarity[position] * _WORTH[word.how], word)
            key = (position, word.token_id, word.place)
            if key not in best or answer.worth > best[key].worth:
                best[key] = answer
    found = list(best.values())
    found += [Answer(position, hit.worth / len(hit.covers), hit) for hit in hits for position in hit.covers]
    return sorted(found, key=_order)


def _holds(word: StoredWord, query: Query) -> bool:
    if word.how is How.NICKNAME:
        return not word.place
    return word.how is not How.TYPO or one_slip_apart(query.words[word.covers[0]], word.token)


def _rarity(position: int, words: Collection[StoredWord]) -> float:
    """What the word is worth when it is met exactly (where nobody has it: as common as its likest ones)."""
    counts: dict[How, int] = {}
    for word in words:
        if position in word.covers:
            counts[word.how] = counts.get(word.how, 0) + word.count
    commonest = counts[min(counts)] if counts else 1
    return 2 + log2(max(1.0, _COMMONEST / commonest))


def _order(answer: Answer) -> tuple[int, float, int]:
    source = answer.source
    return (
        answer.word,
        -answer.worth,
        source.token_id if isinstance(source, StoredWord) else source.customer_id,
    )
