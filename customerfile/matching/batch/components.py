"""Which records hang together by links, found with array operations."""

from __future__ import annotations

import numpy as np

from customerfile.matching.columns import Ints


def component_numbers(left: Ints, right: Ints, count: int) -> Ints:
    """For each of the places 0 to count - 1 the smallest place that it hangs together with."""
    lowest = np.arange(count, dtype=np.int64)
    while True:
        below = np.minimum(lowest[left], lowest[right])
        if (lowest[left] == below).all() and (lowest[right] == below).all():
            return lowest
        for side in (left, right):
            np.minimum.at(lowest, lowest[side], below)
            np.minimum.at(lowest, side, below)
        lowest = _followed(lowest)


def _followed(lowest: Ints) -> Ints:
    """Each place points at the end of its chain."""
    while True:
        further = lowest[lowest]
        if (further == lowest).all():
            return lowest
        lowest = further
