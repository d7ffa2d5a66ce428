"""Turns figures over time into the points of a line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

type Series = Sequence[tuple[datetime, float]]


def points(series: Series, *, width: float, height: float, low: float, high: float) -> str:
    """For an SVG polyline: earlier is left, by time and not by count; `high` is at the top. "" below two points."""
    if len(series) < 2:
        return ""
    first, span = series[0][0], (series[-1][0] - series[0][0]).total_seconds() or 1.0
    room = (high - low) or 1.0
    return " ".join(
        f"{(at - first).total_seconds() / span * width:.1f},{height - (value - low) / room * height:.1f}"
        for at, value in series
    )


def bounds(series: Series, *, least: float = 0.02) -> tuple[float, float]:
    """From where to where a line is drawn: its own extent, at least so much that noise stays flat."""
    values = [value for _, value in series]
    if not values:
        return 0.0, least
    low, high = min(values), max(values)
    lacking = max(0.0, least - (high - low)) / 2
    return low - lacking, high + lacking
