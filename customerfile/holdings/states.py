"""In which state an agreement is: the states there are, and how files and people call them. Pure."""

from datetime import date
from enum import StrEnum

from customerfile.base.told import noted_text
from customerfile.values.folding import fold


class Status(StrEnum):
    REQUESTED = "requested"
    ACTIVE = "active"
    IN_ARREARS = "in_arrears"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SETTLED = "settled"
    DEFAULTED = "defaulted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_over(self) -> bool:
        """Whether nothing is held any more."""
        return self in _OVER

    @property
    def words(self) -> str:
        """As in "Loan, in arrears"."""
        return _WORDS[self]


_OVER = frozenset({Status.CLOSED, Status.SETTLED, Status.DEFAULTED, Status.CANCELLED, Status.EXPIRED})
_WORDS = {
    Status.REQUESTED: noted_text("asked for"),
    Status.ACTIVE: noted_text("running"),
    Status.IN_ARREARS: noted_text("in arrears"),
    Status.SUSPENDED: noted_text("suspended"),
    Status.CLOSED: noted_text("closed"),
    Status.SETTLED: noted_text("paid off"),
    Status.DEFAULTED: noted_text("ended unpaid"),
    Status.CANCELLED: noted_text("cancelled"),
    Status.EXPIRED: noted_text("expired"),
}
_ALSO = {
    Status.REQUESTED: ("pending", "applied", "new", "en attente", "beantragt", "pendiente"),
    Status.ACTIVE: ("open", "current", "live", "actif", "en cours", "aktiv", "laufend", "activo"),
    Status.IN_ARREARS: ("overdue", "late", "delinquent", "past due", "en retard", "impayé", "überfällig"),
    Status.SUSPENDED: ("blocked", "frozen", "paused", "on hold", "suspendu", "bloqué", "gesperrt"),
    Status.CLOSED: ("ended", "finished", "completed", "clos", "fermé", "terminé", "geschlossen", "cerrado"),
    Status.SETTLED: ("repaid", "paid", "fulfilled", "remboursé", "soldé", "getilgt"),
    Status.DEFAULTED: ("default", "written off", "unpaid", "charged off", "défaut", "abgeschrieben"),
    Status.CANCELLED: ("canceled", "terminated", "churned", "lapsed", "annulé", "résilié", "gekündigt"),
    Status.EXPIRED: ("échu", "expiré", "abgelaufen", "vencido"),
}
_BY_WORD = {
    fold(word): status
    for status in Status
    for word in (status.value.replace("_", " "), status.words, *_ALSO[status])
}


def status_called(text: str) -> Status | None:
    """The state that a file calls so; None where no state is called so."""
    return _BY_WORD.get(fold(text.replace("_", " ")))


def is_over(status: str, closed_on: date | None, *, today: date) -> bool:
    """Whether an agreement has ended, by what is said of it."""
    return (closed_on is not None and closed_on <= today) or (bool(status) and Status(status).is_over)
