"""The chart of an evaluation: precision against recall, and both over the match weight, with the thresholds marked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import altair as alt

from customerfile.matching.evaluation import CurvePoint

type Panel = alt.LayerChart | alt.FacetChart  # as Altair types what it layers

_WIDTH, _HEIGHT = 340, 300


def evaluation_chart(curve: Sequence[CurvePoint], thresholds: Mapping[str, CurvePoint]) -> alt.HConcatChart:
    """`thresholds` holds, by its name, what each threshold gives."""
    points = [asdict(point) for point in curve]
    marked = [{**asdict(point), "threshold": name} for name, point in thresholds.items()]
    return alt.hconcat(_trade(points, marked), _by_weight(points, marked)).properties(
        title="What joining at a match weight would give"
    )


def _trade(points: list[dict[str, float]], marked: list[dict[str, float | str]]) -> Panel:
    across = alt.X("recall:Q", title="recall", scale=alt.Scale(domain=[0, 1]))
    up = alt.Y("precision:Q", title="precision", scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart({"values": points}).mark_line(interpolate="linear")
    marks = alt.Chart({"values": marked}).encode(across, up)
    return alt.layer(
        line.encode(across, up, order="weight:Q"),
        marks.mark_point(size=80, filled=True, color="black"),
        marks.mark_text(align="right", dx=-8, dy=12).encode(text="threshold:N"),
        width=_WIDTH,
        height=_HEIGHT,
    )


def _by_weight(points: list[dict[str, float]], marked: list[dict[str, float | str]]) -> Panel:
    weight = alt.X("weight:Q", title="match weight of the threshold")
    shares = (
        alt.Chart({"values": points})
        .transform_fold(["precision", "recall"], as_=["measure", "share"])
        .mark_line()
        .encode(
            weight,
            alt.Y("share:Q", title="share", scale=alt.Scale(domain=[0, 1])),
            alt.Color("measure:N", title=None),
        )
    )
    marks = alt.Chart({"values": marked}).encode(x="weight:Q")
    return alt.layer(
        shares,
        marks.mark_rule(strokeDash=[4, 3]),
        marks.mark_text(align="left", dx=4, y=_HEIGHT - 8).encode(text="threshold:N"),
        width=_WIDTH,
        height=_HEIGHT,
    )
