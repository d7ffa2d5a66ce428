"""Lays a golden record out for the page: fields by group, each value with its status and where it is from. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext, gettext_noop

from customerfile.customers.correcting.on_record import FieldOnRecord, OnRecord
from customerfile.customers.customer_file import ContactStatus, ShownCorrection
from customerfile.customers.queries import CustomerFile, GoldenField, GoldenValue
from customerfile.definition.schema import FieldDefinition, PrivacyClass
from customerfile.web.words import group_title

_CHANNELS = {"email": "email", "phone": "phone", "address": "postal"}
_ORDER = ("name", "contact", "person", "organisation", "account", "identity", "commercial", "trade", "notes")

_USES = {
    "home": gettext_noop("home"),
    "work": gettext_noop("work"),
    "mobile": gettext_noop("mobile"),
    "fax": gettext_noop("fax"),
    "pager": gettext_noop("pager"),
    "main": gettext_noop("main"),
    "billing": gettext_noop("billing"),
    "delivery": gettext_noop("delivery"),
    "mailing": gettext_noop("mailing"),
    "registered": gettext_noop("registered"),
    "other": gettext_noop("other"),
}

NOTHING: Mapping[str, FieldOnRecord] = {}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A golden value; `status` where it is a contact point, `scheme` where it is an identifier."""

    value: GoldenValue
    status: str = ""
    scheme: str = ""

    @property
    def use(self) -> str:
        """What a contact point is for, in words; "" where nobody said."""
        return gettext(_USES[self.value.use]) if self.value.use in _USES else self.value.use


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with its values; what else is on record of it; and the correction that stands, if any."""

    key: str
    label: str
    values: tuple[ShownValue, ...]
    others: tuple[OnRecord, ...] = ()
    correction: ShownCorrection | None = None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    title: str
    fields: tuple[ShownField, ...]


def shown_groups(
    file: CustomerFile, on_record: Mapping[str, FieldOnRecord] = NOTHING
) -> tuple[ShownGroup, ...]:
    """The groups that hold something, in a fixed order, fields in the order of the definition."""
    ordered = sorted(file.fields, key=lambda field: _place(field.group))
    return tuple(
        ShownGroup(group_title(group), tuple(_field(field, file, on_record) for field in fields))
        for group, fields in groupby(ordered, key=lambda field: field.group)
    )


def shown_field(key: str, file: CustomerFile, on_record: Mapping[str, FieldOnRecord]) -> ShownField:
    """One field, which may hold nothing."""
    held = next((field for field in file.fields if field.key == key), None)
    if held is not None:
        return _field(held, file, on_record)
    there = on_record[key]
    return ShownField(key, there.definition.label, (), there.others, _correction(key, file))


def emptied_fields(file: CustomerFile, on_record: Mapping[str, FieldOnRecord]) -> tuple[ShownField, ...]:
    """The fields that hold nothing because somebody said that what was on record is wrong."""
    held = {field.key for field in file.fields}
    said = dict.fromkeys(each.field for each in file.corrections)
    return tuple(shown_field(key, file, on_record) for key in said if key not in held and key in on_record)


def blank_fields(file: CustomerFile, on_record: Mapping[str, FieldOnRecord]) -> tuple[FieldDefinition, ...]:
    """The fields of which nothing is on record, and something could be written."""
    known = {field.key for field in file.fields} | {each.field for each in file.corrections}
    return tuple(
        there.definition
        for key, there in on_record.items()
        if key not in known
        and file.summary.kind in there.definition.applies_to
        and there.definition.privacy in (PrivacyClass.PUBLIC, PrivacyClass.PERSONAL)
    )


def _field(field: GoldenField, file: CustomerFile, on_record: Mapping[str, FieldOnRecord]) -> ShownField:
    others = on_record[field.key].others if field.key in on_record else ()
    return ShownField(field.key, field.label, _values(field, file), others, _correction(field.key, file))


def _correction(key: str, file: CustomerFile) -> ShownCorrection | None:
    return next((each for each in file.corrections if each.field == key), None)


def _place(group: str) -> tuple[int, str]:
    return (_ORDER.index(group) if group in _ORDER else len(_ORDER), group)


def _values(field: GoldenField, file: CustomerFile) -> tuple[ShownValue, ...]:
    if field.key in _CHANNELS:
        points = [point for point in file.contact_points if point.channel == _CHANNELS[field.key]]
        return tuple(_with_status(field.values, points))
    schemes = {each.shown: each.scheme for each in file.identifiers if each.field == field.key}
    return tuple(ShownValue(value, scheme=schemes.get(value.shown, "")) for value in field.values)


def _with_status(values: tuple[GoldenValue, ...], points: list[ContactStatus]) -> Iterator[ShownValue]:
    """Contact points come in the order of the golden values; where some fell together, the status is left open."""
    statuses = [point.status for point in points] if len(points) == len(values) else [""] * len(values)
    for value, status in zip(values, statuses, strict=True):
        yield ShownValue(value, status=status)
