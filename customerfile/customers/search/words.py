"""What a search query may mean: the words in it, how each may be spelled, and the stretches that may be a number.

Pure. Positions count the blank-separated words of the query; a hyphenated word is several words at one position.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from customerfile.customers.search.findable import LONGEST_TOKEN
from customerfile.customers.search.index import variants
from customerfile.customers.search.likely_names import names_like
from customerfile.values.folding import fold

LONGEST_QUERY = 200
MOST_WORDS = 8
SHORTEST_PREFIX = 2


class How(IntEnum):
    """How a stored word answers a typed one, the best first."""

    EXACT = 0
    NICKNAME = 1
    TYPO = 2
    PREFIX = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """One text to look up for a typed word. `covers` are the words it stands for: two where they were run together."""

    text: str
    how: How
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart. `terms` are as typed; `words` their folded words, each with the term it is from."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    term_of_word: tuple[int, ...]

    @property
    def is_address(self) -> bool:
        """Whether it is an e-mail address, or the start of one: its words are looked up only where nobody has it."""
        return len(self.terms) == 1 and "@" in self.terms[0]

    def words_of(self, first: int, last: int) -> tuple[int, ...]:
        """The words of the terms from first to last."""
        return tuple(word for word, term in enumerate(self.term_of_word) if first <= term <= last)


def parse(text: str) -> Query:
    """The query in parts. What is longer than anybody types is cut off."""
    terms = tuple(text[:LONGEST_QUERY].split())
    words = [(word[:LONGEST_TOKEN], term) for term, typed in enumerate(terms) for word in fold(typed).split()]
    words = words[:MOST_WORDS]
    return Query(terms, tuple(word for word, _ in words), tuple(term for _, term in words))


def spellings(query: Query) -> Iterator[Spelling]:
    """Texts to look up by equality: the words, nicknames of them, and neighbours run together ("SW1A 1AA")."""
    for position, word in enumerate(query.words):
        yield Spelling(word, How.EXACT, (position,))
        for name in names_like(word):
            yield Spelling(name, How.NICKNAME, (position,))
    for position, (word, following) in enumerate(pairwise(query.words)):
        yield Spelling((word + following)[:LONGEST_TOKEN], How.EXACT, (position, position + 1))


def slips(query: Query) -> Iterator[tuple[int, int]]:
    """(word, variant) to look up: stored words that share a variant may be one slip away."""
    for position, word in enumerate(query.words):
        for variant in sorted(set(variants(word))):
            yield position, variant


def unfinished_word(query: Query) -> str:
    """The last word, which may still be being typed; "" where it is too short to tell."""
    last = query.words[-1] if query.words else ""
    return last if len(last) >= SHORTEST_PREFIX else ""
