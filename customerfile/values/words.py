"""Closed lists of words, written as one text so that a list can be read at a glance."""


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
