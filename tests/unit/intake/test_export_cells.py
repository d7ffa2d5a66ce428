"""Exported cells: none becomes a formula, numbers and phones come back exactly, columns are laid out as told."""

import csv
import io
import os

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from customerfile.customers.whole_file.whole_base import WholeRecord
from customerfile.definition.loading import load_packs
from customerfile.intake.export_columns import Column, columns, open_values
from customerfile.intake.export_files import ExportFault, written_whole
from customerfile.intake.export_formats import csv_table, parquet_table, xlsx_table
from customerfile.intake.spreadsheet_cells import guarded

DEFINITION = load_packs(("base",))
DANGEROUS = [
    "=1+1",
    "@SUM(A1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1+1",
    " =1",
    "'=1",
    "＠x",
]
HARMLESS = [
    "-5.20",
    "+33123456789",
    "-7",
    "+442079460018;ext=12",
    "Anna",
    "a=b",
    "1980-05-17",
    "",
    "- "[:0],
    "'t Hooft",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_be_a_formula_is_marked_as_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_phones_and_words_are_left_alone(text):
    assert guarded(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula_unless_it_is_a_number(text):
    cell = guarded(text)
    assert cell in (text, f"'{text}")
    if cell and cell[0] in "=@":
        pytest.fail(cell)


RECORD = WholeRecord(
    "0000001X",
    "person",
    {
        "given_name": "Anna",
        "email": [{"value": "a@example.org"}, {"value": "b@example.org", "use": "work"}],
        "address": [{"line": "=1+1", "city": "Leeds", "postcode": "LS1 1AA", "country": "GB"}],
        "household_size": 3,
        "iban": [{"scheme": "iban", "masked": "•••• 5432", "digest": 1, "near": [2]}],
    },
)
WIDTHS = {"given_name": 1, "email": 2, "address": 1, "household_size": 1, "iban": 1}


def row(record):
    return {column.name: column.cell(record) for column in columns(DEFINITION, WIDTHS)}


def test_several_values_have_numbered_columns_and_addresses_their_parts():
    assert row(RECORD) == {
        "number": "0000001X",
        "kind": "person",
        "given_name": "Anna",
        "email": "a@example.org",
        "email_2": "b@example.org",
        "address_line": "=1+1",
        "address_line_2": None,
        "address_postcode": "LS1 1AA",
        "address_city": "Leeds",
        "address_region": None,
        "address_country": "GB",
        "household_size": 3,
        "iban": "•••• 5432",
    }


def test_an_empty_record_has_empty_cells():
    assert set(row(WholeRecord("1", "person", {})).values()) == {"1", "person", None}


def test_json_keeps_lists_and_leaves_digests_out():
    opened = open_values(RECORD.values, DEFINITION)

    assert opened["email"] == [{"value": "a@example.org"}, {"value": "b@example.org", "use": "work"}]
    assert opened["iban"] == [{"scheme": "iban", "masked": "•••• 5432"}]


def test_a_csv_file_comes_back_as_written():
    file = io.BytesIO()
    with csv_table(file, ["number", "phone"]) as write:
        write([["-5.20", "+33123456789"], ["=1", None]])

    assert list(csv.reader(io.StringIO(file.getvalue().decode(), newline=""))) == [
        ["number", "phone"],
        ["-5.20", "+33123456789"],
        ["'=1", ""],
    ]


def test_a_spreadsheet_holds_text_as_text(tmp_path):
    path = tmp_path / "out.xlsx"
    with path.open("w+b") as file, xlsx_table(file, ["a", "b", "c"], scratch=tmp_path) as write:
        write([["=1+1", "00042", 3], ["+33123", None, True]])

    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() == [
        ["a", "b", "c"],
        ["=1+1", "00042", 3.0],
        ["+33123", "", True],
    ]


def test_parquet_columns_are_typed(tmp_path):
    path = tmp_path / "out.parquet"
    named = [Column("name", str, lambda _: None), Column("size", int, lambda _: None)]
    with path.open("w+b") as file, parquet_table(file, named) as write:
        write([["Anna", 3], [None, None]])

    assert pq.read_table(path).to_pylist() == [{"name": "Anna", "size": 3}, {"name": None, "size": None}]


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "out.csv"
    with written_whole(path) as file:
        file.write(b"whole")
        assert not path.exists()

    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o600


def write_and_fail(file):
    file.write(b"new")
    raise RuntimeError


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), written_whole(path) as file:
        write_and_fail(file)

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_full_disk_and_a_missing_folder_are_told(tmp_path):
    with pytest.raises(ExportFault, match="The disk is full"), written_whole(tmp_path / "x.csv"):
        raise OSError(28, "No space left on device")
    with pytest.raises(ExportFault, match="There is no folder"), written_whole(tmp_path / "no" / "x.csv"):
        pass
