"""The commands for events in quarantine, and what they say."""

import json

import pytest
from typer.testing import CliRunner

from customerfile.cli.commands import command_line
from customerfile.timeline.models import Event

MAPPING = (
    "as: events\nkey: customer\ncolumns:\n- {column: key, to: event.key}\n- {column: event, to: event.name}\n"
    "- {column: date, to: event.at}\n- {column: remark, to: event.property.remark}\n"
)


@pytest.fixture
def run(db):
    return lambda *words: CliRunner().invoke(command_line(), [str(word) for word in words])


@pytest.fixture
def number(bring, tmp_path, run):
    """Of a group of two events in quarantine."""
    bring("id,first name,last name\n17,Rosa,Lindner\n")
    (tmp_path / "events.yaml").write_text(MAPPING)
    rows = "".join(f"N-{each},17,note added,2026-11-2{each} 09:00,Likes tea.\n" for each in (1, 2))
    bring("key,customer,event,date,remark\n" + rows, mapping=tmp_path / "events.yaml", name="events.csv")
    (group,) = json.loads(run("quarantine", "--json").stdout)
    assert (group["name"], group["count"], group["example"]["key"]) == ("note added", 2, "N-1")
    return group["id"]


def test_events_are_mended_by_rules_released_and_taken_back(run, number):
    assert "note added" in run("quarantine", "list", "--source", "shop").stdout
    told = run("quarantine", "release", number, "--call", "Note Added", "--dry-run").stdout
    assert told.startswith('Call "note added" "Note Added": 0 events would be released, 2 would stay.')
    assert (
        json.loads(run("quarantine", "release", number, "--call", "Note Added", "--json").stdout)["stays"]
        == 2
    )
    told = run("quarantine", "release", number, "--property", "remark", "--as", "text").stdout
    assert "2 events are released in delivery" in told
    assert (Event.objects.count(), run("quarantine").stdout) == (2, "No event is in quarantine.\n")

    rules = json.loads(run("quarantine", "rules", "--json").stdout)
    assert [each["released"] for each in rules] == [2, 2]
    assert '"remark" is called "text"' in run("quarantine", "rules").stdout
    first = rules[0]["rule"]["id"]
    assert run("quarantine", "take-back", first, "--dry-run").stdout == "2 events would wait again.\n"
    assert run("quarantine", "take-back", first).stdout == "2 events wait again.\n"
    assert Event.objects.count() == 0


def test_events_are_discarded_and_wait_again(run, number):
    assert run("quarantine", "discard", number, "--dry-run").stdout == "2 events would be discarded.\n"
    assert run("quarantine", "discard", number).stdout == "2 events are discarded.\n"
    assert "note added" in run("quarantine", "list", "--discarded").stdout
    assert run("quarantine", "discard", number, "--undo").stdout == "2 events wait again.\n"
    assert run("quarantine", "list", "--discarded").stdout == "No event was discarded.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("release", 99_999),
        ("discard", 99_999),
        ("take-back", 99_999),
        ("release", "NUMBER", "--property", "remark"),
        ("release", "NUMBER", "--call", "Note Added", "--without", "remark"),
        ("release", "NUMBER", "--call", "Note Dreamt"),
    ],
)
def test_what_cannot_be_done_is_refused(run, number, words):
    done = run("quarantine", *(number if word == "NUMBER" else word for word in words))
    assert done.exit_code != 0
