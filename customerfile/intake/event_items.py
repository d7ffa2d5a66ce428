"""Reads an event that a program wrote as JSON into the columns that a file of events would have. Pure.

{"key": 7, "name": "Visit Logged", "properties": {"place": "Leeds"}} becomes event.key, event.name and
event.property.place.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from customerfile.base.told import noted_text
from customerfile.intake.items import Columns, Unfit, key_text, shown_name, text_of

CUSTOMER_KEY = "customer.key"
_PARTS = {
    "name": "event.name",
    "at": "event.at",
    "amount": "event.amount",
    "currency": "event.currency",
}
_KNOWN = frozenset((*_PARTS, "key", "customer", "properties"))
_MOST_PROPERTIES = 100
_LONGEST_NAME = 100


def event_columns(item: Mapping[str, object]) -> Columns:
    """Column -> text, in an order that does not depend on the item's. Raises Unfit."""
    for name in item.keys() - _KNOWN:
        raise _unknown(name)
    found = {"event.key": key_text(item, "key", "event"), CUSTOMER_KEY: key_text(item, "customer", "event")}
    for name, column in _PARTS.items():
        if text := text_of(item.get(name), name).strip():
            found[column] = text
    found.update(_properties(item.get("properties")))
    return found


def _properties(given: object) -> Iterator[tuple[str, str]]:
    if given is None:
        return
    if not isinstance(given, dict):
        raise Unfit(
            "properties",
            noted_text("The properties are no object."),
            noted_text('Send them as {"text": "..."}.'),
        )
    if len(given) > _MOST_PROPERTIES:
        raise Unfit(
            "properties",
            noted_text("These are more than {most}.").format(most=_MOST_PROPERTIES),
            noted_text("Send those that are in use."),
        )
    for name in sorted(given):
        if not name.strip() or name != shown_name(name) or len(name) > _LONGEST_NAME or "\n" in name:
            raise Unfit(
                "properties",
                noted_text("This cannot be the name of a property."),
                noted_text("Use letters, for example place."),
            )
        if text := text_of(given[name], f"properties.{name}").strip():
            yield f"event.property.{name}", text


def _unknown(name: str) -> Unfit:
    close = get_close_matches(name, _KNOWN, n=1)
    remedy = (
        noted_text('Did you mean "{field}"?').format(field=close[0])
        if close
        else noted_text("Put it under properties, or leave it out.")
    )
    return Unfit(shown_name(name), noted_text("An event has no such field."), remedy)
