"""`customerfile import` and `customerfile undo`: taking files in, and taking deliveries back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from customerfile.cli.sealer import seal_now
from customerfile.cli.session import operator
from customerfile.embedded import home
from customerfile.intake.importing import Imported, import_file
from customerfile.intake.importing import Progress as Report
from customerfile.intake.opening import ImportRequest
from customerfile.intake.undoing import Undone, undo_delivery
from customerfile.sources.queries import rejects
from customerfile.sources.rows import ReadOptions
from customerfile.sources.source_kinds import SourceKind


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command(
        "import",
        epilog="Example: customerfile import customers.csv --source shop --country GB",
        help=_import.__doc__,
    )(_import)
    app.command("undo", epilog="Example: customerfile undo 12", help=_undo.__doc__)(_undo)


def _import(
    file: Annotated[
        Path, typer.Argument(help="CSV, TSV, XLSX, JSON Lines, Parquet or vCard; also gzip or zstd.")
    ],
    source: Annotated[
        str, typer.Option(help="The system it comes from, for example shop; made on first use.")
    ],
    kind: Annotated[
        str,
        typer.Option(
            "--as",
            help="customers, reference, watch_list, purchases, events or agreements; found out when left away.",
        ),
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help="A mapping file; proposed from the file when left away.")
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help="Write the mapping used, to edit and reuse.")
    ] = None,
    country: Annotated[str, typer.Option(help="Home country of the source (GB, DE, US ...).")] = "",
    currency: Annotated[str, typer.Option(help="Currency of amounts that name none (EUR, GBP ...).")] = "",
    time_zone: Annotated[str, typer.Option(help="Zone of times that name none (Europe/London ...).")] = "",
    encoding: Annotated[str, typer.Option(help="Overrides the detected encoding.")] = "",
    delimiter: Annotated[str, typer.Option(help="Overrides the detected delimiter.")] = "",
    quote: Annotated[str, typer.Option(help="Overrides the detected quote character.")] = "",
    header: Annotated[bool | None, typer.Option(help="Whether the first row names the columns.")] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a spreadsheet.")] = "",
    dry_run: Annotated[bool, typer.Option(help="Tell what would happen; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Take in a file: every row becomes a record of its source, linked to its customer.

    The same file again changes nothing; an interrupted import goes on where it stopped.
    """
    is_of_people = kind in set(SourceKind)
    request = ImportRequest(
        path=file,
        source=source,
        kind_as="customers" if is_of_people else kind,
        source_kind=SourceKind(kind) if is_of_people else None,
        mapping=mapping,
        country=country,
        currency=currency,
        time_zone=time_zone,
        options=ReadOptions(encoding=encoding, delimiter=delimiter, quote=quote, header=header, sheet=sheet),
        dry_run=dry_run,
    )
    with _progress(f"Importing {file.name}", shown=not as_json) as progress:
        done = import_file(request, home=home(), by=operator(), progress=progress)
    seal_now()
    if save_mapping:
        save_mapping.write_text(done.mapping, encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(_as_dict(done)))
    else:
        _tell(done, request)


def _undo(
    delivery: Annotated[int, typer.Argument(help="The number of the delivery.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Take back what a delivery did, updates included. What was changed since is left, and listed."""
    done = undo_delivery(delivery, home=home(), by=operator())
    seal_now()
    if as_json:
        typer.echo(json.dumps(asdict(done)))
    else:
        _tell_undone(delivery, done)


@contextmanager
def _progress(title: str, *, shown: bool) -> Iterator[Report]:
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("rows"),
        TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None, rate="")

        def report(done: int, total: int | None) -> None:
            elapsed = bar.tasks[task].elapsed or 0
            rate = f"{done / elapsed:,.0f} rows/s" if elapsed > 1 else ""
            bar.update(task, completed=done, total=max(total, done) if total else None, rate=rate)

        yield report


def _as_dict(done: Imported) -> dict[str, object]:
    return {
        "delivery": done.delivery_id,
        **asdict(done.counts),
        "seconds": round(done.seconds, 3),
        "source_created": done.source_created,
        "resumed": done.resumed,
        "dry_run": done.delivery_id is None,
    }


def _tell(done: Imported, request: ImportRequest) -> None:
    console = Console()
    if done.source_created:
        console.print(f'The source "{escape(request.source)}" {"would be" if request.dry_run else "is"} new.')
    if done.source_kind.is_list:
        console.print(
            f"It is {done.source_kind.words}: its records flag customers and never become any."
            " See whom: customerfile watch"
        )
    if done.resumed:
        console.print("This delivery had been interrupted; it went on where it stopped.")
    if done.proposal is not None:
        _tell_mapping(console, done)
    counts = done.counts
    heading = "What would happen" if request.dry_run else f"Delivery {done.delivery_id}"
    rate = f"{counts.rows / done.seconds:,.0f} rows/s" if done.seconds else ""
    table = Table(title=f"{heading} - {done.seconds:.1f} s, {rate}", title_justify="left", show_header=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    for label, number in (
        ("rows", counts.rows), ("created", counts.created), ("updated", counts.updated),
        ("unchanged", counts.unchanged), ("rejected", counts.rejected),
        ("of these in quarantine", counts.quarantined),
        ("values left out", counts.value_faults), ("sales to nobody (rows)", counts.nobody_rows),
        ("new customers", counts.customers_created), ("records that joined a customer", counts.records_joined),
        ("customers merged", counts.customers_merged),
    ):  # fmt: skip
        table.add_row(label, f"{number:,}")
    console.print(table)
    if counts.quarantined and done.delivery_id:
        console.print(
            f"{counts.quarantined:,} events do not fit the tracking plan and wait: customerfile quarantine list"
        )
    if counts.rejected - counts.quarantined + counts.value_faults and done.delivery_id:
        for first in rejects(done.delivery_id, limit=1):
            console.print(
                Text(f"The first that was refused, line {first.line}: {first.reason} {first.remedy}")
            )
        console.print(f"What was refused, and why: customerfile rejects {done.delivery_id}")


def _tell_mapping(console: Console, done: Imported) -> None:
    if done.proposal is None:
        return
    table = Table(title="Columns, as understood", title_justify="left")
    for heading in ("column", "means", "confidence"):
        table.add_column(heading)
    for column in done.proposal.mapping.columns:
        table.add_row(escape(column.column), escape(", ".join(column.targets)), f"{column.confidence:.0%}")
    console.print(table)


def _tell_undone(delivery: int, done: Undone) -> None:
    console = Console()
    console.print(
        f"Delivery {delivery} is taken back: {done.removed:,} records and events removed, {done.restored:,} restored."
    )
    if done.judgements:
        console.print(f"{done.judgements:,} judgements on records that are gone went with them.")
    if done.quarantined:
        console.print(f"{done.quarantined:,} of its events are gone from quarantine.")
    for kept in done.left:
        console.print(f"Left as it is, because it was changed since: {escape(kept)}")
