"""What an entry changed: under `old` and `new`, each by its name. Never a value of a customer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

type Value = str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None

_OLD, _NEW = "old", "new"
_UNTOLD = "nothing"
_ALL_OF = frozenset({"fields", "branches"})  # of these, none named means all


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. None: it was not there before, or is not any more."""

    what: str
    old: Any
    new: Any

    @property
    def words(self) -> str:
        """ "role: steward \u2192 owner"; of lists what was added and what was taken away."""
        return f"{self.what.replace('_', ' ')}: {self._difference()}"

    def _difference(self) -> str:
        if isinstance(self.old, list) and isinstance(self.new, list):
            added = [f"+ {each}" for each in self.new if each not in self.old]
            gone = [f"\u2212 {each}" for each in self.old if each not in self.new]
            return ", ".join(added + gone)
        return f"{_told(self.what, self.old)} \u2192 {_told(self.what, self.new)}"


def changed(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    """The part of an entry's detail that says what is other than before. One that is missing is None."""
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return {_OLD: {key: old.get(key) for key in keys}, _NEW: {key: new.get(key) for key in keys}}


def changes_in(detail: Mapping[str, Any]) -> tuple[Change, ...]:
    """What an entry says it changed; () where it changed nothing of this kind."""
    old, new = detail.get(_OLD), detail.get(_NEW)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return ()
    return tuple(Change(key, old.get(key), new.get(key)) for key in {**old, **new})


def _told(what: str, value: Any) -> str:
    if value is None:
        return "all" if what in _ALL_OF else _UNTOLD
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _UNTOLD
    return str(value)
