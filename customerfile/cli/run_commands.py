"""`customerfile stop`, `doctor`, `version`: looking after the installation."""

import importlib.metadata
from typing import Annotated

import typer
from rich.console import Console

from customerfile.cli.doctor import examine
from customerfile.cli.findings import as_json as findings_as_json
from customerfile.cli.findings import as_table
from customerfile.cli.startup import database_url, missing_migrations
from customerfile.embedded import SUPERUSER, connection_to, home, status, stop


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("stop", epilog="Example: customerfile stop")(stop_server)
    app.command("doctor", epilog="Example: customerfile doctor --json")(doctor)
    app.command("version", epilog="Example: customerfile version")(version)


def stop_server() -> None:
    """Stop the embedded database of this home."""
    typer.echo("The database is stopped." if stop(home()) else "The database was not running.")


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False) -> None:
    """Tell what is running, which versions, how much disk, and what is wrong."""
    findings = examine(home(), database_url(), migrations=_missing_migrations)
    if as_json:
        typer.echo(findings_as_json(findings))
    else:
        Console().print(as_table(findings))
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


def _missing_migrations() -> list[str]:
    """Asked only when the database answers."""
    place = home()
    if database_url():
        return missing_migrations(database_url())
    return missing_migrations(connection_to(place, status(place).socket, login=SUPERUSER).conninfo)


def version() -> None:
    """Print the version."""
    typer.echo(importlib.metadata.version("customerfile"))
