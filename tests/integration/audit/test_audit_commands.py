"""`customerfile audit`, and who seals without being told to."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from customerfile.audit.sealing import newest_seal
from customerfile.cli.sealer import sealing_meanwhile
from customerfile.embedded import SUPERUSER, Home, connection_to, home, running_server
from tests.integration.audit.conftest import write
from tests.integration.command import run

PEOPLE = "id,first name,last name\n1,Anna,Meyer\n2,Ben,Okafor\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with two customers, one of whom was looked at."""
    folder = tmp_path_factory.mktemp("audit")
    folder.chmod(0o711)
    (folder / "people.csv").write_text(PEOPLE)
    made = home(folder / "home", durable=False)
    with running_server(made):
        assert run(made, "import", str(folder / "people.csv"), "--source", "shop").returncode == 0
        assert run(made, "show", "0000001X").returncode == 0
        yield made


def _answer(place: Home, *arguments: str) -> object:
    return json.loads(run(place, "audit", *arguments, "--json").stdout)


def test_an_import_seals_what_it_wrote_and_the_command_seals_the_rest(place: Home):
    made = _answer(place, "seal")
    assert made["seal"] >= 2
    assert _answer(place, "seal") is None
    assert "Nothing was written since the last seal." in run(place, "audit", "seal").stdout


def test_show_says_who_did_what_and_who_saw_whom(place: Home):
    told = run(place, "audit", "show").stdout
    assert "Imported a delivery (delivery 1)" in told
    assert "Saw the customer's file by a command" in told
    (seen,) = [each for each in _answer(place, "show", "--customer", "1X") if each["what"] == "command show"]
    assert seen["customers"] == ["0000001X"]
    assert [
        each["what"] for each in _answer(place, "show", "--customer", "00000028") if each["kind"] == "saw"
    ] == []
    assert run(place, "audit", "show", "--user", "nobody").returncode == 1
    assert run(place, "audit", "show", "--since", "2999-01-01").returncode == 1
    assert _answer(place, "show", "--limit", "1")[0]["what"] == "audit.ledger.read"


def test_verify_finds_what_a_superuser_altered_and_an_anchor_what_was_made_anew(place: Home, tmp_path: Path):
    kept = tmp_path / "anchors.txt"
    kept.write_text(run(place, "audit", "anchor").stdout)
    assert (
        "It is the history that the anchors saw."
        in run(place, "audit", "verify", "--anchor", str(kept)).stdout
    )
    assert _answer(place, "verify", "--anchor", kept.read_text())["ok"]

    with (
        running_server(place) as server,
        psycopg.connect(connection_to(place, server.host, login=SUPERUSER).conninfo) as session,
    ):
        session.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        ((row,),) = session.execute(
            "UPDATE audit_entry SET by = 'mallory' WHERE id = 2 RETURNING id"
        ).fetchall()
        session.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    done = run(place, "audit", "verify")
    assert (done.returncode, f"Row {row} of audit_entry, sealed in batch 1, was altered." in done.stdout) == (
        1,
        True,
    )
    assert [fault["rows"] for fault in _answer(place, "verify")["faults"]] == [[row]]

    refused = run(place, "audit", "verify", "--anchor", "customerfile-anchor seal=1 hash=x")
    assert (refused.returncode, "no anchor" in refused.stderr) == (1, True)


def test_a_month_that_was_kept_for_long_enough_is_dropped_by_the_command(place: Home):
    with (
        running_server(place) as server,
        psycopg.connect(connection_to(place, server.host, login=SUPERUSER).conninfo) as session,
    ):
        session.execute("SET ROLE customerfile_owner")
        session.execute("SELECT make_audit_month('read_entry', '2020-01-01')")
    told = run(place, "audit", "purge", "--dry-run")
    assert (told.returncode, told.stdout) == (0, "Would drop 2020-01 of who saw whom: 0 rows.\n")
    assert _answer(place, "purge") == [{"ledger": "read_entry", "month": "2020-01", "rows": 0}]
    assert "No month" in run(place, "audit", "purge").stdout
    assert "Dropped months of the ledger" in run(place, "audit", "show", "--limit", "5").stdout


def test_the_server_seals_while_it_runs_and_once_more_at_its_end(ledger):
    with sealing_meanwhile(every=3600):
        write(rows=2)
        assert newest_seal() is None
    assert newest_seal().entry_count == 2
