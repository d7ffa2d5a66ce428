"""Writes a chart to a file: a Vega-Lite specification drawn as SVG or PNG on this machine, without a network."""

from pathlib import Path

import altair

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told

ENDINGS = (".svg", ".png")
_PIXELS_PER_POINT = 2  # sharp on today's screens


class ChartNotWritten(CustomerfileError):
    """The file of a chart cannot be written, or its name does not say in which format."""


def check_chart_path(path: Path) -> None:
    """Raises ChartNotWritten where the name does not end as a chart's does, or its folder is not there."""
    if path.suffix.lower() not in ENDINGS:
        raise ChartNotWritten(
            told("A chart cannot be written to {name}.", name=path.name),
            "Give the file a name that ends in .svg or .png.",
        )
    if not path.parent.is_dir():
        raise ChartNotWritten(
            told("There is no folder {folder}.", folder=path.parent), "Make it first, or name another one."
        )


def write_chart(chart: altair.TopLevelMixin, path: Path) -> None:
    """Write the chart. Raises ChartNotWritten."""
    check_chart_path(path)
    try:
        chart.save(
            str(path),
            format="svg" if path.suffix.lower() == ".svg" else "png",
            scale_factor=_PIXELS_PER_POINT,
        )
    except OSError as problem:
        raise ChartNotWritten(
            told("The chart cannot be written to {path}: {problem}.", path=path, problem=problem.strerror),
            "Name a file that you may write.",
        ) from problem
