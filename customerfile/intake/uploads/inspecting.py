"""Looks into a file before anything is done with it: its format, columns and first rows, and what they seem to mean."""

from __future__ import annotations

from collections.abc import Mapping as Told
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from customerfile.definition.queries import current_definition
from customerfile.sources.delivered_mappings import mapping_of_last_delivery
from customerfile.sources.faults import EmptyFile, MappingFault
from customerfile.sources.mapping import Mapping, check_mapping, parse_mapping
from customerfile.sources.proposal import Proposal, propose_mapping
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import Detected, RawRow, ReadOptions

_SAMPLE_ROWS = 300
_KINDS_OF_OPTION = {field.name for field in fields(ReadOptions)} - {"batch_rows"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds, by its beginning. `rows` is an estimate where the file is large, None where unknown."""

    columns: tuple[str, ...]
    detected: Detected
    rows: int | None
    sample: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A mapping to begin with. `origin`: "proposed", or "delivery:12" where that source was read so before."""

    mapping: Mapping
    origin: str


def look_into(path: Path, *, name: str, options: Told[str, Any]) -> Look:
    """Open a file and read its first rows. Raises ReadFault."""
    stream = open_file(path, read_options(options), name=name)
    try:
        batches = stream.batches()
        sample = tuple(islice((row for batch in batches for row in batch), _SAMPLE_ROWS))
    finally:
        stream.close()
    if not sample:
        raise EmptyFile(
            "The file holds the names of columns and no row below them.",
            "Export it again; an export of nothing often means a wrong filter.",
        )
    exact = len(sample) < _SAMPLE_ROWS
    return Look(stream.columns, stream.detected, len(sample) if exact else stream.estimated_rows, sample)


def read_options(options: Told[str, Any]) -> ReadOptions:
    """How a file is to be read, from what is kept of it."""
    return ReadOptions(**{key: value for key, value in options.items() if key in _KINDS_OF_OPTION})


def kept_detected(detected: Detected) -> dict[str, Any]:
    """What was found out, to be kept as JSON."""
    return asdict(detected) | {"notes": list(detected.notes)}


def proposal_for(look: Look, *, kind_as: str = "", country: str = "") -> Proposal:
    """What the columns seem to mean."""
    readable = [row for row in look.sample if not row.fault]
    return propose_mapping(
        look.columns,
        readable,
        definition=current_definition(),
        country=country,
        kind_as=kind_as or None,
    )


def start_for(look: Look, *, source_key: str, kind_as: str, country: str) -> Start:
    """The mapping that this source's last file of the kind was read with, where it fits; else a proposal."""
    former = mapping_of_last_delivery(source_key, kind_as)
    if former is not None:
        fitting = _fitting(former.mapping, look.columns)
        if fitting is not None:
            return Start(fitting, f"delivery:{former.delivery_id}")
    return Start(proposal_for(look, kind_as=kind_as, country=country).mapping, "proposed")


def _fitting(text: str, columns: tuple[str, ...]) -> Mapping | None:
    try:
        mapping = parse_mapping(text)
        check_mapping(mapping, current_definition())
    except MappingFault:
        return None
    named = {*mapping.key, *(column.column for column in mapping.columns)}
    return mapping if named <= set(columns) else None
