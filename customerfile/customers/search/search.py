"""Finds customers by whatever somebody says of them: words of a name or place, contact points, numbers, keys.

At most four statements, each bounded in what it reads; the ranking is total, so the same query gives the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import psycopg
from django.db import connection, transaction

from customerfile.access.sight import Sight, branch_names
from customerfile.base.bulk import Numbers, array_literal
from customerfile.base.database import statement
from customerfile.customers.bounded import told_where_stopped
from customerfile.customers.customer_file import CustomerSummary
from customerfile.customers.errors import SearchTooSlow
from customerfile.customers.search.answers import SAMPLE, Answer, KeyHit, StoredWord, answers, estimated_count
from customerfile.customers.search.findable import NAME_FIELDS
from customerfile.customers.search.keys import Key, key_parameters, keys, worth_of
from customerfile.customers.search.matched import reasons
from customerfile.customers.search.plan import ROWS_READ_WHOLE, Plan, make_plan
from customerfile.customers.search.rank import Ranked, rank
from customerfile.customers.search.words import How, Query, Spelling, parse, slips, spellings, unfinished_word
from customerfile.customers.summaries import summary_of
from customerfile.embedded.home import home
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder

_PREPARED_AFTER = 3  # uses


@dataclass(frozen=True, slots=True)
class Found:
    """A customer that answers the query, with the reasons in words. A higher score is a better answer."""

    customer: CustomerSummary
    matched: tuple[str, ...]
    score: float


def find(query: str, *, sight: Sight, limit: int = 10) -> tuple[Found, ...]:
    """The customers that answer best, at most `limit`, found by what is shown of them alone.

    Raises SearchTooSlow where the database's time limit cuts in.
    """
    asked = parse(query)
    too_slow = SearchTooSlow("The search took too long and was stopped.", "Type more of the name.")
    with told_where_stopped(too_slow), _prepared():
        return _found(asked, limit, sight)


def _found(asked: Query, limit: int, sight: Sight) -> tuple[Found, ...]:
    hits = _key_hits(asked, limit, sight)
    found = answers(asked, [] if hits and asked.is_address else _stored_words(asked, sight), hits)
    most = limit if sight.branches is None else ROWS_READ_WHOLE  # of which the branches have some
    read = _read(found, make_plan(found, limit=most)) if found else []
    if sight.branches is not None:
        read = _of_branches(read, sight.branches)
    return _shown(rank(found, read, limit=limit), found, asked, sight)


def _of_branches(read: Sequence[tuple[int, Numbers]], branches: frozenset[str]) -> list[tuple[int, Numbers]]:
    """Of the customers read, those of some branches."""
    met = np.unique(np.concatenate([customers for _, customers in read])) if read else np.empty(0, np.int64)
    inside = _ids_of_branches(met.tolist(), branches)
    return [(answer, customers[np.isin(customers, inside)]) for answer, customers in read]


def _ids_of_branches(customers: list[int], branches: frozenset[str]) -> list[int]:
    if not customers:
        return []
    return [row[0] for row in _rows("of_branches", {"ids": customers, "branches": sorted(branches)})]


def _stored_words(query: Query, sight: Sight) -> list[StoredWord]:
    names, places = sight.shows(*NAME_FIELDS), sight.shows("address")
    if not query.words or not (names or places):
        return []
    spelled, slipped = list(spellings(query)), list(slips(query))
    rows = _rows(
        "find_words",
        {
            "numbers": list(range(len(spelled))),
            "texts": [spelling.text for spelling in spelled],
            "slip_words": [word for word, _ in slipped],
            "variants": [variant for _, variant in slipped],
            "beginning": unfinished_word(query),
            "sample": SAMPLE,
        },
    )
    found = [_stored_word(row, spelled, len(query.words) - 1) for row in rows]
    return [word for word in found if (places if word.place else names)]


def _stored_word(row: Sequence[Any], spelled: Sequence[Spelling], last_word: int) -> StoredWord:
    answer, number, token_id, token, place, count, first, head_last, tail_first, last = row
    if answer == "spelled":
        covers, how = spelled[number].covers, spelled[number].how
    else:
        covers, how = ((number,), How.TYPO) if answer == "slipped" else ((last_word,), How.PREFIX)
    tail = None if last is None else (tail_first, last)
    estimate = estimated_count((count, first, head_last), tail)
    return StoredWord(
        covers, how, token_id, token, place, estimate, first, head_last if last is None else last
    )


def _key_hits(query: Query, limit: int, sight: Sight) -> list[KeyHit]:
    if len(query.terms) != 1 and not any(
        char.isdigit() or char == "@" for term in query.terms for char in term
    ):
        return []
    asked = [each for each in keys(query, Blinder(key_store(home().keys).index_key)) if _may_ask(each, sight)]
    if not asked:
        return []
    fields = None if sight.fields is None else sorted(sight.fields)
    rows = _rows("find_keys", key_parameters(asked, query, limit=limit) | {"fields": fields})
    hits = [_key_hit(asked[number], customer, shown) for number, customer, shown in rows]
    if sight.branches is None:
        return hits
    inside = set(_ids_of_branches([hit.customer_id for hit in hits], sight.branches))
    return [hit for hit in hits if hit.customer_id in inside]


def _may_ask(key: Key, sight: Sight) -> bool:
    """Whether what the key is looked up in is shown. The keys of records may hold anything."""
    match key.kind:
        case "phone" | "email":
            return sight.shows(key.kind)
        case "record":
            return sight.shows_records
        case _:
            return True  # numbers are shown to all; the statement looks at which field an identifier is of


def _key_hit(key: Key, customer: int, shown: str) -> KeyHit:
    return KeyHit(key.covers, key.kind, customer, key.typed, shown, worth_of(key, shown))


def _read(found: Sequence[Answer], plan: Plan) -> list[tuple[int, Numbers]]:
    """The customers of each answer that the plan reads."""
    if not plan.readings:
        return []
    read = [(reading, found[reading.answer], _word(found[reading.answer])) for reading in plan.readings]
    probed = [(probe, found[probe.answer], _word(found[probe.answer])) for probe in plan.probes]
    hits = [(answer.word, answer.source.customer_id) for answer in found if isinstance(answer.source, KeyHit)]
    rows = _rows(
        "find_postings",
        {
            "answers": [reading.answer for reading, _, _ in read],
            "words": [answer.word for _, answer, _ in read],
            "tokens": [word.token_id for _, _, word in read],
            "places": [word.place for _, _, word in read],
            "lows": [reading.low for reading, _, _ in read],
            "highs": [reading.high for reading, _, _ in read],
            "mosts": [reading.most for reading, _, _ in read],
            "reaches": [reading.reach for reading, _, _ in read],
            "sizes": [reading.size for reading, _, _ in read],
            "hit_customers": [customer for _, customer in hits] if probed else [],
            "hit_words": [word for word, _ in hits] if probed else [],
            "probes": [probe.answer for probe, _, _ in probed],
            "tiers": [probe.tier for probe, _, _ in probed],
            "probe_sizes": [probe.size for probe, _, _ in probed],
            "probe_words": [answer.word for _, answer, _ in probed],
            "probe_tokens": [word.token_id for _, _, word in probed],
            "probe_places": [word.place for _, _, word in probed],
        },
    )
    return [(answer, _ids(sent)) for answer, sent in rows]


def _ids(sent: bytes) -> Numbers:
    """The ids of an array in the server's binary form: five numbers about the array, then each id behind its length."""
    return np.frombuffer(sent[20:], [("length", ">i4"), ("id", ">i8")])["id"].astype(np.int64)


def _word(answer: Answer) -> StoredWord:
    if not isinstance(answer.source, StoredWord):
        raise TypeError("only stored words are read")
    return answer.source


def _shown(
    ranked: Sequence[Ranked], found: Sequence[Answer], query: Query, sight: Sight
) -> tuple[Found, ...]:
    if not ranked:
        return ()
    asked = {"ids": [each.customer_id for each in ranked], "branches": branch_names(sight)}
    rows = {row[0]: row for row in _rows("find_summaries", asked)}
    shown = [each for each in ranked if each.customer_id in rows]
    return tuple(
        Found(
            customer=summary_of(rows[each.customer_id], sight),
            matched=reasons(
                [found[number] for number in each.answers],
                query,
                sight.part_of(orjson.loads(rows[each.customer_id][6])),
            ),
            # what a word is worth tells how rare it is in the whole file
            score=round(each.worth, 3) if sight.is_whole else float(len(shown) - place),
        )
        for place, each in enumerate(shown)
    )


def _rows(name: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
    make: Any = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(psycopg.Cursor(connection.connection)) as cursor:
        cursor.execute(
            statement(__package__, name), {key: array_literal(value) for key, value in parameters.items()}
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@contextmanager
def _prepared() -> Iterator[None]:
    """The server plans each statement once per connection: planning them costs as much as running them.

    Django's own cursors bind on the client, where nothing can be prepared. All is read by key: one plan serves all.
    """
    with transaction.atomic(savepoint=False):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        connection.connection.prepare_threshold = _PREPARED_AFTER
        yield
