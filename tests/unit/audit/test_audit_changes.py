"""Old and new in an entry of the ledger."""

import pytest

from customerfile.audit.changes import Change, changed, changes_in


def test_only_what_is_other_than_before_is_kept():
    assert changed({"role": "steward", "label": "x"}, {"role": "owner", "label": "x"}) == {
        "old": {"role": "steward"},
        "new": {"role": "owner"},
    }
    assert changed({}, {"role": "owner"}) == {"old": {"role": None}, "new": {"role": "owner"}}
    assert changed({"a": 1}, {"a": 1}) == {"old": {}, "new": {}}


def test_an_entry_says_what_it_changed():
    detail = {"count": 1, **changed({"a": 1, "b": 2}, {"a": 3})}
    assert changes_in(detail) == (Change("a", 1, 3), Change("b", 2, None))
    assert changes_in({"count": 1}) == ()
    assert changes_in({"old": "x", "new": []}) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("role", "steward", "owner"), "role: steward → owner"),
        (Change("may_come_in", True, False), "may come in: yes → no"),
        (Change("branches", None, ["Leeds", "York"]), "branches: all → Leeds, York"),
        (Change("permissions", ["a", "b"], ["b", "c"]), "permissions: + c, − a"),
        (Change("permissions", None, ["a"]), "permissions: nothing → a"),
        (Change("state", "works", None), "state: works → nothing"),
    ],
)
def test_a_change_in_words(change: Change, words: str):
    assert change.words == words
