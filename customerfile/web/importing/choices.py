"""What a column can be said to mean, in the words of the file definition, in the order of the customer page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.sources.mapping_edits import TOGETHER
from customerfile.web.term_words import term_label
from customerfile.web.words import group_title, listed

_ORDER = ("name", "contact", "person", "organisation", "account", "identity", "commercial", "trade", "notes")
_ADDRESS = {
    "address": gettext_noop("Address, all in one"),
    "address.line": gettext_noop("Address: street and house number"),
    "address.street": gettext_noop("Address: street"),
    "address.house_number": gettext_noop("Address: house number"),
    "address.unit": gettext_noop("Address: flat or unit"),
    "address.street_2": gettext_noop("Address: second line"),
    "address.po_box": gettext_noop("Address: PO box"),
    "address.city": gettext_noop("Address: town"),
    "address.region": gettext_noop("Address: region or state"),
    "address.postcode": gettext_noop("Address: postcode"),
    "address.country": gettext_noop("Address: country"),
}
_RECORD = {"kind": gettext_noop("Person or organisation"), "updated_at": gettext_noop("Last changed on")}
_ORDERS = {
    "order.key": gettext_noop("Number of the order"),
    "order.at": gettext_noop("When it was bought"),
    "order.product": gettext_noop("Product number"),
    "order.description": gettext_noop("Product name"),
    "order.quantity": gettext_noop("Quantity"),
    "order.unit_price": gettext_noop("Price of one"),
    "order.amount": gettext_noop("Amount of the line"),
    "order.currency": gettext_noop("Currency"),
    "order.status": gettext_noop("Status of the order"),
    "order.discount": gettext_noop("Discount"),
}
_EVENTS = {
    "event.name": gettext_noop("What happened"),
    "event.at": gettext_noop("When it happened"),
    "event.key": gettext_noop("Number of the event"),
    "event.amount": gettext_noop("Amount"),
    "event.currency": gettext_noop("Currency"),
}
_AGREEMENTS = {
    "agreement.key": gettext_noop("Key of the agreement"),
    "agreement.kind": gettext_noop("Kind of agreement"),
    "agreement.number": gettext_noop("Number of the agreement"),
    "agreement.product": gettext_noop("Product"),
    "agreement.status": gettext_noop("State"),
    "agreement.opened_on": gettext_noop("Opened on"),
    "agreement.closed_on": gettext_noop("Closed on"),
    "agreement.due_on": gettext_noop("Due on"),
    "agreement.amount": gettext_noop("Amount agreed"),
    "agreement.balance": gettext_noop("Balance"),
    "agreement.balance_on": gettext_noop("Day of the balance"),
    "agreement.currency": gettext_noop("Currency"),
    "agreement.under": gettext_noop("Key of the agreement it belongs to"),
    "agreement.under_kind": gettext_noop("Kind of the agreement it belongs to"),
    "agreement.under_role": gettext_noop("Key of the role it belongs to"),
}
_HOLDERS = {
    "holder.role": gettext_noop("Role of the holder"),
    "holder.key": gettext_noop("Key of the role"),
    "holder.from": gettext_noop("Holder since"),
    "holder.to": gettext_noop("Holder until"),
}
_PARTS = {
    "use": gettext_noop("what it is for"),
    "scheme": gettext_noop("kind of number"),
    "country": gettext_noop("country"),
    "region": gettext_noop("region"),
}
_WITH_USE = ("email", "phone", "address")
USES = (
    ("", gettext_noop("any use")),
    ("home", gettext_noop("home")),
    ("work", gettext_noop("work")),
    ("mobile", gettext_noop("mobile")),
    ("fax", gettext_noop("fax")),
    ("main", gettext_noop("main")),
    ("billing", gettext_noop("billing")),
    ("delivery", gettext_noop("delivery")),
    ("mailing", gettext_noop("mailing")),
    ("registered", gettext_noop("registered")),
    ("other", gettext_noop("other")),
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
        groups.append(_group(gettext("Order"), _ORDERS))
    if kind_as == "events":
        groups.append(_group(gettext("Event"), _EVENTS))
    elif kind_as == "agreements":
        groups.append(_group(gettext("Agreement"), _AGREEMENTS))
        groups.append(_group(gettext("Holder"), _HOLDERS))
        groups.append(MeaningGroup(gettext("Terms"), _terms(definition)))
    else:
        groups += _fields(definition, kind_as)
    known = {meaning.target for group in groups for meaning in group.meanings}
    others = sorted({target for target in also if target} - known)
    if others:
        groups.append(_group(gettext("As found"), {target: _label(target, definition) for target in others}))
    return tuple(groups)


def _fields(definition: FileDefinition, kind_as: str) -> list[MeaningGroup]:
    by_group: dict[str, dict[str, str]] = {"name": {"full_name": gettext_noop("Full name")}}
    for field in definition.fields:
        if field.privacy is not PrivacyClass.FORBIDDEN:
            by_group.setdefault(field.group, {}).update(_meanings(field))
    ordered = sorted(by_group, key=lambda key: (_ORDER.index(key) if key in _ORDER else len(_ORDER), key))
    groups = [_group(group_title(key), by_group[key]) for key in ordered]
    return [*groups, _group(gettext("Record"), _RECORD)] if kind_as == "customers" else groups


def _terms(definition: FileDefinition) -> tuple[Meaning, ...]:
    """The terms of all kinds of agreement."""
    keys = sorted({term.key for kind in definition.agreement_kinds for term in kind.terms})
    return tuple(Meaning(f"agreement.term.{key}", term_label(key)) for key in keys)


def _meanings(field: FieldDefinition) -> dict[str, str]:
    return _ADDRESS if field.key == "address" else {field.key: field.label}


def _group(label: str, meanings: dict[str, str]) -> MeaningGroup:
    return MeaningGroup(label, tuple(Meaning(target, gettext(words)) for target, words in meanings.items()))


def _label(target: str, definition: FileDefinition) -> str:
    return listed([_one_label(part, definition) for part in target.split(TOGETHER)])


def _one_label(target: str, definition: FileDefinition) -> str:
    if target.startswith("event.property."):
        return gettext("Kept as “{name}”").format(name=target.removeprefix("event.property."))
    field, _, part = target.partition(".")
    labels = {each.key: each.label for each in definition.fields} | {"full_name": "Full name"}
    words = gettext(
        labels.get(field) or (_ORDERS | _EVENTS | _AGREEMENTS | _HOLDERS | _RECORD).get(target, target)
    )
    if not part or field not in labels:
        return words
    of = gettext(_PARTS.get(part, part.replace("_", " ")))
    return gettext("{field}: {part}").format(field=words, part=of)
