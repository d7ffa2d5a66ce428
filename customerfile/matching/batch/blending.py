"""How far a level's share moves from what it was towards what was counted: the more was seen, the further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Shares = NDArray[np.float64]

PRIOR_COUNT = 50.0  # the value before weighs as much as this many sightings of the level
LEAST_COUNT = 20.0  # a level that was seen less often keeps its value
MOST_COUNT = (
    500.0  # however large the file, what it shows of a level is worth no more sightings to what people say
)
JUDGED_COUNT = 5.0  # a pair that a person judged counts like so many that nobody looked at
_WHOLE = 1.001
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each level of a comparison was seen; a share of it may be a probability, so it need not be whole.

    A level that is `hidden` cannot be seen in these pairs, whatever its share: it is not asked.
    """

    count: Shares
    hidden: NDArray[np.bool_]

    @classmethod
    def of(cls, count: Sequence[float] | Shares, hidden: Sequence[bool] | None = None) -> Counted:
        """Counts by level; nothing is hidden where nothing is said of it."""
        found = np.asarray(count, dtype=np.float64)
        return cls(found, np.zeros(len(found), np.bool_) if hidden is None else np.asarray(hidden, np.bool_))


def blended(shares: Shares, seen: Counted, judged: Shares) -> Shares:
    """The shares of a comparison's levels after pairs were counted and others judged by people.

    A count of a level is taken as Poisson with the share times the number of pairs as its mean, and the share before
    as a Gamma distribution worth `strength` sightings: the mean afterwards is

        (strength + count) / (strength / share + pairs)

    (the conjugate pair of Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6). It is used twice: for what was
    seen, with PRIOR_COUNT, and for the judgements, each JUDGED_COUNT times, with what was seen added to that, up to
    MOST_COUNT. Levels seen less than LEAST_COUNT keep their share; the others are made smaller together where all
    exceed 1. Shares that exceed 1 from the start are not of one whole, and stay.
    """
    if shares.sum() > _WHOLE:
        return shares
    is_seen = (seen.count >= LEAST_COUNT) & ~seen.hidden
    found = np.where(is_seen, _mean(shares, PRIOR_COUNT, seen.count, seen.count.sum()), shares)
    words = judged * JUDGED_COUNT
    strength = PRIOR_COUNT + np.where(seen.hidden, MOST_COUNT, np.minimum(seen.count, MOST_COUNT))
    is_moved = is_shown(seen, judged)
    found = np.where(is_moved, _mean(found, strength, words, words.sum()), found)
    return fitted(shares, found, is_moved)


def fitted(before: Shares, after: Shares, is_moved: NDArray[np.bool_]) -> Shares:
    """Of the levels that moved the share after, all made smaller alike where the whole would exceed 1; else before."""
    if not is_moved.any():
        return before
    room = max(1.0, before.sum()) - before[~is_moved].sum()
    return np.where(is_moved, _rounded(after * min(1.0, room / after[is_moved].sum())), before)


def is_shown(seen: Counted, judged: Shares) -> NDArray[np.bool_]:
    """Of which levels enough is seen, or enough said by people."""
    shown: NDArray[np.bool_] = (seen.count >= LEAST_COUNT) & ~seen.hidden
    return shown | (judged * JUDGED_COUNT >= LEAST_COUNT)


def _mean(share: Shares, strength: Shares | float, count: Shares, pairs: float) -> Shares:
    mean: Shares = (strength + count) / (strength / share + pairs)
    return mean


def _rounded(shares: Shares) -> Shares:
    """To six significant digits, downwards: the last bits of a sum differ from run to run."""
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(shares)))
    rounded: Shares = np.floor(shares * scale + 1e-3) / scale
    return rounded
