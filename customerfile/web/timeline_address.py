"""Which part of a timeline an address asks for: kinds and a period as they are, typed words under seal alone."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.timezone import make_aware

from customerfile.embedded import home
from customerfile.timeline.event_filter import EventFilter
from customerfile.vault.errors import KeysMissing
from customerfile.vault.keystore import key_store

LONGEST_WORDS = 200
_MOST_KINDS = 100
_CONTEXT = b"timeline:words"


@dataclass(frozen=True, slots=True)
class TimelineAddress:
    """What stands behind the question mark. `words` are sealed; `since` and `until` are days, the last one included."""

    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""

    def query(
        self, *, but: str = "", kinds: Iterable[str] | None = None, more: Iterable[tuple[str, str]] = ()
    ) -> str:
        """The same part as an address, without one of its parameters, or with other kinds."""
        shown = self.kinds if kinds is None else kinds
        pairs = [("kind", kind) for kind in shown]
        pairs += [("from", self.since), ("to", self.until), ("words", self.words)]
        return urlencode([(key, value) for key, value in (*pairs, *more) if value and key != but])

    def wanted(self) -> EventFilter | None:
        """The filter; None where it cannot be read."""
        try:
            since, until = _begin(self.since), _begin(self.until, days=1)
            words = _opened(self.words) if self.words else ""
        except (ValueError, OverflowError, KeysMissing):
            return None
        return EventFilter(self.kinds, since, until, words)


def timeline_address(asked: QueryDict) -> TimelineAddress:
    """As it is asked for."""
    kinds = dict.fromkeys(kind for kind in asked.getlist("kind") if "\0" not in kind)
    return TimelineAddress(
        tuple(kinds)[:_MOST_KINDS],
        asked.get("from", ""),
        asked.get("to", ""),
        asked.get("words", ""),
    )


def address_of(typed: QueryDict) -> TimelineAddress:
    """Of what was chosen and typed in the form."""
    address = timeline_address(typed)
    words = " ".join(address.words.replace("\0", " ").split())[:LONGEST_WORDS]
    return TimelineAddress(address.kinds, address.since, address.until, _sealed(words) if words else "")


def _begin(day: str, *, days: int = 0) -> datetime | None:
    if not day:
        return None
    return make_aware(datetime.combine(date.fromisoformat(day) + timedelta(days=days), time.min))


def _sealed(words: str) -> str:
    sealed = key_store(home().keys).seal(words.encode(), _CONTEXT)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _opened(sealed: str) -> str:
    raw = base64.urlsafe_b64decode(sealed.encode() + b"=" * (-len(sealed) % 4))
    return key_store(home().keys).open(raw, _CONTEXT).decode()
