"""Months that were kept for long enough are dropped, and what is left is verified as before."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from customerfile.audit import audit_verifier
from customerfile.audit.errors import LedgerIncomplete, RetentionNotPossible
from customerfile.audit.faults import FaultKind
from customerfile.audit.models import AuditEntry, PurgedRow, ReadEntry
from customerfile.audit.months import Month, make_months, months_of
from customerfile.audit.operations import record, record_reads
from customerfile.audit.purging import purge
from customerfile.audit.sealed_lines import write_sealed
from customerfile.audit.sealing import seal
from customerfile.audit.verification import verify
from customerfile.base.clock import now
from tests.integration.audit.conftest import triggers

TODAY = datetime(2026, 11, 22, 9, tzinfo=UTC)
OCTOBER, NOVEMBER = datetime(2025, 10, 31, 23, 59, tzinfo=UTC), datetime(2025, 11, 1, 0, 0, tzinfo=UTC)
PAST = ("2025-09-01", "2025-10-01", "2025-11-01")


def _read(at: datetime, customer: int = 1) -> None:
    record_reads(by="olive", at=at, page="customer", customer_ids=[customer])


@pytest.fixture
def old_ledger(ledger: None):
    """Reads of September, October and November of last year; one batch holds the turn of two months."""
    with connection.cursor() as cursor:
        for ledger_name in ("audit_entry", "read_entry"):
            for first_day in PAST:
                cursor.execute("SELECT make_audit_month(%s, %s::date)", (ledger_name, first_day))
    for at in (datetime(2025, 9, 9, tzinfo=UTC), datetime(2025, 10, 10, tzinfo=UTC)):
        for customer in range(3):
            _read(at, customer)
        record(by="olive", at=at, code="access.user.signed_in", subject="user:1", detail={})
        seal(at=at + timedelta(minutes=1))
    _read(OCTOBER)
    _read(NOVEMBER)
    seal(at=NOVEMBER + timedelta(minutes=1))
    _read(NOVEMBER + timedelta(hours=1))
    seal(at=NOVEMBER + timedelta(hours=2))
    yield
    with connection.cursor() as cursor:
        triggers("DISABLE")
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("DELETE FROM read_entry")
        triggers("ENABLE")
        cursor.execute("ALTER TABLE purged_row DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM purged_row")
        cursor.execute("ALTER TABLE purged_row ENABLE TRIGGER USER")
        for ledger_name in ("audit_entry", "read_entry"):
            for first_day in PAST:
                cursor.execute(f"DROP TABLE IF EXISTS {ledger_name}_{first_day[:4]}_{first_day[5:7]}")


def _months(found) -> list[tuple[str, int, int]]:
    return [(month.month.table, month.rows, month.hashes_kept) for month in found]


def _export(path: Path) -> subprocess.CompletedProcess[str]:
    with path.open("wb") as file:
        newest = seal(at=now())
        assert newest is not None
        write_sealed(file, up_to=newest)
    program = str(resources.files("customerfile.audit") / "audit_verifier.py")
    return subprocess.run(
        [sys.executable, "-I", "-S", program, str(path)], capture_output=True, text=True, check=False
    )


def _as_owner(statement: str, *values: object) -> None:
    triggers("DISABLE")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers("ENABLE")


GONE = [("read_entry_2025_09", 3, 0), ("read_entry_2025_10", 4, 1)]


def test_reads_are_kept_for_twelve_months_and_changes_for_ten_years(old_ledger):
    assert _months(purge(dry_run=True, by="olive", at=TODAY)) == GONE
    assert ReadEntry.objects.count() == 9
    assert _months(purge(dry_run=False, by="olive", at=TODAY)) == GONE
    assert list(ReadEntry.objects.order_by("at").values_list("at", flat=True)) == [
        NOVEMBER,
        NOVEMBER + timedelta(hours=1),
    ]
    assert AuditEntry.objects.filter(code="access.user.signed_in").count() == 2
    assert [str(each) for each in months_of("read_entry") if each.year < 2026] == ["2025-11"]
    assert purge(dry_run=False, by="olive", at=TODAY) == ()


def test_what_is_left_is_verified_and_the_purge_is_in_the_ledger(old_ledger):
    purge(dry_run=False, by="olive", at=TODAY)
    found = verify()
    assert (found.faults, found.purged, PurgedRow.objects.count()) == ((), 7, 1)
    entry = AuditEntry.objects.get(code="audit.ledger.purged")
    assert entry.detail["months"] == ["read_entry_2025_09", "read_entry_2025_10"]
    assert entry.detail["read_entry"] == {"through": 3, "rows": 7}
    seal(at=now())
    assert verify().ok


def test_months_that_go_later_are_added_to_what_went_before(old_ledger):
    purge(dry_run=False, by="olive", at=TODAY - timedelta(days=31))
    assert verify().purged == 3
    purge(dry_run=False, by="olive", at=TODAY)
    assert (verify().faults, verify().purged) == ((), 7)
    purge(dry_run=False, by="olive", at=TODAY + timedelta(days=31))
    assert (verify().faults, verify().purged, ReadEntry.objects.count()) == ((), 9, 0)


def test_an_export_of_what_is_left_is_verified_elsewhere(old_ledger, tmp_path: Path):
    purge(dry_run=False, by="olive", at=TODAY)
    told = _export(tmp_path / "ledger.jsonl")
    assert (told.returncode, "Nothing was altered" in told.stdout) == (0, True), told.stdout


TAMPERINGS = (
    ("DELETE FROM read_entry WHERE at = %s", NOVEMBER),
    ("DELETE FROM audit_entry WHERE code = %s", "audit.ledger.purged"),
    ("DELETE FROM audit_entry WHERE code = %s", "access.user.signed_in"),
    ("UPDATE read_entry SET by = 'ben' WHERE at = %s", NOVEMBER),
    ("DELETE FROM purged_row WHERE ledger = %s", "read_entry"),
    (
        "UPDATE purged_row SET row_hash = '\\x00'::bytea || substr(row_hash, 2) WHERE ledger = %s",
        "read_entry",
    ),
    (
        "WITH gone AS (DELETE FROM read_entry WHERE at > %s RETURNING *)"
        " INSERT INTO purged_row SELECT 'read_entry', transaction, id, row_hash FROM gone",
        NOVEMBER,
    ),
    ("DELETE FROM read_entry WHERE at > %s", NOVEMBER),
)


@pytest.mark.parametrize(("statement", "value"), TAMPERINGS)
def test_nothing_hides_behind_a_purge(old_ledger, tmp_path: Path, statement: str, value: object):
    purge(dry_run=False, by="olive", at=TODAY)
    seal(at=now())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE purged_row DISABLE TRIGGER USER")
    _as_owner(statement, value)
    assert not verify().ok
    record(by="olive", at=now(), code="access.user.signed_in", subject="user:1", detail={})
    assert _export(tmp_path / "ledger.jsonl").returncode == 1


def test_a_purge_that_was_made_up_does_not_excuse_what_is_young(ledger):
    for _ in range(3):
        _read(now())
    sealed = seal(at=now())
    detail = {"months": [], "kept_months": {}, "audit_entry": {"through": 0, "rows": 0}}
    detail["read_entry"] = {"through": sealed.number, "rows": 3}
    record(by="mallory", at=now(), code="audit.ledger.purged", subject="audit_ledger", detail=detail)
    _as_owner("DELETE FROM read_entry WHERE %s", True)
    assert FaultKind.ROWS_REMOVED in {fault.kind for fault in verify().faults}


def test_a_month_of_which_rows_are_missing_is_not_dropped(old_ledger):
    _as_owner("DELETE FROM read_entry WHERE id = (SELECT min(id) FROM read_entry WHERE at < %s)", OCTOBER)
    with pytest.raises(LedgerIncomplete):
        purge(dry_run=False, by="olive", at=TODAY)
    assert ReadEntry.objects.filter(at__lt=NOVEMBER).count() == 6


def test_what_was_sealed_lately_waits(old_ledger):
    _read(datetime(2025, 9, 20, tzinfo=UTC), 7)
    assert _months(purge(dry_run=True, by="olive", at=TODAY)) == [GONE[1]]


@pytest.mark.parametrize("months", ["2", "", "x", "-12", "99999999"])
def test_a_retention_that_makes_no_sense_is_refused(old_ledger, months: str):
    with override_settings(KEEP_READS_MONTHS=months), pytest.raises(RetentionNotPossible):
        purge(dry_run=True, by="olive", at=TODAY)


def test_months_are_made_ahead_and_a_wrong_clock_loses_nothing(ledger):
    make_months()
    there = {each.table for each in months_of("read_entry")}
    this = now()
    assert {Month("read_entry", this.year, this.month).table} <= there
    for at in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 6, 1, tzinfo=UTC)):
        _read(at)
    seal(at=now())
    assert (verify().ok, ReadEntry.objects.count()) == (True, 2)


def test_the_program_and_the_product_agree_on_how_old_a_purged_batch_has_to_be():
    from customerfile.audit import purges

    assert timedelta(days=audit_verifier._SHORTEST_DAYS) == purges._SHORTEST
    assert json.loads(json.dumps({"code": purges.CODE}))["code"] == audit_verifier._PURGE
