"""A mapping says which column of a file means what. It is saved as a small YAML file, edited by hand and
reused.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import yaml

from customerfile.base.told import noted_text, told
from customerfile.definition.schema import FileDefinition
from customerfile.sources.faults import MappingFault
from customerfile.sources.targets import parse_target

KINDS_AS = (
    noted_text("customers"),
    noted_text("purchases"),
    noted_text("events"),
    noted_text("agreements"),
)
PSEUDO_FIELDS = frozenset({"full_name"})  # split into fields when the row is standardised
GENERATED = "generated"  # in place of a key column, or behind the key columns
_SCALARS = ("country", "date_order", "currency", "time_zone")
_TOP_KEYS = {"as", "key", *_SCALARS, "constants", "columns"}
_COLUMN_KEYS = {"column", "to", "transform", "split", "use", "values", "confidence"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    column: str
    targets: tuple[str, ...]
    transform: str = ""  # a name in values.transforms.TRANSFORMS
    split: str = ""  # what joins several values in one cell
    use: str = ""  # "home", "work", "mobile" ... for every value of the column
    confidence: float = 1.0
    values: tuple[tuple[str, str], ...] = ()  # what the file writes -> what it means


@dataclass(frozen=True, slots=True)
class Mapping:
    kind_as: str  # one of KINDS_AS
    key: tuple[str, ...]  # columns that together name the record in its source
    columns: tuple[ColumnMapping, ...]
    generated_key: bool = False  # where `key` is blank or (), the key is a hash of the row's content
    country: str = ""
    date_order: str = ""
    currency: str = ""
    time_zone: str = ""
    constants: dict[str, str] = field(
        default_factory=dict
    )  # target -> value, for rows that have none of their own


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file. Raises MappingFault with the line and a remedy."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingFault(
            told("{path} cannot be read as a mapping.", path=path), "Give a YAML file written in UTF-8."
        ) from error
    return parse_mapping(text)


def parse_mapping(text: str) -> Mapping:
    """As `load_mapping`, from the text of the file."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MappingFault(
            told(
                "This is not well-formed YAML: {problem}.",
                problem=getattr(error, "problem", "") or told("it cannot be parsed"),
            ),
            "Check indentation, colons and quotes on this line.",
            line=mark.line + 1 if mark else 0,
        ) from error
    return _mapping(_entries(node, noted_text("The mapping"), _TOP_KEYS))


def dump_mapping(mapping: Mapping) -> str:
    """The YAML text that `load_mapping` reads back to an equal mapping."""
    head: dict[str, object] = {"as": mapping.kind_as}
    head["key"] = _key_entry(mapping)
    head |= {name: getattr(mapping, name) for name in _SCALARS if getattr(mapping, name)}
    if mapping.constants:
        head["constants"] = dict(mapping.constants)
    head["columns"] = [_column_entry(column) for column in mapping.columns]
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False)


def check_mapping(mapping: Mapping, definition: FileDefinition) -> None:
    """Raises MappingFault for the first target whose field the definition does not declare."""
    known = {declared.key for declared in definition.fields} | PSEUDO_FIELDS
    for column in mapping.columns:
        for target in map(parse_target, column.targets):
            if target.declared and target.field not in known:
                close = get_close_matches(target.field, known, n=1)
                raise MappingFault(
                    told(
                        '"{column}" is mapped to "{field}", which is no declared field.',
                        column=column.column,
                        field=target.field,
                    ),
                    told('Did you mean "{field}"?', field=close[0])
                    if close
                    else "Declare the field, or map the column to another.",
                )


def _key_entry(mapping: Mapping) -> str | list[str]:
    if not mapping.generated_key:
        return list(mapping.key)
    return [*mapping.key, GENERATED] if mapping.key else GENERATED


def _column_entry(column: ColumnMapping) -> dict[str, object]:
    entry: dict[str, object] = {"column": column.column}
    entry["to"] = column.targets[0] if len(column.targets) == 1 else list(column.targets)
    entry |= {name: getattr(column, name) for name in ("transform", "split", "use") if getattr(column, name)}
    if column.values:
        entry["values"] = dict(column.values)
    if column.confidence < 1:
        entry["confidence"] = round(column.confidence, 2)
    return entry


def _mapping(entries: dict[str, yaml.Node]) -> Mapping:
    for name in ("as", "key", "columns"):
        if name not in entries:
            raise MappingFault(
                told('The mapping says nothing about "{name}".', name=name),
                told('Add a line "{name}: ...".', name=name),
            )
    kind_as = _text(entries["as"])
    if kind_as not in KINDS_AS:
        raise _fault(
            entries["as"],
            told('"{kind}" is not a kind of file.', kind=kind_as),
            told("Use one of: {choices}.", choices=", ".join(KINDS_AS)),
        )
    key, generated = _key(entries["key"])
    return Mapping(
        kind_as=kind_as,
        key=key,
        columns=tuple(_columns(entries["columns"])),
        generated_key=generated,
        constants=_constants(entries.get("constants")),
        **{name: _text(entries[name]) for name in _SCALARS if name in entries},
    )


def _key(node: yaml.Node) -> tuple[tuple[str, ...], bool]:
    """The key columns, and whether a row without them gets a generated key: "generated" alone or last in a
    list of several. A list of it alone is a column of that name.
    """
    texts = tuple(_texts(node))
    if isinstance(node, yaml.ScalarNode) and texts == (GENERATED,):
        return (), True
    if len(texts) > 1 and texts[-1] == GENERATED:
        return texts[:-1], True
    return texts, False


def _columns(node: yaml.Node) -> list[ColumnMapping]:
    if not isinstance(node, yaml.SequenceNode):
        raise _fault(
            node,
            noted_text('"columns" is not a list.'),
            noted_text('Write one "- column: ..." entry per column.'),
        )
    return [_column(entry) for entry in node.value]


def _column(node: yaml.Node) -> ColumnMapping:
    entries = _entries(node, noted_text("A column"), _COLUMN_KEYS)
    if "column" not in entries or "to" not in entries:
        raise _fault(
            node,
            noted_text('An entry has no "column" or no "to".'),
            noted_text("Give both: which column, and what it means."),
        )
    targets = tuple(_texts(entries["to"]))
    for target in targets:
        _checked_target(entries["to"], target)
    plain = {name: _text(entries[name]) for name in ("transform", "split", "use") if name in entries}
    confidence = _share(entries["confidence"]) if "confidence" in entries else 1.0
    values = tuple(_meanings(entries["values"]).items()) if "values" in entries else ()
    return ColumnMapping(_text(entries["column"]), targets, confidence=confidence, values=values, **plain)


def _meanings(node: yaml.Node) -> dict[str, str]:
    """{A: settled, B: defaulted}"""
    return {name: _text(value) for name, value in _entries(node, noted_text("values"), None).items()}


def _constants(node: yaml.Node | None) -> dict[str, str]:
    if node is None:
        return {}
    constants = {name: _text(value) for name, value in _entries(node, noted_text("constants"), None).items()}
    for target in constants:
        _checked_target(node, target)
    return constants


def _checked_target(node: yaml.Node, target: str) -> None:
    try:
        parse_target(target)
    except MappingFault as fault:
        raise _fault(node, fault.reason, fault.remedy) from fault


def _entries(node: yaml.Node | None, what: str, allowed: set[str] | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node is not None else 0
        raise MappingFault(
            told("{what} is not a list of names and values.", what=told(what)),
            'Write lines such as "as: customers".',
            line=line,
        )
    entries: dict[str, yaml.Node] = {}
    for name, value in node.value:
        key = _text(name)
        if allowed is not None and key not in allowed:
            raise _fault(
                name,
                told('"{key}" is not known here.', key=key),
                told("Use: {choices}.", choices=", ".join(sorted(allowed))),
            )
        if key in entries:
            raise _fault(name, told('"{key}" stands twice.', key=key), told("Keep one of the two."))
        entries[key] = value
    return entries


def _texts(node: yaml.Node) -> list[str]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [_text(one) for one in nodes]


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _fault(
            node,
            noted_text("A single value is expected here."),
            noted_text("Write one word or one quoted text."),
        )
    return str(node.value)


def _share(node: yaml.Node) -> float:
    try:
        share = float(_text(node))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise _fault(
            node,
            noted_text("A confidence is a number from 0 to 1."),
            noted_text("Write for example 0.8, or leave it out."),
        )
    return share


def _fault(node: yaml.Node, reason: str, remedy: str) -> MappingFault:
    return MappingFault(reason, remedy, line=node.start_mark.line + 1)
