"""When a message that failed is tried again, and when an endpoint is given up. Pure."""

from datetime import datetime, timedelta

# behind the attempt before; the schedule that the Standard Webhooks specification gives as an example
DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
GIVEN_UP_AFTER = timedelta(days=5)  # of failures without a success
LOG_KEPT = timedelta(days=30)
_JITTER = 0.2
_LONGEST_WISH = timedelta(hours=24)


def next_attempt(
    attempts: int, at: datetime, *, chance: float, wish: timedelta | None = None
) -> datetime | None:
    """When to try again after so many attempts, the last at `at`; None: not any more.

    `chance` (0 to 1) stretches the delay by up to a fifth, so that not all come back at once. `wish` is the wait that
    the receiver asked for.
    """
    if attempts > len(DELAYS):
        return None
    delay = DELAYS[attempts - 1] * (1 + _JITTER * chance)
    return at + max(delay, min(wish or timedelta(), _LONGEST_WISH))


def is_given_up(failing_since: datetime | None, at: datetime) -> bool:
    """Whether an endpoint that fails again has failed for too long."""
    return failing_since is not None and at - failing_since >= GIVEN_UP_AFTER
