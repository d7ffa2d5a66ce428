"""Readers: one per file format, each yielding rows.RowStream. Enter by `readers.opening.open_file`.

Kept empty: the limited child process starts from this package and must load nothing it does not need.
"""
