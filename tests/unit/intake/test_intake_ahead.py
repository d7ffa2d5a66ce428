"""Items fetched early come in their order, and what went wrong meanwhile is told when its turn comes."""

from collections.abc import Iterator

import pytest

from customerfile.base.errors import CustomerfileError
from customerfile.intake.ahead import Ahead


def _breaking() -> Iterator[int]:
    yield 1
    raise CustomerfileError("The file broke off.", "Send it again.")


@pytest.mark.parametrize("early", [[], [1], [1, 2, 3], [3]])
def test_fetching_early_changes_nothing(early: list[int]) -> None:
    items, met = Ahead(iter([1, 2, 3])), []

    for item in items:
        met.append(item)
        if item in early:
            items.fetch()
            items.fetch()

    assert met == [1, 2, 3]


def test_what_goes_wrong_while_fetching_waits_for_its_turn() -> None:
    items = Ahead(_breaking())

    assert next(items) == 1
    items.fetch()
    with pytest.raises(CustomerfileError, match="The file broke off"):
        next(items)
