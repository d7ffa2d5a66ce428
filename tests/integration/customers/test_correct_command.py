"""The command by which people correct customers, and what it says where it cannot be done."""

import json

import pytest
from typer.testing import CliRunner

from customerfile.access.sight import WHOLE
from customerfile.cli.commands import command_line
from customerfile.customers.models import Correction, Customer
from customerfile.customers.queries import customer_file
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(command_line(), list(words))


@pytest.fixture
def number():
    deliver("shop", [person("1", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org")])
    return Customer.objects.get().number


def _said(number: str) -> dict[str, list[str]]:
    fields = customer_file(number, sight=WHOLE).fields
    return {field.key: [value.shown for value in field.values] for field in fields}


def test_correct_and_take_it_back(run, number):
    told = run(
        "correct", number, "family_name=Braun", "birth_date=", "email=rosa@example.net", "email=rosa@example.com",
        "address.street=Lindenweg", "address.house_number=4", "address.city=Berlin", "address.postcode=10115",
        "address.country=DE", "--note", "told us",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    said = _said(number)
    assert (said["family_name"], said["email"]) == (["Braun"], ["rosa@example.net", "rosa@example.com"])
    assert "birth_date" not in said
    assert "10115 Berlin" in said["address"][0]
    assert "Corrected by people" in run("show", number).output
    back = run("correct", number, "--withdraw", "family_name", "--withdraw", "birth_date", "--json")
    assert json.loads(back.output) == {
        "customer": number, "fields": [], "withdrawn": ["family_name", "birth_date"],
    }  # fmt: skip
    assert _said(number)["family_name"] == ["Lindner"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["family_name"], "Write it as family_name=Braun"),
        ([], "Name a field"),
        (["family_nam=Braun"], "no such field"),
        (["email=rosa"], "email:"),
        (["--withdraw", "email"], "Nobody corrected"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(run, number, words, told):
    answer = run("correct", number, *words)
    assert answer.exit_code != 0
    assert told in " ".join(f"{answer.output} {answer.exception}".replace("│", " ").split())
    assert Correction.objects.count() == 0
