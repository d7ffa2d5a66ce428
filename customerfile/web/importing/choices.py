"""What a column can be said to mean, in the words of the file definition, in the order of the customer page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.sources.mapping_edits import TOGETHER
from customerfile.web.words import group_title

_ORDER = ("name", "contact", "person", "organisation", "account", "identity", "commercial", "trade", "notes")
_ADDRESS = {
    "address": "Address, all in one",
    "address.line": "Address: street and house number",
    "address.street": "Address: street",
    "address.house_number": "Address: house number",
    "address.unit": "Address: flat or unit",
    "address.street_2": "Address: second line",
    "address.po_box": "Address: PO box",
    "address.city": "Address: town",
    "address.region": "Address: region or state",
    "address.postcode": "Address: postcode",
    "address.country": "Address: country",
}
_RECORD = {"kind": "Person or organisation", "updated_at": "Last changed on"}
_ORDERS = {
    "order.key": "Number of the order",
    "order.at": "When it was bought",
    "order.product": "Product number",
    "order.description": "Product name",
    "order.quantity": "Quantity",
    "order.unit_price": "Price of one",
    "order.amount": "Amount of the line",
    "order.currency": "Currency",
    "order.status": "Status of the order",
    "order.discount": "Discount",
}
_EVENTS = {
    "event.name": "What happened",
    "event.at": "When it happened",
    "event.key": "Number of the event",
    "event.amount": "Amount",
    "event.currency": "Currency",
}
_PARTS = {"use": "what it is for", "scheme": "kind of number", "country": "country", "region": "region"}
_WITH_USE = ("email", "phone", "address")
USES = (
    ("", "any use"),
    ("home", "home"),
    ("work", "work"),
    ("mobile", "mobile"),
    ("fax", "fax"),
    ("main", "main"),
    ("billing", "billing"),
    ("delivery", "delivery"),
    ("mailing", "mailing"),
    ("registered", "registered"),
    ("other", "other"),
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something a column can be said to mean. `target` is what the mapping calls it."""

    target: str
    label: str


@dataclass(frozen=True, slots=True)
class MeaningGroup:
    label: str
    meanings: tuple[Meaning, ...]


def takes_use(target: str) -> bool:
    """Whether it may be for home, work and so on."""
    return target.partition(".")[0] in _WITH_USE and TOGETHER not in target


def meaning_groups(
    definition: FileDefinition, kind_as: str, *, also: Sequence[str]
) -> tuple[MeaningGroup, ...]:
    """All there is to choose from. `also`: what columns mean now, which may be no plain choice."""
    groups: list[MeaningGroup] = []
    if kind_as == "purchases":
        groups.append(_group("Order", _ORDERS))
    if kind_as == "events":
        groups.append(_group("Event", _EVENTS))
    else:
        groups += _fields(definition, kind_as)
    known = {meaning.target for group in groups for meaning in group.meanings}
    others = sorted({target for target in also if target} - known)
    if others:
        groups.append(_group("As found", {target: _label(target, definition) for target in others}))
    return tuple(groups)


def _fields(definition: FileDefinition, kind_as: str) -> list[MeaningGroup]:
    by_group: dict[str, dict[str, str]] = {"name": {"full_name": "Full name"}}
    for field in definition.fields:
        if field.privacy is not PrivacyClass.FORBIDDEN:
            by_group.setdefault(field.group, {}).update(_meanings(field))
    ordered = sorted(by_group, key=lambda key: (_ORDER.index(key) if key in _ORDER else len(_ORDER), key))
    groups = [_group(group_title(key), by_group[key]) for key in ordered]
    return [*groups, _group("Record", _RECORD)] if kind_as == "customers" else groups


def _meanings(field: FieldDefinition) -> dict[str, str]:
    return _ADDRESS if field.key == "address" else {field.key: field.label}


def _group(label: str, meanings: dict[str, str]) -> MeaningGroup:
    return MeaningGroup(label, tuple(Meaning(target, words) for target, words in meanings.items()))


def _label(target: str, definition: FileDefinition) -> str:
    return " and ".join(_one_label(part, definition) for part in target.split(TOGETHER))


def _one_label(target: str, definition: FileDefinition) -> str:
    if target.startswith("event.property."):
        return f"Kept as “{target.removeprefix('event.property.')}”"
    field, _, part = target.partition(".")
    labels = {each.key: each.label for each in definition.fields} | {"full_name": "Full name"}
    words = labels.get(field) or (_ORDERS | _EVENTS | _RECORD).get(target, target)
    return f"{words}: {_PARTS.get(part, part.replace('_', ' '))}" if part and field in labels else words
