"""Who came through the first step of signing in and owes the second. Kept in the browser's session for minutes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from customerfile.access.models import User

_KEY = "waiting_for_second_step"
_LIFE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`way`: how the first step was done. `onward`: the page that was asked for."""

    user: int
    way: str
    onward: str
    since: str


def let_wait(request: HttpRequest, user: User, *, way: str, onward: str, at: datetime) -> None:
    """Keep who is to prove a second factor."""
    request.session[_KEY] = asdict(Waiting(user.pk, way, onward, at.isoformat()))


def waiting(request: HttpRequest, *, at: datetime) -> Waiting | None:
    """What is kept, for as long as it counts."""
    kept = request.session.get(_KEY)
    found = Waiting(**kept) if kept else None
    return found if found and at - datetime.fromisoformat(found.since) < _LIFE else None


def who_waits(request: HttpRequest, *, at: datetime) -> User | None:
    """The person who is to prove a second factor; None where nobody is, or may not come in any more."""
    found = waiting(request, at=at)
    return User.objects.filter(pk=found.user, is_active=True).first() if found else None


def wait_no_more(request: HttpRequest) -> None:
    """The second step is done, or given up."""
    request.session.pop(_KEY, None)
