"""Names that break the Object Action convention, and what is proposed for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.definition.name_proposals import proposed_name
from customerfile.definition.naming import is_object_action

PLAN = ("Order Completed", "Order Refunded", "Product Viewed", "Product Added", "Page Viewed", "Note Added")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("order done", "Order Completed"),
        ("order_completed", "Order Completed"),
        ("orderCompleted", "Order Completed"),
        ("Completed Order", "Order Completed"),
        ("ORDER_COMPLETE", "Order Completed"),
        ("purchase", "Order Completed"),
        ("page_view", "Page Viewed"),
        ("car washed", "Car Washed"),
        ("washed car", "Car Washed"),
        ("added to somewhere", ""),
        ("foo", ""),
        ("", ""),
    ],
)
def test_what_is_probably_meant(said, meant):
    assert proposed_name(said, PLAN) == meant


@given(st.text(max_size=60))
def test_what_is_proposed_follows_the_convention(said):
    found = proposed_name(said, PLAN)
    assert found == "" or is_object_action(found)
