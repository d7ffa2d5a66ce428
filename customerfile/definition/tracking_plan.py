"""The tracking plan: which events there may be, and which properties of which types they carry. Pure.

A property that the plan does not name is no fault: it is kept as it came. One that it names has to be of its type.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import orjson

from customerfile.base.told import noted_text
from customerfile.definition.name_proposals import proposed_name
from customerfile.definition.schema import EventType, FileDefinition, PropertyDefinition
from customerfile.values.kinds import standardise
from customerfile.values.outcome import Accepted, Context, Json, Outcome, Refused

type Properties = Mapping[str, Json]

NAME = "name"
_TYPED = frozenset(("number", "integer", "boolean", "date", "birth_date", "instant"))  # kept as they are read
_MOST_PROPOSED = 1000  # names outside the plan for which one of the plan is looked for


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why an event does not fit the plan. `field` is "name", or the key of a property."""

    field: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """An event as the plan has it: its type, its properties by their types."""

    event_type: EventType
    properties: dict[str, Json]


class TrackingPlan:
    """The event types of a definition by name."""

    def __init__(self, types: Collection[EventType]) -> None:
        self._types = {each.name: each for each in types}
        self._proposed: dict[str, str] = {}

    @classmethod
    def of(cls, definition: FileDefinition) -> "TrackingPlan":
        """The plan of this definition."""
        return cls(definition.event_types)

    @property
    def names(self) -> Collection[str]:
        """Of all event types."""
        return self._types.keys()

    def event_type(self, name: str) -> EventType | None:
        """The event type of a name, where the plan has one."""
        return self._types.get(name)

    def fit(self, name: str, properties: Properties, context: Context) -> Fitting | Misfit:
        """The event as the plan has it, or the first thing about it that does not fit."""
        found = self._types.get(name)
        if found is None:
            return self._unknown(name)
        typed = dict(properties)
        for declared in found.properties:
            outcome = _typed(declared, typed.get(declared.key), name, context)
            if isinstance(outcome, Misfit):
                return outcome
            if outcome is not None:
                typed[declared.key] = outcome
        return Fitting(found, typed)

    def misfits(self, name: str, properties: Properties, context: Context) -> Iterator[Misfit]:
        """Everything about an event that does not fit."""
        found = self._types.get(name)
        if found is None:
            yield self._unknown(name)
            return
        for declared in found.properties:
            outcome = _typed(declared, properties.get(declared.key), name, context)
            if isinstance(outcome, Misfit):
                yield outcome

    def unplanned(self, name: str, properties: Collection[str]) -> list[str]:
        """Properties that the plan does not name for this event; none for an event that it does not know."""
        found = self._types.get(name)
        declared = {each.key for each in found.properties} if found else set(properties)
        return sorted(set(properties) - declared)

    def _unknown(self, name: str) -> Misfit:
        near = self._meant(name)
        remedy = (
            noted_text('Call it "{event}", or add the event type to the definition.').format(event=near)
            if near
            else noted_text("Give it a name of the plan, or add the event type to the definition.")
        )
        return Misfit(
            NAME, noted_text('The event "{name}" is not in the tracking plan.').format(name=name), remedy
        )

    def _meant(self, name: str) -> str:
        """The name of the plan that is probably meant. Each is looked for once: there may be millions of events."""
        if name not in self._proposed:
            if len(self._proposed) >= _MOST_PROPOSED:
                return ""
            self._proposed[name] = proposed_name(name, self._types)
        found = self._proposed[name]
        return found if found in self._types else ""


def _typed(declared: PropertyDefinition, value: Json, name: str, context: Context) -> Json | Misfit:
    """A property by its type; None where it is not there and need not be."""
    if value is None or value == "":
        return _missing(declared, name) if declared.required else None
    outcome = _read(declared.type, value, context)
    if isinstance(outcome, Refused):
        reason = noted_text('The property "{property}" of "{name}" is no {type}: {reason}')
        return Misfit(
            declared.key,
            reason.format(
                property=declared.key, name=name, type=declared.type.replace("_", " "), reason=outcome.reason
            ),
            outcome.remedy,
        )
    return outcome.value if declared.type in _TYPED | _READERS.keys() else value


def _missing(declared: PropertyDefinition, name: str) -> Misfit:
    return Misfit(
        declared.key,
        noted_text('The event "{name}" lacks the property "{property}".').format(
            name=name, property=declared.key
        ),
        noted_text("Send it, or say which of its properties is meant."),
    )


def _read(kind: str, value: Json, context: Context) -> Outcome:
    if kind in _READERS:
        return _READERS[kind](value)
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if kind == "money" and not context.currency:
        context = _without_currency(context)
    return _standardised(kind, text, context)


_standardised = lru_cache(maxsize=100_000)(standardise)


@lru_cache(maxsize=1000)
def _without_currency(context: Context) -> Context:
    """An amount may name no currency: here it only has to be one."""
    return replace(context, currency="XXX")


def _as_list(value: Json) -> Outcome:
    """A list of JSON; any other text is a list of one."""
    found = _parsed(value) if isinstance(value, str) and value.lstrip().startswith("[") else value
    if isinstance(found, list):
        return Accepted(found)
    if isinstance(found, str) and found is value:
        return Accepted([value])
    return Refused(
        noted_text("It cannot be read as a list."),
        noted_text('Write it as JSON, for example ["tea", "milk"].'),
    )


def _as_object(value: Json) -> Outcome:
    found = _parsed(value) if isinstance(value, str) else value
    if isinstance(found, dict):
        return Accepted(found)
    return Refused(
        noted_text("It cannot be read as an object."),
        noted_text('Write it as JSON, for example {"rating": 4}.'),
    )


def _parsed(text: str) -> Json:
    try:
        found: Json = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return found


_READERS: dict[str, Callable[[Json], Outcome]] = {"list": _as_list, "object": _as_object}
