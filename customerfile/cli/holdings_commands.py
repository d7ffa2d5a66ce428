"""`customerfile holdings`: holders that agreements wait for."""

from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator_sight
from customerfile.holdings.waiting import waiting_count, waiting_holders


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="What customers hold, and in which role.")
    group.command(
        "waiting", epilog="Example: customerfile holdings waiting --source bank", help=_waiting.__doc__
    )(_waiting)
    app.add_typer(group, name="holdings")


def _waiting(
    source: Annotated[str, typer.Option(help="Only those of this source.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List holders of agreements that their source has not delivered. They join what they hold when they come."""
    sight = operator_sight()
    found = waiting_holders(sight=sight, source_key=source, limit=limit)
    count = waiting_count(sight=sight, source_key=source)
    if as_json_:
        typer.echo(as_json({"count": count, "holders": found}))
    elif not found:
        console().print("Nobody is waited for.")
    else:
        made = table(
            "source", "holder", "role", "kind", "agreement", "delivery", title=f"Waiting ({count:,})"
        )
        for each in found:
            made.add_row(
                *cells(
                    each.source_key,
                    each.holder_key,
                    each.role,
                    each.kind,
                    each.agreement_key,
                    str(each.delivery),
                )
            )
        console().print(made)
