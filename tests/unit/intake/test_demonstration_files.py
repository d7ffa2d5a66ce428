"""The demonstration's files: the same bytes for the same seed, and a truth that names every row."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from python_calamine import load_workbook

from customerfile.intake.demonstration import DemoFile, Demonstration, generate
from customerfile.intake.demonstration.faults import TEST_CARD
from customerfile.sources.mapping import load_mapping
from customerfile.values.dates import standardise_birth_date
from customerfile.values.emails import standardise_email
from customerfile.values.names import standardise_name
from customerfile.values.outcome import Context, Refused
from customerfile.values.phones import standardise_phone
from customerfile.values.postcodes import standardise_postcode

UNTIL = date(2026, 6, 30)
KEY_COLUMNS = {"shop.csv": "Customer ID", "crm.xlsx": "Contact ID", "berlin.csv": "Kundennummer"}
COUNTRY_CODES = {
    "United Kingdom": "GB",
    "United States": "US",
    "Germany": "DE",
    "France": "FR",
    "Spain": "ES",
    "Netherlands": "NL",
}
STANDARDISERS = {
    "First Name": standardise_name,
    "Middle Name": standardise_name,
    "Last Name": standardise_name,
    "Vorname": standardise_name,
    "Nachname": standardise_name,
    "Email": standardise_email,
    "E-mail": standardise_email,
    "E-Mail": standardise_email,
    "Phone": standardise_phone,
    "Default Address Phone": standardise_phone,
    "Mobile": standardise_phone,
    "Telefon": standardise_phone,
    "Mobil": standardise_phone,
    "Birth Date": standardise_birth_date,
    "Geburtsdatum": standardise_birth_date,
    "Default Address Zip": standardise_postcode,
    "Postcode": standardise_postcode,
    "PLZ": standardise_postcode,
}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return generate(tmp_path_factory.mktemp("demonstration"), until=UNTIL, seed=3, people=300)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "first", until=UNTIL, seed=5, people=60)
    generate(tmp_path / "second", until=UNTIL, seed=5, people=60)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    generate(tmp_path / "first", until=UNTIL, seed=5, people=60)
    generate(tmp_path / "second", until=UNTIL, seed=6, people=60)
    first, second = contents(tmp_path / "first"), contents(tmp_path / "second")
    unlike = {name for name in first if first[name] != second[name]}
    assert unlike == set(first) - {"notes.mapping.yaml"}


def test_the_files_come_in_the_order_to_import_them(demonstration: Demonstration) -> None:
    assert [(file.path.name, file.source, file.kind_as, file.country) for file in demonstration.files] == [
        ("shop.csv", "shop", "customers", "GB"),
        ("crm.xlsx", "crm", "customers", "GB"),
        ("berlin.csv", "berlin", "customers", "DE"),
        ("contacts.vcf", "book", "customers", "GB"),
        ("orders.csv", "shop", "purchases", "GB"),
        ("notes.csv", "crm", "events", "GB"),
    ]


def test_the_truth_names_every_row_of_every_source_once(demonstration: Demonstration) -> None:
    named = [(row["source"], row["key"]) for row in read_csv(demonstration.truth_path)]
    delivered = [
        (file.source, key)
        for file in demonstration.files
        if file.kind_as == "customers"
        for key in keys_of(file)
        if key
    ]
    assert sorted(named) == sorted(delivered)
    assert len(set(named)) == len(named)


def test_sources_overlap(demonstration: Demonstration) -> None:
    sources: dict[str, set[str]] = {}
    for row in read_csv(demonstration.truth_path):
        sources.setdefault(row["entity"], set()).add(row["source"])
    several = [entity for entity, known in sources.items() if len(known) > 1]
    assert len(several) > len(sources) / 4
    assert any(entity.startswith("organisation") for entity in several)


def test_some_people_stand_twice_in_one_source(demonstration: Demonstration) -> None:
    rows = [(row["source"], row["entity"]) for row in read_csv(demonstration.truth_path)]
    assert len(set(rows)) < len(rows)


@pytest.mark.parametrize("name", ["shop.csv", "crm.xlsx", "berlin.csv"])
def test_every_value_is_accepted_but_the_planted_ones(demonstration: Demonstration, name: str) -> None:
    refused = {
        (number, column)
        for number, row in enumerate(read_rows(file_named(demonstration, name).path), start=1)
        for column, standardise in STANDARDISERS.items()
        if row.get(column) and is_refused_or_doubtful(standardise(row[column], context_of(name, row)))
    }
    planted = {(fault.row, fault.column) for fault in demonstration.planted if fault.file_name == name}
    assert refused == {fault for fault in planted if fault[1] in STANDARDISERS}


def test_planted_faults_stand_where_they_are_said_to_stand(demonstration: Demonstration) -> None:
    for fault in demonstration.planted:
        if fault.file_name != "contacts.vcf":
            row = read_rows(file_named(demonstration, fault.file_name).path)[fault.row - 1]
            assert row[fault.column] == fault.value


def test_one_card_of_the_address_book_has_no_uid(demonstration: Demonstration) -> None:
    text = file_named(demonstration, "contacts.vcf").path.read_text(encoding="utf-8")
    assert text.count("BEGIN:VCARD") - text.count("UID:") == 1


def test_a_payment_card_number_stands_in_a_note(demonstration: Demonstration) -> None:
    notes = read_csv(file_named(demonstration, "notes.csv").path)
    assert sum(TEST_CARD in row["Summary"] for row in notes) == 1


def test_notes_name_customers_of_the_spreadsheet(demonstration: Demonstration) -> None:
    known = set(keys_of(file_named(demonstration, "crm.xlsx")))
    assert {row["Contact ID"] for row in read_csv(file_named(demonstration, "notes.csv").path)} <= known


def test_the_mapping_of_the_notes_says_what_every_column_means(demonstration: Demonstration) -> None:
    notes = file_named(demonstration, "notes.csv")
    assert notes.mapping_path is not None
    mapping = load_mapping(notes.mapping_path)
    assert mapping.kind_as == notes.kind_as
    assert {column.column for column in mapping.columns} == set(read_csv(notes.path)[0])


def test_the_address_book_folds_long_lines(demonstration: Demonstration) -> None:
    cards = file_named(demonstration, "contacts.vcf").path.read_bytes().split(b"END:VCARD")
    folded = [card for card in cards if b"VERSION:2.1" not in card]
    assert max(len(line) for card in folded for line in card.split(b"\r\n")) <= 75


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def file_named(demonstration: Demonstration, name: str) -> DemoFile:
    return next(file for file in demonstration.files if file.path.name == name)


def keys_of(file: DemoFile) -> list[str]:
    if file.path.suffix == ".vcf":
        return re.findall(r"^UID:(\S+)", file.path.read_text(encoding="utf-8"), re.MULTILINE)
    return [row[KEY_COLUMNS[file.path.name]] for row in read_rows(file.path)]


def read_rows(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".xlsx":
        header, *rows = load_workbook(path).get_sheet_by_index(0).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]
    return read_csv(path)


def read_csv(path: Path) -> list[dict[str, str]]:
    german = path.name == "berlin.csv"
    with path.open(encoding="cp1252" if german else "utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";" if german else ","))


def context_of(name: str, row: dict[str, str]) -> Context:
    if name == "berlin.csv":
        return Context(country="DE", date_order="dmy")
    country = row.get("Default Address Country Code") or COUNTRY_CODES[row["Country"]]
    return Context(country=country, date_order="ymd")


def is_refused_or_doubtful(outcome: object) -> bool:
    return isinstance(outcome, Refused) or bool(getattr(outcome, "notes", ()))
