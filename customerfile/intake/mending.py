"""Mending rules of a source: what its events and properties are called here. Pure.

First events get their names, then properties of events so named theirs, then those go that are to go. A property never
takes the place of another that is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from customerfile.timeline.quarantine import MendingKind, MendingRule
from customerfile.values.outcome import Json


@dataclass(frozen=True, slots=True)
class Mended:
    """An event as rules have it, and which of them changed it."""

    name: str
    properties: dict[str, Json]
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mending:
    """The rules of one source, ready to be applied. Can be handed to another process."""

    names: Mapping[str, MendingRule] = field(default_factory=dict)
    properties: Mapping[str, tuple[MendingRule, ...]] = field(default_factory=dict)  # by the event's name

    @classmethod
    def of(cls, rules: Iterable[MendingRule]) -> "Mending":
        """Of rules in any order."""
        names: dict[str, MendingRule] = {}
        properties: dict[str, list[MendingRule]] = {}
        for rule in sorted(rules, key=lambda each: (each.kind is MendingKind.LEAVE_OUT, each.id)):
            if rule.kind is MendingKind.CALL_EVENT:
                names[rule.event] = rule
            else:
                properties.setdefault(rule.event, []).append(rule)
        return cls(names, {event: tuple(found) for event, found in properties.items()})

    def apply(self, name: str, properties: Mapping[str, Json]) -> Mended:
        """An event as it is meant."""
        used: list[int] = []
        if (renamed := self.names.get(name)) is not None:
            name = renamed.new_name
            used.append(renamed.id)
        mended = dict(properties)
        for rule in self.properties.get(name, ()):
            if rule.property not in mended or (rule.new_name and mended.get(rule.new_name) not in (None, "")):
                continue
            value = mended.pop(rule.property)
            if rule.new_name:
                mended[rule.new_name] = value
            used.append(rule.id)
        return Mended(name, mended, tuple(used))


NOTHING = Mending()
