"""Proposed mappings: for the exports of known systems, for real files, and for names in four languages."""

import csv
from itertools import islice
from pathlib import Path

import pytest

from customerfile.definition.loading import load_packs
from customerfile.sources.proposal import Proposal, propose_mapping
from customerfile.sources.readers.opening import open_file
from customerfile.sources.rows import RawRow

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
EXPORTS = DATA / "formats" / "crm_exports"
_ALL = load_packs(["retail", "bank", "nonprofit", "services", "professional"])


def _propose(columns: str, *rows: str, **options: object) -> Proposal:
    cells = [tuple(cell.strip() or None for cell in row.split("|")) for row in rows]
    raw = [RawRow(line, values) for line, values in enumerate(cells, start=2)]
    return propose_mapping(tuple(columns.split("|")), raw, definition=_ALL, **options)  # type: ignore[arg-type]


def _targets(proposal: Proposal) -> dict[str, str]:
    return {one.column: " ".join(one.targets) for one in proposal.columns if one.targets}


def _of_file(path: Path) -> Proposal:
    if not path.exists():
        pytest.skip(f"the public data set {path.name} is not beside the checkout")
    stream = open_file(path)
    rows = [row for batch in islice(stream.batches(), 1) for row in batch]
    stream.close()
    return propose_mapping(stream.columns, rows, definition=_ALL)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "system", "expected"),
    [
        (
            "google_contacts_new",
            "Google Contacts",
            {"First Name": "given_name", "E-mail 2 - Value": "email[2]"},
        ),
        ("google_contacts_old", "Google Contacts (old)", {"Address 1 - Region": "address[1].region"}),
        ("outlook_contacts_prefix", "Outlook", {"Home City": "address[2].city", "Mobile Phone": "phone[2]"}),
        ("hubspot_contacts", "HubSpot", {"Record ID": "key", "Country/Region": "address.country"}),
        (
            "salesforce_contact_fields",
            "Salesforce",
            {"Id": "key", "MailingPostalCode": "address[1].postcode"},
        ),
        ("shopify_customers", "Shopify", {"Customer ID": "key", "Default Address Zip": "address.postcode"}),
        ("mailchimp_members", "Mailchimp", {"Email Address": "key email", "CC": "address.country"}),
        ("stripe_customers", "Stripe", {"id": "key", "Name": "full_name"}),
    ],
)
def test_the_exports_of_known_systems_are_recognised(
    file: str, system: str, expected: dict[str, str]
) -> None:
    path = EXPORTS / f"{file}.csv"
    if not path.exists():
        pytest.skip("the public header rows are not beside the checkout")
    with path.open(newline="") as opened:
        proposal = propose_mapping(tuple(next(csv.reader(opened))), [], definition=_ALL)
    assert (proposal.system, proposal.kind_as) == (system, "customers")
    assert _targets(proposal).items() >= expected.items()


def test_joined_values_of_a_google_export_are_split() -> None:
    proposal = _propose("First Name|Last Name|File As|Organization Name|E-mail 1 - Label|E-mail 1 - Value")
    splits = {column.column: column.split for column in proposal.mapping.columns}
    assert splits["E-mail 1 - Value"] == " ::: "


@pytest.mark.parametrize(
    "columns",
    [
        "Customer id|First name|Surname|E-mail|Postcode|Town",
        "N° client|Prénom|Nom de famille|Courriel|Code postal|Ville",
        "Kundennummer|Vorname|Nachname|E-Mail-Adresse|PLZ|Ort",
        "Código de cliente|Nombre de pila|Apellidos|Correo electrónico|Código postal|Localidad",
    ],
)
def test_names_of_columns_are_known_in_four_languages(columns: str) -> None:
    rows = ("A1|Ann|Lee|ann@example.org|28013|Madrid", "A2|Bob|Lee|bob@example.org|28014|Madrid")
    assert [text for one in _propose(columns, *rows).columns for text in one.targets] == [
        "key", "given_name", "family_name", "email", "address.postcode", "address.city",
    ]  # fmt: skip


def test_a_column_with_a_strange_name_is_known_by_its_values() -> None:
    proposal = _propose(
        "ref|contacto web|c3",
        "1|ann@example.org|+34 912 345 678",
        "2|bob@example.org|+34 912 345 679",
    )
    assert _targets(proposal) == {"ref": "key", "contacto web": "email", "c3": "phone"}


def test_values_that_do_not_fit_make_a_name_doubtful() -> None:
    assert "email" not in _targets(_propose("id|email", "1|yes", "2|no")).values()


def test_home_and_work_make_two_addresses_and_two_phones() -> None:
    proposal = _propose("id|Home Street|Home City|Work Street|Work City|Home Phone|Mobile")
    assert list(_targets(proposal).values()) == [
        "key", "address.line", "address.city", "address[2].line", "address[2].city", "phone", "phone[2]",
    ]  # fmt: skip
    uses = {column.column: column.use for column in proposal.mapping.columns}
    assert (uses["Home Phone"], uses["Mobile"], uses["Work City"]) == ("home", "mobile", "work")


def test_a_title_beside_a_salutation_is_an_occupation() -> None:
    proposal = _propose("id|Salutation|Title", "1|Mr|Internal Auditor", "2|Dr|Technical Writer")
    assert _targets(proposal) == {"id": "key", "Salutation": "name_prefix", "Title": "occupation"}


def test_a_file_without_any_key_gets_a_generated_one() -> None:
    proposal = _propose("Name|Town", "Ann Lee|Leeds", "Ann Lee|York")
    assert proposal.mapping.generated_key
    assert proposal.notes == ("No column names the record: the key is made from the row's content.",)


def test_a_key_column_written_as_decimals_is_stripped() -> None:
    proposal = _propose("Order ID|Order Date|SKU|Qty|Customer ID", "1|2024-01-02|A|1.0|17850.0")
    customer = next(column for column in proposal.mapping.columns if column.column == "Customer ID")
    assert (proposal.kind_as, customer.targets, customer.transform) == (
        "purchases",
        ("customer.key",),
        "strip_decimal",
    )


def test_the_order_of_day_and_month_is_proved_by_the_values() -> None:
    assert _propose("id|dob", "1|31/12/1980", "2|01/02/1990").mapping.date_order == "dmy"
    assert _propose("id|dob", "1|12/31/1980", "2|01/02/1990").mapping.date_order == "mdy"
    assert _propose("id|dob", "1|01/03/1980", "2|01/02/1990").mapping.date_order == ""


def test_the_properties_of_an_event_are_kept() -> None:
    proposal = _propose("event|timestamp|user id|Page Title", "Page Viewed|2024-01-02T10:00:00Z|7|Home")
    assert proposal.kind_as == "events"
    assert _targets(proposal) == {
        "event": "event.name", "timestamp": "event.at", "user id": "customer.key",
        "Page Title": "event.property.page_title",
    }  # fmt: skip


def test_fields_that_the_definition_does_not_declare_are_left_out() -> None:
    columns = ("id", "maiden name")
    assert _targets(propose_mapping(columns, [], definition=load_packs([]))) == {"id": "key"}
    assert _targets(propose_mapping(columns, [], definition=_ALL)) == {
        "id": "key",
        "maiden name": "birth_name",
    }


@pytest.mark.real_data
def test_the_online_retail_file_is_a_file_of_purchases() -> None:
    proposal = _of_file(DATA / "retail" / "online_retail_2010_2011.csv.zst")
    assert proposal.kind_as == "purchases"
    assert list(_targets(proposal).values()) == [
        "order.key", "order.product", "order.description", "order.quantity", "order.at", "order.unit_price",
        "customer.key", "address.country",
    ]  # fmt: skip
    assert next(c.transform for c in proposal.mapping.columns if c.column == "CustomerID") == "strip_decimal"


@pytest.mark.real_data
def test_the_febrl_file_is_understood_whole() -> None:
    proposal = _of_file(DATA / "er" / "febrl" / "dataset1.csv")
    assert list(_targets(proposal).values()) == [
        "key", "given_name", "family_name", "address.house_number", "address.street", "address.street_2",
        "address.city", "address.postcode", "address.region", "birth_date", "national_id",
    ]  # fmt: skip


@pytest.mark.real_data
def test_birth_numbers_of_the_bank_file_are_decoded() -> None:
    proposal = _of_file(DATA / "bank" / "client.asc")
    assert _targets(proposal) == {"client_id": "key", "birth_number": "birth_date gender"}
    assert proposal.mapping.columns[1].transform == "czech_birth_number"
    assert proposal.unmapped == ("district_id",)


@pytest.mark.real_data
def test_the_senzing_demonstration_is_recognised() -> None:
    proposal = _of_file(DATA / "er" / "senzing" / "demo" / "customers.csv")
    assert (proposal.system, proposal.mapping.key) == ("Senzing", ("RECORD_ID",))
    assert _targets(proposal)["SSN_NUMBER"] == "national_id[1]"


def test_a_card_without_uid_does_not_take_the_key_from_the_others() -> None:
    columns = "UID|Formatted Name|Card Kind"
    mixed = _propose(columns, "u1|Ann Lee|", "|Bob Lee|")
    full = _propose(columns, "u1|Ann Lee|", "u2|Bob Lee|")
    assert (mixed.mapping.key, mixed.mapping.generated_key) == (("UID",), True)
    assert mixed.notes == ("Where the key is blank, it is made from the row's content.",)
    assert (full.mapping, full.notes) == (mixed.mapping, ())


def test_a_native_name_is_the_second_choice_of_a_full_name() -> None:
    proposal = _propose("DATA_SOURCE|RECORD_ID|NATIVE_NAME_FULL|PRIMARY_NAME_FULL")
    assert _targets(proposal) == {
        "RECORD_ID": "key", "NATIVE_NAME_FULL": "full_name[2]", "PRIMARY_NAME_FULL": "full_name",
    }  # fmt: skip
