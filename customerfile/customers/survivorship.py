"""Chooses the golden value among the values that a customer's records hold, and says from which record, by which rule.

Pure. Ties are broken by source priority, then the most recent, then the oldest record, so that the answer never
depends on the order in which records arrived.
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
    """One value that one record offers for a field. `standing` is `standing_of` the record."""

    value: Json
    record_id: RecordId
    standing: Standing


class Chosen(NamedTuple):
    value: Json
    record_id: RecordId


def standing_of(record_id: RecordId, priority: int, as_of: datetime) -> Standing:
    """What breaks ties between records: the source's priority (lower first), the most recent, the oldest record."""
    return (priority, -as_of.timestamp(), record_id)


def choose(offers: Sequence[Offer], rule: Survivorship) -> Chosen:
    """The winner of at least one offer under `rule`. COLLECT_ALL is `collect`, not this."""
    best = min(offers, key=_ORDERS[rule](offers)) if len(offers) > 1 else offers[0]
    return Chosen(best.value, best.record_id)


def collect(offers: Sequence[Offer]) -> list[tuple[Json, RecordId]]:
    """Every distinct value of a multiple field (each offer's value is a list), believed ones first."""
    kept: dict[bytes, tuple[Json, RecordId]] = {}
    for offer in sorted(offers, key=_tie):
        for value in offer.value if isinstance(offer.value, list) else [offer.value]:
            kept.setdefault(_identity(value), (value, offer.record_id))
    found = _without_lesser(list(kept.values())) if len(kept) > 1 else list(kept.values())
    return sorted(found, key=lambda pair: not _is_confirmed(pair[0]))


def _without_lesser(found: list[tuple[Json, RecordId]]) -> list[tuple[Json, RecordId]]:
    """Without addresses that say nothing beyond what another says (the same, but for a missing region)."""
    parts = [_parts(value) for value, _ in found]
    return [
        pair
        for place, pair in enumerate(found)
        if parts[place] is None or not any(parts[place] < other for other in parts if other is not None)  # type: ignore[operator]
    ]


def _parts(value: Json) -> Set[tuple[str, str]] | None:
    """What an address says; None for a value that is no address."""
    if not isinstance(value, dict) or "value" in value or "digest" in value:
        return None
    return frozenset((key, str(part)) for key, part in value.items() if key not in _PARTS_NOT_COMPARED)


type _Key = tuple[int | float, ...]
type _Order = Callable[[Offer], _Key]


def _tie(offer: Offer) -> _Key:
    return offer.standing


def _by_priority(_offers: Sequence[Offer]) -> _Order:
    return _tie


def _by_confirmation(_offers: Sequence[Offer]) -> _Order:
    return lambda offer: (0 if _is_confirmed(offer.value) else 1, *_tie(offer))


def _by_recency(_offers: Sequence[Offer]) -> _Order:
    return lambda offer: (offer.standing[1], *_tie(offer))


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
