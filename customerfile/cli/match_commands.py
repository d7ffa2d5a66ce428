"""`customerfile match`: how records are matched, and how well."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from customerfile.cli.evaluation_report import print_evaluation
from customerfile.cli.layout import AsJson, as_json, console
from customerfile.cli.session import write_down_reading
from customerfile.customers.evaluation import Evaluation, evaluate
from customerfile.matching.model import default_model

_SAID = (TextColumn("{task.description}"), TimeElapsedColumn())

match_app = typer.Typer(no_args_is_help=True, help="How records become customers, and how well.")


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.add_typer(match_app, name="match")


@match_app.command(
    "evaluate", epilog="Example: customerfile match evaluate truth.csv --chart precision-recall.svg"
)
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
        found = evaluate(truth, model=default_model())
    write_down_reading("match evaluate", [customer.id for customer in found.mixed])
    if as_json_:
        typer.echo(as_json(found))
    else:
        print_evaluation(console(), found)
    if chart is not None:
        _draw(found, chart)


def _draw(found: Evaluation, path: Path) -> None:
    from customerfile.base.charts import write_chart  # noqa: PLC0415 - a second of imports, only for charts
    from customerfile.matching.evaluation_chart import evaluation_chart  # noqa: PLC0415 - as above

    write_chart(evaluation_chart(found.curve, found.thresholds), path)
    typer.echo(f"Chart written to {path}.", err=True)
