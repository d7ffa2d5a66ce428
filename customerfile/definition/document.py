"""YAML text to a tree that knows its lines.

Bounded in size and depth and without aliases, so that no file can swell in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from customerfile.definition.errors import DefinitionFault

MAX_BYTES = 1_048_576
MAX_DEPTH = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `plain` tells an unquoted `true` from the text "true"."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file. A key written twice is here once, and a fault."""

    entries: dict[str, "Entry"]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    node: "Node"
    line: int  # of the key


type Node = Scalar | Listing | Mapping


class FaultList:
    """Gathers faults of one file, so that all are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[DefinitionFault] = []

    def add(self, line: int, reason: str, remedy: str) -> None:
        self.found.append(DefinitionFault(self.file, line, reason, remedy))


class _Unreadable(Exception):
    """Stops the reading where the rest of the text can no longer be understood."""

    def __init__(self, line: int, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.line, self.reason, self.remedy = line, reason, remedy


def read_document(text: str, faults: FaultList) -> Mapping:
    """The tree of a YAML document whose top is a mapping; an unreadable one is a fault and empty."""
    try:
        node = _read(text, faults)
    except _Unreadable as stop:
        faults.add(stop.line, stop.reason, stop.remedy)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(_line(mark), f"This is not valid YAML: {error.problem or error.context}.", _YAML_REMEDY)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        faults.add(line, "There is a character that YAML does not allow.", "Remove the control character.")
    else:
        if isinstance(node, Mapping):
            return node
        faults.add(node.line, "A definition is a list of sections.", 'Start with "packs: [base]".')
    return Mapping({}, 1)


_YAML_REMEDY = (
    "Check indentation, colons and quotes here; quote a text that holds a colon or starts with a symbol."
)


def _read(text: str, faults: FaultList) -> Node:
    if len(text) > MAX_BYTES:
        raise _Unreadable(
            0, f"The file is larger than {MAX_BYTES} characters.", "Remove what is not definition."
        )
    events = yaml.parse(text, Loader=_LOADER)
    nodes: list[Node] = []
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        if nodes:
            raise _Unreadable(_line(event.start_mark), "A second document starts here.", "Keep one per file.")
        nodes.append(_build(next(events), events, faults, depth=1))
    return nodes[0] if nodes else Mapping({}, 1)


def _build(event: yaml.Event, events: Iterator[yaml.Event], faults: FaultList, *, depth: int) -> Node:
    line = _line(event.start_mark)
    if depth > MAX_DEPTH:
        raise _Unreadable(line, f"More than {MAX_DEPTH} levels are nested here.", "A definition needs five.")
    if isinstance(event, yaml.AliasEvent):
        raise _Unreadable(line, f"The alias *{event.anchor} is not allowed.", "Write the value out again.")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, plain=event.implicit[0], line=line)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_build(item, events, faults, depth=depth + 1))
        return Listing(tuple(items), line)
    return _build_mapping(line, events, faults, depth=depth)


def _build_mapping(line: int, events: Iterator[yaml.Event], faults: FaultList, *, depth: int) -> Mapping:
    entries: dict[str, Entry] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _build(event, events, faults, depth=depth + 1)
        node = _build(next(events), events, faults, depth=depth + 1)
        if not isinstance(key, Scalar):
            faults.add(key.line, "A key is a single word, not a list.", "Write a plain word.")
        elif key.text in entries:
            first = entries[key.text].line
            reason = f'"{key.text}" is already declared in line {first}.'
            faults.add(key.line, reason, "Keep one of the two, or join them.")
        else:
            entries[key.text] = Entry(node, key.line)
    return Mapping(entries, line)


class _Mark(Protocol):
    @property
    def line(self) -> int: ...


def _line(mark: _Mark | None) -> int:
    return mark.line + 1 if mark else 0
