"""Reads of what people said: the acts on the whole file or on one customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import WHOLE
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.queries import customer_file


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of two records, named as in "shop/17". It does not stand where it was set aside or withdrawn.

    `counts`: it is the verdict in force. A word that stands does not count where a second person has to say the same,
    or another word of the pair counts instead; "unsure" never does.
    """

    left: str
    right: str
    verdict: str
    stands: bool
    counts: bool
    left_id: RecordId
    right_id: RecordId


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did in one go; `id` is the number by which it is withdrawn."""

    id: int
    kind: str  # judge, merge, split
    by: str
    at: datetime
    note: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    words: tuple[Word, ...]


def judgement_acts(number: str = "", *, include_withdrawn: bool = False, limit: int = 50) -> tuple[Act, ...]:
    """Acts, the newest first: about a customer's records, or all. Raises UnknownCustomer."""
    customers = [customer_file(number, sight=WHOLE).summary.id] if number else None
    return _acts(customers=customers, include_withdrawn=include_withdrawn, limit=limit)


def acts_on(
    customers: Sequence[CustomerId], *, include_withdrawn: bool = False, limit: int = 50
) -> tuple[Act, ...]:
    """Acts about the records of active customers, the newest first. One statement."""
    return _acts(customers=list(customers), include_withdrawn=include_withdrawn, limit=limit)


def acts_numbered(numbers: Sequence[int]) -> tuple[Act, ...]:
    """The acts with these numbers, withdrawn ones too, the newest first. One statement."""
    return _acts(acts=list(numbers), include_withdrawn=True, limit=len(numbers))


def _acts(
    *,
    customers: list[CustomerId] | None = None,
    acts: list[int] | None = None,
    include_withdrawn: bool,
    limit: int,
) -> tuple[Act, ...]:
    asked = {"customers": customers, "acts": acts, "all": include_withdrawn, "limit": limit}
    return tuple(_act(row) for row in _rows("find_judgement_acts", asked))


def _act(row: Sequence[Any]) -> Act:
    id_, kind, by, at, note, withdrawn_at, withdrawn_by, words = row
    said = tuple(Word(*word) for word in orjson.loads(words))
    return Act(id_, kind, by, at, note, withdrawn_at, withdrawn_by, said)


def numbers_of(records: Sequence[RecordId]) -> tuple[str, ...]:
    """The numbers of the customers that records stand under now, the oldest first. One statement."""
    return tuple(number for _, number in _rows("numbers_of_records", (list(records),)))


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
