"""The doctor tells what is running and what is wrong, and changes nothing."""

import os
import time

import psycopg
import pytest

from customerfile.cli.doctor import examine
from customerfile.cli.findings import Finding
from customerfile.embedded import SUPERUSER, connection_to, ensure_running, home, running_server, status, stop


def found(findings: list[Finding], name: str) -> Finding:
    return next(finding for finding in findings if finding.name == name)


def test_nothing_has_run_yet(new_home):
    findings = examine(new_home, migrations=lambda: ["never asked"])
    assert "not made yet" in found(findings, "database").detail
    assert "not running" in found(findings, "web server").detail
    assert all(finding.ok for finding in findings)
    assert not new_home.data.exists()


def test_a_stopped_home_stays_stopped(new_home):
    with running_server(new_home):
        pass
    assert "not running" in found(examine(new_home), "database").detail
    assert not status(new_home).running


def test_a_running_home_is_told_in_full(spot):
    place = home(spot / "real")
    with running_server(place):
        findings = examine(place, migrations=list)
    assert [finding for finding in findings if not finding.ok] == []
    assert "running (process" in found(findings, "database").detail
    assert found(findings, "data checksums").detail.startswith("on")
    assert found(findings, "database sign-in").detail == "scram-sha-256"
    assert "fsync on" in found(findings, "durability").detail
    assert found(findings, "tables").detail == "up to date"
    assert "closed" in found(findings, "database socket").detail


def test_what_is_wrong_is_named_with_a_remedy(new_home):
    ensure_running(new_home)
    (new_home.spool / "left").write_text("x")
    os.utime(new_home.spool / "left", (time.time() - 90000,) * 2)
    new_home.secrets.chmod(0o755)
    (new_home.run / "serve.json").write_text("{")
    findings = examine(new_home, migrations=lambda: ["customers.0002"])
    wrong = {finding.name for finding in findings if not finding.ok}
    assert wrong == {"durability", "spool", "secrets", "web server", "tables"}
    assert all(finding.remedy for finding in findings if not finding.ok)


def test_trust_is_noticed(new_home):
    connection = ensure_running(new_home)
    with (new_home.data / "pg_hba.conf").open("a") as rules:
        rules.write("local all all trust\n")
    stop_and_look = connection_to(new_home, connection.host, login=SUPERUSER)
    with psycopg.connect(stop_and_look.conninfo) as session:
        session.execute("SELECT pg_reload_conf()")
    assert "trust" in found(examine(new_home), "database sign-in").detail


def test_an_external_database_is_examined_with_what_its_account_may_see(new_home):
    connection = ensure_running(new_home)
    findings = examine(new_home, connection.conninfo)
    assert "your own PostgreSQL" in found(findings, "database").detail
    assert "not examined" in found(findings, "database sign-in").detail
    assert found(findings, "database version").ok


def test_lost_passwords_are_named(new_home):
    ensure_running(new_home)
    (new_home.secrets / "postgres.password").unlink()
    assert "backup" in found(examine(new_home), "database passwords").remedy


@pytest.mark.parametrize(
    ("pid", "words"), [(os.getpid(), "http://127.0.0.1:8000"), (2**22 + 1, "not running")]
)
def test_the_web_server_is_told_by_its_note(new_home, pid, words):
    (new_home.run / "serve.json").write_text(f'{{"pid": {pid}, "address": "http://127.0.0.1:8000"}}')
    assert words in found(examine(new_home), "web server").detail


def test_the_doctor_leaves_a_stopped_home_stoppable(new_home):
    examine(new_home)
    assert stop(new_home) is False
