"""Sheets of XLSX workbooks. A formula is the value stored with it and is never worked out."""

from collections.abc import Iterator
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from customerfile.base.told import noted_text
from customerfile.sources.plain_values import plain_text
from customerfile.sources.sandboxed.archive import Extent, Sheet, column_name, extent, open_archive, sheets
from customerfile.sources.sandboxed.request import About, Refusal, Request, WireRow

_HEAD_ROWS = 50
_NUL = (noted_text("The row holds NUL, which no text may hold."), noted_text("Write the cell again."))

type _Line = tuple[int, tuple[str | None, ...]]


def about(request: Request) -> About:
    """The sheet that is read, its first rows, and what is worth knowing about it."""
    sheet, size, notes = _chosen(request)
    head = tuple(islice(_lines(request, sheet, size), _HEAD_ROWS))
    return About(head=head, sheet=sheet.name, rows=size.rows, notes=tuple(notes))


def rows(request: Request) -> Iterator[WireRow]:
    """Every row of the sheet that holds anything, the header among them, with its number in the sheet."""
    sheet, size, _ = _chosen(request)
    for line, cells in _lines(request, sheet, size):
        if any(cell and "\x00" in cell for cell in cells):
            yield line, [], " | ".join((cell or "").replace("\x00", "\\x00") for cell in cells), *_NUL
        else:
            yield line, list(cells), "", "", ""


def _chosen(request: Request) -> tuple[Sheet, Extent, list[str]]:
    """The sheet asked for, or the first visible one that holds anything."""
    with open_archive(request) as archive:
        found = sheets(archive)
        wanted = [sheet for sheet in found if not request.sheet or sheet.name == request.sheet]
        if not wanted:
            named = ", ".join(sheet.name for sheet in found) or "none"
            raise Refusal(
                noted_text('There is no sheet "{sheet}".').format(sheet=request.sheet),
                noted_text("The workbook has: {sheets}.").format(sheets=named),
            )
        visible = [sheet for sheet in wanted if not sheet.is_hidden] or wanted
        for sheet in visible:
            size = extent(archive, sheet)
            if size.cells or sheet is visible[-1]:
                _refuse_sparse(sheet, size, request)
                return sheet, size, _notes(found, sheet, size)
    raise Refusal(
        noted_text("The workbook has no sheet."), noted_text("Save it again with the data in a sheet.")
    )


def _refuse_sparse(sheet: Sheet, size: Extent, request: Request) -> None:
    if size.rows * size.columns > request.cells:
        raise Refusal(
            noted_text(
                'The sheet "{sheet}" reaches to cell {cell}, though only {number} cells hold anything.'
            ).format(
                sheet=sheet.name, cell=f"{column_name(size.columns)}{size.rows}", number=f"{size.cells:,}"
            ),
            noted_text(
                "Delete the far cells (select the empty rows and columns and delete them), or save the sheet as CSV."
            ),
            is_limit=True,
        )


def _notes(found: list[Sheet], sheet: Sheet, size: Extent) -> list[str]:
    notes = []
    if len(found) > 1:
        others = ", ".join(other.name for other in found if other is not sheet)
        only = noted_text('Only the sheet "{sheet}" is read; the workbook also has: {others}.')
        notes.append(only.format(sheet=sheet.name, others=others))
    if size.valueless_formulas:
        notes.append(
            noted_text(
                "{number} formulas have no stored value and are read as empty: open the workbook in a spreadsheet"
                " program and save it to store them."
            ).format(number=f"{size.valueless_formulas:,}")
        )
    return notes


def _lines(request: Request, sheet: Sheet, size: Extent) -> Iterator[_Line]:
    if not size.cells:
        return
    try:
        opened = CalamineWorkbook.from_path(request.path).get_sheet_by_name(sheet.name)
        yield from _filled(opened)
    except CalamineError as error:
        raise Refusal(
            noted_text("The workbook cannot be read."),
            noted_text("Save it again as .xlsx, or save the sheet as CSV."),
        ) from error


def _filled(sheet: CalamineSheet) -> Iterator[_Line]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        values = tuple([plain_text(cell) for cell in cells])
        if any(values):
            yield line, values
