"""What can go wrong with sources and deliveries, said so that the person at the keyboard knows what to do."""

from customerfile.base.errors import CustomerfileError


class SourceError(CustomerfileError):
    """Base of this room's errors."""


class SourceBusy(SourceError):
    """Another delivery of the same source is being taken in."""


class UnknownDelivery(SourceError):
    """No delivery has this number."""


class BadSourceKey(SourceError):
    """The key of a source is not a plain word."""


class SourceKindFixed(SourceError):
    """A source that has delivered was to become one of another kind."""


class UnknownSource(SourceError):
    """No source has this key."""


class UnknownUpload(SourceError):
    """No upload of this person has this number."""


class UploadUnderWay(SourceError):
    """An upload was to be changed while something works at it."""
