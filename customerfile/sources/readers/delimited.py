"""CSV and TSV. Every physical line is accounted for: it yields a row, or a fault with its number and text.

Read with Python's csv module. DuckDB's reader was tried: it would not open a file that mixes an unclosed
quote, a NUL and a ragged row, where this one yields the good rows and names the others, at 3 s a million.
"""

import csv
from collections import deque
from collections.abc import Iterator

from customerfile.base.told import noted_text
from customerfile.sources.faults import EmptyFile
from customerfile.sources.readers.batching import batched
from customerfile.sources.readers.dialect import Dialect, detect_dialect
from customerfile.sources.readers.header import column_names, numbered_names
from customerfile.sources.readers.text import TextFile
from customerfile.sources.rows import Detected, RawRow, ReadOptions, RowStream

_SIZED_LINES = 1000


def open_delimited(text: TextFile, options: ReadOptions, *, file_format: str, compression: str) -> RowStream:
    """Raises EmptyFile where there is nothing but blanks, TooLarge for too many columns."""
    sample = _sample(text)
    dialect = detect_dialect(sample, options, prefer="\t" if file_format == "tsv" else ",")
    first = next(_Rows(text, dialect, width=0).parse(), None)
    if first is None or not any(first[1]):
        raise EmptyFile(
            "The file holds no rows and no header.", "Export it again and look at it before you import it."
        )
    cells = first[1]
    columns = (
        column_names(cells, text.limits) if dialect.has_header else numbered_names(len(cells), text.limits)
    )
    rows = _Rows(text, dialect, width=len(columns))
    notes = (*text.notes, *_row_notes(rows, dialect))
    return RowStream(
        columns=columns,
        detected=Detected(
            format=file_format,
            compression=compression,
            encoding=text.encoding,
            delimiter=dialect.delimiter,
            quote=dialect.quote,
            has_header=dialect.has_header,
            notes=notes,
        ),
        batches=lambda: rows.batches(options.batch_rows),
        estimated_rows=None if compression else _estimate(text, sample),
    )


def _sample(text: TextFile) -> list[str]:
    blocks = text.blocks()
    block = next(blocks, [])
    blocks.close()  # type: ignore[attr-defined]
    return block[:_SIZED_LINES]


def _estimate(text: TextFile, sample: list[str]) -> int | None:
    encoded = sum(len(line.encode(text.encoding, "replace")) for line in sample)
    return max(0, round(text.path.stat().st_size * len(sample) / encoded) - 1) if encoded else None


def _row_notes(rows: "_Rows", dialect: Dialect) -> tuple[str, ...]:
    if next(rows.batches(1), None) is None:
        return (noted_text("The file holds a header and no rows."),)
    return (
        () if dialect.has_header else (noted_text("The first line looks like data: columns are numbered."),)
    )


class _Feed:
    """Hands lines to csv.reader and keeps those of the current row, so that they can be given back."""

    __slots__ = ("_back", "_blocks", "_lines", "_marked", "mark", "suspicious", "taken")

    def __init__(self, text: TextFile) -> None:
        self._blocks = text.blocks()
        self._lines: Iterator[str] = iter(())
        self._back: deque[str] = deque()
        self._marked = False
        self.mark = text.mark
        self.suspicious = False  # the current row may hold a mark (NUL or an undecoded byte)
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            found = next(self._lines, None)
            line = self._next_block() if found is None else found
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))

    def _next_block(self) -> str:
        block = next(self._blocks)
        joined = "".join(block)
        plain = joined.isascii() and "\x00" not in joined
        marked = not plain and self.mark.search(joined) is not None
        self.suspicious, self._marked = marked or self._marked, marked
        self._lines = iter(block)
        return next(self._lines)


class _Rows:
    """The rows of one file under one dialect, as often as asked."""

    def __init__(self, text: TextFile, dialect: Dialect, *, width: int) -> None:
        self._text = text
        self._dialect = dialect
        self._width = width

    def batches(self, size: int) -> Iterator[list[RawRow]]:
        return batched(self._rows(), size, self._text.limits)

    def parse(self) -> Iterator[tuple[int, list[str], str, str]]:
        """Line number, cells, text, and a csv complaint ("" if none), blank rows left out."""
        feed = _Feed(self._text)
        reader = csv.reader(feed, **self._dialect.reader_options())  # type: ignore[arg-type]
        line, taken = 1, feed.taken
        while True:
            complaint = ""
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                cells, complaint = [], str(error)
            if len(taken) > 1 and (complaint or self._swallowed(taken, len(cells))):
                feed.give_back(taken[1:])
                del taken[1:]
                complaint = _UNCLOSED
            text = taken[0] if len(taken) == 1 else "".join(taken)
            if complaint or any(cells):
                yield (
                    line,
                    cells,
                    text,
                    complaint or (_MARKED if feed.suspicious and feed.mark.search(text) else ""),
                )
            line += len(taken)
            taken.clear()

    def _swallowed(self, taken: list[str], width: int) -> bool:
        """Whether an unclosed quote ran on over good rows: the row is ragged, yet a line within it is a
        whole row.
        """
        if not self._width or width == self._width:
            return False
        options = self._dialect.reader_options() | {"strict": False}
        return any(len(cells) == self._width for cells in csv.reader(taken[1:], **options))  # type: ignore[arg-type]

    def _rows(self) -> Iterator[RawRow]:
        width = self._width
        parsed = self.parse()
        if self._dialect.has_header:
            next(parsed, None)
        for line, cells, text, complaint in parsed:
            if len(cells) == width and not complaint:
                yield RawRow(line, tuple([cell or None for cell in cells]), text.rstrip("\r\n"))
            elif complaint or len(cells) < width or any(cells[width:]):
                yield self._faulty(line, cells, text, complaint)
            else:
                yield RawRow(line, tuple([cell or None for cell in cells[:width]]), text.rstrip("\r\n"))

    def _faulty(self, line: int, cells: list[str], text: str, complaint: str) -> RawRow:
        reason, remedy = self._explained(len(cells), text, complaint)
        return RawRow(line, (), self._text.shown(text), reason, remedy)

    def _explained(self, found: int, text: str, complaint: str) -> tuple[str, str]:
        if complaint == _MARKED or self._text.mark.search(text):
            return _marked_fault(text, self._text.encoding)
        if complaint:
            return _quote_fault(complaint)
        reason = noted_text("The row has {found} fields where the header has {wanted}.").format(
            found=found, wanted=self._width
        )
        if found < self._width:
            return reason, noted_text(
                "Add the missing separators, or quote the field that holds a line break."
            )
        remedy = noted_text('Put quotes round the field that holds the separator "{separator}".')
        return reason, remedy.format(separator=self._dialect.delimiter)


_MARKED = "marked"
_UNCLOSED = "unexpected end of data"


def _marked_fault(text: str, encoding: str) -> tuple[str, str]:
    if "\x00" in text:
        return (
            noted_text("The row holds NUL bytes, which no text may hold."),
            noted_text("Save the file again as text (UTF-8)."),
        )
    return (
        noted_text("The row holds bytes that are not {encoding}.").format(encoding=encoding.upper()),
        noted_text("Save the whole file in one encoding (UTF-8), or name the right one."),
    )


def _quote_fault(complaint: str) -> tuple[str, str]:
    if _UNCLOSED in complaint or "limit" in complaint:
        return (
            noted_text("A quote is opened on this line and never closed."),
            noted_text("Close the quote, or double it if it belongs to the text."),
        )
    return (
        noted_text("A quote inside a quoted field is not doubled."),
        noted_text('Write a quote within quotes twice: "".'),
    )
