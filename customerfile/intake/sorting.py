"""Sorts the order lines of a file by order, on disk where they do not fit in memory."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import orjson
import pyarrow as pa

from customerfile.intake.order_lines import OrderLine

_FETCH = 20_000


class LineSorter:
    """Collects lines, then hands them out by order and line. Its file is private and gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=folder, prefix="sort-")
        os.chmod(self._folder.name, 0o700)
        self._database = duckdb.connect(str(Path(self._folder.name) / "lines.duckdb"))
        self._database.execute("SET memory_limit = '1GB'")
        self._database.execute("SET temp_directory = ?", [self._folder.name])
        self._database.execute("CREATE TABLE lines (order_key VARCHAR, line BIGINT, content BLOB)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, lines: Sequence[OrderLine]) -> None:
        """Take lines in any order."""
        if lines:
            batch = pa.table(
                {
                    "order_key": [line.order for line in lines],
                    "line": [line.line for line in lines],
                    "content": pa.array([orjson.dumps(line.packed()) for line in lines], pa.binary()),
                }
            )
            self._database.register("batch", batch)
            self._database.execute("INSERT INTO lines SELECT order_key, line, content FROM batch")
            self._database.unregister("batch")

    def sorted_lines(self) -> Iterator[OrderLine]:
        """All lines by order key, then line."""
        found = self._database.execute("SELECT content FROM lines ORDER BY order_key, line")
        while rows := found.fetchmany(_FETCH):
            for (content,) in rows:
                yield OrderLine.unpacked(orjson.loads(content))
