"""`customerfile quality`, and the measurement that the server makes once a day."""

import json
import threading
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from customerfile.base.clock import now
from customerfile.cli import measurer, measuring_process
from customerfile.cli.commands import command_line
from customerfile.quality.models import QualityRun
from tests.factories.customer_files import deliver, person


@pytest.fixture
def run(db):
    return lambda *words: CliRunner().invoke(command_line(), [str(word) for word in words])


def _bring() -> None:
    deliver("shop", [person("A", "Ada", "Arnold", email="ada@example.org"), person("B", "Bea", "Brand")])


def test_worst_is_shown_first_and_fields_of_nobody_by_name(run):
    _bring()
    told = run("quality").stdout
    assert "Measured: 2 of 2 customers, 2 of 2 records." in told
    assert told.index("email ") < told.index("given_name ")
    assert "Nobody fills: " in told


def test_json_gives_every_figure_and_no_customer(run):
    _bring()
    told = json.loads(run("quality", "--json").stdout)
    (email,) = [
        each
        for each in told["figures"]
        if (each["source"], each["field"], each["measure"]) == ("shop", "email", "completeness")
    ]
    assert email == {
        "source": "shop",
        "field": "email",
        "measure": "completeness",
        "value": 0.5,
        "margin": 0.0,
        "population": 2,
        "measured": 2,
        "affected": 1,
    }
    assert told["is_estimate"] is False


def test_last_shows_what_is_kept_and_measures_nothing(run):
    assert run("quality", "--last").exit_code == 1
    _bring()
    run("quality")
    told = json.loads(run("quality", "--last", "--source", "shop", "--json").stdout)
    assert {each["source"] for each in told["figures"]} == {"shop"}
    assert run("quality", "--last", "--source", "nowhere").exit_code == 1
    assert QualityRun.objects.count() == 1


def test_server_measures_where_a_day_has_gone_by(monkeypatch):
    measured = threading.Event()
    monkeypatch.setattr(measurer, "is_wanted", lambda at, daily: daily)
    monkeypatch.setattr(measurer, "_measure", lambda over: measured.set())
    with measurer.measuring_meanwhile(first=0.0):
        assert measured.wait(20)


def test_server_measures_when_somebody_wants_it(monkeypatch):
    measured = threading.Event()
    monkeypatch.setattr(measurer, "is_wanted", lambda at, daily: not daily)
    monkeypatch.setattr(measurer, "_measure", lambda over: measured.set())
    with measurer.measuring_meanwhile():
        assert measured.wait(20)


def test_process_measures_once_a_day(db, monkeypatch):
    from contextlib import nullcontext

    monkeypatch.setattr(measuring_process, "ready_database", nullcontext)
    monkeypatch.setattr("customerfile.cli.sealer.seal_now", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    _bring()
    assert [measuring_process.main(), measuring_process.main()] == [0, 0]
    assert QualityRun.objects.get().by == "customerfile"
    QualityRun.objects.update(measured_at=now() - timedelta(days=2))
    measuring_process.main()
    assert QualityRun.objects.count() == 2
