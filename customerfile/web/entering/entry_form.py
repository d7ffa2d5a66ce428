"""The form of a new customer: what a request says of it, and how it is laid out. Pure but for reading the request.

Inputs are called `email.1`, `address.1.city`: the field, which of its values, and the part of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from customerfile.definition.schema import FieldDefinition, FileDefinition
from customerfile.intake.entering.layout import AskedGroup, EntryLayout
from customerfile.intake.entering.understanding import Line, TypedForm, Understood
from customerfile.intake.one_record import nothing_required, standard_record
from customerfile.sources.kinds_of_customer import ORGANISATION, PERSON
from customerfile.web.address_parts import part_label
from customerfile.web.words import group_title

KINDS = (PERSON, ORGANISATION)
PARTS = ("street", "house_number", "unit", "street_2", "postcode", "city", "region", "country", "use")
_NAME = re.compile(r"([a-z][a-z0-9_]*)\.([1-9][0-9]?)(?:\.([a-z0-9_]+))?")
_LONGEST = 1000
_MOST_LINES = 20
_MODES = {"email": "email", "phone": "tel", "url": "url", "integer": "numeric"}
_DIGITS_OF_PHONES = 5

type Typed = Mapping[str, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One value as it can be typed. `parts`: name, label and text of each part of an address."""

    name: str
    id: str
    text: str
    parts: tuple[tuple[str, str, str], ...]
    understood: Understood
    is_first: bool
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ShownEntryField:
    """A field of the form. `problem`: that it has to be filled in."""

    definition: FieldDefinition
    lines: tuple[ShownLine, ...]
    required: bool
    problem: str
    mode: str

    @property
    def is_open(self) -> bool:
        """Whether it has to be seen, wherever it stands: it holds something, lacks something or is to hold more."""
        return bool(self.problem) or any(
            line.text or line.is_new or any(text for _, _, text in line.parts) for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class ShownEntryGroup:
    title: str
    fields: tuple[ShownEntryField, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What is told of a form: what was made of each line, what is missing, and the field that one more line is for."""

    understood: Mapping[tuple[str, int], Understood]
    missing: Mapping[str, str]
    more: str = ""


def typed_lines(sent: QueryDict, fields: Sequence[FieldDefinition]) -> dict[str, list[Line]]:
    """What was typed, by field, with empty lines where nothing stands."""
    known = {field.key: field for field in fields}
    found: dict[str, dict[int, dict[str, str]]] = {}
    for name in sent:
        match = _NAME.fullmatch(name)
        if match is None or match[1] not in known or int(match[2]) > _MOST_LINES:
            continue
        part = match[3] or "value"
        if part in (PARTS if known[match[1]].type == "address" else ("value",)):
            text = str(sent[name]).strip()[:_LONGEST]
            found.setdefault(match[1], {}).setdefault(int(match[2]), {})[part] = text
    return {key: [_line(places[place]) for place in sorted(places)] for key, places in found.items()}


def from_search(query: str, kind: str, definition: FileDefinition) -> dict[str, list[Line]]:
    """What somebody looked for in vain, in the fields where it belongs."""
    if not query:
        return {}
    if "@" in query:
        return {"email": [query]}
    if sum(map(str.isdigit, query)) >= _DIGITS_OF_PHONES and not any(map(str.isalpha, query)):
        return {"phone": [query]}
    item = {"key": "search", "kind": kind, "full_name": query}
    said = standard_record(item, nothing_required(definition)).canonical
    return {key: [str(value)] for key, value in said.items() if key != "kind" and isinstance(value, str)}


def shown_entry(
    groups: Sequence[AskedGroup], layout: EntryLayout, form: TypedForm, found: Found
) -> tuple[ShownEntryGroup, ...]:
    """Groups of fields with what was typed."""
    return tuple(
        ShownEntryGroup(
            group_title(group.key), tuple(_shown(field, layout, form, found) for field in group.fields)
        )
        for group in groups
    )


def kept_aside(lines: Typed, layout: EntryLayout) -> tuple[tuple[str, str], ...]:
    """What was typed into fields of the other kind of customer, as names and texts: it comes back with the kind."""
    shown = {field.key for field in layout.fields}
    return tuple(pair for key, typed in lines.items() if key not in shown for pair in _as_inputs(key, typed))


def _as_inputs(key: str, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines, start=1):
        if isinstance(line, str):
            yield f"{key}.{place}", line
        else:
            yield from ((f"{key}.{place}.{part}", text) for part, text in line.items())


def _line(parts: dict[str, str]) -> Line:
    written = {part: text for part, text in parts.items() if text}
    return written.get("value", "") if "value" in parts else written


def _shown(field: FieldDefinition, layout: EntryLayout, form: TypedForm, found: Found) -> ShownEntryField:
    typed = list(form.lines.get(field.key, ())) or [""]
    adds_one = field.key == found.more and len(typed) < _MOST_LINES
    lines = [_shown_line(field, place, line, found) for place, line in enumerate(typed)]
    if adds_one:
        lines.append(_shown_line(field, len(lines), "", found, is_new=True))
    return ShownEntryField(
        field,
        tuple(lines),
        field.key in layout.required,
        found.missing.get(field.key, ""),
        _MODES.get(field.type, ""),
    )


def _shown_line(
    field: FieldDefinition, place: int, line: Line, found: Found, *, is_new: bool = False
) -> ShownLine:
    parts = line if isinstance(line, Mapping) else {}
    number = place + 1
    return ShownLine(
        name=f"{field.key}.{number}",
        id=f"{field.key}-{number}",
        text=line if isinstance(line, str) else "",
        parts=tuple((part, part_label(part), parts.get(part, "")) for part in PARTS)
        if field.type == "address"
        else (),
        understood=found.understood.get((field.key, place), Understood()),
        is_first=place == 0,
        is_new=is_new,
    )
