"""How a change of one field for many customers is worded on the pages. Pure."""

from customerfile.customers.bulk_changes.wish import Way, Wish
from customerfile.definition.schema import FieldDefinition

_WAYS = {
    Way.SET: "Let it hold this, and nothing else",
    Way.ADD: "Add this value to those that are there",
    Way.REMOVE: "Take this value out",
    Way.EMPTY: "Empty it: what is on record is wrong",
    Way.CONFIRM: "What is on file still holds",
}


def way_words(way: Way) -> str:
    """What is done with the field."""
    return _WAYS[way]


def wish_words(wish: Wish, field: FieldDefinition | None, value: str) -> str:
    """ "Set Occupation to Baker"."""
    label = field.label if field else wish.field
    match wish.way:
        case Way.ADD:
            return f"Add “{value}” to {label}"
        case Way.REMOVE:
            return f"Take “{value}” out of {label}"
        case Way.CONFIRM:
            return "Confirm what is on file"
        case Way.EMPTY:
            return f"Empty {label}"
        case _:
            return f"Set {label} to “{value}”"
