"""Keeps the search index: words, their spelling variants, and which customer has which word.

It is written in the transaction that writes the customer: a new customer is found at once and an erased one never.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from customerfile.base.bulk import Answer, Cursor, Flags, Numbers, write_numbers
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId

type Posting = tuple[int, bool, CustomerId]  # token, whether in a place, customer


class Tokens(NamedTuple):
    """The ids of the words that a customer is found by."""

    names: set[int]
    places: set[int]

    def without(self, others: "Tokens", customer: CustomerId) -> Iterator[Posting]:
        """These, as postings of the customer, but for those."""
        for token in self.names - others.names:
            yield token, False, customer
        for token in self.places - others.places:
            yield token, True, customer


NO_TOKENS = Tokens(set(), set())

SHORTEST_WITH_VARIANTS = 3


class WordIds:
    """The ids of words: asked for in advance, or made where a word is new."""

    def __init__(self, cursor: Cursor, words: Iterable[str] = ()) -> None:
        self._cursor = cursor
        self._ids: dict[str, int] = {}
        self._asked: Answer | None = None
        self._ask(words)

    def of(self, words: Iterable[str]) -> Mapping[str, int]:
        """The ids of at least these words."""
        self._take_in()
        missing = set(words) - self._ids.keys()
        while missing:  # a word that another writer was adding is there when it is asked for again
            self._ask(missing)
            self._take_in()
            missing -= self._ids.keys()
        return self._ids

    def _ask(self, words: Iterable[str]) -> None:
        wanted = list(set(words))
        if wanted:
            self._asked = self._cursor.ask(statement(__package__, "word_ids"), {"words": wanted})

    def _take_in(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        found = [
            (variant, id_)
            for token, id_, is_new in asked.rows()
            if is_new
            for variant in set(variants(token))
        ]
        if found:
            pairs = np.array(sorted(found), np.int64)
            write_numbers(self._cursor, "token_variant", ("variant", "token_id"), (pairs[:, 0], pairs[:, 1]))
        self._ids.update((token, id_) for token, id_, _ in asked.rows())


def variants(word: str) -> Iterator[int]:
    """Hashes of the word with any one letter left out. Two words one slip apart share one, or one's whole form.

    Only letters are left out: a house number or postcode is typed right or not at all.
    """
    if len(word) < SHORTEST_WITH_VARIANTS or any(char.isdigit() for char in word):
        return
    yield variant_hash(word)
    for position in range(len(word)):
        yield variant_hash(word[:position] + word[position + 1 :])


def variant_hash(text: str) -> int:
    """The 64-bit key of one spelling."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def drop_postings(cursor: Cursor, postings: Sequence[Posting]) -> None:
    """Remove (token, is a place, customer)."""
    if postings:
        cursor.execute(
            statement(__package__, "remove_postings"), [list(part) for part in zip(*postings, strict=True)]
        )


def store_postings(cursor: Cursor, postings: Sequence[Posting]) -> None:
    """Write (token, is a place, customer)."""
    if postings:
        found = np.array(sorted(postings), np.int64)
        columns: list[Numbers | Flags] = [found[:, 0], found[:, 1].astype(np.bool_), found[:, 2]]
        write_numbers(cursor, "posting", ("token_id", "place", "customer_id"), columns)
