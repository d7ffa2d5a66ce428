"""`customerfile plan`: holds a log of events against the tracking plan of the file definition."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.definition.queries import current_definition
from customerfile.embedded import home
from customerfile.intake.mending import NOTHING, Mending
from customerfile.intake.plan_checking import CheckRequest, MisfitFound, PlanCheck, check_log
from customerfile.sources.received import find_source
from customerfile.timeline.quarantine_queries import mending_rules

DOES_NOT_FIT = 1


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="The tracking plan: which events there may be.")
    group.command(
        "check", epilog="Example: customerfile plan check events.jsonl --json", help=_check.__doc__
    )(_check)
    group.callback()(_plan)
    app.add_typer(group, name="plan")


def _plan() -> None:
    """The tracking plan: which events there may be, and which properties they carry."""


def _check(
    file: Annotated[
        Path,
        typer.Argument(help="A log of events: CSV, JSON Lines, Parquet, XLSX.", exists=True, dir_okay=False),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(help="What the columns mean; proposed where it is not given.", dir_okay=False),
    ] = None,
    source: Annotated[
        str, typer.Option(metavar="KEY", help="Mend the events by the rules of this source first.")
    ] = "",
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Home country of the log, for example DE.")
    ] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Currency of amounts that name none.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Tell which events of a log fit the tracking plan, which do not and why, and what they may be meant to be called.

    Nothing is written. Exit code 1 where something does not fit.
    """
    request = CheckRequest(file, mapping, country.upper(), currency.upper(), mending=_mending(source))
    found = check_log(request, definition=current_definition(), spool=home().spool)
    if as_json_:
        typer.echo(as_json(found))
    else:
        _tell(found)
    if not found.all_fits:
        raise typer.Exit(DOES_NOT_FIT)


def _mending(source_key: str) -> Mending:
    source = find_source(source_key) if source_key else None
    return Mending.of(mending_rules(source.source_id)) if source else NOTHING


def _tell(found: PlanCheck) -> None:
    console().print(f"{found.fits:,} of {found.rows:,} rows fit the tracking plan.")
    if found.unreadable:
        lines = _lines(found.unreadable_lines, found.unreadable)
        console().print(f"{found.unreadable:,} rows cannot be read or name no event: {lines}.")
    names = table("event", "rows", "fit", "in the plan", "may be meant", right=("rows", "fit"))
    for each in found.names:
        names.add_row(
            *cells(
                each.name,
                f"{each.count:,}",
                f"{each.fits:,}",
                "yes" if each.is_planned else "no",
                each.proposed,
            )
        )
    console().print(names)
    if found.misfits:
        _tell_misfits(found.misfits)
    for extra in found.unplanned:
        console().print(
            f'"{extra.name}" has the property "{extra.property}" in {extra.count:,} rows, which the plan does not name:'
            " it is kept as it comes.",
            markup=False,
        )


def _tell_misfits(found: Sequence[MisfitFound]) -> None:
    made = table("event", "what", "rows", "lines", "reason and remedy", right=("rows",))
    for each in found:
        said = f"{each.reason} {each.remedy}"
        made.add_row(*cells(each.name, each.field, f"{each.count:,}", _lines(each.lines, each.count), said))
    console().print(made)


def _lines(lines: tuple[int, ...], count: int) -> str:
    told = ", ".join(map(str, lines))
    return f"{told} ..." if count > len(lines) else told
