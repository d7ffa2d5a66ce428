"""Writes a chart to a file: a Vega-Lite specification drawn as SVG or PNG on this machine, without a network."""

from pathlib import Path

import altair

from customerfile.base.errors import CustomerfileError

ENDINGS = (".svg", ".png")
_PIXELS_PER_POINT = 2  # sharp on today's screens


class NotAChartFile(CustomerfileError):
    """The name of the file does not say in which of the formats a chart is to be written."""


def check_chart_name(path: Path) -> None:
    """Raises NotAChartFile where the name does not end as a chart's does."""
    if path.suffix.lower() not in ENDINGS:
        raise NotAChartFile(
            f"A chart cannot be written to {path.name}.", "Give the file a name that ends in .svg or .png."
        )


def write_chart(chart: altair.TopLevelMixin, path: Path) -> None:
    """Write the chart. Raises NotAChartFile, or OSError where the file cannot be written."""
    check_chart_name(path)
    chart.save(
        str(path), format="svg" if path.suffix.lower() == ".svg" else "png", scale_factor=_PIXELS_PER_POINT
    )
