"""`customerfile quality`: how good the file is, the worst first."""

from typing import Annotated

import typer

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, nothing, table
from customerfile.cli.session import operator
from customerfile.quality.measures import Figure, Measure, badness, margin
from customerfile.quality.measuring import measure_quality
from customerfile.quality.queries import Measurement, newest_measurement

_SHOWN = 40


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("quality", epilog="Example: customerfile quality --json", help=quality.__doc__)(quality)


def quality(
    last: Annotated[
        bool, typer.Option("--last", help="Show the newest figures that are kept, without measuring.")
    ] = False,
    source: Annotated[str, typer.Option(metavar="KEY", help="The figures of this source alone.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Measure the file and show how complete, valid, free of duplicates and fresh it is, per field and source, the
    worst first. The figures are kept, for the trend.
    """
    if not last:
        measure_quality(by=operator(), at=now())
    measurement = newest_measurement()
    if measurement is None:
        raise nothing("Nothing was measured yet. Measure with: customerfile quality")
    figures = [each.figure for each in measurement.figures if not source or each.figure.source == source]
    if source and not figures:
        raise nothing(f"Nothing was measured of {source}. List the sources with: customerfile source list")
    worst = sorted(figures, key=lambda each: (-badness([each]), each.source, each.field, each.measure))
    if as_json_:
        typer.echo(as_json(_told(measurement, worst)))
    else:
        _show(measurement, worst)


def _told(measurement: Measurement, worst: list[Figure]) -> dict[str, object]:
    return {
        "measured_at": measurement.measured_at,
        "is_estimate": measurement.is_estimate,
        "customers": measurement.customers,
        "customers_measured": measurement.customers_measured,
        "records": measurement.records,
        "records_measured": measurement.records_measured,
        "figures": [_row(each) for each in worst],
    }


def _row(figure: Figure) -> dict[str, object]:
    """A figure without the customers behind it."""
    return {
        "source": figure.source,
        "field": figure.field,
        "measure": figure.measure.value,
        "value": figure.value,
        "margin": margin(figure),
        "population": figure.population,
        "measured": figure.measured,
        "affected": figure.affected,
    }


def _show(measurement: Measurement, worst: list[Figure]) -> None:
    made = table(
        "source", "field", "measure", "value", "affected", "measured", right=("value", "affected", "measured")
    )
    unfilled = [each for each in worst if each.measure is Measure.COMPLETENESS and each.value == 0.0]
    shown = [each for each in worst if each not in unfilled]
    for each in shown[:_SHOWN]:
        value = f"{each.value:,.0f} days" if each.measure.value == "age" else f"{each.value:.1%}"
        made.add_row(
            *cells(
                each.source or "all",
                each.field or "all",
                each.measure.value,
                value,
                f"{each.affected:,}",
                f"{each.measured:,}",
            )
        )
    about = "An estimate from" if measurement.is_estimate else "Measured:"
    console().print(
        f"{about} {measurement.customers_measured:,} of {measurement.customers:,} customers,"
        f" {measurement.records_measured:,} of {measurement.records:,} records."
    )
    console().print(made)
    if len(shown) > _SHOWN:
        console().print(f"{len(shown) - _SHOWN:,} more figures: customerfile quality --last --json")
    if nobodys := [each.field for each in unfilled if not each.source]:
        console().print(f"Nobody fills: {', '.join(nobodys)}.")
