"""What is understood of a form while it is filled in, line by line, by the standardisers that imports use. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from customerfile.base.told import noted_text, told
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.golden.shown import items_of, shown_text
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.intake.entering.layout import EntryLayout
from customerfile.intake.items import Unfit
from customerfile.intake.one_record import nothing_required, standard_record
from customerfile.sources.validation import StandardRow
from customerfile.values.kinds import mask

type Line = str | Mapping[str, str]  # what is typed of one value: a text, or the parts of an address
type Lines = Mapping[str, Sequence[Line]]  # by field; a line without text is an empty one

_NAMES = ("given_name", "family_name", "organisation_name")
_NAMELESS = noted_text("A customer needs a name. Write it.")


@dataclass(frozen=True, slots=True)
class Understood:
    """What one line comes to: a text as it would stand in the file, or a problem with its remedy."""

    shown: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form as it is filled in. `country` is where numbers and addresses that name none are from."""

    kind: str
    lines: Lines
    country: str = ""

    @property
    def record(self) -> dict[str, object]:
        """As a record that is handed over, without its key."""
        said: dict[str, object] = {"kind": self.kind}
        for field, lines in self.lines.items():
            written = [line for line in lines if line]
            if written:
                said[field] = written if len(written) > 1 else written[0]
        return said

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return len(self.record) == 1


def understand(form: TypedForm, definition: FileDefinition) -> dict[tuple[str, int], Understood]:
    """What is made of each line that holds something, by field and place."""
    declared = {field.key: field for field in definition.fields}
    return {
        (key, place): _understood(form, line, declared[key], definition)
        for key, lines in form.lines.items()
        if key in declared
        for place, line in enumerate(lines)
        if line
    }


def missing(form: TypedForm, layout: EntryLayout) -> dict[str, str]:
    """By field, what has to be filled in before the form can be saved."""
    return dict(_missing(form, layout))


def _missing(form: TypedForm, layout: EntryLayout) -> Iterator[tuple[str, str]]:
    said = form.record
    names = [field.key for field in layout.fields if field.key in _NAMES]
    if names and not any(key in said for key in names):
        yield names[-1], told(_NAMELESS)
    for field in layout.fields:
        if field.key in layout.required and field.key not in said:
            yield field.key, told("{field} is needed. Fill it in.", field=told(field.label))


def _understood(
    form: TypedForm, line: Line, field: FieldDefinition, definition: FileDefinition
) -> Understood:
    item = {"key": STAFF, "kind": form.kind, **_where(form, field), field.key: line}
    try:
        row = standard_record(item, nothing_required(definition), country=form.country)
    except Unfit as unfit:
        return Understood(problem=f"{told(unfit.reason)} {told(unfit.remedy)}")
    fault = next((each for each in row.faults if each.field in (field.key, "")), None)
    if fault is not None:
        return Understood(problem=f"{told(fault.reason)} {told(fault.remedy)}")
    notes = ", ".join(_notes(row, field))
    return Understood(", ".join(_shown(row, field, definition)) + (f" ({notes})" if notes else ""))


def _where(form: TypedForm, field: FieldDefinition) -> dict[str, Line]:
    """The address of the customer, whose country numbers are read by."""
    addresses = [line for line in form.lines.get("address", ()) if line]
    return {} if field.key == "address" or not addresses else {"address": addresses[0]}


def _shown(row: StandardRow, field: FieldDefinition, definition: FileDefinition) -> Iterator[str]:
    """The value, and what else was found in it."""
    labels = {each.key: each.label for each in definition.fields}
    for key, value in row.canonical.items():
        if key == field.key:
            yield from (_text(item, field) for item in items_of(value))
        elif key in labels and key != "address":
            yield told("{field}: {value}", field=told(labels[key]), value=value)


def _notes(row: StandardRow, field: FieldDefinition) -> Iterator[str]:
    """What was assumed."""
    prefix = f"{field.key}: "
    return (told(note.removeprefix(prefix)) for note in row.notes if note.startswith(prefix))


def _text(item: object, field: FieldDefinition) -> str:
    if field.privacy is PrivacyClass.SEALED:
        return mask(field.type, item["value"] if isinstance(item, dict) and "value" in item else str(item))
    return shown_text(item, field)
