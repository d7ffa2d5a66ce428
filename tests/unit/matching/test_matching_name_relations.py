"""Names that may be of one person though they are not the same: compounds, initials, particles, order, gender."""

import pytest

from customerfile.matching.name_relations import (
    are_close_middles,
    are_two_known_names,
    are_woman_and_man,
    family_relation,
    family_spelling,
    given_relation,
    name_orders,
)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("marieclaire", ""), ("marie", "claire"), "close"),
        (("m", "jose"), ("maria jose", ""), "close"),
        (("kateryna", ""), ("catherine", ""), "nickname"),
        (("maria jose", ""), ("maria", ""), "part"),
        (("kevin wen bo", ""), ("wenbo", ""), "part"),
        (("balasubramaniam", ""), ("n", "balasubramanian"), "part"),
        (("robert", ""), ("j", "robert"), "part"),
        (("marie claire", ""), ("marie therese", ""), ""),
        (("mary", ""), ("walter", ""), ""),
        (("", ""), ("walter", ""), ""),
    ],
)
def test_given_names(one: tuple[str, str], other: tuple[str, str], level: str) -> None:
    assert given_relation(*one, *other) == level
    assert given_relation(*other, *one) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("van den broek", ""), ("broek", ""), "close"),
        (("el hassan", ""), ("al hassan", ""), "close"),
        (("kim", ""), ("gim", ""), "close"),
        (("mukherjee", ""), ("mukhopadhyay", ""), "close"),
        (("garcia lopez", ""), ("garcia", ""), "part"),
        (("de la cruz", "cabral"), ("cabral", ""), "part"),
        (("jones", "smith"), ("smith", ""), "part"),
        (("van der berg", ""), ("van der meer", ""), ""),
        (("miller", ""), ("oyelaran", ""), ""),
    ],
)
def test_family_names(one: tuple[str, str], other: tuple[str, str], level: str) -> None:
    assert family_relation(*one, *other) == level
    assert family_relation(*other, *one) == level


def test_a_family_name_of_particles_alone_keeps_one() -> None:
    assert family_spelling("van de") == "de"


def test_a_whole_name_parted_in_two_ways_is_recognised() -> None:
    western, eastern = name_orders("duc", "van", "ngo"), name_orders("van ngo", "", "duc")
    assert set(western) & set(eastern)
    assert set(name_orders("marie", "", "claire dupont")) & set(name_orders("marie claire", "", "dupont"))
    assert not set(western) & set(name_orders("duc", "", "ngo"))


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("dmitrievich", "dmitriyevich", True),
        ("petrovna", "piotrovna", True),
        ("j", "james", True),
        ("petrovna", "ivanovna", False),
    ],
)
def test_middle_names(one: str, other: str, close: bool) -> None:
    assert are_close_middles(one, other) is close


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhivko", "zhivka"), ("jovan", "jovana"), ("evgenij", "evgenija"), ("willem", "willemien")],
)
def test_one_name_of_both_genders(one: str, other: str) -> None:
    assert are_woman_and_man(one, other)
    assert are_woman_and_man(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("anna", "anne"), ("bayde", "bayden"), ("maria", "marta"), ("jo", "joa")]
)
def test_names_that_tell_no_gender(one: str, other: str) -> None:
    assert not are_woman_and_man(one, other)


def test_two_names_in_use_are_told_from_a_slip() -> None:
    assert are_two_known_names("jarek", "jurek")
    assert not are_two_known_names("jarek", "jarke")
    assert not are_two_known_names("sara", "sarah")
    assert not are_two_known_names("robert", "bob")
