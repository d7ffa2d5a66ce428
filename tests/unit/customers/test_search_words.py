"""Taking a query apart: words, their spellings, and stretches that may be a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.customers.search.index import variants
from customerfile.customers.search.keys import keys, phone_ends, stored_number
from customerfile.customers.search.likely_names import MOST_NAMES, names_like
from customerfile.customers.search.words import How, parse, slips, spellings, unfinished_word
from customerfile.vault.sealing import Blinder


@pytest.mark.parametrize(
    ("typed", "words", "terms"),
    [
        ("Anna Meier", ("anna", "meier"), (0, 1)),
        ("  O'Brien-Smith  Zoë ", ("obrien", "smith", "zoe"), (0, 0, 1)),
        ("München", ("munchen",), (0,)),
        ("+", (), ()),
        ("", (), ()),
    ],
)
def test_words_are_folded_and_know_their_term(typed, words, terms):
    assert (parse(typed).words, parse(typed).term_of_word) == (words, terms)


@given(st.text())
def test_any_text_can_be_taken_apart(text):
    query = parse(text)
    assert len(query.words) == len(query.term_of_word) <= 8
    list(spellings(query))
    list(slips(query))
    list(keys(query, Blinder(b"k" * 32)))


def test_neighbours_are_also_looked_up_run_together():
    together = [each for each in spellings(parse("SW1A 1AA smith")) if len(each.covers) == 2]

    assert [(each.text, each.covers, each.how) for each in together] == [
        ("sw1a1aa", (0, 1), How.EXACT),
        ("1aasmith", (1, 2), How.EXACT),
    ]


def test_nicknames_are_looked_up_both_ways():
    assert "robert" in names_like("bob")
    assert "bob" in names_like("robert")
    assert names_like("zzz") == ()
    assert max(len(names_like(name)) for name in ("alex", "maria", "john")) <= MOST_NAMES


def test_a_word_one_slip_away_shares_a_variant():
    meier = set(variants("meier"))
    for slipped in ("meyer", "meir", "meiier", "emier", "mier"):
        assert meier & {variant for _, variant in slips(parse(slipped))}, slipped


def test_only_the_last_word_may_be_unfinished():
    assert unfinished_word(parse("anna mei")) == "mei"
    assert unfinished_word(parse("anna m")) == ""
    assert unfinished_word(parse("")) == ""


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("4321", ("4321",)),
        ("432", ()),
        ("+49(0)1711234321", ("491711234321",)),
        ("00491711234321", ("491711234321",)),
        ("01711234321", ("01711234321", "1711234321")),
        ("89161234567", ("89161234567", "9161234567")),
        ("0123", ("0123",)),
        ("123456789012345678", ()),
    ],
)
def test_the_digits_a_stored_phone_may_end_in(typed, ends):
    assert phone_ends(typed) == ends


def test_a_stretch_with_digits_is_looked_up_as_a_key():
    found = {(key.kind, key.typed) for key in keys(parse("meier 0171 1234321"), None)}

    assert {("phone", "0171 1234321"), ("phone", "1234321"), ("record", "0171 1234321")} <= found
    assert not any(key.typed == "meier" for key in keys(parse("meier 0171 1234321"), None))


def test_a_single_word_is_looked_up_as_key_and_as_the_start_of_an_address():
    kinds = {key.kind for key in keys(parse("meier"), None)}

    assert kinds == {"record", "identifier", "email"}


def test_a_customer_number_is_completed():
    assert stored_number(" 42x ") == "0000042X"
    assert stored_number("0000042X") == "0000042X"
    assert stored_number("123456789X") == "123456789X"


def test_an_identifier_is_looked_up_openly_and_by_its_keyed_digest():
    blinder = Blinder(b"k" * 32)
    values = {key.value for key in keys(parse("GB82 WEST 1234"), blinder) if key.kind == "identifier"}

    assert blinder.digest("GB82WEST1234") in values
