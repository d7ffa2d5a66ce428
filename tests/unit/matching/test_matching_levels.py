"""Each level of each comparison on the smallest records that reach it."""

from typing import Any

import pytest
from matching_people import home, identity, levels, organisation, person


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("John", "John", "same_very_common"),
        ("Marjorie", "Marjorie", "same_uncommon"),
        ("Zebulonia", "Zebulonia", "same_rare"),
        ("José", "JOSE", "same_very_common"),
        ("Bob", "Robert", "nickname"),
        ("Katherine", "Kathreine", "close"),
        ("Mohamed", "Muhammed", "close"),
        ("Sergey", "Sergei", "close"),
        ("Jarek", "Jurek", "similar"),
        ("Ria", "Rika", "similar"),
        ("Anna", "Hanna", "similar"),
        ("Anna Maria", "Anna", "part"),
        ("Thaddeus", "T", "initial"),
        ("Mary", "Walter", "different"),
        ("wil liam", "William", "same_very_common"),
    ],
)
def test_given_name(left: str, right: str, level: str) -> None:
    assert levels(person(given_name=left), person(given_name=right))["given_name"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Smith", "Smith", "same_very_common"),
        ("Quistgaard", "Quistgaard", "same_rare"),
        ("Thompson", "Tompson", "close"),
        ("Ivanov", "Iwanow", "close"),
        ("Cho", "Jo", "close"),
        ("Weest", "Wiesst", "similar"),
        ("Smith-Jones", "Jones", "part"),
        ("de la Cruz", "Cruz", "part"),
        ("D'Esquire", "Desquire", "same_rare"),
        ("Miller", "Oyelaran", "different"),
    ],
)
def test_family_name(left: str, right: str, level: str) -> None:
    assert levels(person(family_name=left), person(family_name=right))["family_name"] == level


def test_exchanged_names_are_compared_crosswise() -> None:
    found = levels(
        person(given_name="Daniella", family_name="Shaw"), person(given_name="Shaw", family_name="Daniela")
    )
    assert found["name_order"] == "swapped"
    assert (found["given_name"], found["family_name"][:4]) == ("close", "same")


def test_names_in_their_order_have_no_order_level() -> None:
    assert "name_order" not in levels(
        person(given_name="Ann", family_name="Lee"), person(given_name="Ann", family_name="Lee")
    )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            {"given_name": "Xiao", "family_name": "Ming Wang"},
            {"given_name": "Xiaoming", "family_name": "Wang"},
        ),
        (
            {"given_name": "Duc", "middle_name": "Van", "family_name": "Ngo"},
            {"given_name": "Van Ngo", "family_name": "Duc"},
        ),
        (
            {"given_name": "Wang Xiao", "family_name": "Ming"},
            {"given_name": "Xiaoming", "family_name": "Wang"},
        ),
    ],
)
def test_a_whole_name_parted_in_two_ways_is_close_in_both(
    left: dict[str, str], right: dict[str, str]
) -> None:
    found = levels(person(**left), person(**right))
    assert (found["given_name"], found["family_name"]) == ("close", "close")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [("Marie", "Marie", "same"), ("Marie", "M", "initial"), ("Marie", "Jane", "different")],
)
def test_middle_name(left: str, right: str, level: str) -> None:
    assert levels(person(middle_name=left), person(middle_name=right))["middle_name"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ({"name_suffix": "Jr"}, {"name_suffix": "Sr"}, "conflict"),
        ({"name_suffix": "Jr"}, {"name_suffix": "II"}, "same"),
        ({"given_name": "Morris I"}, {"given_name": "Morris II"}, "conflict"),
        ({"family_name": "Dobbins Jr"}, {"family_name": "Dobbins", "name_suffix": "Jr."}, "same"),
    ],
)
def test_suffix(left: dict[str, Any], right: dict[str, Any], level: str) -> None:
    assert levels(person(**left), person(**right))["suffix"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1978-12-11", "1978-12-11", "same"),
        ("1978-12-11", "1978-11-12", "day_month_swapped"),
        ("1978-12-11", "1978-12-17", "one_slip"),
        ("1978-12-13", "1978-12-31", "one_slip"),
        ("1978-12-11", "1987-12-11", "one_slip"),
        ("1978-12-11", "1964-12-11", "day_and_month"),
        ("1978-12-11", "1978-05-28", "year"),
        ("1978-12", "1978-12-11", "as_far_as_known"),
        ("--12-11", "1978-12-11", "as_far_as_known"),
        ("1978", "1979-12-11", "different"),
        ("1978-12-11", "1951-03-25", "different"),
    ],
)
def test_birth_date(left: str, right: str, level: str) -> None:
    assert levels(person(birth_date=left), person(birth_date=right))["birth_date"] == level


def test_a_placeholder_birth_date_is_unknown() -> None:
    assert "birth_date" not in levels(person(birth_date="1900-01-01"), person(birth_date="1900-01-01"))


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ({"gender": "female"}, {"gender": "female"}, "same"),
        ({"gender": "female"}, {"gender": "male"}, "different"),
        ({"given_name": "Michael"}, {"given_name": "Michelle"}, "different"),
        ({"given_name": "Michael"}, {"gender": "male"}, "same"),
    ],
)
def test_gender_is_told_by_the_given_name_too(
    left: dict[str, str], right: dict[str, str], level: str
) -> None:
    assert levels(person(**left), person(**right))["gender"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("ann@example.org", "ANN@example.org", "same"),
        ("ann.lee@example.org", "ann.lee@mail.example.org", "local_part"),
        ("info@example.org", "info@example.org", "shared_mailbox"),
        ("ann@example.org", "bea@example.org", "different"),
    ],
)
def test_email(left: str, right: str, level: str) -> None:
    assert levels(person(email=left), person(email=right))["email"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("+17029191300", "+17029191300", "same"),
        ("+17029191300", "9191300", "last_seven"),
        ("+17029191300", "+12029191300", "different"),
        ("+17029191300;ext=5", "+17029191300", "same"),
    ],
)
def test_phone(left: str, right: str, level: str) -> None:
    assert levels(person(phone=left), person(phone=right))["phone"] == level


def test_the_best_of_several_contact_points_counts() -> None:
    left = person(phone=[{"value": "+34910000001"}, {"value": "+34910000002"}])
    right = person(phone=[{"value": "+34910000003"}, {"value": "+34910000002"}])
    assert levels(left, right)["phone"] == "same"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (home(), home(), "dwelling"),
        (home(street="Mill Ln"), home(), "dwelling"),
        (home(postcode="LS1 4AC"), home(city=""), "dwelling"),
        (home(city="Leeds", postcode="XX9 9XX"), home(city="Leds"), "dwelling"),
        (home(unit="Flat 3"), home(unit="4"), "street"),
        (home(house_number="14"), home(), "street"),
        (home(street="Station Road"), home(), "number_and_postcode"),
        (home(street="Station Road", house_number="5"), home(), "postcode"),
        ({"city": "Leeds"}, home(), "city"),
        (home(street="Station Road", house_number="5", postcode="LS9 9ZZ"), home(), "different"),
        (home(city="York", postcode="YO1 7HH"), home(), "different"),
        (
            {"street": "Mill Lane", "house_number": "12"},
            {"street": "Mill Lane", "house_number": "12"},
            "street",
        ),
    ],
)
def test_address(left: dict[str, str], right: dict[str, str], level: str) -> None:
    assert levels(person(address=left), person(address=right))["address"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (identity("219-09-9999"), identity("219099999"), "same"),
        (identity("219099999"), identity("219099989"), "one_slip"),
        (identity("219099999"), identity("210999999"), "one_slip"),
        (identity("219099999"), identity("21909999"), "one_slip"),
        (identity("219099999"), identity("457555462"), "conflict"),
        (identity("7654321", "other"), identity("1234567", "other"), "different"),
        (identity("7654321", "au.other"), identity("1234567", "other"), "different"),
    ],
)
def test_strong_identifier(left: list[dict[str, str]], right: list[dict[str, str]], level: str) -> None:
    assert levels(person(national_id=left), person(national_id=right))["strong_identifier"] == level


def test_identifiers_of_different_schemes_are_not_compared() -> None:
    left, right = identity("219099999"), identity("12345678Z", "es.dni")
    assert "strong_identifier" not in levels(person(national_id=left), person(national_id=right))


def test_one_identifier_the_same_and_another_in_conflict_is_mixed() -> None:
    left = person(national_id=identity("219099999"), passport=identity("X1234567", "passport.us"))
    right = person(national_id=identity("219099999"), passport=identity("Y7654321", "passport.us"))
    assert levels(left, right)["strong_identifier"] == "mixed"


def test_sealed_identifiers_compare_like_plain_ones() -> None:
    def sealed(digest: int, near: list[int]) -> dict[str, Any]:
        return person(
            national_id=[{"scheme": "us.ssn", "masked": "•••• 9999", "digest": digest, "near": near}]
        )

    assert levels(sealed(7, [1, 2, 7]), sealed(7, [1, 2, 7]))["strong_identifier"] == "same"
    assert levels(sealed(7, [1, 2, 7]), sealed(9, [2, 3, 9]))["strong_identifier"] == "one_slip"
    assert levels(sealed(7, [1, 2, 7]), sealed(9, [3, 4, 9]))["strong_identifier"] == "conflict"


@pytest.mark.parametrize(("right", "level"), [("DE89 3704 0044 0532 0130 00", "same"), ("DE02", "different")])
def test_weak_identifier(right: str, level: str) -> None:
    left = person(iban=identity("DE89370400440532013000", "iban"))
    assert levels(left, person(iban=identity(right, "iban")))["weak_identifier"] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Acme Export", "Export Acme", "same"),
        ("Universal Exports", "Universal Export", "close"),
        ("Acme Export Services", "Acme Export", "similar"),
        ("Acme Export", "Borealis Shipping", "different"),
        ("The Coffee House Ltd", "Coffee House", "same"),
        ("Smith & Sons", "Smith and Sons", "same"),
        ("Hudson Mfg. Co.", "Hudson Manufacturing", "same"),
        ("Müller Maschinenbau", "Mueller Maschinenbau", "same"),
        ("Micro Soft", "Microsoft", "close"),
        ("IBM", "International Business Machines", "close"),
        ("Bohemia Glasworks", "Bohemia Glassworks", "close"),
        ("Harbour Fund I", "Harbour Fund II", "similar"),
        ("Garage 24", "Garage 42", "similar"),
        ("The Company", "Company", "similar"),
        ("Smith Dental", "Jones Dental", "different"),
    ],
)
def test_organisation_name(left: str, right: str, level: str) -> None:
    assert levels(organisation(left), organisation(right))["organisation_name"] == level


def test_a_trading_name_counts_as_the_legal_one_does() -> None:
    legal = organisation("Borealis Shipping", trading_name="Northern Lights Cargo")
    assert levels(legal, organisation("Northern Lights Cargo"))["organisation_name"] == "same"


def test_domain_is_an_organisations_and_not_a_mail_providers() -> None:
    acme = organisation("Acme", email="anna@acme.example.org")
    assert levels(acme, organisation("Acme", email="info@acme.example.org"))["domain"] == "same"
    assert "domain" not in levels(acme, person(email="bea@acme.example.org"))
    free = organisation("Acme", email="acme1@gmail.com")
    assert "domain" not in levels(free, organisation("Acme", email="acme2@gmail.com"))


def test_a_person_and_an_organisation_conflict() -> None:
    assert levels(person(), organisation("Acme"))["kind"] == "conflict"


def test_what_is_missing_on_either_side_has_no_level() -> None:
    full = person(
        given_name="Ann", family_name="Lee", email="ann@example.org", phone="+34910000001", address=home()
    )
    assert levels(full, person()) == {"kind": "same"}
