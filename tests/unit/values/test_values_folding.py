import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.values.folding import fold, tokens
from customerfile.values.nicknames import are_nicknames, is_given_name, leading_names, nickname_group


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Smith", "smith"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Jean-Pierre", "jean pierre"),
        ("Müller", "muller"),
        ("Großmann", "grossmann"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("U.S.A.", "usa"),
        ("J. R. R. Tolkien", "j r r tolkien"),
        ("St. James's", "st jamess"),
        ("Иван", "ivan"),
        ("Ｗｉｄｅ", "wide"),
        ("a_b/c,d;e", "a b c d e"),
        ("  two   words ", "two words"),
        ("12-A", "12 a"),
        ("", ""),
        ("…", ""),
        ("\ud83d", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once.isascii()
    assert "  " not in once
    assert once == once.strip().lower()


@given(st.text(max_size=40))
def test_case_does_not_matter_in_ascii(text: str) -> None:
    if text.isascii():
        assert fold(text.upper()) == fold(text.lower())


def test_tokens() -> None:
    assert tokens("de la Cruz-López, María") == ("de", "la", "cruz", "lopez", "maria")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bob", "Robert"), ("Bill", "William"), ("Liz", "Elizabeth"), ("Peggy", "Margaret"), ("Betty", "Elizabeth"),
        ("Jack", "John"), ("Dick", "Richard"), ("Pepe", "José"), ("Paco", "Francisco"), ("Sasha", "Aleksandr"),
        ("Hans", "Johannes"), ("Jürgen", "Georg"), ("Giuseppe", "Beppe"), ("Kasia", "Katarzyna"),
        ("Margot", "Marguerite"),
        ("Ted", "Theodore"), ("Ted", "Edward"), ("Chris", "Christine"), ("Chris", "Christopher"), ("ann", "ANN"),
    ],
)  # fmt: skip
def test_nicknames(first: str, second: str) -> None:
    assert are_nicknames(first, second)
    assert are_nicknames(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("Bob", "William"), ("Anna", "Maria"), ("Peter", "Paul"), ("", ""), ("x", "y")]
)
def test_no_nicknames(first: str, second: str) -> None:
    assert not are_nicknames(first, second)


def test_groups() -> None:
    assert nickname_group("Bob") & nickname_group("Robert")
    assert nickname_group("Zorblax") == frozenset()
    assert leading_names("Bob") & leading_names("Robert") == {"robert"}
    assert is_given_name("José")
    assert not is_given_name("Smith")
