"""A file prepared by earlier rules: it is told, prepared anew in parts that can be interrupted, and reconciled."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from typer.testing import CliRunner

from customerfile.cli import serve_commands
from customerfile.cli.commands import command_line
from customerfile.cli.doctor_database import preparation_finding
from customerfile.customers.models import BlockKey, CommonValue, Link, Preparation
from customerfile.customers.whole_file import preparation
from customerfile.customers.whole_file.preparation import is_outdated, prepare_file_anew
from customerfile.matching.model import default_model
from customerfile.matching.preparation_rules import PREPARATION_VERSION
from customerfile.sources.models import ComparisonInput, Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(days=1)
BORN, EMAIL, PHONE = "1978-12-11", "maria@example.org", "+442079460018"


class Interrupted(Exception):
    """The run ends here."""


@pytest.fixture
def people() -> None:
    """Maria from two systems, Paul and Zoe."""
    deliver("shop", [person("1", "Maria", "Okonkwo", born=BORN, email=EMAIL), person("2", "Zoe", "Quill")])
    deliver("crm", [person("5", "Maria", "Okonkwo", phone=PHONE, born=BORN, email=EMAIL)])
    deliver("desk", [person("9", "Paul", "Adler", phone=PHONE)])


@pytest.fixture
def earlier(people: None) -> dict[str, Any]:
    """The same file as a version would have left it that saw neither family names nor keys; gives what should be."""
    wanted = _state()
    for each in ComparisonInput.objects.all():
        each.prepared = each.prepared.replace("okonkwo", "").replace("1978", "1987")
        each.save(update_fields=["prepared"])
    BlockKey.objects.all().delete()
    BlockKey.objects.bulk_create(BlockKey(key=record, record_id=record) for record in wanted["inputs"])
    Preparation.objects.update(version=0)
    return wanted


def _state() -> dict[str, Any]:
    return {
        "inputs": dict(ComparisonInput.objects.values_list("record_id", "prepared")),
        "keys": set(BlockKey.objects.values_list("key", "record_id")),
    }


def test_a_new_file_is_prepared_by_the_rules_of_this_version(people: None) -> None:
    assert not is_outdated()
    assert Preparation.objects.get().version == PREPARATION_VERSION


def test_a_file_prepared_by_earlier_rules_is_prepared_anew(earlier: dict[str, Any]) -> None:
    assert is_outdated()
    assert prepare_file_anew(default_model(), by="tester", at=LATER) == 4
    assert _state() == earlier
    assert not is_outdated()


def test_an_interrupted_run_goes_on_where_it_stopped(
    earlier: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "_AT_ONCE", 3)

    def interrupt(done: int, total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        prepare_file_anew(default_model(), by="tester", at=LATER, progress=interrupt)
    assert is_outdated()
    assert prepare_file_anew(default_model(), by="tester", at=LATER) == 1
    assert _state() == earlier
    assert not is_outdated()


def test_records_that_are_not_matched_get_no_blocking_keys(earlier: dict[str, Any]) -> None:
    zoe = Record.objects.get(source__key="shop", key="2")
    type(zoe.source).objects.filter(key="shop").update(kind="watch_list")
    prepare_file_anew(default_model(), by="tester", at=LATER)
    shop = set(Record.objects.filter(source__key="shop").values_list("id", flat=True))
    assert _state()["keys"] == {(key, record) for key, record in earlier["keys"] if record not in shop}


def test_values_too_common_to_compare_are_found_anew(earlier: dict[str, Any]) -> None:
    CommonValue.objects.create(key=1, rule="email", value="gone@example.org", since=MORNING)
    prepare_file_anew(replace(default_model(), max_block_size=1), by="tester", at=LATER)
    assert set(CommonValue.objects.values_list("rule", "value")) == {("email", EMAIL), ("phone", "9460018")}


def test_reconcile_prepares_the_file_first(earlier: dict[str, Any]) -> None:
    Link.objects.filter(valid_to=None, record__key="5").update(
        customer=Link.objects.get(record__key="9", valid_to=None).customer
    )
    told = CliRunner().invoke(command_line(), ["match", "reconcile", "--dry-run"]).stdout
    assert "prepared for matching by an earlier version" in " ".join(told.split())

    done = json.loads(CliRunner().invoke(command_line(), ["match", "reconcile", "--json"]).stdout)
    assert (done["records_prepared_anew"], done["is_prepared_by_earlier_rules"]) == (4, False)
    assert _state() == earlier
    again = json.loads(CliRunner().invoke(command_line(), ["match", "reconcile", "--json"]).stdout)
    assert (again["records_prepared_anew"], again["customers_affected"], again["pairs_changed"]) == (0, 0, 0)
    one, other = (Link.objects.get(valid_to=None, record__key=key).customer_id for key in ("1", "5"))
    assert one == other


def test_serve_says_which_command_to_run(
    earlier: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve_commands, "serve_pages", lambda *_: None)
    monkeypatch.setattr(serve_commands, "refuse_taken_port", lambda *_: None)
    monkeypatch.setattr(serve_commands, "_link", lambda *_: "a link")
    serve_commands.serve()
    assert "run once: customerfile match reconcile" in " ".join(capsys.readouterr().out.split())


def test_the_doctor_judges_by_the_version() -> None:
    assert preparation_finding(None).ok
    assert preparation_finding(PREPARATION_VERSION).ok
    found = preparation_finding(0)
    assert (found.ok, found.remedy) == (False, "Run once: customerfile match reconcile")


def test_the_database_refuses_a_version_below_zero() -> None:
    with pytest.raises(IntegrityError, match="preparation_version_known"):
        Preparation.objects.create(version=-1, through=0, begun_at=MORNING)
