"""What can go wrong in matching, in words for the person who sees it."""

from customerfile.base.errors import CustomerfileError


class MatchingError(CustomerfileError):
    """Base of this room's errors."""


class BadModel(MatchingError):
    """A match model that cannot be used: unreadable, incomplete, or of another version. The running one stays."""

    def __init__(self, reason: str, remedy: str = "Use a file that customerfile match export wrote.") -> None:
        super().__init__(reason, remedy)
