"""Golden values as text for people, in the definition's order, under its labels, sealed ones masked. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from customerfile.base.ids import RecordId
from customerfile.base.told import told
from customerfile.customers.customer_file import GoldenField, GoldenValue
from customerfile.customers.golden.corrections import CORRECTED, STAFF
from customerfile.customers.golden.provenance import Origin, Stand, origins
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.values.kinds import display

UNDECLARED_GROUP = "other"  # of fields that the definition no longer has
_PARTS_BESIDE_THE_VALUE = frozenset({"use", "confirmed"})

type Places = Mapping[RecordId, tuple[str, str]]  # record -> key of its source, key in it


def golden_fields(stand: Stand, definition: FileDefinition, places: Places) -> tuple[GoldenField, ...]:
    """The fields of a golden record."""
    declared = {field.key: field for field in definition.fields}
    ordered = [key for key in declared if key in stand.values] + sorted(stand.values.keys() - declared.keys())
    return tuple(_field(key, declared.get(key), stand, places) for key in ordered)


def origin_ids(stand: Stand) -> set[RecordId]:
    """The records behind the values of a golden record."""
    return {origin.record_id for key in stand.values for origin in _origins(key, stand)}


def shown_text(item: Any, field: FieldDefinition | None) -> str:
    """One value as text."""
    if isinstance(item, dict):
        if "masked" in item:
            return str(item["masked"])
        item = item["value"] if "value" in item else _parts(item)
    if field is None:
        return str(item)
    if field.choices:
        return choice_text(str(item))
    return "••••" if field.privacy is PrivacyClass.SEALED else display(field.type, item)


def choice_text(choice: str) -> str:
    """One of the values that a field may have, in words: "civil_partnership" -> "Civil partnership"."""
    return told(choice.replace("_", " ").capitalize())


def items_of(value: Any) -> list[Any]:
    """The values of a field, whether it holds one or many."""
    return value if isinstance(value, list) else [value]


def _parts(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in item.items() if key not in _PARTS_BESIDE_THE_VALUE}


def _field(key: str, field: FieldDefinition | None, stand: Stand, places: Places) -> GoldenField:
    label = field.label if field else key.replace("_", " ").capitalize()
    group = field.group if field else UNDECLARED_GROUP
    return GoldenField(key, label, group, tuple(_values(key, field, stand, places)))


def _values(key: str, field: FieldDefinition | None, stand: Stand, places: Places) -> Iterator[GoldenValue]:
    for item, origin in zip(items_of(stand.values[key]), _origins(key, stand), strict=False):
        source, record_key = _place(origin, places)
        yield GoldenValue(
            shown=shown_text(item, field),
            origin_source=source,
            origin_key=record_key,
            origin_record_id=origin.record_id,
            rule=origin.rule,
            since=origin.since,
            sealed=_is_sealed(item, field),
            use=str(item.get("use", "")) if isinstance(item, dict) else "",
        )


def _place(origin: Origin, places: Places) -> tuple[str, str]:
    """Source and key; what people corrected is of no record."""
    return (STAFF, "") if origin.rule == CORRECTED else places.get(origin.record_id, ("", ""))


def _origins(key: str, stand: Stand) -> Sequence[Origin]:
    return origins(key, stand=stand, count=len(items_of(stand.values[key])))


def _is_sealed(item: Any, field: FieldDefinition | None) -> bool:
    return (isinstance(item, dict) and "masked" in item) or (
        field is not None and field.privacy is PrivacyClass.SEALED
    )
