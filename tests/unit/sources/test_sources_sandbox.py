"""Spreadsheets through the limited child process: what is read, what is refused, and that the parent lives."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from customerfile.sources import sandbox
from customerfile.sources.faults import EmptyFile, TooLarge, UnreadableFile
from customerfile.sources.readers import open_file
from customerfile.sources.readers.limits import ReadLimits
from customerfile.sources.rows import RawRow, ReadOptions, RowStream

TELCO = (
    Path(__file__).resolve().parents[4]
    / "shared"
    / "data"
    / "services"
    / "Telco_customer_churn_extended.xlsx"
)
_PARTS = {
    "xl/workbook.xml": '<workbook xmlns="m" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
}


def _rows(stream: RowStream) -> list[RawRow]:
    rows = [row for batch in stream.batches() for row in batch]
    stream.close()
    return rows


def _workbook(tmp_path: Path, cells: dict[str, list[list[object]]]) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(
        str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    ) as book:
        for name, rows in cells.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(line, place, cell)
    return path


def _crafted(tmp_path: Path, sheet: str) -> Path:
    """The smallest workbook with this sheet data."""
    path = tmp_path / "crafted.xlsx"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text.replace('xmlns="m"', f'xmlns="{main}"'))
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        )
    return path


def _cell(reference: str, text: str = "x") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_cells_become_plain_text(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path,
        {
            "People": [
                ["Id", "Name", "Born", "Seen", "Paid", "Long", "Member"],
                [
                    17850,
                    "Ann",
                    date(1978, 12, 11),
                    datetime(2024, 1, 2, 3, 4, 5),
                    0.1 + 0.2,
                    123456789012345,
                    True,
                ],
                [None, None, None],
                [2, None, None, None, 12.5, None, False],
            ]
        },
    )
    stream = open_file(path)
    assert stream.columns == ("Id", "Name", "Born", "Seen", "Paid", "Long", "Member")
    assert (stream.detected.format, stream.detected.sheet) == ("xlsx", "People")
    assert _rows(stream) == [
        RawRow(2, ("17850", "Ann", "1978-12-11", "2024-01-02T03:04:05", "0.3", "123456789012345", "true")),
        RawRow(4, ("2", None, None, None, "12.5", None, "false")),
    ]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = _workbook(tmp_path, {"S": [["Customers 2024"], [], ["Id", "Name", "Town"], [1, "Ann", "Leeds"]]})
    stream = open_file(path)
    assert stream.columns == ("Id", "Name", "Town")
    assert stream.detected.notes == ("1 rows above the header in row 3 are left out.",)
    assert _rows(stream) == [RawRow(4, ("1", "Ann", "Leeds"))]


def test_one_sheet_of_several_is_read_and_said(tmp_path: Path) -> None:
    path = _workbook(tmp_path, {"Cover": [], "A": [["Id"], [1]], "B": [["Id"], [2]]})
    assert "the workbook also has: Cover, B." in open_file(path).detected.notes[0]
    assert _rows(open_file(path, ReadOptions(sheet="B")))[0].values == ("2",)
    with pytest.raises(UnreadableFile, match='There is no sheet "C"'):
        open_file(path, ReadOptions(sheet="C"))


def test_a_formula_is_its_stored_value_and_is_never_worked_out(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Id", "Sum", "Nothing"])
        sheet.write(1, 0, "1")
        sheet.write_formula(1, 1, "=1+1", None, 7)
        sheet.write_formula(1, 2, "=WEBSERVICE(A1)", None, "")
    stream = open_file(path)
    assert _rows(stream)[0].values == ("1", "7", None)
    assert stream.detected.notes[0].startswith("1 formulas have no stored value")


def test_a_value_right_of_the_header_makes_the_row_faulty(tmp_path: Path) -> None:
    rows = [["Id", "Name"], *[[n, "x"] for n in range(60)], [99, "y", "z"]]
    assert [row.line for row in _rows(open_file(_workbook(tmp_path, {"S": rows}))) if row.fault] == [62]


@pytest.mark.parametrize(("rows", "fault"), [([], EmptyFile), ([[None]], EmptyFile)])
def test_an_empty_sheet_is_refused(tmp_path: Path, rows: list[list[object]], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        open_file(_workbook(tmp_path, {"S": rows}))


def test_a_header_alone_gives_no_rows_and_says_so(tmp_path: Path) -> None:
    stream = open_file(_workbook(tmp_path, {"S": [["Id", "Name"]]}))
    assert "The sheet holds a header and no rows." in stream.detected.notes
    assert _rows(stream) == []


def test_a_far_cell_is_refused_by_its_name(tmp_path: Path) -> None:
    path = _crafted(tmp_path, f'<row r="1">{_cell("A1")}</row><row r="1048576">{_cell("XFD1048576")}</row>')
    assert path.stat().st_size < 2000
    with pytest.raises(TooLarge, match=r"reaches to cell XFD1048576, though only 2 cells hold anything"):
        open_file(path)


def test_a_table_that_begins_in_the_middle_of_a_sheet_keeps_its_row_numbers(tmp_path: Path) -> None:
    header, row = _cell("C3", "Id") + _cell("D3", "Name"), _cell("C6", "7") + _cell("D6", "Ann")
    path = _crafted(tmp_path, f'<row r="3">{header}</row><row r="6">{row}</row>')
    stream = open_file(path)
    assert (stream.columns, _rows(stream)) == (("Id", "Name"), [RawRow(6, ("7", "Ann"))])


def test_a_sheet_that_does_not_say_where_its_cells_stand_is_read(tmp_path: Path) -> None:
    row = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
    path = _crafted(tmp_path, row.format("Id") + row.format("7"))
    assert _rows(open_file(path)) == [RawRow(2, ("7",))]


def test_an_archive_that_unpacks_to_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 5_000_000)
    with pytest.raises(TooLarge, match="unpacks to more than 1 MiB"):
        open_file(path, limits=ReadLimits(unpacked_bytes=1 << 20))
    with pytest.raises(TooLarge, match="grows more than 100 times"):
        open_file(path, limits=ReadLimits(ratio_from_bytes=1000, inflation_ratio=100))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 broken", "damaged or cut short"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "an old Excel file"),
        (b"%PDF-1.7 ...", "a PDF document"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        open_file(tmp_path / "book.xlsx")


def test_another_archive_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("people.csv", "id\n1\n")
    (tmp_path / "people.zip").write_bytes(packed.getvalue())
    with pytest.raises(UnreadableFile, match="an archive, but not an Excel workbook"):
        open_file(tmp_path / "people.zip")


def test_a_child_without_enough_memory_is_told(tmp_path: Path) -> None:
    path = _workbook(tmp_path, {"S": [["Id", "Text"], *[[n, f"text {n}" * 20] for n in range(3000)]]})
    with pytest.raises(TooLarge, match="memory"):
        open_file(path, limits=ReadLimits(child_memory_bytes=24 << 20))


def test_a_child_that_says_nothing_is_ended(tmp_path: Path) -> None:
    path = _workbook(tmp_path, {"S": [["Id"], [1]]})
    with pytest.raises(TooLarge, match="could not be read within 0 seconds"):
        open_file(path, limits=ReadLimits(child_wait_seconds=0.001))


def test_a_child_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_CHILD", "customerfile.sources.no_such_module")
    with pytest.raises(UnreadableFile, match="brought down the program that reads it"):
        open_file(_workbook(tmp_path, {"S": [["Id"], [1]]}))


def test_the_child_does_not_get_the_environment_of_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, object] = {}
    popen = sandbox.subprocess.Popen

    def spied(*command: object, **options: object) -> object:
        given.update(options)
        return popen(*command, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(sandbox.subprocess, "Popen", spied)
    open_file(_workbook(tmp_path, {"S": [["Id"], [1]]}))
    assert set(given["env"]) == {"PYTHONPATH", "PYTHONUTF8"}  # type: ignore[call-overload]


@pytest.mark.real_data
def test_the_telephone_company_is_read_whole() -> None:
    if not TELCO.exists():
        pytest.skip("the public workbook is not beside the checkout")
    stream = open_file(TELCO)
    rows = _rows(stream)
    assert (len(stream.columns), len(rows), sum(bool(row.fault) for row in rows)) == (33, 7043, 0)
    assert rows[0].values[:6] == ("3668-QPYBK", "1", "United States", "California", "Los Angeles", "90003")
