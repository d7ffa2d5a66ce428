"""Finds customers by whatever somebody says of them: words of a name or place, contact points, numbers, keys.

At most three statements, each bounded in what it reads; the ranking is total, so the same query gives the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from customerfile.base.database import statement
from customerfile.customers.errors import SearchTooSlow
from customerfile.customers.search_keys import Key, keys
from customerfile.customers.search_plan import COUNTED_UP_TO, Answer, KeyHit, Plan, StoredWord, make_plan
from customerfile.customers.search_reasons import reasons
from customerfile.customers.search_words import How, Query, parse, slips, spellings, unfinished_word
from customerfile.customers.summaries import CustomerSummary, summary_of
from customerfile.embedded.home import home
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_KEY_HITS = 500
_BEHIND_DIGITS = ":"  # the character after "9"
_BEHIND_ALL = chr(0x10FFFF)
_WORTH = {"number": 100.0, "identifier": 60.0, "record": 40.0}
_WORTH_OF_DIGIT = 3.3  # as much as halving the customers so many times
_WORTH_OF_LETTER = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """A customer that answers the query, with the reasons in words. A higher score is a better answer."""

    customer: CustomerSummary
    matched: tuple[str, ...]
    score: float


def find(query: str, *, limit: int = 10) -> tuple[Found, ...]:
    """The customers that answer best, at most `limit`. Raises SearchTooSlow where the database's time limit cuts in."""
    asked = parse(query)
    if not asked.terms:
        return ()
    try:
        plan = make_plan(asked, _stored_words(asked), _key_hits(asked))
        return _matches(plan, asked, limit) if plan.answers else ()
    except OperationalError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise SearchTooSlow(
                "The search took too long and was stopped.", "Type more of the name."
            ) from problem
        raise


def _stored_words(query: Query) -> list[StoredWord]:
    if not query.words:
        return []
    spelled, slipped = list(spellings(query)), list(slips(query))
    parameters = {
        "numbers": list(range(len(spelled))),
        "texts": [spelling.text for spelling in spelled],
        "slip_words": [word for word, _ in slipped],
        "variants": [variant for _, variant in slipped],
        "beginning": unfinished_word(query),
        "most": COUNTED_UP_TO,
    }
    found = []
    for how, number, token_id, token, place, count in _rows("find_words", parameters):
        if how == "spelled":
            covers, kind = spelled[number].covers, spelled[number].how
        elif how == "slipped":
            covers, kind = (number,), How.TYPO
        else:
            covers, kind = (len(query.words) - 1,), How.PREFIX
        found.append(StoredWord(covers, kind, token_id, token, place, count))
    return found


def _key_hits(query: Query) -> list[KeyHit]:
    if len(query.terms) > 1 and not any(
        char.isdigit() or char == "@" for term in query.terms for char in term
    ):
        return []
    asked = list(keys(query, Blinder(key_store(home().keys).index_key)))
    rows = _rows("find_keys", _key_parameters(asked)) if asked else []
    return [_key_hit(asked[number], customer, shown) for number, customer, shown in rows]


def _key_parameters(asked: Sequence[Key]) -> dict[str, Any]:
    def chosen(*kinds: str) -> tuple[list[int], list[Any]]:
        some = [(number, key.value) for number, key in enumerate(asked) if key.kind in kinds]
        return [number for number, _ in some], [value for _, value in some]

    number_asks, numbers = chosen("number")
    digest_asks, digests = chosen("identifier")
    record_asks, record_keys = chosen("record")
    contact_asks, beginnings = chosen("phone", "email")
    return {
        "number_asks": number_asks,
        "numbers": numbers,
        "digest_asks": digest_asks,
        "digests": digests,
        "record_asks": record_asks,
        "record_keys": record_keys,
        "contact_asks": contact_asks,
        "beginnings": beginnings,
        "ends": [text + (_BEHIND_DIGITS if text.startswith("~") else _BEHIND_ALL) for text in beginnings],
        "most": _KEY_HITS,
    }


def _key_hit(key: Key, customer: int, shown: str) -> KeyHit:
    return KeyHit(key.covers, key.kind, customer, key.typed, shown, _worth(key, shown))


def _worth(key: Key, shown: str) -> float:
    if key.kind == "phone":
        return _WORTH_OF_DIGIT * (len(str(key.value)) - 1)
    if key.kind == "email":
        return _WORTH["identifier"] if shown.lower() == key.value else _WORTH_OF_LETTER * len(str(key.value))
    return _WORTH[key.kind]


def _matches(plan: Plan, query: Query, limit: int) -> tuple[Found, ...]:
    rows = _rows("find_matches", _match_parameters(plan, limit))
    return tuple(_found(row, plan.answers, query) for row in rows)


def _match_parameters(plan: Plan, limit: int) -> dict[str, Any]:
    """SQL counts the answers from 1."""
    listed = list(_words(plan.answers, [number for number, _ in plan.listed]))
    probed = list(_words(plan.answers, plan.probed))
    hits = [
        (number, answer.source.customer_id)
        for number, answer in enumerate(plan.answers)
        if isinstance(answer.source, KeyHit)
    ]
    return {
        "listed": [number + 1 for number, _ in listed],
        "listed_tokens": [word.token_id for _, word in listed],
        "listed_places": [word.place for _, word in listed],
        "listed_most": [most for _, most in plan.listed],
        "hits": [number + 1 for number, _ in hits],
        "hit_customers": [customer for _, customer in hits],
        "probed": [number + 1 for number, _ in probed],
        "probed_tokens": [word.token_id for _, word in probed],
        "probed_places": [word.place for _, word in probed],
        "words": [answer.word for answer in plan.answers],
        "worths": [answer.worth for answer in plan.answers],
        "seed_words": sorted(plan.seed_words),
        "limit": limit,
    }


def _words(answers: Sequence[Answer], numbers: Sequence[int]) -> Iterator[tuple[int, StoredWord]]:
    for number in numbers:
        source = answers[number].source
        if isinstance(source, StoredWord):
            yield number, source


def _found(row: Sequence[Any], answers: Sequence[Answer], query: Query) -> Found:
    worth, numbers, golden = row[10:13]
    matched = reasons((answers[number - 1] for number in numbers), query, orjson.loads(golden))
    return Found(summary_of(row), matched, round(worth, 3))


def _rows(name: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
