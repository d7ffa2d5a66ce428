"""Stored comparison inputs become typed columns."""

from pathlib import Path
from typing import Any

from matching_people import MODEL, home, identity, organisation, person

from customerfile.matching.hashing import hash64
from customerfile.matching.prepare import prepare
from customerfile.values.nicknames import nickname_groups
from tests.factories.matching_batches import with_pairs


def _flat(record: dict[str, Any], folder: Path) -> dict[str, Any]:
    people = [prepare(record), prepare(person())]
    with with_pairs(people, [(0, 1)], folder) as database:
        [row] = database.sql("FROM flat WHERE record_id = 0").to_arrow_table().to_pylist()
    return {name: value for name, value in row.items() if value is not None}


def test_a_name_in_its_parts(tmp_path: Path) -> None:
    row = _flat(person(given_name="Mary Ann", middle_name="Lee Q", family_name="Smith-Jones Jr"), tmp_path)
    assert {name: row[name] for name in ("given", "given_first", "given_words", "middle")} == {
        "given": "maryann",
        "given_first": "mary",
        "given_words": ["mary", "ann", "lee", "q"],
        "middle": "lee",
    }
    assert (row["family"], row["family_parts"], row["suffix"]) == ("smithjones", ["smith", "jones"], 2)
    assert row["nicknames"] == sorted(nickname_groups()["mary"])


def test_how_common_a_name_is_in_both_places(tmp_path: Path) -> None:
    frequencies = MODEL.frequencies
    row = _flat(person(given_name="James", family_name="Q"), tmp_path)
    assert row["given_as_given"] == frequencies["given_name"]["james"]
    assert row["given_as_family"] == frequencies["family_name"].get("james", 0)
    assert (row["family_as_given"], row["family_as_family"]) == (3, 3)  # a single letter says little


def test_a_date_whole_and_in_part(tmp_path: Path) -> None:
    names = ("birth_text", "birth_year", "birth_month", "birth_day")
    whole, part = (_flat(person(birth_date=text), tmp_path) for text in ("1978-12-11", "--12-11"))
    assert [whole.get(name) for name in names] == ["19781211", 1978, 12, 11]
    assert [part.get(name) for name in names] == [None, None, 12, 11]


def test_the_gender_may_be_told_by_the_name(tmp_path: Path) -> None:
    assert _flat(person(given_name="Mary", gender="male"), tmp_path)["gender"] == 2
    assert _flat(person(given_name="Mary"), tmp_path)["gender"] == 1
    assert "gender" not in _flat(person(given_name="Xq"), tmp_path)


def test_contact_points_as_lists(tmp_path: Path) -> None:
    phones = [{"value": "+17029191300"}, {"value": "9191301"}]
    mail = [{"value": "ann@example.org"}, {"value": "info@example.org"}]
    row = _flat(person(phone=phones, email=mail, address=[home(unit="3")]), tmp_path)
    assert (row["phones"], row["endings"], row["local_endings"]) == (
        [9191301, 7029191300],
        [9191301, 9191300],
        [9191301],
    )
    assert (row["emails"], row["local_parts"], row["mailboxes"]) == (
        ["ann@example.org"],
        ["ann"],
        ["info@example.org"],
    )
    assert row["addresses"] == [
        {"street": "millln", "number": "12", "unit": "3", "postcode": "ls14ab", "city": "leeds"}
    ]


def test_identifiers_with_their_near_hashes(tmp_path: Path) -> None:
    record = prepare(person(national_id=identity("219099999"), iban=identity("DE1", "iban")))
    row = _flat(person(national_id=identity("219099999"), iban=identity("DE1", "iban")), tmp_path)
    [strong] = record.strong
    assert row["strong"] == [
        {"scheme": strong.scheme, "exact": hash64("219099999"), "near": strong.near, "known": True}
    ]
    assert row["weak"] == record.weak


def test_an_organisation_and_its_domain(tmp_path: Path) -> None:
    row = _flat(organisation("Acme Export Ltd", email="sales@acme.example"), tmp_path)
    assert (row["kind"], row["organisation"], row["domains"]) == (2, "acme export", ["acme.example"])


def test_what_a_record_does_not_say_is_null(tmp_path: Path) -> None:
    assert set(_flat({}, tmp_path)) == {
        "record_id", "given_words", "given_as_given", "given_as_family", "family_as_given", "family_as_family"
    }  # fmt: skip
