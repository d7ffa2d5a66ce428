"""`customerfile match`: how records are matched, and how well."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from customerfile.base.clock import now
from customerfile.cli import match_model_commands
from customerfile.cli.evaluation_report import print_evaluation
from customerfile.cli.explanation_report import print_holds, print_pair
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator, operator_sight, write_down_reading
from customerfile.customers.judging.one_to_one import pair_off
from customerfile.customers.queries import customer_file
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.common_values import shared_values
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.review.explanation import PairExplanation, explain_customer, explain_pair
from customerfile.customers.whole_file.evaluation import Evaluation, evaluate
from customerfile.matching.model import MatchModel

_SAID = (TextColumn("{task.description}"), TimeElapsedColumn())

_THIS_MACHINE = "local[*]"  # as Spark calls all its cores

_SHOWN_PAIRS = 10
_SHOWN_KINDS = ("email", "phone", "domain")


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="How records become customers, and how well.")
    match_model_commands.add_commands(group)
    for name, command, example in (
        ("evaluate", evaluate_links, "match evaluate truth.csv --chart precision-recall.svg"),
        ("explain", explain_match, "match explain shop/17 crm/A-2 --chart why.svg"),
        ("reconcile", reconcile, "match reconcile --dry-run"),
        ("one-to-one", one_to_one, "match one-to-one old_crm new_crm --dry-run"),
        ("common", list_common, "match common"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}")(command)
    app.add_typer(group, name="match")


def evaluate_links(
    truth: Annotated[
        Path,
        typer.Argument(
            metavar="TRUTH", help="Columns source, key, entity: who is who.", exists=True, dir_okay=False
        ),
    ],
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart", help="Draw precision and recall over thresholds to this .svg or .png.", dir_okay=False
        ),
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Compare the links with the truth: pairs, whole customers, B-cubed, the worst cases, each threshold."""
    if chart is not None:
        from customerfile.base.charts import check_chart_path  # noqa: PLC0415 - a second of imports, only for charts

        check_chart_path(chart)
    with Progress(
        SpinnerColumn(), *_SAID, console=Console(stderr=True), disable=as_json_, transient=True
    ) as progress:
        progress.add_task(f"Comparing with {truth.name}", total=None)
        found = evaluate(truth, model=current_model())
    write_down_reading("match evaluate", [customer.id for customer in found.mixed])
    if as_json_:
        typer.echo(as_json(found))
    else:
        print_evaluation(console(), found)
    if chart is not None:
        _draw(found, chart)


def explain_match(
    what: Annotated[
        list[str],
        typer.Argument(metavar="NUMBER | SOURCE/KEY SOURCE/KEY", help="A customer, or two records."),
    ],
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart", help="Draw what two records' weight is made of, .svg or .png.", dir_okay=False
        ),
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Tell why two records are one customer or not, or what holds a customer's records together."""
    if len(what) == 1:
        _explain_customer(what[0], as_json_)
    elif len(what) == 2:
        _explain_pair(what, chart, as_json_)
    else:
        raise typer.BadParameter("Name one customer by its number, or two records as SOURCE/KEY.")


class EngineName(StrEnum):
    """What resolves a whole file."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def reconcile(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what differs, and change nothing.")
    ] = False,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="duckdb: on this machine. spark: on this one or many.")
    ] = EngineName.DUCKDB,
    spark_master: Annotated[
        str | None,
        typer.Option(
            "--spark-master", metavar="URL", help="Of a cluster; all cores of this machine if none."
        ),
    ] = None,
    shared_folder: Annotated[
        Path | None,
        typer.Option(
            "--shared-folder",
            help="Which every Spark worker sees under the same path; the home's spool if none.",
            exists=True,
            file_okay=False,
            writable=True,
        ),
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Resolve the whole file in batch, compare with what is written, and put right what differs."""
    from customerfile.cli.reconciliation_report import Place, run_reconciliation  # noqa: PLC0415 - loads Splink

    if engine == EngineName.SPARK:
        place = Place(spark_master or _THIS_MACHINE, shared_folder)
    elif spark_master or shared_folder:
        raise typer.BadParameter("--spark-master and --shared-folder go with --engine spark.")
    else:
        place = Place()
    run_reconciliation(place, dry_run=dry_run, as_json_=as_json_)


def one_to_one(
    one: Annotated[str, typer.Argument(metavar="SOURCE", help="A list.")],
    other: Annotated[str, typer.Argument(metavar="SOURCE", help="Another list of the same people.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be joined, and change nothing.")
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """Say that two sources are lists of the same people, each once in each. Records that are left over, and the only
    candidates for one another, are judged a match, though given names or birth dates differ.
    """
    found = pair_off(one, other, by=operator(), at=now(), dry_run=dry_run)
    if as_json_:
        typer.echo(as_json(found))
        return
    count = len(found.pairs)
    told = (
        "would be joined"
        if dry_run
        else "wait for a second person"
        if found.waits
        else "are one customer now"
    )
    lines = [f"{count:,} pair{'' if count == 1 else 's'} of records {told}."]
    lines += [f"  {left} and {right}" for left, right in found.pairs[:_SHOWN_PAIRS]]
    lines += [f"  and {count - _SHOWN_PAIRS:,} more"] if count > _SHOWN_PAIRS else []
    lines += [f"To take it back: customerfile withdraw-judgement {act}" for act in found.acts]
    console().print("\n".join(lines), markup=False)


def list_common(as_json_: AsJson = False) -> None:
    """List contact points and numbers that too many records share to tell anything: they are not compared."""
    found = shared_values()
    if as_json_:
        typer.echo(as_json([each._asdict() for each in found]))
    elif found:
        rows = table("kind", "value", "records", "since", right=("records",))
        for each in found:
            shown = each.value if each.kind in _SHOWN_KINDS else "a number that is kept as a hash only"
            rows.add_row(*cells(each.kind, shown, f"{each.record_count:,}", f"{each.since:%Y-%m-%d}"))
        console().print(rows)
    else:
        console().print("No value is shared by too many records.")


def _explain_customer(number: str, as_json_: bool) -> None:
    file = customer_file(number, sight=operator_sight())
    found = explain_customer(file, model=current_model())
    write_down_reading("match explain", [file.summary.id])
    if as_json_:
        typer.echo(as_json(found))
    else:
        print_holds(console(), file.summary.number, found)


def _explain_pair(names: Sequence[str], chart: Path | None, as_json_: bool) -> None:
    model = current_model()
    one, other = records_named(names)
    found = explain_pair(one, other, model=model)
    write_down_reading("match explain", sorted({found.one.customer_id, found.other.customer_id}))
    if as_json_:
        typer.echo(as_json(found))
    else:
        print_pair(console(), found, model.thresholds)
    if chart is not None:
        _draw_waterfall(found, model, chart)


def _draw_waterfall(found: PairExplanation, model: MatchModel, path: Path) -> None:
    from customerfile.base.charts import write_chart  # noqa: PLC0415 - a second of imports, only for charts
    from customerfile.matching.explanation_chart import waterfall  # noqa: PLC0415 - as above

    write_chart(waterfall(found.found, model.thresholds, title=f"{found.one} and {found.other}"), path)
    typer.echo(f"Chart written to {path}.", err=True)


def _draw(found: Evaluation, path: Path) -> None:
    from customerfile.base.charts import write_chart  # noqa: PLC0415 - a second of imports, only for charts
    from customerfile.matching.evaluation_chart import evaluation_chart  # noqa: PLC0415 - as above

    write_chart(evaluation_chart(found.curve, found.thresholds), path)
    typer.echo(f"Chart written to {path}.", err=True)
