"""What an entry changed: under `old` and `new`, each by its name. Never a value of a customer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from customerfile.base.told import noted_text, told

type Value = str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None

_OLD, _NEW = "old", "new"
_ALL_OF = frozenset({"fields", "branches"})  # of these, none named means all
_WORDS = {
    "role": noted_text("role"),
    "label": noted_text("label"),
    "permissions": noted_text("permissions"),
    "fields": noted_text("fields"),
    "branches": noted_text("branches"),
    "may_come_in": noted_text("may come in"),
    "required": noted_text("required"),
    "user": noted_text("user"),
    "expires_at": noted_text("expires at"),
    "host": noted_text("host"),
    "types": noted_text("types"),
    "state": noted_text("state"),
    "name": noted_text("name"),
    "priority": noted_text("priority"),
    "kind": noted_text("kind"),
    "one_record_per_customer": noted_text("one record per customer"),
    "people_needed": noted_text("people needed"),
    "most_records": noted_text("most records"),
    "verdict_in_force": noted_text("verdict in force"),
    "model": noted_text("model"),
    "version": noted_text("version"),
}
_CODES = {  # values that are codes, by what changed
    "state": {
        "on": noted_text("on"),
        "off": noted_text("off"),
        "open": noted_text("open"),
        "proposed": noted_text("proposed"),
        "confirmed": noted_text("confirmed"),
        "dismissed": noted_text("dismissed"),
    },
    "verdict_in_force": {
        "match": noted_text("match"),
        "not_a_match": noted_text("not_a_match"),
        "unsure": noted_text("unsure"),
    },
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. None: it was not there before, or is not any more."""

    what: str
    old: Any
    new: Any

    @property
    def words(self) -> str:
        """ "role: steward \u2192 owner"; of lists what was added and what was taken away."""
        what = told(_WORDS.get(self.what, self.what.replace("_", " ")))
        return told("{what}: {change}", what=what, change=self._difference())

    def _difference(self) -> str:
        if isinstance(self.old, list) and isinstance(self.new, list):
            added = [f"+ {each}" for each in self.new if each not in self.old]
            gone = [f"\u2212 {each}" for each in self.old if each not in self.new]
            return ", ".join(added + gone)
        return f"{_value(self.what, self.old)} \u2192 {_value(self.what, self.new)}"


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


def _value(what: str, value: Any) -> str:
    if value is None:
        return told("all") if what in _ALL_OF else told("nothing")
    if isinstance(value, bool):
        return told("yes") if value else told("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or told("nothing")
    if what in _CODES:
        return ", ".join(told(_CODES[what].get(each, each)) for each in str(value).split(", "))
    return str(value)
