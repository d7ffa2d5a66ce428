"""Ranks customers: those that answer more words first, then the worthier answers, then the older number. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from customerfile.customers.search.answers import Answer, KeyHit

type Customers = NDArray[np.int64]

_ANOTHER_WORD = 1e6  # more than all answers of a customer are worth


@dataclass(frozen=True, slots=True)
class Ranked:
    """A customer with the best answer to each word that it answers (places in the list of answers)."""

    customer_id: int
    answers: tuple[int, ...]
    worth: float


def rank(answers: Sequence[Answer], read: Sequence[tuple[int, Customers]], *, limit: int) -> list[Ranked]:
    """The best `limit` customers. `read` gives the customers met for an answer; one answer may come several times."""
    customers, numbers = _best_by_word(answers, read)
    if not len(customers):
        return []
    starts = np.flatnonzero(np.diff(customers, prepend=-1))
    counts = np.diff(starts, append=len(customers))
    worths = np.add.reduceat(np.array([answer.worth for answer in answers])[numbers], starts)
    best = np.argsort(-(counts * _ANOTHER_WORD + worths), kind="stable")[:limit]
    return [
        Ranked(int(customers[start]), tuple(numbers[start : start + count].tolist()), float(worth))
        for start, count, worth in zip(starts[best], counts[best], worths[best], strict=True)
    ]


def _best_by_word(
    answers: Sequence[Answer], read: Sequence[tuple[int, Customers]]
) -> tuple[Customers, Customers]:
    """Customers, the older first, and with each its best answer to each word.

    Answers come by word with the worthiest first, so of a customer's answers to a word the first in place is the best.
    """
    met = [(number, np.asarray(customers, np.int64)) for number, customers in read]
    met += [
        (number, np.array([answer.source.customer_id]))
        for number, answer in enumerate(answers)
        if isinstance(answer.source, KeyHit)
    ]
    if not met:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    customers = np.concatenate([some for _, some in met])
    numbers = np.repeat([number for number, _ in met], [len(some) for _, some in met])
    customers, numbers = np.divmod(np.sort(customers * len(answers) + numbers), len(answers))
    words = np.array([answer.word for answer in answers])[numbers]
    is_best = (np.diff(customers, prepend=-1) != 0) | (np.diff(words, prepend=-1) != 0)
    return customers[is_best], numbers[is_best]
