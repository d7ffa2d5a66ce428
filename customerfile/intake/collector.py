"""Keeps Python's cycle collector from walking a large import's millions of plain values again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (2_000_000, 20, 100)  # more than a chunk's values: those leave by themselves


@contextmanager
def calm_collector() -> Iterator[None]:
    """What is there now is left alone, and collections are rare, until the end of the block."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
