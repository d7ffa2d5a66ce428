"""The commands for relationships, watch lists and the kind of a source, and what they say."""

import json

import pytest
from typer.testing import CliRunner

from customerfile.audit.models import ReadEntry
from customerfile.cli.commands import command_line
from customerfile.customers.models import Customer, Relationship, WatchHit
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db

LINDEN = {"street": "Lindenstrasse", "house_number": "5", "postcode": "10969", "city": "Berlin"}


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(command_line(), [str(word) for word in words])


@pytest.fixture
def household(test_home):
    test_home.spool.mkdir(parents=True, exist_ok=True)
    deliver("shop", [person(f"{name}", name, "Meier", address=[LINDEN]) for name in ("Anna", "Ben")])


def number(name):
    return Customer.objects.get(display_name=name).number


def test_households_are_proposed_listed_and_decided(household, run):
    assert "1 would be newly proposed" in run("relationships", "propose", "--dry-run").stdout
    assert "1 newly proposed" in run("relationships", "propose").stdout
    assert json.loads(run("relationships", "propose", "--json").stdout)["proposed"] == 0
    (told,) = json.loads(run("relationships", "--json").stdout)
    assert (told["one"]["display_name"], told["other"]["display_name"]) == ("Anna Meier", "Ben Meier")
    assert "Same household as" in run("relationships").stdout

    assert "confirmed" in run("relationships", "confirm", told["id"], "--from", "2019-05-01").stdout
    assert "from 2019-05-01" in run("relationships", number("Ben Meier")).stdout
    assert json.loads(run("relationships", "dismiss", told["id"], "--json").stdout)["state"] == "dismissed"
    assert "None. Look for households" in run("relationships").stdout
    assert ReadEntry.objects.filter(page="command relationships").count() == 3


def test_a_relationship_is_stated(household, run):
    assert run("relationships", "add", number("Anna Meier"), "parent", number("Ben Meier")).exit_code == 0

    assert "Child of" in run("relationships", "list", number("Ben Meier")).stdout
    assert Relationship.objects.get().state == "confirmed"
    assert run("relationships", "add", number("Anna Meier"), "rival", number("Ben Meier")).exit_code == 2


def test_a_list_is_imported_and_flags(run, tmp_path):
    row = "id,first name,last name,birth date,phone\n1,Petra,Lehmann,1971-01-09,+49 30 23125777\n"
    for name in ("sanctions", "clients"):
        (tmp_path / f"{name}.csv").write_text(row)
    told = run("import", tmp_path / "sanctions.csv", "--source", "sanctions", "--as", "watch_list")
    assert "It is a watch list" in told.stdout
    run("import", tmp_path / "clients.csv", "--source", "clients")

    assert "looks like Petra Lehmann on Sanctions (sanctions/1)" in " ".join(run("watch").stdout.split())
    hit = WatchHit.objects.get().pk
    assert "confirmed" in run("watch", "confirm", hit).stdout
    assert json.loads(run("watch", "--state", "confirmed", "--json").stdout)[0]["listed"] == "sanctions/1"
    assert "dismissed" in run("watch", "dismiss", hit).stdout
    assert "No hit is open." in run("watch").stdout


def test_a_file_of_purchases_is_no_list(run, tmp_path):
    people, sales = tmp_path / "people.csv", tmp_path / "sales.csv"
    people.write_text("id,first name,last name\n1,Anna,Meier\n")
    sales.write_text("invoice,customer id,date,amount\nA1,1,2026-01-02,5.00\n")
    run("import", people, "--source", "listed", "--as", "reference")

    refused = run("import", sales, "--source", "listed", "--as", "purchases")
    assert (refused.exit_code, "it holds people and organisations" in str(refused.exception)) == (1, True)
    refused = run("import", people, "--source", "listed", "--as", "customers")
    assert "stays that" in str(refused.exception)


def test_the_kind_of_a_source_is_set_before_it_delivers(run, household, tmp_path):
    refused = run("source", "set", "shop", "--kind", "watch_list")
    assert "has delivered records" in str(refused.exception)
    assert run("source", "set", "shop").exit_code == 2

    (tmp_path / "none.csv").write_text("id,first name,last name\n,,\n")
    run("import", tmp_path / "none.csv", "--source", "empty", "--as", "customers")
    assert (
        "empty is reference data from now on." in run("source", "set", "empty", "--kind", "reference").stdout
    )
