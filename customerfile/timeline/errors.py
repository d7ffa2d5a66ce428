"""What can go wrong with events and notes."""

from customerfile.base.errors import CustomerfileError


class TimelineError(CustomerfileError):
    """Base of this room's errors."""


class TimelineTooSlow(TimelineError):
    """Looking through the timeline for words took longer than a page may take, and was stopped."""


class UnknownNote(TimelineError):
    """The note is not there, or of somebody else: only who wrote a note changes it."""


class NoteChanged(TimelineError):
    """The note is another one than was read: it was changed or removed meanwhile."""
