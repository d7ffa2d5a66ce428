"""Holds a log of events against the tracking plan, by the importer's own reading. Writes nothing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from customerfile.base.told import told
from customerfile.definition.name_proposals import proposed_name
from customerfile.definition.naming import is_object_action
from customerfile.definition.schema import FileDefinition
from customerfile.definition.tracking_plan import TrackingPlan
from customerfile.intake.context import reading_context
from customerfile.intake.errors import NoEventNames
from customerfile.intake.mending import NOTHING, Mending
from customerfile.intake.opening import sample
from customerfile.intake.single_events import said_properties
from customerfile.sources.mapper import Mapper, compile_mapping
from customerfile.sources.mapping import Mapping, load_mapping
from customerfile.sources.proposal import propose_mapping
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import RawRow, ReadOptions, RowStream
from customerfile.sources.spool import spool_file
from customerfile.values.outcome import Context

_MOST_LINES = 10


@dataclass(slots=True)
class Where:
    """How often something is found, and the first lines of it."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        self.count += 1
        if len(self.lines) < _MOST_LINES:
            self.lines.append(line)


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name of events in the log. `proposed`: what it may be called, where the plan does not have it."""

    name: str
    count: int
    fits: int
    is_planned: bool
    follows_convention: bool
    proposed: str


@dataclass(frozen=True, slots=True)
class MisfitFound:
    """Something about events of one name that does not fit. `field`: "name", or a property."""

    name: str
    field: str
    reason: str
    remedy: str
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A property that the plan does not name for these events: it would be kept as it comes."""

    name: str
    property: str
    count: int


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What a log says and whether the plan has it. `unreadable`: rows that cannot be read, or name no event."""

    rows: int
    fits: int
    names: tuple[NameFound, ...]
    misfits: tuple[MisfitFound, ...]
    unplanned: tuple[Unplanned, ...]
    unreadable: int
    unreadable_lines: tuple[int, ...]

    @property
    def all_fits(self) -> bool:
        """Whether an import would put nothing into quarantine."""
        return self.fits == self.rows


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A log, how it is read, and the rules of the source it is from, where they are to mend it first."""

    path: Path
    mapping: Path | None = None
    country: str = ""
    currency: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
    mending: Mending = NOTHING


def check_log(request: CheckRequest, *, definition: FileDefinition, spool: Path) -> PlanCheck:
    """Raises ReadFault, MappingFault, or NoEventNames where no column says what happened."""
    spooled = spool_file(request.path, spool)
    try:
        with closing(open_file(spooled.path, request.options, name=spooled.original_name)) as stream:
            mapping = _mapping(request, definition, stream)
            mapper = compile_mapping(mapping, stream.columns)
            reader = _Checker(mapper, TrackingPlan.of(definition), request.mending, reading_context(mapping))
            return reader.check(row for batch in stream.batches() for row in batch)
    finally:
        spooled.path.unlink(missing_ok=True)


def _mapping(request: CheckRequest, definition: FileDefinition, stream: RowStream) -> Mapping:
    if request.mapping is not None:
        found = load_mapping(request.mapping)
    else:
        found = propose_mapping(
            stream.columns, sample(stream), definition=definition, country=request.country, kind_as="events"
        ).mapping
    targets = {target for column in found.columns for target in column.targets} | found.constants.keys()
    if "event.name" not in targets:
        raise NoEventNames(
            told("No column says what happened."),
            told(
                "Call the column event, or name it in a mapping: customerfile plan check FILE --mapping MAPPING"
            ),
        )
    return replace(
        found,
        country=request.country or found.country,
        currency=request.currency or found.currency,
        generated_key=True,
    )


@dataclass(slots=True)
class _Checker:
    mapper: Mapper
    plan: TrackingPlan
    mending: Mending
    context: Context
    names: Counter[str] = field(default_factory=Counter)
    fitting: Counter[str] = field(default_factory=Counter)
    misfits: dict[tuple[str, str, str, str], Where] = field(default_factory=dict)
    unplanned: Counter[tuple[str, str]] = field(default_factory=Counter)
    unreadable: Where = field(default_factory=Where)

    def check(self, rows: Iterator[RawRow]) -> PlanCheck:
        """Every row, once."""
        count = 0
        for row in rows:
            count += 1
            self._add(row)
        return PlanCheck(
            count,
            self.fitting.total(),
            tuple(self._name(name) for name, _ in self.names.most_common()),
            tuple(
                MisfitFound(*what, where.count, tuple(where.lines))
                for what, where in sorted(self.misfits.items(), key=lambda each: -each[1].count)
            ),
            tuple(Unplanned(*what, number) for what, number in self.unplanned.most_common()),
            self.unreadable.count,
            tuple(self.unreadable.lines),
        )

    def _add(self, row: RawRow) -> None:
        mapped = None if row.fault else self.mapper.map(row)
        name = mapped.first("event.name") if mapped else ""
        if mapped is None or not name:
            self.unreadable.add(row.line)
            return
        mended = self.mending.apply(name, said_properties(mapped))
        self.names[name] += 1
        misfits = tuple(self.plan.misfits(mended.name, mended.properties, self.context))
        for each in misfits:
            what = (name, each.field, each.reason, each.remedy)
            self.misfits.setdefault(what, Where()).add(row.line)
        for property_ in self.plan.unplanned(mended.name, mended.properties):
            self.unplanned[name, property_] += 1
        self.fitting[name] += not misfits

    def _name(self, name: str) -> NameFound:
        here = self.mending.apply(name, {}).name
        is_planned = here in self.plan.names
        proposed = "" if is_planned else proposed_name(name, self.plan.names)
        return NameFound(
            name,
            self.names[name],
            self.fitting[name],
            is_planned,
            is_object_action(name),
            "" if proposed == name else proposed,
        )
