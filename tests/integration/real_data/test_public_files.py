"""The main job on public data: what is known about each set comes out of the ordinary import."""

import csv
import sqlite3
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from django.db.models import Sum

from customerfile.customers.models import Customer
from customerfile.sources.models import Record, Reject
from customerfile.timeline.models import Event

pytestmark = pytest.mark.real_data


@pytest.mark.slow
def test_online_retail_is_accounted_for_to_the_penny(bring, shared_data):
    path = shared_data / "retail" / "online_retail_2010_2011.csv.zst"

    done = bring(path, source="retail", country="GB")

    assert (done.counts.rows, done.counts.created, done.counts.rejected) == (541_909, 541_909, 0)
    assert (done.counts.nobody_rows, Customer.objects.count()) == (135_080, 4_372)
    ours = Event.objects.aggregate(total=Sum("amount"))["total"]
    returned = Event.objects.filter(name="Order Refunded", record_id__isnull=False).aggregate(
        total=Sum("amount")
    )
    total, refunds, cancellations = duckdb.sql(
        f"""SELECT sum(q * p), sum(q * p) FILTER (q < 0 AND CustomerID IS NOT NULL),
                   count(*) FILTER (InvoiceNo LIKE 'C%')
            FROM (SELECT *, Quantity::DECIMAL(18, 3) AS q, UnitPrice::DECIMAL(18, 3) AS p
                  FROM read_csv('{path}', all_varchar = true))"""
    ).fetchall()[0]
    assert (ours, returned["total"]) == (total, refunds)
    assert cancellations == 9_288


def test_bank_clients_have_birth_date_and_sex_from_their_birth_number(bring, shared_data, tmp_path):
    mapping = tmp_path / "clients.yaml"
    mapping.write_text(
        "as: customers\nkey: [client_id]\ncountry: CZ\ncolumns:\n"
        "- {column: client_id, to: [key, customer_number]}\n"
        "- {column: birth_number, to: [birth_date, gender], transform: czech_birth_number}\n"
    )

    done = bring(shared_data / "bank" / "client.asc", source="bank", mapping=mapping)

    assert (done.counts.rows, done.counts.created, done.counts.customers_created) == (5_369, 5_369, 5_369)
    first, second = (Record.objects.get(key=key).canonical for key in "12")
    assert (first["birth_date"], first["gender"]) == ("1970-12-13", "female")
    assert (second["birth_date"], second["gender"]) == ("1945-02-04", "male")
    assert Record.objects.filter(canonical__has_key="birth_date").count() == 5_369


def test_every_vcard_of_the_collection_gives_its_people(bring, shared_data):
    files = sorted((shared_data / "formats" / "vcards").glob("*.vcf"))

    outcome = {path.name: bring(path, source=f"cards-{number}").counts for number, path in enumerate(files)}

    assert len(outcome) == len(files) > 15
    assert all(counts.created >= 1 for counts in outcome.values())
    assert all(counts.rows == counts.created + counts.rejected for counts in outcome.values())


def test_telephone_company_spreadsheet(bring, shared_data):
    done = bring(
        shared_data / "services" / "Telco_customer_churn_extended.xlsx", source="telco", country="US"
    )

    assert (done.counts.rows, done.counts.created, done.counts.customers_created) == (7_043, 7_043, 7_043)


def test_nonprofit_contacts(bring, shared_data, tmp_path):
    path = _contacts(shared_data / "nonprofit" / "datasets__1k__test_data.sql", tmp_path / "contacts.csv")

    done = bring(path, source="donors", country="US")

    assert (done.counts.rows, done.counts.created, done.counts.rejected) == (1_024, 1_024, 0)
    assert done.counts.records_joined >= 13  # thirteen share first name, last name and e-mail


def test_email_addresses_are_taken_or_refused_with_a_reason(bring, shared_data):
    assert Reject.objects.count() == 0
    done = bring("id,email\n1,good@example.org\n2,bad@@example.org\n3,no at all\n")

    assert (done.counts.created, done.counts.value_faults) == (3, 2)


def test_amounts_are_exact(bring):
    bring(
        "order,date,amount,customer\n1,2024-01-01,0.10,7\n2,2024-01-02,0.20,7\n",
        kind_as="purchases", currency="EUR", name="orders.csv",
    )  # fmt: skip

    assert Event.objects.aggregate(total=Sum("amount"))["total"] == Decimal("0.3000")


def _contacts(dump: Path, path: Path) -> Path:
    database = sqlite3.connect(":memory:")
    database.executescript(dump.read_text(encoding="utf-8"))
    found = database.execute('SELECT * FROM "Contact"')
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in found.description])
        writer.writerows(found)
    return path
