"""Stories: who is linked, who goes to review, and which veto keeps two people apart."""

from typing import Any

from matching_people import home, identity, organisation, person, verdict


def smith(given: str, **fields: Any) -> dict[str, Any]:
    """A member of a household that shares its address, e-mail and phone."""
    shared = {"email": "smiths@example.org", "phone": "+441134960001", "address": home()}
    return person(given_name=given, family_name="Smith", **(shared | fields))


def test_one_person_written_twice_is_linked() -> None:
    left = person(given_name="Robert", family_name="Smith", birth_date="1978-12-11", phone="+17029191300")
    right = person(given_name="Bob", family_name="Smith", birth_date="1978-11-12", phone="+17029191300")
    assert verdict(left, right) == "link"


def test_husband_and_wife_are_not_one_customer() -> None:
    assert verdict(smith("Mary"), smith("John")) == "given_name"


def test_husband_and_wife_with_the_same_initial_are_not_one_customer() -> None:
    assert verdict(smith("Michael"), smith("Michelle")) == "gender"


def test_twins_are_not_one_customer() -> None:
    assert verdict(smith("Mark", birth_date="1997-09-28"), smith("Marsha", birth_date="1997-09-28")) != "link"
    assert (
        verdict(smith("Peter", birth_date="1997-09-28"), smith("Oliver", birth_date="1997-09-28"))
        == "given_name"
    )


def test_father_and_son_of_one_name_are_told_apart_by_birth_date() -> None:
    assert (
        verdict(smith("John", birth_date="1950-03-02"), smith("John", birth_date="1981-07-19"))
        == "birth_date"
    )


def test_father_and_son_of_one_name_are_told_apart_by_suffix() -> None:
    assert verdict(smith("John", name_suffix="Sr"), smith("John", name_suffix="Jr")) == "suffix"


def test_namesakes_at_different_addresses_are_not_linked() -> None:
    left = person(given_name="John", family_name="Smith", address=home())
    right = person(
        given_name="John",
        family_name="Smith",
        address=home(street="High Street", city="York", postcode="YO1 7HH"),
    )
    assert verdict(left, right) == "apart"


def test_rare_names_alone_do_not_link() -> None:
    wolf = {"given_name": "Zebulonia", "middle_name": "Amaryllis", "family_name": "Quistgaard"}
    assert verdict(person(**wolf), person(**wolf)) == "names_alone"


def test_conflicting_identifiers_are_never_linked() -> None:
    left, right = (
        smith("John", national_id=identity("219099999")),
        smith("John", national_id=identity("457555462")),
    )
    assert verdict(left, right) == "strong_identifier"


def test_identifiers_of_unknown_kind_may_differ() -> None:
    born = {"birth_date": "1978-12-11"}
    left = smith("John", national_id=identity("7654321", "other"), **born)
    assert verdict(left, smith("John", national_id=identity("1234567", "other"), **born)) == "link"


def test_an_identifier_bridges_a_changed_given_name() -> None:
    left = smith("Xiaowei", national_id=identity("219099999"))
    assert verdict(left, smith("Vivian", national_id=identity("219099999"))) == "link"


def test_colleagues_behind_one_mailbox_are_not_linked() -> None:
    left = person(given_name="Andrew", family_name="Anderson", email="info@example.org")
    right = person(given_name="Andy", family_name="Anderson", email="info@example.org")
    assert verdict(left, right) in ("review", "apart")


def test_a_person_and_her_company_are_two_customers() -> None:
    company = organisation("Lee", email="ann@example.org", phone="+34910000001", address=home())
    owner = person(
        given_name="Ann", family_name="Lee", email="ann@example.org", phone="+34910000001", address=home()
    )
    assert verdict(company, owner) == "kind"


def test_organisations_link_by_name_and_address() -> None:
    left = organisation("Acme Export", address=home())
    assert verdict(left, organisation("Acme Export", address=home())) == "link"


def test_organisations_of_one_name_in_other_towns_do_not_link() -> None:
    left = organisation("Acme Export", address=home())
    right = organisation("Acme Export", address=home(street="High Street", city="York", postcode="YO1 7HH"))
    assert verdict(left, right) == "apart"
