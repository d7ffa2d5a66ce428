"""A table of text as a source file holds it, and how such tables are written: always the same bytes."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter
from unidecode import unidecode

_WRITTEN_AT = datetime(2020, 1, 1)  # noqa: DTZ001  a workbook notes when it was made; a fixed moment keeps its bytes the same


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column name; `key_column` holds the source's own number of the row."""

    source: str
    file_name: str
    key_column: str
    rows: list[dict[str, str]]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.rows[0])


def write_csv(folder: Path, table: Table, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Writes the table as CSV; letters that the encoding lacks are written without their accent."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(row.values() for row in table.rows)
    path = folder / table.file_name
    path.write_bytes(b"".join(_encode(letter, encoding) for letter in text.getvalue()))
    return path


def write_xlsx(folder: Path, table: Table, sheet: str) -> Path:
    """Writes the table as the only sheet of a workbook, every cell as text."""
    path = folder / table.file_name
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": _WRITTEN_AT})
        page = workbook.add_worksheet(sheet)
        page.write_row(0, 0, table.columns, workbook.add_format({"bold": True}))
        for number, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row.values()):
                page.write_string(number, column, value)
    return path


def _encode(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return unidecode(letter).encode(encoding)
