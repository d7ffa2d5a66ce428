"""Prepared records: folded, sorted, small, and the same after a trip through storage."""

from typing import Any

import orjson
import pytest
from matching_people import home, identity, person

from customerfile.matching.hashing import hash64, near_hashes
from customerfile.matching.phonetic import phonetic
from customerfile.matching.prepare import birth_number, prepare
from customerfile.matching.prepared import Address, Prepared

FULL = person(
    given_name="Maria Luisa", middle_name="Elena", family_name="de la Cruz", name_suffix="Jr", birth_date="1978-12-11",
    gender="female", email=[{"value": "m@example.org"}, {"value": "info@example.org"}, {"value": "a@example.org"}],
    phone="+34912345678", address=home(unit="Apt 3B"), national_id=identity("12345678Z", "es.dni"),
    iban=identity("ES9121000418450200051332", "iban"),
)  # fmt: skip


def test_a_record_survives_storage() -> None:
    prepared = prepare(FULL)
    assert Prepared.from_json(prepared.to_json()) == prepared
    assert Prepared.from_json(prepared.to_json().decode()) == prepared
    assert Prepared.from_list(orjson.loads(prepared.to_json())) == prepared


def test_names_and_contact_points_are_folded_and_sorted() -> None:
    prepared = prepare(FULL)
    assert (prepared.given, prepared.middle, prepared.family) == ("maria luisa", "elena", "de la cruz")
    assert (prepared.suffix, prepared.birth, prepared.gender) == (2, 19781211, "f")
    assert (prepared.emails, prepared.mailboxes) == (["a@example.org", "m@example.org"], ["info@example.org"])
    assert prepared.phones == [4912345678]
    assert prepared.addresses == [Address("millln", "12", "3b", "ls14ab", "leeds")]


def test_an_empty_record_is_empty() -> None:
    prepared = prepare({"kind": "person"})
    assert prepared == Prepared("person", "", "", "", 0, 0, "", [], [], [], [], [], [], "", [])


@pytest.mark.parametrize(
    ("fields", "given", "middle", "family", "suffix"),
    [
        ({"given_name": "Bob J", "family_name": "Smith"}, "bob", "j", "smith", 0),
        ({"given_name": "Morris II", "family_name": "Klein"}, "morris", "", "klein", 2),
        ({"given_name": "Maria Luis", "family_name": "M Sentosa"}, "maria luis", "", "sentosa", 0),
        ({"given_name": "J", "family_name": "Lee III"}, "j", "", "lee", 3),
        ({"given_name": "M. José", "family_name": "Ruiz"}, "m", "jose", "ruiz", 0),
        ({"given_name": "王", "family_name": "杰"}, "wang", "", "jie", 0),
    ],
)
def test_initials_and_generations_are_taken_out_of_names(
    fields: dict[str, str], given: str, middle: str, family: str, suffix: int
) -> None:
    prepared = prepare(person(**fields))
    assert (prepared.given, prepared.middle, prepared.family, prepared.suffix) == (
        given,
        middle,
        family,
        suffix,
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1978-12-11", 19781211), ("1978-12", 19781200), ("1978", 19780000), ("--12-11", 1211),
        ("", 0), ("1900-01-01", 0), ("soon", 0),
    ],
)  # fmt: skip
def test_birth_number(text: str, number: int) -> None:
    assert birth_number(text) == number


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ({"line": "1515 Adela Lane", "postcode": "89111"}, Address("adelaln", "1515", "", "89111", "")),
        ({"street": "Ansbacher Straße", "house_number": "23"}, Address("ansbacherstr", "23", "", "", "")),
        ({"line": "P.O. Box 12987", "postcode": "60611-1234"}, Address("pobox", "12987", "", "60611", "")),
    ],
)
def test_addresses(parts: dict[str, str], address: Address) -> None:
    assert prepare(person(address=parts)).addresses == [address]


def test_near_hashes_meet_after_one_slip_and_not_after_two() -> None:
    def around(value: str) -> set[int]:
        return {hash64(value), *near_hashes(value)}

    for slip in ("5752601", "575261", "57526101", "5752619"):
        assert around("5752610") & around(slip), slip
    assert not around("5752610") & around("5725601")


def test_hashes_are_the_same_everywhere() -> None:
    assert hash64("email|ann@example.org") == 6526811335240268426
    assert -(2**63) <= hash64("x") < 2**63


@pytest.mark.parametrize(
    ("one", "other"),
    [("smith", "smyth"), ("garski", "garsky"), ("katherine", "catherine"), ("philip", "filip")],
)
def test_names_that_sound_alike_have_one_code(one: str, other: str) -> None:
    assert phonetic(one) == phonetic(other)


@pytest.mark.parametrize(
    "names",
    ["van der berg|vd berg|vandenberg|berg", "al masri|elmasri|masri", "kim|gim", "yelena|jelena|elena",
     "iwanow|ivanov", "zukov|zhukov", "tsvetkov|zwetkow", "dal pozzo|dalpozzo"],
)  # fmt: skip
def test_writings_of_one_name_sound_the_same(names: str) -> None:
    assert len({phonetic(name) for name in names.split("|")}) == 1


def test_phonetic_codes_of_odd_names() -> None:
    assert (phonetic(""), phonetic("123"), phonetic("o hare")) == ("", "", phonetic("ohare"))


def test_roles_can_be_given() -> None:
    record: dict[str, Any] = person(loyalty=identity("77", "loyalty"))
    assert (prepare(record).weak, prepare(record).strong) == ([], [])
    assert len(prepare(record, {"loyalty": "weak"}).weak) == 1
    assert len(prepare(record, {"loyalty": "strong"}).strong) == 1
