"""What endpoints are told: the types of messages, and which messages follow from what one transaction did. Pure.

Bodies hold numbers of customers and what happened to them, and never a value: whoever may see one reads it by the API.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import batched
from typing import Any, NamedTuple

import orjson

from customerfile.base.told import noted_text

MOST_ITEMS = 200  # of one message: a body stays below 20 kB


class MessageType(StrEnum):
    """`value` is what people choose and receivers are told."""

    CREATED = "customer.created"
    CHANGED = "customer.changed"
    MERGED = "customer.merged"
    SPLIT = "customer.split"
    DELIVERY_FINISHED = "delivery.finished"
    TEST = "webhook.test"

    @property
    def words(self) -> str:
        """What it tells."""
        return _WORDS[self]


_WORDS = {
    MessageType.CREATED: noted_text("customers that are new"),
    MessageType.SPLIT: noted_text("customers that became several"),
    MessageType.MERGED: noted_text("customers that became one"),
    MessageType.CHANGED: noted_text("customers whose file changed"),
    MessageType.DELIVERY_FINISHED: noted_text("deliveries that are in"),
    MessageType.TEST: noted_text("a test"),
}
CHOOSABLE = tuple(each for each in MessageType if each is not MessageType.TEST)
_ORDER = (  # in which one transaction is told of
    MessageType.CREATED,
    MessageType.SPLIT,
    MessageType.MERGED,
    MessageType.CHANGED,
    MessageType.DELIVERY_FINISHED,
)
OF_CUSTOMERS = tuple(each for each in MessageType if each.startswith("customer."))

type Item = Mapping[str, Any]


class Fact(NamedTuple):
    """One row of the outbox: what happened to several customers at once, or one delivery."""

    type: MessageType
    at: datetime
    items: Sequence[Item]


def bodies(facts: Sequence[Fact], wanted: Collection[str]) -> Iterator[tuple[MessageType, str]]:
    """The messages about one transaction to an endpoint that wants some types.

    A customer is told of once, by what says most of those wanted: a merge or split is no change as well, and a number
    that came from a split is not new. Whoever wants changes only is told all of them as changes.
    """
    heard = [fact for fact in facts if fact.type in wanted]
    splits = [fact for fact in heard if fact.type is MessageType.SPLIT]
    told = {
        MessageType.CREATED: {number for item in _items(splits) for number in item["split_off"]},
        MessageType.CHANGED: {
            number
            for item in _items(fact for fact in heard if fact.type is not MessageType.CHANGED)
            for number in _numbers(item)
        },
    }
    for fact in sorted(heard, key=lambda fact: _ORDER.index(fact.type)):
        yield from _of(fact, told.get(fact.type, set()))


def test_body(at: datetime) -> str:
    """The body of a test message."""
    return _body(MessageType.TEST, at, {})


def _of(fact: Fact, told: Collection[str]) -> Iterator[tuple[MessageType, str]]:
    if fact.type not in OF_CUSTOMERS:
        yield from ((fact.type, _body(fact.type, fact.at, item)) for item in fact.items)
        return
    news = [item for item in fact.items if item["number"] not in told] if told else fact.items
    for some in batched(news, MOST_ITEMS):
        yield fact.type, _body(fact.type, fact.at, {"customers": some})


def _items(facts: Iterable[Fact]) -> Iterator[Item]:
    return (item for fact in facts if fact.type in OF_CUSTOMERS for item in fact.items)


def _numbers(item: Item) -> Iterator[str]:
    """The numbers of customers that an item speaks of."""
    yield item["number"]
    yield from item.get("split_off", ())
    yield from item.get("merged", ())


def _body(type_: MessageType, at: datetime, data: Item) -> str:
    told = {"type": type_.value, "timestamp": at.astimezone(UTC), "data": data}
    return orjson.dumps(told, option=orjson.OPT_UTC_Z).decode()
