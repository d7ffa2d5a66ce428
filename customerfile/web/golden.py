"""Lays a golden record out for the page: fields by group, each value with its status and where it is from. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from customerfile.customers.customer_file import ContactStatus
from customerfile.customers.queries import CustomerFile, GoldenField, GoldenValue
from customerfile.web.words import group_title

_CHANNELS = {"email": "email", "phone": "phone", "address": "postal"}
_ORDER = ("name", "contact", "person", "organisation", "account", "identity", "commercial", "trade", "notes")


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A golden value; `status` where it is a contact point, `scheme` where it is an identifier."""

    value: GoldenValue
    status: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class ShownField:
    label: str
    values: tuple[ShownValue, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    title: str
    fields: tuple[ShownField, ...]


def shown_groups(file: CustomerFile) -> tuple[ShownGroup, ...]:
    """The groups that hold something, in a fixed order, fields in the order of the definition."""
    ordered = sorted(file.fields, key=lambda field: _place(field.group))
    return tuple(
        ShownGroup(
            group_title(group), tuple(ShownField(field.label, _values(field, file)) for field in fields)
        )
        for group, fields in groupby(ordered, key=lambda field: field.group)
    )


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
