"""Nothing leaves that the ledger does not tell: begun, what left and why, or that it failed."""

import os
from pathlib import Path

import pytest
from django.db import OperationalError

from customerfile.access.sight import WHOLE, Sight
from customerfile.audit.models import AuditEntry
from customerfile.audit.wording import what_was_done
from customerfile.intake import export_ledger
from customerfile.intake.exporting import ExportFault, export_customers, export_links
from tests.factories.customer_files import deliver, person


@pytest.fixture
def people(db) -> None:
    deliver("crm", [person("1", "Ada", "Bo", email="ada@example.org"), person("2", "Cy", "Dee")])


def entries() -> list[tuple[str, str, str]]:
    return list(
        AuditEntry.objects.filter(detail__has_key="export")
        .order_by("id")
        .values_list("code", "by", "subject")
    )


def test_an_export_tells_what_left_and_why(people, tmp_path):
    sight = Sight(fields=frozenset({"given_name", "family_name"}))
    export_customers(tmp_path / "letter.csv", sight=sight, by="nora", reason=" the yearly\nletter ")
    assert entries() == [
        ("intake.export.begun", "nora", "file:letter.csv"),
        ("customers.file.exported", "nora", "file:letter.csv"),
    ]
    begun, left = (entry.detail for entry in AuditEntry.objects.filter(by="nora").order_by("id"))
    assert left == {
        "export": begun["export"],
        "of": "",
        "format": "csv",
        "sees": "part",
        "branches": None,
        "fields": ["family_name", "given_name"],
        "reason": "the yearly letter",
        "count": 2,
        "columns": ["number", "kind", "given_name", "family_name"],
    }
    assert begun["what"] == "customers.file.exported"
    assert (
        what_was_done("customers.file.exported", "file:letter.csv", left)
        == "Exported the customers (2 rows, reason: the yearly letter)"
    )


def test_links_and_branches_are_told(people, tmp_path):
    assert export_links(tmp_path / "links.csv", sight=WHOLE, by="nora") == 2
    export_customers(tmp_path / "leeds.jsonl", sight=Sight(branches=frozenset({"Leeds"})), by="ben")
    links = AuditEntry.objects.get(code="customers.links.exported").detail
    leeds = AuditEntry.objects.get(code="customers.file.exported").detail
    assert (links["count"], links["columns"], links["sees"]) == (2, ["source", "key", "customer"], "whole")
    assert (leeds["count"], leeds["branches"], leeds["sees"], leeds["fields"]) == (0, ["Leeds"], "part", None)
    assert "given_name" in leeds["columns"]


def test_many_need_a_reason(people, tmp_path, settings):
    settings.EXPORT_REASON_ABOVE = "1"
    path = tmp_path / "all.csv"
    with pytest.raises(ExportFault, match="More than 1 leave in one file: that needs a reason"):
        export_customers(path, sight=WHOLE, by="nora", reason="  ")
    with pytest.raises(ExportFault, match="needs a reason"):
        export_links(path, sight=WHOLE, by="nora")
    assert [code for code, _, _ in entries()] == ["intake.export.begun", "intake.export.failed"] * 2
    assert os.listdir(tmp_path) == []
    assert export_customers(path, sight=WHOLE, by="nora", reason="asked by the auditor") == 2
    settings.EXPORT_REASON_ABOVE = "2"
    assert export_customers(path, sight=WHOLE, by="nora") == 2


@pytest.mark.parametrize("setting", ["", "many", "-1", "1.5", "9" * 30])
def test_a_limit_that_is_no_number_is_told(db, tmp_path, settings, setting):
    settings.EXPORT_REASON_ABOVE = setting
    with pytest.raises(ExportFault, match="CUSTOMERFILE_EXPORT_REASON_ABOVE is no whole number"):
        export_customers(tmp_path / "all.csv", sight=WHOLE, by="nora")


def test_a_reason_is_a_sentence_and_a_name_may_be_no_text(people, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.csv")
    with pytest.raises(ExportFault, match="at most 500 characters"):
        export_customers(path, sight=WHOLE, by="nora", reason="x" * 501)
    assert export_customers(path, sight=WHOLE, by="nora") == 2
    assert entries()[-1][2] == "file:caf\\udce9.csv"


@pytest.mark.parametrize("working", [0, 1])
def test_what_cannot_be_written_down_does_not_leave(people, tmp_path, monkeypatch, working: int):
    path = tmp_path / "all.csv"
    path.write_text("old")
    record = export_ledger.audit.record
    written: list[str] = []

    def failing(**entry: object) -> None:
        written.append(str(entry["code"]))
        if len(written) > working:
            raise OperationalError("the ledger is away")
        record(**entry)

    monkeypatch.setattr(export_ledger.audit, "record", failing)
    with pytest.raises(ExportFault, match="Nothing was exported: what leaves has to be written down first"):
        export_customers(path, sight=WHOLE, by="nora")
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["all.csv"])


def test_a_failure_is_told_whatever_it_was(people, tmp_path, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "taken").mkdir()
    with pytest.raises(ExportFault):
        export_customers(tmp_path / "taken" / "..csv" / "x.csv", sight=WHOLE, by="nora")
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export_customers(tmp_path / "all.csv", sight=WHOLE, by="ben")
    assert [code for code, by, _ in entries() if by == "nora"] == [
        "intake.export.begun",
        "intake.export.failed",
    ]
    assert [code for code, by, _ in entries() if by == "ben"] == [
        "intake.export.begun",
        "customers.file.exported",
        "intake.export.failed",
    ]
    assert os.listdir(tmp_path) == ["taken"]


def test_what_is_in_its_place_did_not_fail(people, tmp_path, monkeypatch):
    move = Path.replace

    def moved_then_interrupted(path: Path, target: Path) -> None:
        move(path, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", moved_then_interrupted)
    with pytest.raises(KeyboardInterrupt):
        export_customers(tmp_path / "all.csv", sight=WHOLE, by="nora")
    assert [code for code, _, _ in entries()] == ["intake.export.begun", "customers.file.exported"]
    assert (tmp_path / "all.csv").exists()
