"""Holds a laid definition against the rules and gives every breach the line where its writer can mend it."""

from collections.abc import Iterable, Iterator

from customerfile.definition import rules
from customerfile.definition.attributes import Declaration, did_you_mean
from customerfile.definition.document import FaultList
from customerfile.definition.overlay import Declarations
from customerfile.definition.removal import Removals
from customerfile.definition.rules import Breach, Declared
from customerfile.definition.schema import (
    AgreementKind,
    EventType,
    FieldDefinition,
    FileDefinition,
    PropertyDefinition,
)


def check(
    laid: FileDefinition, below: FileDefinition, declared: Declarations, removals: Removals, faults: FaultList
) -> None:
    """Adds a fault for every breach in what was declared and for all that a removal leaves hanging."""
    known = Declared([p.key for p in laid.purposes], [c.key for c in laid.retention_classes])
    for purpose in laid.purposes:
        _place(rules.purpose_breaches(purpose), declared["purposes"].get(purpose.key), faults)
    for retention in laid.retention_classes:
        _place(rules.class_breaches(retention), declared["retention_classes"].get(retention.key), faults)
    before = {field.key: field for field in below.fields}
    for field in laid.fields:
        breaches = _field_breaches(field, before, declared["fields"], known)
        _place(breaches, declared["fields"].get(field.key), faults)
    for event in laid.event_types:
        breaches = _event_breaches(event, below, declared["event_types"], known)
        _place(breaches, declared["event_types"].get(event.name), faults)
    for kind in laid.agreement_kinds:
        breaches = _kind_breaches(kind, below, declared["agreement_kinds"], known)
        _place(breaches, declared["agreement_kinds"].get(kind.key), faults)
    _check_removals(laid, declared, removals, faults)


def _place(breaches: Iterable[Breach], declaration: Declaration | None, faults: FaultList) -> None:
    if declaration is None:  # untouched by this file: whole before, or left hanging by a removal (told there)
        return
    for breach in breaches:
        if not declaration.was_refused(breach.attribute):  # else told when it was read
            faults.add(declaration.line_of(breach.attribute), breach.reason, breach.remedy)


def _field_breaches(
    field: FieldDefinition,
    before: dict[str, FieldDefinition],
    declared: dict[str, Declaration],
    known: Declared,
) -> Iterator[Breach]:
    below = before.get(field.key)
    written = declared[field.key].values if field.key in declared else {}
    near = "" if below or "type" in written else did_you_mean(field.key, before)
    first = list(rules.override_breaches(below, field)) if below else []
    if near.startswith("Did you mean"):
        reason = f'No pack declares "{field.key}", so it is a new field, and it has no type.'
        first.append(Breach("", reason, f"{near} A new field needs a label, a type and purposes."))
    yield from first or rules.field_breaches(field, known)


def _event_breaches(
    event: EventType, below: FileDefinition, declared: dict[str, Declaration], known: Declared
) -> Iterator[Breach]:
    yield from rules.event_breaches(event, known)
    had = next((e.properties for e in below.event_types if e.name == event.name), ())
    yield from _needless(event.name, "property", had, declared)


def _kind_breaches(
    kind: AgreementKind, below: FileDefinition, declared: dict[str, Declaration], known: Declared
) -> Iterator[Breach]:
    yield from rules.agreement_breaches(kind, known)
    had = next((k.terms for k in below.agreement_kinds if k.key == kind.key), ())
    yield from _needless(kind.key, "term", had, declared)


def _needless(
    name: str, noun: str, had: tuple[PropertyDefinition, ...], declared: dict[str, Declaration]
) -> Iterator[Breach]:
    """What is left out `without` having been there."""
    without = declared[name].values.get("without", ()) if name in declared else ()
    for key in without if isinstance(without, tuple) else ():
        if key not in [each.key for each in had]:
            yield Breach("without", f'"{name}" has no {noun} "{key}" to leave out.', "Remove it here.")


def _check_removals(
    laid: FileDefinition, declared: Declarations, removals: Removals, faults: FaultList
) -> None:
    for section in declared:
        for key, line in removals.of(section).items():
            if key in declared[section]:
                where = declared[section][key].line
                faults.add(
                    line, f'"{key}" is removed here and declared in line {where}.', "Keep one of the two."
                )
    first_line = min(removals.of("purposes").values(), default=0)
    for field in laid.fields:
        if not field.purposes and field.key not in declared["fields"] and first_line:
            reason = f'The field "{field.key}" would be left without a purpose.'
            faults.add(first_line, reason, "Remove the field as well, or give it another purpose.")
    for key, line in removals.of("retention_classes").items():
        users = [f.key for f in laid.fields if f.retention == key and f.key not in declared["fields"]]
        users += [
            e.name for e in laid.event_types if e.retention == key and e.name not in declared["event_types"]
        ]
        users += [
            k.key
            for k in laid.agreement_kinds
            if k.retention == key and k.key not in declared["agreement_kinds"]
        ]
        if users and key not in declared["retention_classes"]:
            reason = f'The retention class "{key}" is still used by {", ".join(users)}.'
            faults.add(line, reason, "Give these another class, or keep this one.")
