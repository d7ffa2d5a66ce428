"""What an identification number says of two groups it says of all their records."""

from matching_people import MODEL, home, identity, person

from customerfile.matching.in_memory import resolve

ISABELLA = {"given_name": "Isabella", "address": home(), "email": "isabella@example.org"}


def test_a_number_in_both_groups_speaks_for_a_record_that_has_none() -> None:
    records = [
        person(**ISABELLA, family_name="Shandley", birth_date="1952-06-02"),
        person(
            **ISABELLA, family_name="Shandley", birth_date="1952-06-02", national_id=identity("219-09-9999")
        ),
        person(
            **ISABELLA, family_name="Shandley", birth_date="1921-09-14", national_id=identity("219-09-9999")
        ),
    ]
    assert resolve(records, MODEL).groups == [frozenset({0, 1, 2})]
    assert resolve([records[0], records[2]], MODEL).groups == [frozenset({0}), frozenset({1})]
