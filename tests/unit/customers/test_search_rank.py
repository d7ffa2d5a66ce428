"""What answers are worth, what is read to meet them, and how customers are ranked: on tiny made-up lists."""

import pytest

from customerfile.customers.search.answers import KeyHit, StoredWord, answers, estimated_count, one_slip_apart
from customerfile.customers.search.matched import reasons
from customerfile.customers.search.plan import (
    LAST_ID,
    PROBES,
    ROWS_OF_BEST,
    ROWS_OF_OTHERS,
    ROWS_READ_WHOLE,
    SHORT,
    make_plan,
)
from customerfile.customers.search.rank import rank
from customerfile.customers.search.words import How, parse

QUERY = parse("anna meier")


def word(position, token, how=How.EXACT, *, count=10, token_id=None, place=False, low=1, high=1_000_000):
    return StoredWord((position,), how, token_id or hash(token) % 10_000, token, place, count, low, high)


@pytest.mark.parametrize(
    ("typed", "stored", "is_one"),
    [
        ("meier", "meier", True),
        ("meier", "meyer", True),
        ("meier", "meir", True),
        ("meier", "meieer", True),
        ("meier", "miere", False),
        ("garcia", "gracia", True),
        ("meier", "mayer", False),
    ],
)
def test_one_slip(typed, stored, is_one):
    assert one_slip_apart(typed, stored) is is_one


def test_a_list_is_estimated_from_its_ends():
    assert estimated_count((5, 1, 900), None) == 5
    assert estimated_count((64, 1, 6400), (993_601, 1_000_000)) == pytest.approx(10_000, rel=0.02)


def test_exact_is_worth_more_than_nickname_than_slip_than_beginning():
    found = answers(
        QUERY,
        [
            word(0, "anne", How.TYPO),
            word(0, "anna"),
            word(0, "nancy", How.NICKNAME),
            word(0, "annabel", How.PREFIX),
        ],
        [],
    )

    assert [answer.source.token for answer in found] == ["anna", "nancy", "anne", "annabel"]


def test_a_rare_word_is_worth_more_than_a_common_one():
    common, rare = answers(QUERY, [word(0, "anna", count=50_000), word(1, "meier", count=5)], [])

    assert rare.worth > common.worth


def test_words_that_only_share_a_variant_do_not_answer():
    assert answers(QUERY, [word(1, "eiemr", How.TYPO)], []) == []


def test_nicknames_of_places_do_not_answer():
    assert answers(QUERY, [word(0, "nancy", How.NICKNAME, place=True)], []) == []


def test_rare_words_are_read_whole_and_looked_up_in_common_ones():
    found = answers(QUERY, [word(0, "anna", count=50_000), word(1, "meier", count=30)], [])

    plan = make_plan(found, limit=10)

    whole = [reading for reading in plan.readings if reading.high == LAST_ID]
    assert [found[reading.answer].source.token for reading in whole] == ["meier"]
    assert whole[0].reach > 0
    assert [found[probe.answer].source.token for probe in plan.probes] == ["anna"]


def test_two_common_words_are_read_over_one_window():
    found = answers(QUERY, [word(0, "anna", count=50_000), word(1, "meier", count=40_000)], [])

    plan = make_plan(found, limit=10)

    assert len({(reading.low, reading.high) for reading in plan.readings}) == 1
    assert plan.readings[0].high < 1_000_000


@pytest.mark.parametrize("count", [1, SHORT, 500, 5_000, 500_000])
def test_the_work_is_bounded_however_common_the_words_are(count):
    words = [word(0, f"anna{n}", count=count, token_id=n) for n in range(40)]
    words += [word(1, f"meier{n}", count=count, token_id=100 + n) for n in range(40)]
    found = answers(QUERY, words, [])
    plan = make_plan(found, limit=10)

    by_answer = {reading.answer: reading for reading in plan.readings}
    whole = [reading for reading in plan.readings if reading.high == LAST_ID]
    looked_up = sum(
        reading.size
        for reading in whole
        for probe in plan.probes
        if reading.reach >= probe.tier and reading.size <= probe.size and not same_word(found, reading, probe)
    )
    assert sum(reading.size for reading in whole) <= max(ROWS_READ_WHOLE, 80 * SHORT)
    assert looked_up <= PROBES
    assert all(
        reading.most <= max(ROWS_READ_WHOLE, ROWS_OF_BEST, ROWS_OF_OTHERS) for reading in by_answer.values()
    )


def same_word(found, reading, probe):
    return found[reading.answer].word == found[probe.answer].word


def test_one_word_needs_no_more_than_what_is_shown():
    plan = make_plan(answers(parse("anna"), [word(0, "anna", count=50_000)], []), limit=10)

    assert [(reading.low, reading.most) for reading in plan.readings] == [(0, 10)]


def test_more_words_come_first_then_worth_then_the_older_number():
    found = answers(QUERY, [word(0, "anna"), word(0, "anne", How.TYPO), word(1, "meier")], [])
    number = {answer.source.token: place for place, answer in enumerate(found)}
    read = [(number["anna"], [7, 8, 9]), (number["anne"], [3, 4]), (number["meier"], [4, 8, 9, 12])]

    ranked = rank(found, read, limit=5)

    assert [each.customer_id for each in ranked] == [8, 9, 4, 7, 12]
    assert [each.customer_id for each in rank(found, read, limit=2)] == [8, 9]


def test_the_best_answer_to_a_word_counts_once():
    found = answers(QUERY, [word(0, "anna"), word(0, "anne", How.TYPO)], [])

    (ranked,) = rank(found, [(0, [5]), (1, [5])], limit=5)

    assert ranked.answers == (0,)


def test_a_key_answers_all_words_it_stands_for():
    query = parse("0171 1234321")
    hit = KeyHit((0, 1), "phone", 9, "0171 1234321", "+491711234321", 30.0)

    (ranked,) = rank(answers(query, [], [hit]), [], limit=5)

    assert (ranked.customer_id, len(ranked.answers), ranked.worth) == (9, 2, 30.0)


def test_reasons_are_in_words():
    golden = {
        "given_name": "Anna-Lena",
        "family_name": "de Meier",
        "address": [{"city": "Bad Tölz", "postcode": "83646"}],
    }
    query = parse("ana meier bad 83646 4321")
    found = answers(
        query,
        [
            word(0, "anna", How.TYPO),
            word(1, "meier"),
            word(2, "bad", place=True),
            word(3, "83646", place=True),
        ],
        [KeyHit((4,), "phone", 1, "4321", "+4917112344321", 9.0)],
    )

    assert reasons(found, query, golden) == (
        'given name "ana" ~ "Anna-Lena"',
        'family name "Meier"',
        'town "Bad Tölz"',
        'postcode "83646"',
        "phone ends 4321",
    )


def test_a_word_of_an_older_record_is_told_as_such():
    assert reasons(answers(QUERY, [word(1, "meier")], []), QUERY, {}) == ('name on a record "meier"',)
