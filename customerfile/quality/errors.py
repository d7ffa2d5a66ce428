"""What can go wrong where quality is measured and shown."""

from customerfile.base.errors import CustomerfileError


class QualityError(CustomerfileError):
    """Base of this room's errors."""


class UnknownFigure(QualityError):
    """No such figure is kept."""


class BeingMeasured(QualityError):
    """Somebody else measures just now."""
