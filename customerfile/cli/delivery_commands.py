"""`customerfile deliveries` and `customerfile rejects`: what arrived, and what was refused of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, as_json, cells, console, table, tell_written
from customerfile.cli.session import operator
from customerfile.sources import queries as sources
from customerfile.sources.queries import DeliveryReport, Reject

_SHOWN_REJECTS = 50
_LONGEST_TEXT = 80


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("deliveries", epilog="Example: customerfile deliveries", help=_deliveries.__doc__)(
        _deliveries
    )
    app.command(
        "rejects", epilog="Example: customerfile rejects 12 --csv refused.csv", help=_rejects.__doc__
    )(_rejects)


def _rejects(
    delivery: Annotated[int, typer.Argument(help="The number of the delivery.")],
    path: Annotated[
        Path | None, typer.Option("--csv", help="Write them to a file instead.", dir_okay=False)
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why they are written to a file; kept in the ledger.")
    ] = "",
    as_json_: AsJson = False,
) -> None:
    """List what a delivery refused: line, field, reason and what to do."""
    report = sources.delivery(delivery)
    if path is not None:
        from customerfile.intake.exporting import export_rejects  # noqa: PLC0415 - a second of imports, only for files

        count = export_rejects(path, delivery, by=operator(), reason=reason)
        tell_written(path, count, "refusals", as_json_)
    elif as_json_:
        typer.echo(as_json(list(sources.all_rejects(delivery))))
    else:
        _print_rejects(report, sources.rejects(delivery, limit=_SHOWN_REJECTS))


def _print_rejects(report: DeliveryReport, refused: Sequence[Reject]) -> None:
    console().print(_refusals(report), markup=False)
    if not refused:
        return
    made = table("line", "key", "field", "text", "reason and remedy", right=("line",))
    for reject in refused:
        made.add_row(
            *cells(
                reject.line,
                reject.key,
                reject.field,
                reject.text[:_LONGEST_TEXT],
                f"{reject.reason} {reject.remedy}".strip(),
            )
        )
    console().print(made)
    if report.rejected + report.value_faults > len(refused) == _SHOWN_REJECTS:
        console().print(
            f"These are the first {len(refused)}. All of them: customerfile rejects {report.id} --csv FILE"
        )


def _refusals(report: DeliveryReport) -> str:
    return (
        f"Delivery {report.id}, {report.file_name} from {report.source_key}: "
        f"{report.rejected:,} of {report.rows:,} rows refused, {report.value_faults:,} values left out"
    )


def _deliveries(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List the deliveries, the newest first, with what became of their rows."""
    found = sources.deliveries(limit=limit)
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        _print_deliveries(found)
    else:
        console().print("Nothing has been delivered yet. Begin with: customerfile import FILE --source KEY")


def _print_deliveries(found: Sequence[DeliveryReport]) -> None:
    counts = ("rows", "created", "updated", "unchanged", "rejected", "new customers", "rows/s")
    made = table("delivery", "source", "file", "state", "started", *counts, right=("delivery", *counts))
    for each in found:
        numbers = (
            each.rows,
            each.created,
            each.updated,
            each.unchanged,
            each.rejected,
            each.customers_created,
        )
        made.add_row(
            *cells(each.id, each.source_key, each.file_name, each.state, f"{each.started_at:%Y-%m-%d %H:%M}"),
            *cells(*(f"{number:,}" for number in numbers), f"{each.rows_per_second:,.0f}"),
        )
    console().print(made)
