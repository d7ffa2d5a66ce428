"""`customerfile definition`: show the running definition, check a file, apply a file."""

import getpass
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from customerfile.base.clock import now
from customerfile.definition.dumping import dump_definition
from customerfile.definition.errors import LossyChange, WrongDefinition
from customerfile.definition.loading import parse_definition, read_definition_file
from customerfile.definition.operations import Applied, apply_definition
from customerfile.definition.queries import Planned, current_definition, plan_definition
from customerfile.definition.schema import FileDefinition
from customerfile.definition.stored import to_document

NOT_APPLIED = 1
WRONG = 2

File = Annotated[Path, typer.Argument(help="The definition file (YAML).", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(
        no_args_is_help=True, help="What the file keeps about a customer: fields, event types, purposes."
    )
    for command, example in (
        (show, "definition show --yaml > definition.yaml"),
        (check, "definition check definition.yaml"),
        (apply, "definition apply definition.yaml --dry-run"),
    ):
        group.command(epilog=f"Example: customerfile {example}")(command)
    app.add_typer(group, name="definition")


def show(
    as_json: AsJson = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="As a file to edit and apply.")] = False,
) -> None:
    """Show the running definition."""
    definition = current_definition()
    if as_json:
        _print_json({"version": definition.version, **to_document(definition)})
    elif as_yaml:
        typer.echo(dump_definition(definition), nl=False)
    else:
        _print_tables(definition)


def check(file: File, as_json: AsJson = False) -> None:
    """Check a definition file without applying it. Exit code 2 where it is wrong."""
    try:
        definition = parse_definition(read_definition_file(file), file=str(file))
    except WrongDefinition as wrong:
        raise _refused(wrong, as_json) from wrong
    counts = {"fields": len(definition.fields), "event_types": len(definition.event_types)}
    if as_json:
        _print_json({"ok": True, "packs": list(definition.packs), **counts})
    else:
        typer.echo(f"{file} is right: {counts['fields']} fields, {counts['event_types']} event types.")


def apply(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="Accept the loss of data without being asked.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change; change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a definition file the running definition. Asks before data would be lost.

    Exit code 0 where it runs now, 1 where it was not applied because data would be lost, 2 where it is wrong.
    """
    try:
        text = read_definition_file(file)
        if dry_run:
            _print_plan(plan_definition(text, file=str(file)), as_json)
        else:
            _print_applied(_apply(text, file, accept_loss=yes, may_ask=not as_json), as_json)
    except WrongDefinition as wrong:
        raise _refused(wrong, as_json) from wrong
    except LossyChange as lossy:
        raise _kept(lossy, as_json) from lossy


def _apply(text: str, file: Path, *, accept_loss: bool, may_ask: bool) -> Applied:
    """Applies; where data would be lost, asks the person at the terminal and applies on a yes."""
    author = f"command line: {_user_name()}"
    try:
        return apply_definition(text, file=str(file), by=author, at=now(), accept_loss=accept_loss)
    except LossyChange as lossy:
        if not (may_ask and _is_interactive()):
            raise
        _print_lines("Applying this would lose data:", lossy.losses)
        if not typer.confirm("Apply it all the same?"):
            raise
    return apply_definition(text, file=str(file), by=author, at=now(), accept_loss=True)


def _is_interactive() -> bool:
    return sys.stdin.isatty()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container may run under a number that has no name
        return "unnamed user"


def _refused(wrong: WrongDefinition, as_json: bool) -> typer.Exit:
    if as_json:
        faults = [
            {"file": fault.file, "line": fault.line, "reason": fault.reason, "remedy": fault.remedy}
            for fault in wrong.faults
        ]
        _print_json({"ok": False, "faults": faults})
    else:
        for fault in wrong.faults:
            typer.echo(str(fault), err=True)
        typer.echo("Nothing was changed.", err=True)
    return typer.Exit(WRONG)


def _kept(lossy: LossyChange, as_json: bool) -> typer.Exit:
    if as_json:
        _print_json({"ok": True, "applied": False, "losses": list(lossy.losses)})
    else:
        _print_lines("Not applied, because data would be lost:", lossy.losses)
        typer.echo("Nothing was changed. Repeat with --yes to accept the loss.")
    return typer.Exit(NOT_APPLIED)


def _print_plan(planned: Planned, as_json: bool) -> None:
    if as_json:
        told = {"changes": list(planned.changes), "losses": list(planned.losses)}
        _print_json({"ok": True, "applied": False, **told})
        return
    _print_lines("Would change:" if planned.changes else "Would change nothing.", planned.changes)
    if planned.losses:
        _print_lines("Would lose:", planned.losses)


def _print_applied(applied: Applied, as_json: bool) -> None:
    if as_json:
        told = {"changes": list(applied.changes), "losses": list(applied.losses)}
        _print_json({"ok": True, "applied": True, "version": applied.version, **told})
        return
    _print_lines(f"Version {applied.version} of the definition is running.", applied.changes)
    if not applied.changes:
        typer.echo("Nothing has changed.")


def _print_lines(title: str, lines: tuple[str, ...]) -> None:
    typer.echo(title)
    for line in lines:
        typer.echo(f"  {line}")


def _print_json(document: dict[str, object]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _print_tables(definition: FileDefinition) -> None:
    console = Console()
    applied = f"version {definition.version}" if definition.version else "nothing applied yet"
    console.print(f"Packs: {', '.join(definition.packs)} ({applied})")
    fields = Table("Field", "Label", "Type", "Class", "Purposes", title="Fields")
    for field in definition.fields:
        kind = f"{field.type}, several" if field.multiple else field.type
        cells = (field.key, field.label, kind, field.privacy.value, ", ".join(field.purposes))
        fields.add_row(*(escape(cell) for cell in cells))
    events = Table("Event type", "Label", "Category", "Properties", title="Event types")
    for event in definition.event_types:
        properties = ", ".join(declared.key for declared in event.properties)
        events.add_row(*(escape(cell) for cell in (event.name, event.label, event.category, properties)))
    kinds = Table("Kind of agreement", "Label", "Counts as", "Terms", title="Kinds of agreement")
    for each in definition.agreement_kinds:
        terms = ", ".join(declared.key for declared in each.terms)
        kinds.add_row(*(escape(cell) for cell in (each.key, each.label, each.counts_as, terms)))
    console.print(fields, events, *([kinds] if definition.agreement_kinds else []))
