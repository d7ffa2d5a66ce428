"""A file that left with a reason says in each row which export it is of, who took it out, when and why."""

import csv
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from customerfile.access.sight import WHOLE
from customerfile.audit.models import AuditEntry
from customerfile.intake.exporting import FORMATS, export_customers, export_links
from tests.factories.customer_files import deliver, person

REASON = "=the yearly letter"


@pytest.fixture
def people(db) -> None:
    deliver("crm", [person("1", "Ada", "Bo", email="ada@example.org"), person("2", "Cy", "Dee")])


def _rows(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text().splitlines()]
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".xlsx":
        header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("ending", FORMATS)
def test_each_row_leads_to_the_entry_of_its_export(people, tmp_path, ending: str):
    path = tmp_path / f"all{ending}"
    export_customers(path, sight=WHOLE, by="nora", reason=REASON)
    marks = {row["export_mark"] for row in _rows(path)}
    (mark,) = marks
    entry = AuditEntry.objects.get(code="customers.file.exported")
    said = rf"{entry.detail['export']} nora {entry.at:%Y-%m-%d} \d\d:\d\d UTC: {re.escape(REASON)}"
    assert re.fullmatch(said, str(mark))
    assert "export_mark" not in entry.detail["columns"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_small_file_without_a_reason_is_as_it_was(people, tmp_path, ending: str):
    path = tmp_path / f"all{ending}"
    export_customers(path, sight=WHOLE, by="nora")
    assert [row for row in _rows(path) if "export_mark" in row] == []


def test_links_carry_it_too(people, tmp_path):
    export_links(tmp_path / "links.csv", sight=WHOLE, by="nora", reason=REASON)
    assert {str(row["export_mark"]).partition(" UTC: ")[2] for row in _rows(tmp_path / "links.csv")} == {
        REASON
    }
