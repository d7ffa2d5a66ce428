"""Values too common to tell anything: which they are, and that they are left out of comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_people import MODEL, home, identity, organisation, person

from customerfile.matching.common_values import NOTHING_COMMON, common_values, valued_keys, without_common
from customerfile.matching.in_memory import resolve
from customerfile.matching.keys import blocking_keys
from customerfile.matching.prepare import prepare

ANN = prepare(
    person(
        given_name="Ann",
        family_name="Lee",
        email="test@test.example.org",
        phone="+442079460000",
        national_id=identity("219-09-9999"),
        iban=identity("DE1", "iban"),
        address=home(),
    )
)


def test_every_valued_key_is_a_blocking_key_of_the_record() -> None:
    keys = blocking_keys(ANN, MODEL)
    found = list(valued_keys(ANN))
    assert {rule for _, rule, _ in found} == {"email", "phone", "strong_identifier", "weak_identifier"}
    assert {key for key, _, _ in found} <= set(keys)


@pytest.mark.parametrize("rule", ["email", "phone", "strong_identifier", "weak_identifier"])
def test_a_common_value_is_left_out_and_the_others_stay(rule: str) -> None:
    common = common_values((each, value) for _, each, value in valued_keys(ANN) if each == rule)
    kept = without_common(ANN, common)
    assert {each for _, each, _ in valued_keys(kept)} == {
        "email",
        "phone",
        "strong_identifier",
        "weak_identifier",
    } - {rule}
    assert kept.addresses == ANN.addresses


def test_the_domain_of_an_organisation() -> None:
    acme = prepare(organisation("Acme", email="ann@acme.example.org"))
    assert without_common(acme, common_values([("domain", "acme.example.org")])).domains == []


@given(st.sampled_from(["email", "phone"]), st.text(st.sampled_from("01234567"), min_size=7, max_size=7))
def test_what_holds_nothing_common_is_the_same_object(rule: str, value: str) -> None:
    assert without_common(ANN, NOTHING_COMMON) is ANN
    assert without_common(ANN, common_values([(rule, "9" + value[1:])])) is ANN


def test_people_who_share_a_default_are_not_joined_by_it() -> None:
    """Namesakes with the same default e-mail: joined while few share it, apart once it is common."""
    shared = {"email": "none@example.org"}
    namesakes = [person(given_name="Ann", family_name="Leeming", **shared) for _ in range(2)]
    crowd = [
        person(given_name=f"Given{number}", family_name=f"Family{number}", **shared)
        for number in range(MODEL.max_block_size)
    ]
    assert len(resolve(namesakes, MODEL).groups) == 1
    assert len(resolve([*namesakes, *crowd], MODEL).groups) == 2 + len(crowd)
