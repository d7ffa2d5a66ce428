"""Commands that read: find, show, links, export, rejects, deliveries. Whoever was looked at is written down."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.utils.timezone import make_aware
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from customerfile.audit import operations as audit
from customerfile.base.clock import now
from customerfile.base.ids import CustomerId
from customerfile.cli.customer_pages import print_customer
from customerfile.cli.layout import as_json, cells, console, nothing, table
from customerfile.cli.session import operator
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.queries import customer_file
from customerfile.customers.search import Found
from customerfile.customers.search import find as find_customers
from customerfile.intake.exporting import export_customers, export_links, export_rejects
from customerfile.sources import queries as sources
from customerfile.sources.queries import DeliveryReport, Reject
from customerfile.timeline.queries import events_of, totals_of

_SHOWN_REJECTS = 50
_LONGEST_TEXT = 80

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def add_read_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for name, command, example in (
        ("find", _find, 'customerfile find "maria garcia 1234"'),
        ("show", _show, "customerfile show 0000042X --on 2026-03-01"),
        ("links", _links, "customerfile links --csv links.csv"),
        ("export", _export, "customerfile export customers.xlsx"),
        ("rejects", _rejects, "customerfile rejects 12 --csv refused.csv"),
        ("deliveries", _deliveries, "customerfile deliveries"),
    ):
        app.command(name, epilog=f"Example: {example}", help=command.__doc__)(command)


def _find(
    query: Annotated[
        str, typer.Argument(help="Part of a name, phone, e-mail, place, number or key, in any order.")
    ],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 10,
    as_json_: AsJson = False,
) -> None:
    """Find customers by whatever is known of them: words with a slip, the end of a phone number, a key.

    The best answers come first, each with what matched.
    """
    found = find_customers(query, limit=limit)
    _seen("find", [each.customer.id for each in found])
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        _print_found(found)
    if not found:
        raise nothing(f'No customer answers to "{query}".')


def _print_found(found: Sequence[Found]) -> None:
    made = table("number", "name", "place", "contact", "matched")
    for each in found:
        customer = each.customer
        made.add_row(
            *cells(
                customer.number,
                customer.display_name,
                customer.place,
                customer.contact,
                "; ".join(each.matched),
            )
        )
    console().print(made)


def _show(
    number: Annotated[str, typer.Argument(help="The customer number; leading zeros may be left away.")],
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="As the file stood at the end of a day."
        ),
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Show one customer's whole file: golden values with their origin, records, purchases, last events."""
    try:
        file = customer_file(number, on=None if on is None else _end_of(on))
    except UnknownCustomer as unknown:
        raise nothing(str(unknown)) from None
    _seen("show", [file.summary.id])
    records = [record.record_id for record in file.records]
    events, totals = events_of(records), totals_of(records)
    if as_json_:
        typer.echo(as_json({"customer": file, "events": events, "totals": totals}))
    else:
        print_customer(console(), file, events, totals)


def _end_of(moment: datetime) -> datetime:
    """A day stands for its last instant, so that what changed on that day counts."""
    if moment.time() != time():
        return make_aware(moment)
    return make_aware(moment + timedelta(days=1)) - timedelta(microseconds=1)


def _links(
    path: Annotated[Path, typer.Option("--csv", help="The file to write.", dir_okay=False)],
    as_json_: AsJson = False,
) -> None:
    """Write source,key,customer for every record: which record belongs to whom."""
    count = export_links(path)
    _exported("customers.links.exported", path, count)
    _tell_written(path, count, "records", as_json_)


def _export(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Ends in .csv, .xlsx, .jsonl or .parquet.", dir_okay=False)
    ],
    as_json_: AsJson = False,
) -> None:
    """Write every customer's golden record. Sealed values stay masked; no cell can become a formula."""
    with _progress(shown=not as_json_) as progress:
        task = progress.add_task(f"Writing {path.name}", total=None)
        count = export_customers(
            path, progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    _exported("customers.file.exported", path, count)
    _tell_written(path, count, "customers", as_json_)


def _rejects(
    delivery: Annotated[int, typer.Argument(help="The number of the delivery.")],
    path: Annotated[
        Path | None, typer.Option("--csv", help="Write them to a file instead.", dir_okay=False)
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """List what a delivery refused: line, field, reason and what to do."""
    report = sources.delivery(delivery)
    if path is not None:
        count = export_rejects(path, delivery)
        _tell_written(path, count, "refusals", as_json_)
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


def _tell_written(path: Path, count: int, what: str, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json({"file": str(path), what: count}))
    else:
        console().print(f"{count:,} {what} written to {path}.", markup=False)


def _progress(*, shown: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not shown, transient=True)


def _seen(command: str, customers: Sequence[CustomerId]) -> None:
    audit.record_reads(by=operator(), at=now(), page=f"command {command}", customer_ids=list(customers))


def _exported(code: str, path: Path, count: int) -> None:
    audit.record(by=operator(), at=now(), code=code, subject=f"file:{path.name}", detail={"count": count})
