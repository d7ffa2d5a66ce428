"""The one place that asks what time it is. Everything below the surfaces gets the moment passed in."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
