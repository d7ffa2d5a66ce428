"""The check character notices every wrong digit and every swap of neighbours."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from customerfile.customers.number import customer_number, is_customer_number

IDS = st.integers(1, 10**9)


@given(IDS)
def test_the_check_character_is_that_of_the_standard(number):
    assert mod_11_2.is_valid(customer_number(number))


@given(IDS, st.data())
def test_a_wrong_digit_is_noticed(number, data):
    right = customer_number(number)
    place = data.draw(st.integers(0, len(right) - 2))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != right[place]]))

    assert not is_customer_number(right[:place] + digit + right[place + 1 :])


@given(IDS, st.data())
def test_swapped_neighbours_are_noticed(number, data):
    right = customer_number(number)
    place = data.draw(st.integers(0, len(right) - 3))
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]

    assert swapped == right or not is_customer_number(swapped)


def test_examples():
    assert (customer_number(1), customer_number(42)) == ("0000001X", "00000423")
