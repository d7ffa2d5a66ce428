"""Chooses the golden value among the values that a customer's records hold, and says from which record it is.

Pure. Offers are given in the order of trust (`standing_of`), which breaks every tie: the answer never depends on the
order in which records arrived.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple

import orjson

from customerfile.base.ids import RecordId
from customerfile.definition.schema import Survivorship
from customerfile.values.outcome import Json

type Standing = tuple[int, float, int]


class Offer(NamedTuple):
    """One value that one record offers for a field. `age` grows with how long ago it was said."""

    value: Json
    record_id: RecordId
    age: float


def standing_of(record_id: RecordId, priority: int, as_of: datetime) -> Standing:
    """Orders records by trust: the source's priority (lower first), then the most recent, then the oldest record."""
    return (priority, -as_of.timestamp(), record_id)


def choose(offers: Sequence[Offer], rule: Survivorship) -> Offer:
    """The winner among at least one offer, under the rule of a field that keeps a single value."""
    return offers[0] if len(offers) == 1 else _RULES[rule](offers)


def collect(offers: Sequence[Offer]) -> list[tuple[Json, RecordId]]:
    """Every distinct value of a multiple field (each offer's value is a list): confirmed ones first, then by trust."""
    kept: dict[bytes, tuple[Json, RecordId]] = {}
    for offer in offers:
        for value in offer.value if isinstance(offer.value, list) else [offer.value]:
            kept.setdefault(identity_of(value), (value, offer.record_id))
    found = list(kept.values())
    if len(found) > 1:
        found = sorted(_without_lesser(found), key=lambda pair: not _is_confirmed(pair[0]))
    return found


def _most_trusted(offers: Sequence[Offer]) -> Offer:
    return offers[0]


def _most_recent(offers: Sequence[Offer]) -> Offer:
    return min(offers, key=lambda offer: offer.age)


def _confirmed_first(offers: Sequence[Offer]) -> Offer:
    return min(offers, key=lambda offer: not _is_confirmed(offer.value))


def _most_frequent(offers: Sequence[Offer]) -> Offer:
    votes = Counter(identity_of(offer.value) for offer in offers)
    return max(offers, key=lambda offer: votes[identity_of(offer.value)])


def _most_complete(offers: Sequence[Offer]) -> Offer:
    return max(offers, key=lambda offer: _size(offer.value))


_RULES: Mapping[Survivorship, Callable[[Sequence[Offer]], Offer]] = {
    Survivorship.SOURCE_PRIORITY: _most_trusted,
    Survivorship.CONFIRMED_FIRST: _confirmed_first,
    Survivorship.MOST_RECENT: _most_recent,
    Survivorship.MOST_FREQUENT: _most_frequent,
    Survivorship.MOST_COMPLETE: _most_complete,
    Survivorship.COLLECT_ALL: _most_trusted,
}


def _is_confirmed(value: Json) -> bool:
    """Whether the person has answered at this address; such values carry `confirmed`."""
    return isinstance(value, dict) and bool(value.get("confirmed"))


def _size(value: Json) -> int:
    if isinstance(value, dict):
        return sum(_size(part) for part in value.values())
    return len(value) if isinstance(value, str | list) else 1


_PARTS_NOT_COMPARED = frozenset({"use", "masked", "near", "confirmed"})
_NOT_COMPARED_BESIDE_STREET = _PARTS_NOT_COMPARED | {"line"}  # street and number say it already


def _compared(value: dict[str, Json]) -> dict[str, Json]:
    """The parts of a value that make it what it is; what it is used for does not count."""
    left_out = _NOT_COMPARED_BESIDE_STREET if "street" in value else _PARTS_NOT_COMPARED
    return {key: part for key, part in value.items() if key not in left_out}


def identity_of(value: Json) -> bytes:
    """Two values with the same identity are the same value."""
    compared = _compared(value) if isinstance(value, dict) else value
    return orjson.dumps(compared, option=orjson.OPT_SORT_KEYS)


def _without_lesser(found: list[tuple[Json, RecordId]]) -> list[tuple[Json, RecordId]]:
    """Without addresses that say nothing beyond what another says (the same, but for a missing region)."""
    parts = [_parts(value) for value, _ in found]
    return [
        pair
        for pair, said in zip(found, parts, strict=True)
        if said is None or not any(other is not None and said < other for other in parts)
    ]


def _parts(value: Json) -> Set[tuple[str, str]] | None:
    """What an address says; None for a value that is no address."""
    if not isinstance(value, dict) or "value" in value or "digest" in value:
        return None
    return frozenset((key, str(part)) for key, part in _compared(value).items())
