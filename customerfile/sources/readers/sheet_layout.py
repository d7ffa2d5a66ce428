"""Where the table begins in a sheet, what its columns are called, and which rows fit them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from customerfile.base.told import noted_text
from customerfile.sources.faults import EmptyFile
from customerfile.sources.readers.dialect import looks_like_header
from customerfile.sources.readers.header import column_names, numbered_names
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.rows import RawRow

_TITLE_ROWS = 20  # a title or a remark may stand above the header

type Head = Sequence[tuple[int, Sequence[str | None]]]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    columns: tuple[str, ...]
    header_line: int  # 0 where there is no header
    notes: tuple[str, ...] = ()

    def row(self, line: int, cells: Sequence[str | None]) -> RawRow:
        """A row of the sheet under the columns; values right of the last column make it faulty."""
        width = len(self.columns)
        if any(cells[width:]):
            shown = " | ".join(cell or "" for cell in cells)
            reason = noted_text("The row holds a value right of the last column, {column}.").format(
                column=self.columns[-1]
            )
            return RawRow(
                line,
                (),
                shown[:10_000],
                reason,
                noted_text("Give that column a name in the header, or empty the cell."),
            )
        return RawRow(line, (*cells[:width], *[None] * (width - len(cells))))


def lay_out(head: Head, header: bool | None, limits: ReadLimits) -> SheetLayout:
    """From the first rows that hold anything. `header` overrides what would be detected. Raises EmptyFile."""
    if not head:
        raise EmptyFile(
            "The sheet is empty.", "Choose another sheet, or save the workbook again with its data."
        )
    width = max(_width(cells) for _, cells in head)
    fullest = max(sum(map(bool, cells)) for _, cells in head[:_TITLE_ROWS])
    at, (line, cells) = next(
        (place, row) for place, row in enumerate(head) if sum(map(bool, row[1])) * 10 >= fullest * 6
    )
    if not (looks_like_header([cell or "" for cell in cells]) if header is None else header):
        return SheetLayout(
            numbered_names(width, limits),
            0,
            (noted_text("The first row looks like data: columns are numbered."),),
        )
    columns = column_names([*cells[:width], *[None] * (width - len(cells))], limits)
    above = noted_text("{number} rows above the header in row {line} are left out.")
    notes = (above.format(number=at, line=line),) if at else ()
    return SheetLayout(
        columns,
        line,
        (*notes, *((noted_text("The sheet holds a header and no rows."),) if _ends(head, at) else ())),
    )


def _width(cells: Sequence[str | None]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _ends(head: Head, at: int) -> bool:
    return at + 1 == len(head)
