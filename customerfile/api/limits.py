"""How many calls a token may make in a minute. Counted in this process, which is the only one that serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from customerfile.base.errors import CustomerfileError

WINDOW = 60  # seconds


class TooManyCalls(CustomerfileError):
    """The token has used up its calls of this minute."""

    def __init__(self, limit: int, retry_after: int) -> None:
        super().__init__(
            f"This token has made {limit:,} calls within a minute.",
            f"Wait {retry_after} seconds; send many records in one call instead of one by one.",
        )
        self.retry_after = retry_after


@dataclass(slots=True)
class CallCounter:
    """Counts in windows of a minute."""

    limit: int
    _window: int = -1
    _calls: dict[int, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def count(self, token: int, *, seconds: float) -> None:
        """Count a call made at this moment of a steady clock. Raises TooManyCalls."""
        window = int(seconds // WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._calls = window, {}
            made = self._calls[token] = self._calls.get(token, 0) + 1
        if made > self.limit:
            raise TooManyCalls(self.limit, max(1, round((window + 1) * WINDOW - seconds)))
