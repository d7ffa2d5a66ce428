"""Asks the rooms above how much is stored under a key: a change that loses nothing is not called a loss.

Rooms that store values register a counter. Keys: a field's key; "event:Order Completed";
"agreement:loan"; "purpose:marketing".
"""

from collections.abc import Callable

type Counter = Callable[[str], int]  # how many values a room holds under a key; 0 for a key it does not know

_counters: list[Counter] = []


def register_counter(counter: Counter) -> None:
    """Add a room's counter. Registering it again changes nothing."""
    if counter not in _counters:
        _counters.append(counter)


def values_held(key: str) -> int:
    """How many values all rooms together hold under this key."""
    return sum(counter(key) for counter in _counters)


def event_key(name: str) -> str:
    """The key under which the events of a type are counted."""
    return f"event:{name}"


def agreement_key(kind: str) -> str:
    """The key under which the agreements of a kind are counted."""
    return f"agreement:{kind}"


def purpose_key(key: str) -> str:
    """The key under which the consents given for a purpose are counted."""
    return f"purpose:{key}"
