"""What can go wrong in matching, in words for the person who sees it."""


class MatchingError(Exception):
    """Base of this room's errors."""


class BadModel(MatchingError):
    """A match model that cannot be used."""
