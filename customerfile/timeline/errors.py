"""What can go wrong with events."""

from customerfile.base.errors import CustomerfileError


class TimelineError(CustomerfileError):
    """Base of this room's errors."""
