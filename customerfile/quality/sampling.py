"""Which customers and records are measured: all of a small file, a random sample of a large one. Pure.

A sample draws internal numbers at random, each alike, so it favours no delivery and costs the same however large the
file is. Where most numbers are of nobody any more, it is chosen among those in use instead, which means to read them
all. Sources too small to be met often in it are read whole.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

MOST = 50_000  # customers, and records, that are measured: a share is then known to half a percentage point
SMALL_SOURCE = 5_000  # records
_SPARSE = 4  # numbers given out for each one in use, from where on drawing blindly would mostly miss


def is_sparse(count: int, highest: int) -> bool:
    """Whether of the internal numbers up to `highest` so few (`count`) are in use that drawing among them is no way."""
    return highest > _SPARSE * count


def drawn(count: int, highest: int, *, most: int, rng: np.random.Generator) -> list[int]:
    """Internal numbers to look at, about `most` of the `count` in use up to `highest`; some drawn may be of none."""
    wanted = min(highest, round(most * highest / count))
    return sorted(set(rng.integers(1, highest + 1, wanted).tolist()))


def small_sources(records: Mapping[int, int], *, small: int = SMALL_SOURCE) -> list[int]:
    """Those sources of which every record is read."""
    return sorted(source for source, count in records.items() if count <= small)
