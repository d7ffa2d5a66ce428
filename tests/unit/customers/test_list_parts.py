"""Lists filtered by a part of a name: the words that the search index is asked for miss nobody."""

from hypothesis import given
from hypothesis import strategies as st

from customerfile.customers.listing.compiler import conditions_sql
from customerfile.customers.listing.offered import Offered, Operator
from customerfile.customers.listing.question import Condition
from customerfile.customers.search.findable import LONGEST_TOKEN, name_words
from customerfile.definition.loading import load_packs

FIELD = Offered(
    "family_name", "Last name", "name", "family_name", declared=load_packs(["retail"]).field("family_name")
)
NAMES = st.text("abcXYZßæøÅéüžİıŁ'’.-  1", min_size=1, max_size=60)


def _asked_for(part: str) -> str:
    """The letters that a word of the index has to hold; "" where the index is not asked."""
    condition = Condition("family_name", Operator.CONTAINS, (part,))
    _, parameters = conditions_sql([condition], {"family_name": FIELD})
    return str(parameters.get("c0_part", ""))


@given(NAMES, st.integers(0, 60), st.integers(1, 60))
def test_whoever_has_the_part_in_the_name_is_found(name: str, start: int, length: int):
    asked = _asked_for(name[start : start + length])
    words = name_words({"family_name": name})
    assert not asked or any(asked in word or len(word) == LONGEST_TOKEN for word in words)


def test_the_longest_letters_are_asked_for():
    assert [_asked_for(part) for part in ("Müll", "de Jong", "O'B", "An", "Иван", "12")] == [
        "mull",
        "jong",
        "",
        "",
        "",
        "",
    ]
