"""The waterfall chart of a pair: how each comparison moves the match weight, with the thresholds marked."""

from collections.abc import Sequence
from itertools import accumulate

import altair as alt

from customerfile.matching.explanation import PairReasons
from customerfile.matching.model import Thresholds
from customerfile.matching.score import Reason

type Panel = alt.LayerChart | alt.FacetChart  # as Altair types what it layers

_WIDTH, _ROW = 480, 26
_FOR, _AGAINST, _TOTAL = "#2f7d4f", "#b3403a", "#4a5568"


def waterfall(found: PairReasons, thresholds: Thresholds, *, title: str) -> Panel:
    """One bar a reason, the weightiest first, and the match weight they come to."""
    bars = _bars(found.reasons, found.weight)
    across = alt.X("start:Q", title="match weight")
    down = alt.Y("words:N", sort=None, title=None, axis=alt.Axis(labelLimit=400, domain=False, ticks=False))
    base = alt.Chart({"values": bars}).encode(y=down)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["for", "against", "together"], range=[_FOR, _AGAINST, _TOTAL]),
        legend=None,
    )
    marked = [
        {"weight": thresholds.review, "name": "review"},
        {"weight": thresholds.link, "name": "link"},
    ]
    rules = alt.Chart({"values": marked}).encode(x="weight:Q")
    return alt.layer(
        base.mark_bar(height=16).encode(across, alt.X2(field="end"), colour),
        base.mark_text(align="left", dx=4).encode(x=alt.X("right:Q"), text="shown:N"),
        rules.mark_rule(strokeDash=[4, 3]),
        rules.mark_text(dy=-6, y=0).encode(text="name:N"),
        width=_WIDTH,
        height=_ROW * len(bars),
        title=title,
    )


def _bars(reasons: Sequence[Reason], weight: float) -> list[dict[str, str | float]]:
    telling = [reason for reason in reasons if reason.weight]
    ends = list(accumulate(reason.weight for reason in telling))
    starts = [0.0, *ends[:-1]]
    bars = [
        _bar(reason.words, start, end, "for" if reason.weight > 0 else "against")
        for reason, start, end in zip(telling, starts, ends, strict=True)
    ]
    return [*bars, _bar("together", 0.0, weight, "together")]


def _bar(words: str, start: float, end: float, kind: str) -> dict[str, str | float]:
    shown = f"{end - start:+.1f}"
    return {
        "words": words,
        "start": start,
        "end": end,
        "right": max(start, end),
        "kind": kind,
        "shown": shown,
    }
