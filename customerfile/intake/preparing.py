"""Turns delivered rows into rows ready to be staged: mapped, standardised, sealed, made ready for matching. Pure.

This is most of the work on a row, so it can run in a second process; it needs nothing but its inputs.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from customerfile.definition.schema import FileDefinition, PrivacyClass
from customerfile.matching.keys import blocking_keys
from customerfile.matching.model import MatchModel
from customerfile.matching.prepare import prepare
from customerfile.sources.mapper import MappedRow, Mapper
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.sources.validation import StandardRow, standardise_row
from customerfile.values.cards import mask_cards
from customerfile.values.outcome import Context
from customerfile.vault.sealing import Blinder, masked

type Prepared = ReadyRow | RejectedRow
type Sealed = list[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Preparer:
    """Everything that rows of one file are prepared with."""

    columns: tuple[str, ...]
    mapper: Mapper
    definition: FileDefinition
    context: Context
    model: MatchModel
    blinder: Blinder
    sealed_fields: frozenset[str]
    sealed_columns: frozenset[str]

    def prepare_rows(self, rows: Sequence[RawRow]) -> list[Prepared]:
        """One outcome per row, in order."""
        return [self.prepare_row(row) for row in rows]

    def prepare_row(self, row: RawRow) -> Prepared:
        """A row ready to be staged, or its refusal."""
        if row.fault:
            return RejectedRow(row.line, "row", row.fault, row.remedy, text=mask_cards(row.text))
        mapped = self.mapper.map(row)
        return self.prepare_mapped(row, mapped, standardise_row(mapped, self.definition, self.context))

    def prepare_mapped(self, row: RawRow, mapped: MappedRow, standard: StandardRow) -> Prepared:
        """As `prepare_row`, for a row that was standardised already."""
        refusal = next((fault for fault in standard.faults if fault.scope == "row"), None)
        if refusal is not None:
            text = mask_cards(row.text or self._text(row))
            return RejectedRow(
                row.line, "row", refusal.reason, refusal.remedy, mapped.key, refusal.field, text
            )
        canonical, sealed = self._seal(standard.canonical)
        raw = self.raw(row)
        packed = orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)
        ready = prepare(canonical)
        return ReadyRow(
            line=row.line,
            key=standard.key,
            kind=canonical["kind"],
            raw=raw,
            canonical=packed,
            prepared=ready.to_json().decode(),
            block_keys=blocking_keys(ready, self.model),
            digest=self._digest(row, packed),
            as_of=standard.as_of,
            faults=tuple(self._value_reject(row, standard.key, fault) for fault in standard.faults),
            sealed=tuple(sealed),
        )

    def raw(self, row: RawRow) -> bytes:
        """The row as delivered, by column; values of sealed fields masked."""
        return orjson.dumps(
            {
                column: masked(value) if column in self.sealed_columns else value
                for column, value in zip(self.columns, row.values, strict=True)
                if value is not None
            }
        )

    def _text(self, row: RawRow) -> str:
        """A refused row's text, rebuilt from its cells where the reader kept none."""
        return self.raw(row).decode()

    def _seal(self, canonical: dict[str, Any]) -> tuple[dict[str, Any], Sealed]:
        found = self.sealed_fields & canonical.keys()
        if not found:
            return canonical, []
        sealed: Sealed = []
        shown = dict(canonical)
        for field in sorted(found):
            values = canonical[field] if isinstance(canonical[field], list) else [canonical[field]]
            forms = []
            for position, value in enumerate(values):
                text, scheme = _plain(value)
                sealed.append((field, position, text))
                forms.append(self.blinder.sealed_form(text, scheme))
            shown[field] = forms
        return shown, sealed

    def _digest(self, row: RawRow, canonical: bytes) -> int:
        """Tells whether a record changed: keyed, because it covers sealed values too."""
        content = "\x1f".join([value or "" for value in row.values]).encode("utf-8", "surrogatepass")
        made = hashlib.blake2b(content + b"\x1e" + canonical, key=self.blinder.key, digest_size=8)
        return int.from_bytes(made.digest(), signed=True)

    def _value_reject(self, row: RawRow, key: str, fault: Any) -> RejectedRow:
        text = dict(zip(self.columns, row.values, strict=True)).get(fault.column) or ""
        if fault.field in self.sealed_fields or fault.column in self.sealed_columns:
            text = masked(text)
        return RejectedRow(row.line, "value", fault.reason, fault.remedy, key, fault.field, mask_cards(text))


def preparer(
    columns: tuple[str, ...],
    mapper: Mapper,
    sealed_columns: frozenset[str],
    *,
    definition: FileDefinition,
    context: Context,
    model: MatchModel,
    blinder: Blinder,
) -> Preparer:
    """The preparer of one file."""
    sealed = frozenset(field.key for field in definition.fields if field.privacy is PrivacyClass.SEALED)
    return Preparer(columns, mapper, definition, context, model, blinder, sealed, sealed_columns)


def _plain(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return str(value["value"]), str(value.get("scheme", ""))
    return str(value), ""
