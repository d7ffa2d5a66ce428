"""The beginning of a file alone, for a look at what the whole would come to."""

from collections.abc import Iterator
from dataclasses import replace

from customerfile.sources.rows import RawRow, RowStream


def beginning(stream: RowStream, rows: int) -> RowStream:
    """The same stream, ended after so many rows; whole where `rows` is 0."""
    if not rows:
        return stream

    def batches() -> Iterator[list[RawRow]]:
        left = rows
        for batch in stream.batches():
            yield batch[:left]
            left -= len(batch)
            if left <= 0:
                return

    expected = stream.estimated_rows
    return replace(stream, batches=batches, estimated_rows=rows if expected is None else min(rows, expected))
