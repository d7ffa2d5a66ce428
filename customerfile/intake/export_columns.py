"""Lays golden records out as columns: number, kind, then the fields; several values as email, email_2, email_3. Pure.

Values are the standard ones (ISO dates, E.164 phones), so a file read in again says the same. Sealed ones are masked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from customerfile.customers.whole_file.whole_base import WholeRecord
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass

type Cell = str | int | float | bool | None

_ADDRESS_PARTS = ("line", "line_2", "postcode", "city", "region", "country")
_TYPES: Mapping[str, type] = {"integer": int, "number": float, "boolean": bool}
_MASK = "••••"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is str, int, float or bool; `cell` takes the value out of a customer's record."""

    name: str
    type: type
    cell: Callable[[WholeRecord], Cell]


def columns(definition: FileDefinition, widths: Mapping[str, int]) -> list[Column]:
    """The columns of the fields in use: `widths` is how many values of each field one customer has at most."""
    found = [
        Column("number", str, lambda record: record.number),
        Column("kind", str, lambda record: record.kind),
    ]
    for field in definition.fields:
        if field.key in widths:
            found += _columns_of(field, widths[field.key])
    return found


def open_values(golden: Mapping[str, Any], definition: FileDefinition) -> dict[str, Any]:
    """A golden record with its lists and parts, for JSON; sealed values masked and without their digests."""
    sealed = {field.key for field in definition.fields if field.privacy is PrivacyClass.SEALED}
    return {
        field.key: _opened(golden[field.key], field.key in sealed)
        for field in definition.fields
        if field.key in golden
    }


def _opened(value: Any, sealed: bool) -> Any:
    if isinstance(value, list):
        return [_opened(item, sealed) for item in value]
    if isinstance(value, dict) and "masked" in value:
        return {"scheme": value.get("scheme", ""), "masked": value["masked"]}
    return _MASK if sealed else value


def _columns_of(field: FieldDefinition, width: int) -> list[Column]:
    found: list[Column] = []
    for position in range(max(1, width)):
        name = field.key if position == 0 else f"{field.key}_{position + 1}"
        if field.type == "address":
            found += [
                Column(f"{name}_{part}", str, _address_part(field.key, position, part))
                for part in _ADDRESS_PARTS
            ]
        else:
            found.append(Column(name, _TYPES.get(field.type, str), _value(field, position)))
    return found


def _address_part(key: str, position: int, part: str) -> Callable[[WholeRecord], Cell]:
    def cell(record: WholeRecord) -> Cell:
        item = _item(record.values.get(key), position)
        return item.get(part) if isinstance(item, dict) else None

    return cell


def _value(field: FieldDefinition, position: int) -> Callable[[WholeRecord], Cell]:
    wanted = _TYPES.get(field.type, str)

    def cell(record: WholeRecord) -> Cell:
        item = _item(record.values.get(field.key), position)
        if item is None:
            return None
        if isinstance(item, dict) and "masked" in item:
            return str(item["masked"])
        if field.privacy is PrivacyClass.SEALED:
            return _MASK
        return _typed(item["value"] if isinstance(item, dict) and "value" in item else item, wanted)

    return cell


def _typed(value: Any, wanted: type) -> Cell:
    if isinstance(value, dict):  # money: amount and currency
        return " ".join(str(part) for part in value.values())
    if wanted is not str and isinstance(value, bool | int | float):
        return value if wanted is not float else float(value)
    return str(value) if wanted is str else None


def _item(value: Any, position: int) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value[position] if position < len(value) else None
    return value if position == 0 else None
