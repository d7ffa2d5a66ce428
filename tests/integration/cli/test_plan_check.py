"""A log is held against the tracking plan as the importer reads it, and nothing is written."""

import json

import duckdb
import pytest
from typer.testing import CliRunner

from customerfile.cli.commands import command_line
from customerfile.intake.errors import NoEventNames
from customerfile.sources.models import Delivery, Source

LOG = (
    "event,timestamp,customer id,text,rating,mood\n"
    "Note Added,2026-11-20 09:00,17,Called again.,,\n"
    "note added,2026-11-20 10:00,17,Called again.,,\n"
    "Note Added,2026-11-20 11:00,17,,,\n"
    "Feedback Received,2026-11-20 12:00,17,,very good,calm\n"
    "Feedback Received,2026-11-20 13:00,17,,4,calm\n"
    "car_washed,2026-11-20 14:00,17,,,\n"
)


@pytest.fixture
def run(db, test_home):
    test_home.spool.mkdir(parents=True, exist_ok=True)
    return lambda *words: CliRunner().invoke(command_line(), [str(word) for word in words])


def _as(form, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    if form == "csv":
        return path
    other = tmp_path / f"log.{form}"
    kind = "(FORMAT json)" if form == "jsonl" else "(FORMAT parquet)"
    duckdb.sql(f"COPY (FROM read_csv('{path}', all_varchar = true)) TO '{other}' {kind}")
    return other


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_what_fits_and_what_does_not_is_told_with_lines_and_names_to_take(run, tmp_path, form):
    done = run("plan", "check", _as(form, tmp_path), "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert (told["rows"], told["fits"], told["unreadable"]) == (6, 2, 0)
    names = {
        each["name"]: (each["count"], each["fits"], each["is_planned"], each["proposed"])
        for each in told["names"]
    }
    assert names == {
        "Note Added": (2, 1, True, ""),
        "Feedback Received": (2, 1, True, ""),
        "note added": (1, 0, False, "Note Added"),
        "car_washed": (1, 0, False, "Car Washed"),
    }
    header = 1 if form == "csv" else 0
    misfits = {
        (each["name"], each["field"]): [line - header for line in each["lines"]] for each in told["misfits"]
    }
    assert misfits == {
        ("note added", "name"): [2], ("Note Added", "text"): [3], ("Feedback Received", "rating"): [4],
        ("car_washed", "name"): [6],
    }  # fmt: skip
    assert told["unplanned"] == [{"name": "Feedback Received", "property": "mood", "count": 2}]
    assert (Delivery.objects.count(), Source.objects.filter(key="log").count()) == (0, 0)


def test_it_is_told_in_words(run, tmp_path):
    told = run("plan", "check", _as("csv", tmp_path)).stdout
    assert "2 of 6 rows fit the tracking plan." in told
    assert 'has the property "mood" in 2 rows' in told


def test_a_log_that_fits_answers_so(run, tmp_path):
    (tmp_path / "log.csv").write_text("".join(LOG.splitlines(keepends=True)[:2]))
    assert run("plan", "check", tmp_path / "log.csv").exit_code == 0


def test_rows_without_an_event_are_counted(run, tmp_path):
    (tmp_path / "log.csv").write_text(LOG + ",2026-11-20 15:00,17,,,\n")
    told = json.loads(run("plan", "check", tmp_path / "log.csv", "--json").stdout)
    assert (told["rows"], told["unreadable"], told["unreadable_lines"]) == (7, 1, [8])


def test_a_log_without_a_column_of_events_is_refused(run, tmp_path):
    (tmp_path / "log.csv").write_text("colour,size\nred,4\n")
    assert isinstance(run("plan", "check", tmp_path / "log.csv").exception, NoEventNames)
