"""The doctor's judgements, and how they are told."""

import io
import json
from datetime import date

import pytest
from rich.console import Console

from customerfile.cli.doctor_database import examine_database, version_finding
from customerfile.cli.findings import Finding, as_json, as_table

TODAY = date(2026, 11, 21)
GOOD = Finding("disk", True, "9.0 GB free")
BAD = Finding("data [x]", False, "off", "Turn it on.")


@pytest.mark.parametrize(
    ("number", "today", "ok", "words"),
    [
        (180004, TODAY, True, "PostgreSQL 18.4, supported until 2030-11-14"),
        (150018, TODAY, True, "PostgreSQL 15.18, supported until 2027-11-11"),
        (150018, date(2027, 11, 11), False, "PostgreSQL 15.18, out of support since 2027-11-11"),
        (140002, TODAY, False, "PostgreSQL 14.2 is too old"),
        (190000, TODAY, True, "PostgreSQL 19.0"),
    ],
)
def test_a_version_is_judged_by_its_support(number, today, ok, words):
    found = version_finding(number, today)
    assert (found.ok, found.detail, bool(found.remedy)) == (ok, words, not ok)


def test_a_database_that_is_not_there_is_one_finding_with_a_remedy():
    (found,) = examine_database("host=/nonexistent dbname=x", today=TODAY, migrations=lambda: ["never asked"])
    assert not found.ok
    assert "DATABASE_URL" in found.remedy


def test_json_is_ok_only_when_all_is():
    assert json.loads(as_json([GOOD]))["ok"] is True
    told = json.loads(as_json([GOOD, BAD]))
    assert told["ok"] is False
    assert told["findings"][1] == {"name": "data [x]", "ok": False, "detail": "off", "remedy": "Turn it on."}


def test_the_table_shows_the_remedy_of_what_is_wrong():
    console = Console(width=100, file=io.StringIO())
    console.print(as_table([GOOD, BAD]))
    text = console.file.getvalue()
    assert "data [x]" in text
    assert "Turn it on." in text
    assert "wrong" in text
