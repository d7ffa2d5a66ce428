"""Event types are named by an object and what happened to it."""

import pytest

from customerfile.definition.loading import PACK_NAMES, load_packs
from customerfile.definition.naming import is_object_action


@pytest.mark.parametrize(
    "name",
    [
        "Order Completed",
        "Product Added to Wishlist",
        "Email Marked as Spam",
        "Meeting Held",
        "Test Drive Taken",
    ]
    + [event.name for event in load_packs(PACK_NAMES).event_types],
)
def test_object_action_names(name: str) -> None:
    assert is_object_action(name)


@pytest.mark.parametrize(
    "name",
    ["", "Order", "order completed", "OrderCompleted", "Completed Order", "Test Drive", "Order  Completed",
     "Order Completed ", "order_completed", "Completed", "to Order Completed", "Order Completed!"],
)  # fmt: skip
def test_other_names(name: str) -> None:
    assert not is_object_action(name)
