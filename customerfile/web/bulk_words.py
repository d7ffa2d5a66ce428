"""How a change of one field for many customers is worded on the pages."""

from django.utils.translation import gettext, gettext_noop

from customerfile.customers.bulk_changes.wish import Way, Wish
from customerfile.definition.schema import FieldDefinition

_WAYS = {
    Way.SET: gettext_noop("Let it hold this, and nothing else"),
    Way.ADD: gettext_noop("Add this value to those that are there"),
    Way.REMOVE: gettext_noop("Take this value out"),
    Way.EMPTY: gettext_noop("Empty it: what is on record is wrong"),
    Way.CONFIRM: gettext_noop("What is on file still holds"),
}


def way_words(way: Way) -> str:
    """What is done with the field."""
    return gettext(_WAYS[way])


def wish_words(wish: Wish, field: FieldDefinition | None, value: str) -> str:
    """ "Set Occupation to Baker"."""
    label = gettext(field.label) if field else wish.field
    match wish.way:
        case Way.ADD:
            return gettext("Add “{value}” to {field}").format(value=value, field=label)
        case Way.REMOVE:
            return gettext("Take “{value}” out of {field}").format(value=value, field=label)
        case Way.CONFIRM:
            return gettext("Confirm what is on file")
        case Way.EMPTY:
            return gettext("Empty {field}").format(field=label)
        case _:
            return gettext("Set {field} to “{value}”").format(value=value, field=label)
