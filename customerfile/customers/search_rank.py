"""Ranks customers: those that answer more words first, then the worthier answers, then the older number. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from customerfile.customers.search_answers import Answer, KeyHit


@dataclass(frozen=True, slots=True)
class Ranked:
    """A customer with the best answer to each word that it answers (places in the list of answers)."""

    customer_id: int
    answers: tuple[int, ...]
    worth: float


def rank(answers: Sequence[Answer], read: Iterable[tuple[int, Sequence[int]]], *, limit: int) -> list[Ranked]:
    """The best `limit` customers. `read` gives the customers met for an answer; one answer may come several times."""
    best = _best_by_word(answers, read)
    counts: Counter[int] = Counter()
    for of_word in best.values():
        counts.update(of_word.keys())
    ranked: list[Ranked] = []
    for words in range(len(best), 0, -1):
        if len(ranked) < limit:
            tied = [customer for customer, count in counts.items() if count == words]
            ranked += _by_worth(tied, best, answers, limit - len(ranked))
    return ranked


def _best_by_word(
    answers: Sequence[Answer], read: Iterable[tuple[int, Sequence[int]]]
) -> dict[int, dict[int, int]]:
    """word -> customer -> its best answer. Answers come with the worthiest first, so the last to be written is best."""
    met: dict[int, list[Sequence[int]]] = {}
    for number, customers in read:
        met.setdefault(number, []).append(customers)
    for number, answer in enumerate(answers):
        if isinstance(answer.source, KeyHit):
            met.setdefault(number, []).append((answer.source.customer_id,))
    best: dict[int, dict[int, int]] = {}
    for number in sorted(met, reverse=True):
        of_word = best.setdefault(answers[number].word, {})
        for customers in met[number]:
            of_word.update(dict.fromkeys(customers, number))
    return best


def _by_worth(
    customers: Iterable[int], best: Mapping[int, Mapping[int, int]], answers: Sequence[Answer], limit: int
) -> list[Ranked]:
    worth = [answer.worth for answer in answers]

    def order(customer: int) -> tuple[float, int]:
        return (-sum(worth[of_word[customer]] for of_word in best.values() if customer in of_word), customer)

    chosen = nsmallest(limit, customers, key=order)
    return [_ranked(customer, best, -order(customer)[0]) for customer in chosen]


def _ranked(customer: int, best: Mapping[int, Mapping[int, int]], worth: float) -> Ranked:
    return Ranked(
        customer, tuple(best[word][customer] for word in sorted(best) if customer in best[word]), worth
    )
