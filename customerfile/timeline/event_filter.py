"""Which events are wanted: of some kinds, in a period, with words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from customerfile.definition.schema import EventType

BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class EventFilter:
    """`kinds` are names of event types; () for all. `since` and `until` bound the period, `until` excluded.

    Each of `words` has to stand in what the event says, its key, its amount or the label of its type, whatever the
    capitals.
    """

    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return self == EVERYTHING


EVERYTHING = EventFilter()


def filter_parameters(wanted: EventFilter, types: Sequence[EventType]) -> dict[str, Any]:
    """What find_events.sql is asked with."""
    words = wanted.words.split()[:_MOST_WORDS]
    return {
        "any_kind": not wanted.kinds,
        "kinds": list(wanted.kinds),
        "since": wanted.since or BEFORE_ALL,
        "any_words": not words,
        "words": orjson.dumps([_word(each, types) for each in words]).decode(),
    }


def _word(word: str, types: Sequence[EventType]) -> dict[str, Any]:
    """`loose` finds what `pattern` finds, and more, in the text of JSON, where some characters are written as two."""
    pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    loose = word.replace("\\", "%").replace('"', "%").replace("_", "\\_")
    named = [each.name for each in types if word.casefold() in each.label.casefold()]
    return {"pattern": f"%{pattern}%", "loose": f"%{loose}%", "names": named}
