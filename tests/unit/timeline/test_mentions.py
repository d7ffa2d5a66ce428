"""Mentions of colleagues in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.timeline.mentions import Part, mentioned_in, parts_of, unknown_in

KNOWN = {"nora", "max.berg", "eve@example.org"}


@pytest.mark.parametrize(
    ("text", "mentioned", "unknown"),
    [
        ("Ask @nora.", ("nora",), ()),
        ("@max.berg, @nora: please; @nora!", ("max.berg", "nora"), ()),
        ("Write to nora@example.org", (), ()),
        ("@eve@example.org knows", ("eve@example.org",), ()),
        ("@Nora and @nobody.", (), ("Nora", "nobody")),
        ("no one", (), ()),
        ("@ alone", (), ()),
    ],
)
def test_known_people_are_mentioned(text, mentioned, unknown):
    assert mentioned_in(text, KNOWN) == mentioned
    assert unknown_in(text, KNOWN) == unknown


def test_a_text_is_parted_by_its_mentions():
    assert list(parts_of("Ask @nora.", ["nora"])) == [Part("Ask "), Part("@nora", is_mention=True), Part(".")]


@given(st.text(alphabet="@nor a.\n", max_size=40))
def test_the_parts_are_the_text(text):
    assert "".join(part.text for part in parts_of(text, ["nora", "no"])) == text
