"""Reads around customers: events and totals, deliveries and their refusals, exports, and the commands that read."""

import csv
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from customerfile.access.sight import WHOLE
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.cli.commands import command_line
from customerfile.customers.models import Customer
from customerfile.customers.queries import customer_file
from customerfile.intake.exporting import export_customers, export_links, export_rejects
from customerfile.sources.errors import UnknownDelivery
from customerfile.sources.queries import all_rejects, deliveries, delivery, rejects, sources
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.queries import events_of, totals_of
from tests.factories.customer_files import MORNING, buy, deliver, note, person

ANNA = person("A-1", "Anna", "Meier", email="anna@example.org", phone="+442079460018", born="1980-05-17")
BEN = person("A-2", "Ben", "=Okafor", email="ben@example.org")
REFUSED = [
    RejectedRow(7, "row", "The row has no key.", "Map a column to key.", text="x,y"),
    RejectedRow(8, "value", "No such day.", "Correct it.", key="A-2", field="birth_date", text="30/02/1980"),
]


@pytest.fixture
def anna(db):
    deliver("crm", [ANNA, BEN], rejected=REFUSED)
    for number, amount in enumerate(["20.00", "5.50", "-3.25"], start=1):
        buy("crm", "A-1", number=number, at=MORNING + timedelta(days=40 * number), amount=amount)
    note("crm", "A-1", number=1, at=MORNING, text="Prefers the phone")
    return Customer.objects.get(display_name="Anna Meier")


def records_of(customer):
    return [record.record_id for record in customer_file(customer.number, sight=WHOLE).records]


def test_events_come_newest_first_and_page(anna, django_assert_num_queries):
    records = records_of(anna)
    with django_assert_num_queries(2):
        first = events_of(records, limit=3, sight=WHOLE)
    second = events_of(records, limit=3, before=first.next, sight=WHOLE)

    assert [(each.key, each.summary) for each in first.events] == [
        ("O-3", "Teapot 3"),
        ("O-2", "Teapot 2"),
        ("O-1", "Teapot 1"),
    ]
    assert [(each.label, each.summary, second.next) for each in second.events] == [
        ("Note", "Prefers the phone", "")
    ]
    assert first.events[0].amount == Decimal("-3.25")
    assert events_of(records, before="nonsense", sight=WHOLE).events == events_of(records, sight=WHOLE).events
    assert events_of([], sight=WHOLE).events == ()


def test_totals_tell_purchases_and_returns_apart(anna):
    totals = totals_of(records_of(anna), sight=WHOLE)

    assert (totals.order_count, totals.return_count) == (2, 1)
    assert totals.amounts == (("GBP", Decimal("25.5000"), Decimal("3.2500")),)
    assert (totals.first_at, totals.last_at) == (MORNING + timedelta(days=40), MORNING + timedelta(days=120))
    assert totals_of([], sight=WHOLE).amounts == ()


def test_deliveries_tell_what_became_of_their_rows(anna):
    newest, *_, oldest = deliveries()
    report = delivery(oldest.id)

    assert (report.source_key, report.rows, report.created, report.rejected, report.value_faults) == (
        "crm",
        3,
        2,
        1,
        1,
    )
    assert report.detected["format"] == "csv"
    assert [each.id for each in deliveries(before_id=newest.id, limit=1)] == [newest.id - 1]
    assert [(each.key, each.last_delivery_id) for each in sources()] == [("crm", newest.id)]
    with pytest.raises(UnknownDelivery):
        delivery(999_999)


def test_refusals_come_in_order_and_page(anna):
    first_id = deliveries()[-1].id
    first, second = rejects(first_id)

    assert (first.line, first.reason, second.field) == (7, "The row has no key.", "birth_date")
    assert rejects(first_id, after=first.id) == (second,)
    assert list(all_rejects(first_id)) == [first, second]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_format_takes_every_customer(anna, tmp_path, ending):
    told = []
    path = tmp_path / f"out.{ending}"

    assert (
        export_customers(path, progress=lambda done, total: told.append((done, total)), sight=WHOLE, by="ann")
        == 2
    )
    assert told == [(2, 2)]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_exported_file_says_what_the_customers_are(anna, tmp_path):
    export_customers(tmp_path / "out.csv", sight=WHOLE, by="ann")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)

    assert (first["number"], first["given_name"], first["phone"]) == (anna.number, "Anna", "+442079460018")
    assert second["family_name"] == "'=Okafor"


def test_links_and_refusals_are_exported(anna, tmp_path):
    assert export_links(tmp_path / "links.csv", sight=WHOLE, by="ann") == 2
    assert (tmp_path / "links.csv").read_text().splitlines()[:2] == [
        "source,key,customer",
        f"crm,A-1,{anna.number}",
    ]
    assert export_rejects(tmp_path / "refused.csv", deliveries()[-1].id, by="ann") == 2
    assert "30/02/1980" in (tmp_path / "refused.csv").read_text()


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(command_line(), list(words))


def test_find_tells_who_and_why_and_writes_down_who_was_seen(anna, run):
    done = run("find", "ana meier", "--json")

    (found,) = json.loads(done.stdout)
    assert (done.exit_code, found["customer"]["number"]) == (0, anna.number)
    assert 'given name "ana" ~ "Anna"' in found["matched"]
    assert ReadEntry.objects.get().customer_ids == [anna.id]
    assert anna.number in run("find", "ana meier").stdout


def test_show_prints_the_whole_file(anna, run):
    text = run("show", anna.number.lstrip("0")).stdout
    data = json.loads(run("show", anna.number, "--json").stdout)

    for part in ("Anna Meier", "+44 20 7946 0018", "crm A-1", "Teapot 3", "25.50", "Prefers the phone"):
        assert part in text
    assert data["customer"]["summary"]["number"] == anna.number
    assert data["totals"]["amounts"] == [["GBP", "25.5000", "3.2500"]]


@pytest.mark.parametrize(
    "words", [("find", "nobody like this"), ("show", "1"), ("show", "00000018", "--on", "1999-01-01")]
)
def test_what_is_not_there_ends_with_a_sentence_and_code_one(anna, run, words):
    done = run(*words)

    assert done.exit_code == 1
    assert done.stderr.strip().endswith((".", "digit."))


def test_lists_and_files_by_command(anna, run, tmp_path):
    first_id = str(deliveries()[-1].id)

    assert "crm.csv" in run("deliveries").stdout
    assert len(json.loads(run("deliveries", "--json").stdout)) == 5
    assert "No such day. Correct it." in run("rejects", first_id).stdout
    assert [each["line"] for each in json.loads(run("rejects", first_id, "--json").stdout)] == [7, 8]
    assert run("rejects", first_id, "--csv", str(tmp_path / "r.csv")).exit_code == 0
    assert json.loads(run("links", "--csv", str(tmp_path / "l.csv"), "--json").stdout)["records"] == 2
    assert json.loads(run("export", str(tmp_path / "c.jsonl"), "--json").stdout)["customers"] == 2
    assert set(AuditEntry.objects.filter(code__startswith="customers.").values_list("code", flat=True)) == {
        "customers.links.exported",
        "customers.file.exported",
    }
