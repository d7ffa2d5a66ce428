"""Cuts rows into batches, by their number and by how much text they hold: long rows would fill the memory.

The same file always gives the same batches: the chunk ledger relies on it.
"""

from collections.abc import Iterator

from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.rows import RawRow


def batched(rows: Iterator[RawRow], size: int, limits: ReadLimits) -> Iterator[list[RawRow]]:
    """Batches of at most `size` rows, sooner cut where their text and cells reach the limit."""
    batch: list[RawRow] = []
    room = limits.batch_chars
    for row in rows:
        batch.append(row)
        room -= len(row.text) + len(row.values)
        if room < 0 or len(batch) >= size:
            yield batch
            batch, room = [], limits.batch_chars
    if batch:
        yield batch
