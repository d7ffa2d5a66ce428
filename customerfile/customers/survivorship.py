"""Chooses the golden value among the values that a customer's records hold, and says from which record, by which rule.

Pure. Ties are broken by source priority, then the most recent, then the oldest record, so that the answer never
depends on the order in which records arrived.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from customerfile.base.ids import RecordId
from customerfile.definition.schema import Survivorship
from customerfile.values.outcome import Json


@dataclass(frozen=True, slots=True)
class Offer:
    """One value that one record offers for a field."""

    value: Json
    record_id: RecordId
    priority: int  # of the source; lower is believed first
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    value: Json
    record_id: RecordId
    rule: Survivorship


def choose(offers: Sequence[Offer], rule: Survivorship) -> Chosen:
    """The winner of at least one offer under `rule`. COLLECT_ALL is `collect`, not this."""
    if len(offers) == 1:
        return Chosen(offers[0].value, offers[0].record_id, rule)
    best = min(offers, key=_ORDERS[rule](offers))
    return Chosen(best.value, best.record_id, rule)


def collect(offers: Sequence[Offer]) -> list[tuple[Json, RecordId]]:
    """Every distinct value of a multiple field (each offer's value is a list), believed ones first."""
    kept: dict[bytes, tuple[Json, RecordId]] = {}
    for offer in sorted(offers, key=_tie):
        for value in offer.value if isinstance(offer.value, list) else [offer.value]:
            kept.setdefault(_identity(value), (value, offer.record_id))
    return sorted(kept.values(), key=lambda pair: not _is_confirmed(pair[0]))


type _Key = tuple[int | float | str, ...]
type _Order = Callable[[Offer], _Key]


def _tie(offer: Offer) -> _Key:
    return (offer.priority, -offer.as_of.timestamp(), offer.record_id)


def _by_priority(_offers: Sequence[Offer]) -> _Order:
    return _tie


def _by_confirmation(_offers: Sequence[Offer]) -> _Order:
    return lambda offer: (0 if _is_confirmed(offer.value) else 1, *_tie(offer))


def _by_recency(_offers: Sequence[Offer]) -> _Order:
    return lambda offer: (-offer.as_of.timestamp(), *_tie(offer))


def _by_frequency(offers: Sequence[Offer]) -> _Order:
    votes = Counter(_identity(offer.value) for offer in offers)
    return lambda offer: (-votes[_identity(offer.value)], *_tie(offer))


def _by_completeness(_offers: Sequence[Offer]) -> _Order:
    return lambda offer: (-_size(offer.value), *_tie(offer))


_ORDERS: Mapping[Survivorship, Callable[[Sequence[Offer]], _Order]] = {
    Survivorship.SOURCE_PRIORITY: _by_priority,
    Survivorship.CONFIRMED_FIRST: _by_confirmation,
    Survivorship.MOST_RECENT: _by_recency,
    Survivorship.MOST_FREQUENT: _by_frequency,
    Survivorship.MOST_COMPLETE: _by_completeness,
    Survivorship.COLLECT_ALL: _by_priority,
}


def _is_confirmed(value: Json) -> bool:
    """Whether the person has answered at this address; such values carry `confirmed`."""
    return isinstance(value, dict) and bool(value.get("confirmed"))


def _size(value: Json) -> int:
    if isinstance(value, dict):
        return sum(_size(part) for part in value.values())
    return len(value) if isinstance(value, str | list) else 1


_PARTS_NOT_COMPARED = frozenset({"use", "masked", "near", "line", "confirmed"})


def _identity(value: Json) -> bytes:
    """Two values with the same identity are the same value; what they are used for does not count."""
    if isinstance(value, dict):
        value = {key: part for key, part in value.items() if key not in _PARTS_NOT_COMPARED}
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
