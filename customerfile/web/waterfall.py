"""The waterfall of a pair's match weight as bars in a table: where each one begins and how wide it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from customerfile.matching.explanation import PairReasons
from customerfile.matching.model import Thresholds

_WIDE = 100.0  # units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One comparison, or what all come to. `x` and `width` are in hundredths of the drawing."""

    words: str
    weight: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars, the weightiest comparison first, the sum last; and where the thresholds stand."""

    bars: tuple[Bar, ...]
    together: Bar
    review: float
    link: float


def waterfall(found: PairReasons, thresholds: Thresholds) -> Waterfall:
    """The drawing of a pair's reasons; comparisons that weigh nothing are left out."""
    telling = [reason for reason in found.reasons if reason.weight]
    ends = list(accumulate(reason.weight for reason in telling))
    low, high = min(0.0, *ends, 0.0), max(thresholds.link, *ends, 0.0)
    place = _Scale(low, high)
    starts: Sequence[float] = [0.0, *ends[:-1]]
    bars = (
        place.bar(reason.words, start, end) for reason, start, end in zip(telling, starts, ends, strict=True)
    )
    return Waterfall(
        tuple(bars),
        place.bar("together", 0.0, found.weight),
        place.of(thresholds.review),
        place.of(thresholds.link),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def of(self, weight: float) -> float:
        return round((weight - self.low) / (self.high - self.low) * _WIDE, 2)

    def bar(self, words: str, start: float, end: float) -> Bar:
        left, right = sorted((self.of(start), self.of(end)))
        return Bar(words, end - start, left, round(right - left, 2))
