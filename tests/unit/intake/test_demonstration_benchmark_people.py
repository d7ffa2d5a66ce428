"""The benchmark's people: reproducible, three in ten rows a second sighting, every value acceptable."""

import csv
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest

from bench.make_people import HEADER, write_people
from customerfile.values.dates import standardise_birth_date
from customerfile.values.emails import standardise_email
from customerfile.values.names import standardise_name
from customerfile.values.outcome import Accepted, Context
from customerfile.values.phones import standardise_phone
from customerfile.values.postcodes import standardise_postcode

ROWS = 3000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    write_people(folder, rows=ROWS, seed=7)
    return folder


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_people(tmp_path, rows=ROWS, seed=7)
    for name in ("people_a.csv", "people_b.csv", "truth.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_files_hold_the_rows_asked_for_under_twelve_columns(folder: Path) -> None:
    a, b = read(folder / "people_a.csv"), read(folder / "people_b.csv")
    assert len(a) + len(b) == ROWS
    assert HEADER.split(",") == list(a[0]) == list(b[0])
    assert len(a[0]) == 12


def test_the_truth_names_every_row_and_pairs_across_the_files_only(folder: Path) -> None:
    truth = read(folder / "truth.csv")
    delivered = {
        (name, row["key"]) for name in ("people_a", "people_b") for row in read(folder / f"{name}.csv")
    }
    assert {(row["source"], row["key"]) for row in truth} == delivered
    assert set(Counter((row["source"], row["entity"]) for row in truth).values()) == {1}
    sightings = Counter(row["entity"] for row in truth)
    assert Counter(sightings.values()) == {2: int(ROWS * 0.3), 1: int(ROWS * 0.4)}


def test_seniors_and_juniors_are_among_them(folder: Path) -> None:
    names = [row["family_name"] for row in read(folder / "people_a.csv")]
    assert any(name.endswith(" Jr") for name in names)
    assert any(name.endswith(" Sr") for name in names)


def test_every_value_is_accepted_without_a_doubt(folder: Path) -> None:
    checks = {
        "given_name": standardise_name,
        "birth_date": standardise_birth_date,
        "email": standardise_email,
        "phone": standardise_phone,
        "postcode": standardise_postcode,
    }
    for row in read(folder / "people_a.csv") + read(folder / "people_b.csv"):
        context = Context(country=row["country"], date_order="ymd")
        for column, standardise in checks.items():
            if row[column]:
                outcome = standardise(row[column], context)
                assert isinstance(outcome, Accepted), row[column]
                assert outcome.notes == (), row[column]


def test_phone_numbers_are_valid_in_their_country(folder: Path) -> None:
    for row in read(folder / "people_b.csv")[:500]:
        if row["phone"]:
            assert phonenumbers.is_valid_number(phonenumbers.parse(row["phone"], row["country"])), row[
                "phone"
            ]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
