"""Reads one record as a person writes it: the mapping and the checks of a delivered one, and nothing is staged."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from customerfile.definition.schema import FileDefinition
from customerfile.intake.context import reading_context
from customerfile.intake.items import ItemFields
from customerfile.sources.mapper import compile_mapping
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.mapping import Mapping as FieldMapping
from customerfile.sources.rows import RawRow
from customerfile.sources.validation import StandardRow, standardise_row


def standard_record(
    item: Mapping[str, object], definition: FileDefinition, *, country: str = ""
) -> StandardRow:
    """What a record with its `key` says in the standard form. Raises Unfit."""
    columns = ItemFields.of(definition).columns(item)
    mapping = FieldMapping(
        kind_as="customers",
        key=("key",),
        columns=tuple(ColumnMapping(column, (column,)) for column in columns if column != "key"),
        country=country.upper(),
    )
    mapped = compile_mapping(mapping, tuple(columns)).map(RawRow(1, tuple(columns.values())))
    return standardise_row(mapped, definition, reading_context(mapping))


@lru_cache(maxsize=2)
def nothing_required(definition: FileDefinition) -> FileDefinition:
    """Who states some fields leaves the others out: that these are required is for whole records."""
    return replace(definition, fields=tuple(replace(field, required=False) for field in definition.fields))
