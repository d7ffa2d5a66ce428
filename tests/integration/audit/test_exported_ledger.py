"""The sealed ledger, exported from the database, agrees with the program that verifies it alone."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner

from customerfile.audit import audit_verifier
from customerfile.audit.audit_verifier import Verifier
from customerfile.audit.models import AuditEntry
from customerfile.audit.sealed_lines import write_sealed
from customerfile.audit.sealing import newest_seal, seal
from customerfile.audit.seals import anchors_in
from customerfile.base.clock import now
from customerfile.cli.commands import command_line
from tests.integration.audit.conftest import triggers, write


def _exported() -> tuple[int, Verifier]:
    file = io.BytesIO()
    count = write_sealed(file, up_to=newest_seal())
    file.seek(0)
    verifier = Verifier()
    verifier.verify(file)
    return count, verifier


def test_what_is_sealed_is_exported_and_found_right(sealed_ledger):
    count, verifier = _exported()
    assert (count, verifier.faults) == (80, [])
    assert verifier.counts == {"audit_seal": 5, "audit_entry": 40, "read_entry": 40}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("UPDATE audit_entry SET by = 'ben' WHERE id = %s", "was altered."),
        ("DELETE FROM audit_entry WHERE id = %s", "lines stand where 8 were sealed."),
        (
            "UPDATE audit_seal SET sealed_at = sealed_at + interval '1 s' WHERE number <> %s",
            "seal 1, was altered.",
        ),
        ("DELETE FROM audit_seal WHERE number = 2 AND %s > 0", "Between seal 1 and seal 3, 1 were removed."),
    ],
)
def test_what_was_done_to_the_database_is_found_in_the_export(sealed_ledger, query: str, words: str):
    (row,) = AuditEntry.objects.order_by("id").values_list("id", flat=True)[14:15]
    triggers("DISABLE")
    with connection.cursor() as cursor:
        cursor.execute(query, [row])
    triggers("ENABLE")
    assert any(words in fault for fault in _exported()[1].faults)


def test_the_commands_print_a_program_that_verifies_what_they_export(ledger, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CUSTOMERFILE_USER", "olive")
    write(rows=3)
    path, program = tmp_path / "ledger.jsonl", tmp_path / "verify.py"
    done = CliRunner().invoke(
        command_line("audit"), ["audit", "export", str(path), "--reason", "the yearly audit"]
    )
    assert (done.exit_code, path.stat().st_mode & 0o777) == (0, 0o600), done.output
    (anchor,) = anchors_in(done.stdout)
    assert anchor.hash == newest_seal().hash()
    entry = AuditEntry.objects.get(code="audit.ledger.exported")
    assert (entry.detail["of"], entry.detail["reason"]) == (f"seal:{anchor.number}", "the yearly audit")
    assert AuditEntry.objects.filter(code="intake.export.begun").count() == 1

    program.write_text(CliRunner().invoke(command_line("audit"), ["audit", "verifier"]).stdout)
    assert program.read_text() == Path(audit_verifier.__file__).read_text()
    command = [sys.executable, "-I", "-S", str(program), str(path), done.stdout.splitlines()[-1]]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"Entries: {entry.detail['count'] - 3:,}. Reads: 3. Seals: 1." in told.stdout


def test_another_ending_is_refused(ledger, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CUSTOMERFILE_USER", "olive")
    done = CliRunner().invoke(command_line("audit"), ["audit", "export", str(tmp_path / "ledger.csv")])
    assert (done.exit_code, str(done.exception).startswith("ledger.csv does not end in .jsonl.")) == (1, True)


def test_an_export_of_the_ledger_is_of_one_moment(sealed_ledger):
    up_to = newest_seal()
    seal(at=now())
    write(rows=1)
    file = io.BytesIO()
    assert write_sealed(file, up_to=up_to) == 80
