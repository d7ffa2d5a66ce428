"""`customerfile links` and `customerfile export`: the file written to files, each written down before it is there."""

from pathlib import Path
from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, tell_written
from customerfile.cli.progress import progress_bar
from customerfile.cli.session import operator, operator_sight
from customerfile.intake.exporting import export_customers, export_links

Reason = Annotated[
    str,
    typer.Option(
        metavar="TEXT", help="Why it is taken out; kept in the ledger. Asked for where many customers leave."
    ),
]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("links", epilog="Example: customerfile links --csv links.csv", help=_links.__doc__)(_links)
    app.command("export", epilog="Example: customerfile export customers.xlsx", help=_export.__doc__)(_export)


def _links(
    path: Annotated[Path, typer.Option("--csv", help="The file to write.", dir_okay=False)],
    reason: Reason = "",
    as_json_: AsJson = False,
) -> None:
    """Write source,key,customer for every record: which record belongs to whom."""
    count = export_links(path, sight=operator_sight(), by=operator(), reason=reason)
    tell_written(path, count, "records", as_json_)


def _export(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Ends in .csv, .xlsx, .jsonl or .parquet.", dir_okay=False)
    ],
    reason: Reason = "",
    as_json_: AsJson = False,
) -> None:
    """Write every customer's golden record. Sealed values stay masked; no cell can become a formula."""
    sight = operator_sight()
    with progress_bar(f"Writing {path.name}", shown=not as_json_) as progress:
        count = export_customers(path, sight=sight, by=operator(), reason=reason, progress=progress)
    tell_written(path, count, "customers", as_json_)
