"""A mapping compiled for one file's columns: from a row as delivered to raw values by field. Judges no
value."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from customerfile.base.told import told
from customerfile.sources.faults import MappingFault
from customerfile.sources.mapping import ColumnMapping, Mapping
from customerfile.sources.rows import RawRow
from customerfile.sources.targets import Target, parse_target
from customerfile.sources.uses import normal_use
from customerfile.values.outcome import Context, Refused
from customerfile.values.transforms import TRANSFORMS

KEY_JOINT = "|"
_BY_KEY = ("key", "customer.key")


class RawValue(NamedTuple):
    """One value as delivered, for one field. A dict holds the parts of an address, or `value` with its
    scheme ..."""

    raw: str | dict[str, str]
    use: str = ""
    column: str = ""


# What RawValue(...) does, at a third of its cost: it is made for every cell of every row.
_raw_value: Callable[[tuple[str, str, str]], RawValue] = partial(tuple.__new__, RawValue)


@dataclass(frozen=True, slots=True)
class Untransformed:
    """A cell that its transform refused."""

    field: str
    column: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class MappedRow:
    line: int
    key: str  # "" when the row names none; of a purchase or event, the customer's key
    kind: str  # as written, or the mapping's constant, or ""
    updated_at: str
    fields: dict[str, list[RawValue]]  # also "order.at", "event.name", "event.property.NAME"
    refused: tuple[Untransformed, ...] = ()
    cells: tuple[str | None, ...] = ()  # the whole row as delivered

    def first(self, field: str) -> str:
        """The first raw text under this key, or ""."""
        found = self.fields.get(field)
        return str(found[0].raw) if found else ""


type _Fields = dict[str, list[RawValue]]
type _Cells = tuple[str | None, ...]
type _Refusals = list[Untransformed]
type _Step = Callable[[_Cells, _Fields, _Refusals], None]
type _Group = list[tuple[ColumnMapping, Target]]


@dataclass(frozen=True, slots=True)
class Mapper:
    key_of: Callable[[_Cells], str]
    steps: tuple[_Step, ...]
    constants: tuple[tuple[str, RawValue], ...]
    unmapped: tuple[str, ...]  # columns that stay in the raw record only

    def map(self, row: RawRow) -> MappedRow:
        """For a row without fault. Blank cells are absent; texts are stripped."""
        fields: _Fields = {}
        refusals: _Refusals = []
        cells = row.values
        for step in self.steps:
            step(cells, fields, refusals)
        for name, value in self.constants:
            if name not in fields:
                fields[name] = [value]
        kind, updated = fields.pop("kind", None), fields.pop("updated_at", None)
        return MappedRow(
            row.line,
            self.key_of(cells),
            str(kind[0].raw) if kind else "",
            str(updated[0].raw) if updated else "",
            fields,
            tuple(refusals),
            cells,
        )


def compile_mapping(mapping: Mapping, columns: tuple[str, ...]) -> Mapper:
    """Raises MappingFault where the mapping names a column the file does not have, or an unknown
    transform."""
    places = {column: place for place, column in enumerate(columns)}
    for name in (*mapping.key, *(column.column for column in mapping.columns)):
        if name not in places:
            raise _no_column(name, columns)
    used = {column.column for column in mapping.columns} | set(mapping.key)
    return Mapper(
        _key_of(mapping, places),
        tuple(_steps(mapping, places)),
        tuple(_constants(mapping)),
        tuple(column for column in columns if column not in used),
    )


def content_key(cells: _Cells) -> str:
    """A key for a row that has none: the same content gives the same key."""
    content = "\x1f".join([(cell or "").strip() for cell in cells])
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:20]


def _no_column(name: str, columns: tuple[str, ...]) -> MappingFault:
    return MappingFault(
        told('The mapping names the column "{column}", which the file does not have.', column=name),
        told(
            "The file has: {columns}.",
            columns=", ".join(columns[:30]) + (" ..." if len(columns) > 30 else ""),
        ),
    )


def _context(mapping: Mapping) -> Context:
    country, currency = mapping.country.upper(), mapping.currency.upper()
    return Context(country, mapping.date_order, currency, mapping.time_zone or "UTC")


def _constants(mapping: Mapping) -> list[tuple[str, RawValue]]:
    """Those of whole fields; those of a part ("address.country") join the values of their group."""
    parsed = [(parse_target(text), value) for text, value in mapping.constants.items()]
    return [(target.field, RawValue(value)) for target, value in parsed if target.part in ("value", "full")]


def _key_of(mapping: Mapping, places: dict[str, int]) -> Callable[[_Cells], str]:
    if not mapping.generated_key:
        return _written_key(mapping, places)
    if not mapping.key:
        return content_key
    written = _written_key(mapping, places)
    return lambda cells: written(cells) or content_key(cells)


def _written_key(mapping: Mapping, places: dict[str, int]) -> Callable[[_Cells], str]:
    marked = tuple(column.column for column in mapping.columns if set(column.targets) & set(_BY_KEY))
    transforms = {column.column: column.transform for column in mapping.columns}
    parts = [(places[name], transforms.get(name, "")) for name in mapping.key or marked]
    if len(parts) == 1 and not parts[0][1]:
        place = parts[0][0]
        return lambda cells: (cells[place] or "").strip()
    context = _context(mapping)
    return lambda cells: _joined_key(cells, parts, context)


def _joined_key(cells: _Cells, parts: list[tuple[int, str]], context: Context) -> str:
    """ "" unless every part is there: half a key would name several records."""
    found = []
    for place, transform in parts:
        text = (cells[place] or "").strip()
        made = TRANSFORMS[transform](text, context) if transform and text else {}
        found.append(text if isinstance(made, Refused) else made.get("value", text))
    return KEY_JOINT.join(found) if all(found) else ""


def _steps(mapping: Mapping, places: dict[str, int]) -> list[_Step]:
    groups: dict[tuple[str, int], _Group] = {}
    for column in mapping.columns:
        _refuse_unknown_transform(column)
        for text in column.targets:
            if text not in _BY_KEY:
                target = parse_target(text)
                groups.setdefault((target.field, target.group), []).append((column, target))
    fixed: dict[tuple[str, int], dict[str, str]] = {}
    for text, value in mapping.constants.items():
        target = parse_target(text)
        fixed.setdefault((target.field, target.group), {})[target.part] = value
    context = _context(mapping)
    steps: list[_Step] = []
    in_order = sorted(groups.items(), key=lambda item: item[0][1])  # full_name before full_name[2]
    for place, members in in_order:
        made = _GroupSteps(members, places, fixed.get(place, {}), context)
        steps += [made.address_step()] if place[0] == "address" else made.value_steps()
    return steps


def _refuse_unknown_transform(column: ColumnMapping) -> None:
    if column.transform and column.transform not in TRANSFORMS:
        raise MappingFault(
            told(
                '"{column}" asks for the transform "{transform}", which does not exist.',
                column=column.column,
                transform=column.transform,
            ),
            told("Use one of: {choices}.", choices=", ".join(sorted(TRANSFORMS))),
        )


class _GroupSteps:
    """Steps for the columns of one value (a phone with its type, the parts of an address). They run on
    every row."""

    def __init__(
        self, members: _Group, places: dict[str, int], fixed: dict[str, str], context: Context
    ) -> None:
        self._members = members
        self._places = places
        self._fixed = {part: text for part, text in fixed.items() if part not in ("value", "full")}
        self._context = context

    def value_steps(self) -> list[_Step]:
        """One step per column with values; types, schemes and countries come from the columns beside it."""
        sides = [
            (target.part, self._places[column.column])
            for column, target in self._members
            if target.part != "value"
        ]
        values = [(column, target.field) for column, target in self._members if target.part == "value"]
        return [
            self._with_sides(column, field, sides)
            if sides or column.split or column.transform or column.values or self._fixed
            else self._plain(column, field)
            for column, field in values
        ]

    def _plain(self, column: ColumnMapping, field: str) -> _Step:
        name, place, use = column.column, self._places[column.column], _use(column)

        def step(cells: _Cells, fields: _Fields, refusals: _Refusals) -> None:
            raw = cells[place]
            if raw and (raw := raw.strip()):
                value = _raw_value((raw, use, name))
                if field in fields:
                    fields[field].append(value)
                else:
                    fields[field] = [value]

        return step

    def _with_sides(self, column: ColumnMapping, field: str, sides: list[tuple[str, int]]) -> _Step:
        name, place, use, split = column.column, self._places[column.column], _use(column), column.split
        fixed = self._fixed

        def step(cells: _Cells, fields: _Fields, refusals: _Refusals) -> None:
            raw = cells[place]
            if raw is None:
                return
            said = {part: text for part, at in sides if (text := (cells[at] or "").strip())}
            side = fixed | said
            spoken = normal_use(side.pop("use", "")) or use
            for text in raw.split(split) if split else (raw,):
                made = self._transformed(text.strip(), column, field, refusals)
                if made:
                    value = RawValue({"value": made, **side} if side else made, spoken, name)
                    fields.setdefault(field, []).append(value)

        return step

    def _transformed(self, text: str, column: ColumnMapping, field: str, refusals: _Refusals) -> str:
        text = dict(column.values).get(text, text) if column.values else text
        if not column.transform or not text:
            return text
        made = TRANSFORMS[column.transform](text, self._context)
        if isinstance(made, Refused):
            refusals.append(Untransformed(field, column.column, made.reason, made.remedy))
            return ""
        return made.get(field, "") or made.get("value", "")

    def address_step(self) -> _Step:
        """Cells to one address (or to several, where a cell joins several values)."""
        parts = [(target.part, self._places[column.column]) for column, target in self._members]
        use = next((_use(column) for column, _ in self._members if column.use), "")
        split = next((column.split for column, _ in self._members if column.split), "")
        name = next((one.column for one, target in self._members if target.part != "use"), "")
        fixed = self._fixed

        def step(cells: _Cells, fields: _Fields, refusals: _Refusals) -> None:
            found: dict[str, str] = {}
            for part, place in parts:
                raw = cells[place]
                if raw is not None and (raw := raw.strip()):
                    found[part] = f"{found[part]}, {raw}" if part in found else raw
            said = normal_use(found.pop("use", "")) or use
            if not found:
                return
            if "po_box" in found:
                _put_box(found)
            for address in _unjoined(found, split) if split else (found,):
                fields.setdefault("address", []).append(RawValue(fixed | address, said, name))

        return step


def _use(column: ColumnMapping) -> str:
    return normal_use(column.use) or column.use


def _put_box(found: dict[str, str]) -> None:
    found["street_2" if "line" in found else "line"] = f"PO Box {found.pop('po_box')}"


def _unjoined(found: dict[str, str], split: str) -> list[dict[str, str]]:
    """{"city": "Rome ::: Oslo", "country": "IT ::: NO"} -> two addresses, part by part."""
    pieces = {part: text.split(split) for part, text in found.items()}
    count = max(len(texts) for texts in pieces.values())
    return [
        {part: texts[at].strip() for part, texts in pieces.items() if at < len(texts) and texts[at].strip()}
        for at in range(count)
    ]
