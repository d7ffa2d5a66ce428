"""Reads a record that a program wrote as JSON into the columns that a file would have, named by what they mean. Pure.

{"key": 7, "email": ["a@example.org", {"value": "b@example.org", "use": "work"}]} becomes the columns key, email,
email[2], email[2].use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from customerfile.base.told import noted_text
from customerfile.definition.schema import FieldDefinition, FileDefinition
from customerfile.sources.mapping import PSEUDO_FIELDS
from customerfile.sources.targets import ADDRESS_PARTS, VALUE_PARTS
from customerfile.values.text import LONGEST_VALUE

type Columns = dict[str, str]

_CONTROLS = frozenset(("key", "kind", "updated_at"))
_MOST_VALUES = 99  # of one field; as many as a mapping can name
_MARK = frozenset("\x00") | frozenset(map(chr, range(0xD800, 0xE000)))
_THREE_DECIMALS = -3


class Unfit(Exception):
    """An item that cannot be read: the field it is about, the reason and the remedy."""

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.remedy = field, reason, remedy


@dataclass(frozen=True, slots=True)
class ItemFields:
    """What an item may name: the fields of a definition."""

    declared: Mapping[str, FieldDefinition]

    @classmethod
    def of(cls, definition: FileDefinition) -> "ItemFields":
        """The fields of this definition."""
        return cls({field.key: field for field in definition.fields})

    def columns(self, item: Mapping[str, object]) -> Columns:
        """Column -> text, in an order that does not depend on the item's. Raises Unfit."""
        found = {"key": key_text(item, "key", "record")}
        for name in sorted(item.keys() - {"key"}):
            for column, value in self._values(name, item[name]):
                text = text_of(value, name)
                if text:
                    found[column] = text
        return found

    def _values(self, name: str, value: object) -> Iterator[tuple[str, object]]:
        if name in _CONTROLS or name in PSEUDO_FIELDS:
            yield name, value
            return
        declared = self.declared.get(name)
        if declared is None:
            raise self._unknown(name)
        values = value if isinstance(value, list) else [value]
        if len(values) > 1 and not declared.multiple:
            raise Unfit(
                name,
                noted_text("{field} takes one value.").format(field=declared.label),
                noted_text("Send one value, without a list."),
            )
        if len(values) > _MOST_VALUES:
            raise Unfit(
                name,
                noted_text("These are more than {most} values.").format(most=_MOST_VALUES),
                noted_text("Send those that are in use."),
            )
        for place, each in enumerate(values, start=1):
            yield from _parts(name if place == 1 else f"{name}[{place}]", each, name)

    def _unknown(self, name: str) -> Unfit:
        close = get_close_matches(name, [*self.declared, *_CONTROLS, *PSEUDO_FIELDS], n=1)
        remedy = (
            noted_text('Did you mean "{field}"?').format(field=close[0])
            if close
            else noted_text("Leave it out, or declare it in the definition.")
        )
        return Unfit(shown_name(name), noted_text("The file definition has no such field."), remedy)


def _parts(column: str, value: object, name: str) -> Iterator[tuple[str, object]]:
    if not isinstance(value, dict):
        yield column, value
        return
    known = ADDRESS_PARTS | {"use"} if name == "address" else VALUE_PARTS
    for part in sorted(value):
        if part not in known:
            may_be = ", ".join(sorted(known))
            raise Unfit(
                f"{name}.{shown_name(part)}",
                noted_text("There is no such part."),
                noted_text("The parts are: {parts}.").format(parts=may_be),
            )
        yield column if part == "value" else f"{column}.{part}", value[part]


def key_text(item: Mapping[str, object], name: str, what: str) -> str:
    """The key under a name, without which nothing could be found again. Raises Unfit."""
    text = text_of(item.get(name), name).strip()
    if not text:
        raise Unfit(
            name,
            noted_text("The {what} has no {name}, so it could not be found again.").format(
                what=what, name=name
            ),
            noted_text("Give its key in the source."),
        )
    if len(text) > LONGEST_VALUE:
        raise Unfit(
            name,
            noted_text("The key is longer than {most} characters.").format(most=LONGEST_VALUE),
            noted_text("Use a shorter one."),
        )
    return text


def text_of(value: object, name: str) -> str:
    """What a value of JSON says as the text of a cell; "" for null. Raises Unfit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise Unfit(
            name,
            noted_text("This is nested too deeply for a value."),
            noted_text("Send a text, a number, or true or false."),
        )
    if _MARK.intersection(value):
        raise Unfit(
            name,
            noted_text("It holds NUL or half of a character, which no text may hold."),
            noted_text("Remove it."),
        )
    return value


def _plain(value: Decimal) -> str:
    """A number of JSON has a decimal point: with exactly three decimals it could be taken for a thousands mark."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > LONGEST_VALUE:
        return str(value)
    return f"{value:f}0" if exponent == _THREE_DECIMALS else f"{value:f}"


def shown_name(name: str) -> str:
    """The name of a field as it can be told."""
    return "".join(char for char in name[:80] if char not in _MARK)
