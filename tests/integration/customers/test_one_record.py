"""A source with one record per customer keeps its records apart, now and when it is declared later."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from customerfile.audit.models import AuditEntry
from customerfile.cli.commands import command_line
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.judging.one_record import set_one_record_per_customer
from customerfile.customers.models import Link
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.errors import UnknownSource
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

ANNA = {"email": "anna@example.org", "born": "1980-05-17"}
TWICE = [person("1", "Anna", "Meier", **ANNA), person("2", "Anna", "Meier", **ANNA)]


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


def groups():
    found = {}
    for customer, key in (
        Link.objects.filter(valid_to=None).order_by("record").values_list("customer", "record__key")
    ):
        found.setdefault(customer, []).append(key)
    return sorted(found.values())


def declare(is_so, minutes=1):
    return set_one_record_per_customer("register", is_so=is_so, by="owner", at=at(minutes))


def test_it_is_declared_before_the_records_come():
    deliver("register", [person("0", "Zoe", "Quist")])
    declare(True)
    deliver("register", TWICE, at=at(2))
    deliver("shop", [person("9", "Anna", "Meier", **ANNA)], at=at(3))

    assert groups() == [["0"], ["1", "9"], ["2"]]


def test_it_is_declared_later_and_taken_back():
    deliver("register", TWICE)
    assert groups() == [["1", "2"]]

    assert declare(True, 1) == 2
    assert groups() == [["1"], ["2"]]
    declare(False, 2)
    assert groups() == [["1", "2"]]
    assert AuditEntry.objects.filter(code="sources.source.changed").count() == 2


def test_a_person_says_otherwise():
    deliver("register", TWICE)
    declare(True)
    one, two = Record.objects.order_by("key")
    judge_pair(one.pk, two.pk, verdict=Verdict.MATCH, by="ann", at=at(5))

    assert groups() == [["1", "2"]]


def test_an_unknown_source_is_told():
    with pytest.raises(UnknownSource, match="There is no source register"):
        declare(True)


def test_the_command():
    deliver("register", TWICE)
    run = CliRunner()

    told = run.invoke(command_line(), ["source", "set", "register", "--one-record-per-customer", "yes"])
    assert "2 records were looked at anew" in " ".join(told.output.split())
    assert "yes" in run.invoke(command_line(), ["source", "list"]).output
    wrong = run.invoke(command_line(), ["source", "set", "register", "--one-record-per-customer", "maybe"])
    assert wrong.exit_code == 2
