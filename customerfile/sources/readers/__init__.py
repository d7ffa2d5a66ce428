"""Readers: one per file format, each yielding rows.RowStream."""

from customerfile.sources.readers.opening import open_file

__all__ = ["open_file"]
