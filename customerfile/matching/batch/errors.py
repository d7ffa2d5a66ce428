"""What can go wrong when a whole file is matched, in words for the person who started it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from splink.internals.exceptions import SplinkException

from customerfile.base.told import told
from customerfile.matching.errors import MatchingError


class BatchFailed(MatchingError):
    """The database gave up: most often it ran out of memory or disk."""


class NoSpark(MatchingError):
    """Spark was asked for, and it cannot be started here."""


class NotEnoughToTrain(MatchingError):
    """The file shows too little to learn a match model from."""


@contextmanager
def failures_in_words() -> Iterator[None]:
    """Splink quotes the whole statement in its errors; only what the database said of it is kept."""
    try:
        yield
    except (duckdb.Error, SplinkException) as failure:
        cause = failure.__cause__ or failure
        reason = str(cause).strip().partition("\n")[0]
        raise BatchFailed(
            told("Matching the whole file failed: {reason}", reason=reason),
            "Nothing has been changed. If memory or disk was too small, give it more, and start again.",
        ) from cause
