"""Which customers and records are measured: all of a small file, a random sample of a large one. Pure.

A sample draws internal numbers at random, each alike, so it favours no delivery and costs the same however large the
file is. Sources too small to be met often in it are read whole.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

MOST = 50_000  # customers, and records, that are measured: a share is then known to half a percentage point
SMALL_SOURCE = 5_000  # records
_DRAWS = 4  # times as many as wanted, at most, where many numbers are of none any more


def drawn(count: int, highest: int, *, most: int = MOST, rng: np.random.Generator) -> list[int] | None:
    """Internal numbers to look at; None: all. Of `count` in use up to `highest`; some drawn may be of none."""
    if count <= most or highest <= 0:
        return None
    wanted = min(highest, round(most * highest / count), _DRAWS * most)
    return sorted(set(rng.integers(1, highest + 1, wanted).tolist()))


def small_sources(records: Mapping[int, int], *, small: int = SMALL_SOURCE) -> list[int]:
    """Those sources of which every record is read."""
    return sorted(source for source, count in records.items() if count <= small)
