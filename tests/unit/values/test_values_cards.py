import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from customerfile.values.cards import find_card_number, mask_cards, row_may_hold_card

TEST_CARDS = (
    "4111111111111111", "4242 4242 4242 4242", "5555-5555-5555-4444", "2223003122003222", "378282246310005",
    "3782 822463 10005", "6011111111111117", "30569309025904", "3056 930902 5904", "3530111333300000",
    "6200000000000005", "4000 0000 0000 0000 006", "6759649826438453",
)  # fmt: skip


@pytest.mark.parametrize("card", TEST_CARDS)
@pytest.mark.parametrize(
    "around", ["{}", "Card: {}", "paid with {} on Monday", "{}.", "({})", "Visa{}", "{} 12/27", "no.{}"]
)
def test_a_card_number_is_found_wherever_it_stands(card: str, around: str) -> None:
    text = around.format(card)
    found = find_card_number(text)
    assert found is not None
    assert text[slice(*found)] == card


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111\u00a01111\u20111111\u20111111", True),
        ("４１１１１１１１１１１１１１１１", True),
        ("٤١١١١١١١١١١١١١١١", True),
        ("4111111111111111.0", True),
        ("4111 1111 1111 1111 0606", True),
        ("4111111111111112", False),  # check digit
        ("1234567890123452", False),  # no issuer
        ("+4111111111111111", False),  # a phone number
        ("0.4111111111111111", False),
        ("0.\n4111111111111111", True),
        ("4111111111111111.25", False),
        ("41111111111111114111111111111111", False),  # a longer run
        ("ORD4111111111111111", False),
        ("4111111111111111AB", False),
        ("DE89 3704 0044 0532 0130 00", False),
        ("20101201082600", False),
        ("2010-12-01 08:26:00", False),
        ("4006381333931", False),  # the bar code of a pen
        ("+44 20 7946 0018, +44 20 7946 0019", False),
        ("nothing", False),
        ("", False),
    ],
)
def test_what_is_a_card_number(text: str, found: bool) -> None:
    assert (find_card_number(text) is not None) is found


def test_an_iban_that_holds_a_card_number_is_an_iban() -> None:
    assert find_card_number("4111111111111111") is not None
    iban = next(
        f"CY{check:02}00{'4111111111111111'}0000" for check in range(97)
        if int("0041111111111111110000" + "1234" + f"{check:02}") % 97 == 1
    )  # fmt: skip
    assert find_card_number(f"{iban[:4]} {iban[4:8]} {iban[8:]}") is None


def test_masked_but_for_the_last_four() -> None:
    text = "old 4111 1111 1111 1111, new 5555555555554444"
    assert mask_cards(text) == "old •••• 1111, new •••• 4444"
    assert mask_cards("nothing here") == "nothing here"


@given(st.text(alphabet="0123456789 -.+aX\n٤", max_size=60))
def test_masked_text_holds_no_card_number(text: str) -> None:
    assert find_card_number(mask_cards(text)) is None


@given(st.sampled_from(TEST_CARDS), st.text(max_size=10), st.text(max_size=10))
def test_the_quick_look_never_misses_a_card_number(card: str, before: str, behind: str) -> None:
    text = f"{before}\n{card}\n{behind}"
    assert row_may_hold_card(text)
    assert find_card_number(text) is not None


def test_the_quick_look_sees_cells_apart() -> None:
    assert not row_may_hold_card("555-0100\n1978-12-11\n89132\n1234567890")


def test_about_two_in_a_hundred_random_numbers_look_like_one() -> None:
    dice = random.Random(7)
    numbers = [f"{dice.randrange(10**16):016}" for _ in range(5_000)]
    rate = sum(find_card_number(number) is not None for number in numbers) / len(numbers)
    assert 0.012 < rate < 0.034
    assert all(luhn.is_valid(number) for number in numbers if find_card_number(number))
