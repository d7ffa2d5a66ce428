"""The customer page, the interface and the command show what is held; whoever is seen there stands in the ledger."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE, Sight
from customerfile.access.tokens import issue_token
from customerfile.audit.models import ReadEntry
from customerfile.base.clock import now
from customerfile.customers.models import Customer, Link
from customerfile.intake.exporting import export_customers

NAMES = ("clients", "accounts", "holders", "loans", "cards", "balances")


@pytest.fixture
def numbers(deliver):
    for name in NAMES:
        deliver(name)
    links = Link.objects.filter(valid_to=None).values_list("record__key", "customer_id")
    return {key: Customer.objects.get(pk=customer) for key, customer in links}


@pytest.fixture
def browser(client: Client, db) -> Client:
    client.force_login(ensure_owner(username="olive", by="tests", at=now()))
    return client


def words(browser, number, language="en"):
    page = browser.get(f"/customers/{number}", headers={"Accept-Language": language}).text
    part = page[page.index('id="holdings-title"') :].split("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).replace("\xa0", " ").split())


def test_the_page_shows_what_is_held(browser, numbers):
    said = words(browser, numbers["1"].number)

    for text in (
        "What is held", "Exposure CZK9,020.25", "Current account 10", "owner · since 2 Jan 2020",
        "with Emil Lindner (signatory)", "Frequency monthly", "-CZK20.25 balance of 5 Feb 2023",
        "Loan 1 running", "CZK9,000.00 agreed", "Months 24", "Payment card 1", "Card type gold",
    ):  # fmt: skip
        assert text in said


def test_what_has_ended_stands_behind_a_fold(browser, numbers):
    said = words(browser, numbers["3"].number)

    assert "1 that has ended" in said
    assert said.index("Current account 11") < said.index("1 that has ended") < said.index("Loan 2 paid off")


def test_the_page_is_french(browser, numbers):
    said = words(browser, numbers["1"].number, "fr")

    for text in (
        "Ce que détient le client", "Compte courant 10", "titulaire · depuis le", "avec Emil Lindner (mandataire)",
        "Périodicité monthly", "Engagements", "Prêt 1 en cours", "Mois 24",
    ):  # fmt: skip
        assert text in said


def test_a_customer_who_holds_nothing_has_no_such_part(browser, deliver):
    deliver("clients")

    assert "holdings-title" not in browser.get(f"/customers/{Customer.objects.first().number}").text


def test_whoever_is_seen_stands_in_the_ledger(browser, numbers):
    browser.get(f"/customers/{numbers['1'].number}")

    assert {numbers["1"].pk, numbers["2"].pk} <= set(ReadEntry.objects.order_by("-at").first().customer_ids)


def test_the_whole_file_of_the_interface_holds_them(client, numbers):
    ensure_owner(username="olive", by="tests", at=now())
    life = timedelta(days=1)
    token = issue_token(
        "tests", username="olive", permissions=tuple(Permission), life=life, by="tests", at=now()
    )

    answer = client.get(
        f"/api/v1/customers/{numbers['1'].number}", headers={"Authorization": f"Bearer {token.secret}"}
    ).json()

    held = answer["holdings"]
    assert [(each["kind"], each["roles"][0]["role"]) for each in held["holdings"]] == [
        ("current_account", "owner"),
        ("loan", "owner"),
        ("payment_card", "owner"),
    ]
    assert [(each["currency"], float(each["exposure"])) for each in held["totals"]] == [("CZK", 9020.25)]


def test_lines_of_an_export_hold_them(numbers, tmp_path):
    path = tmp_path / "all.jsonl"

    export_customers(path, sight=WHOLE, by="tester")

    lines = {line["number"]: line for line in map(json.loads, path.read_text().splitlines())}
    rosa = lines[numbers["1"].number]["holdings"]
    assert [(each["kind"], each["key"], each["role"]) for each in rosa] == [
        ("current_account", "10", "owner"),
        ("loan", "1", "owner"),
    ]
    assert (rosa[0]["balance"], rosa[1]["amount"], rosa[1]["terms"]) == (
        "-20.2500", "9000.0000", {"months": 24},
    )  # fmt: skip
    assert "holdings" in lines[numbers["2"].number]


def test_an_export_shows_no_more_than_its_reader_sees(numbers, tmp_path):
    path = tmp_path / "part.jsonl"

    export_customers(path, sight=Sight(frozenset({"given_name"})), by="tester", reason="asked")

    assert "holdings" not in path.read_text()
