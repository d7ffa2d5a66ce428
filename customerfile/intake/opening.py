"""Opens a delivered file: a private copy, the reader that fits it, and the mapping, given or proposed."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from customerfile.definition.schema import FileDefinition
from customerfile.sources.mapper import Mapper, compile_mapping
from customerfile.sources.mapping import Mapping, check_mapping, load_mapping
from customerfile.sources.proposal import Proposal, propose_mapping
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import RawRow, ReadOptions, RowStream
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.spool import Spooled, spool_file

SAMPLE_ROWS = 1000


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What somebody asked for. Empty text means: find out.

    `name`: of the file, where `path` is a copy of another name. `first_rows`: how many of its rows count, 0 for all.
    """

    path: Path
    source: str
    kind_as: str = ""
    source_kind: SourceKind | None = None  # where the source must be of this kind
    mapping: Path | Mapping | None = None
    country: str = ""
    currency: str = ""
    time_zone: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
    dry_run: bool = False
    name: str = ""
    first_rows: int = 0


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file ready to be taken in. `proposal` is None where the mapping was given."""

    spooled: Spooled
    stream: RowStream
    mapping: Mapping
    mapper: Mapper
    options: ReadOptions
    proposal: Proposal | None


def open_delivery(request: ImportRequest, *, definition: FileDefinition, spool: Path) -> OpenedFile:
    """Copy, open and map a file. Raises ReadFault or MappingFault where that cannot be done."""
    spooled = spool_file(request.path, spool)
    if request.name:
        spooled = replace(spooled, original_name=request.name)
    with ExitStack() as unless_opened:
        unless_opened.callback(spooled.path.unlink, missing_ok=True)
        opened = _opened(request, definition, spooled)
        unless_opened.pop_all()
    return opened


def _opened(request: ImportRequest, definition: FileDefinition, spooled: Spooled) -> OpenedFile:
    stream = open_file(spooled.path, request.options, name=spooled.original_name)
    mapping, proposal = _mapping(request, definition, stream)
    mapping = replace(
        mapping,
        country=request.country or mapping.country,
        currency=request.currency or mapping.currency,
        time_zone=request.time_zone or mapping.time_zone,
    )
    check_mapping(mapping, definition)
    mapper = compile_mapping(mapping, stream.columns)
    return OpenedFile(spooled, stream, mapping, mapper, request.options, proposal)


def _mapping(
    request: ImportRequest, definition: FileDefinition, stream: RowStream
) -> tuple[Mapping, Proposal | None]:
    if request.mapping is not None:
        given = request.mapping
        return (given if isinstance(given, Mapping) else load_mapping(given)), None
    proposal = propose_mapping(
        stream.columns,
        sample(stream),
        definition=definition,
        country=request.country,
        kind_as=request.kind_as or None,
    )
    return proposal.mapping, proposal


def sample(stream: RowStream) -> list[RawRow]:
    """The first rows that can be read."""
    rows = (row for batch in stream.batches() for row in batch if not row.fault)
    return list(islice(rows, SAMPLE_ROWS))
