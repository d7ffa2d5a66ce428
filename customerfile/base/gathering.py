"""Calls that come while another one is being done are done together, by one of those who wait for it.

Invariants: every call is done once and has its own outcome; who leads does one group, its own call first, and then
hands over; a call that nobody has taken up within the time it may wait is withdrawn.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Lock


class WaitedTooLong(Exception):
    """The call was not taken up, and nothing was done of it."""


class _Waiting[Call, Reply]:
    """A call and what becomes of it."""

    __slots__ = ("call", "is_taken", "outcome", "turn")

    def __init__(self, call: Call) -> None:
        self.call = call
        self.turn = Event()  # there is an outcome, or this one leads now
        self.is_taken = False
        self.outcome: list[Reply | Exception] = []


class Gathering[Call, Reply]:
    """Gathers calls of one kind.

    `work` does several and gives for each its reply, or the error that is raised where it was called. `joins` tells
    whether a call can be done together with those of a group.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Call]], Sequence[Reply | Exception]],
        joins: Callable[[Sequence[Call], Call], bool],
        *,
        patience: float,
    ) -> None:
        self._work, self._joins, self._patience = work, joins, patience
        self._lock = Lock()
        self._waiting: deque[_Waiting[Call, Reply]] = deque()
        self._is_led = False

    def do(self, call: Call) -> Reply:
        """Do a call, alone or with others. Raises what `work` has for it, or WaitedTooLong."""
        mine = _Waiting[Call, Reply](call)
        if not self._begins(mine) and not mine.turn.wait(self._patience):
            self._withdraw(mine)
            mine.turn.wait()
        if not mine.outcome:
            self._lead(mine)
        (outcome,) = mine.outcome
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _begins(self, mine: _Waiting[Call, Reply]) -> bool:
        """Whether nobody leads, so that this one does."""
        with self._lock:
            if self._is_led:
                self._waiting.append(mine)
                return False
            self._is_led = mine.is_taken = True
            return True

    def _withdraw(self, mine: _Waiting[Call, Reply]) -> None:
        """Raises WaitedTooLong, unless the call has been taken up at this very moment."""
        with self._lock:
            if not mine.is_taken:
                self._waiting.remove(mine)
                raise WaitedTooLong

    def _lead(self, mine: _Waiting[Call, Reply]) -> None:
        group = [mine]
        try:
            with self._lock:
                group.extend(self._joining(mine))
            outcomes = self._work([each.call for each in group])
            for each, outcome in zip(group, outcomes, strict=True):
                each.outcome.append(outcome)
        finally:
            self._hand_over(group)

    def _joining(self, mine: _Waiting[Call, Reply]) -> Iterator[_Waiting[Call, Reply]]:
        """Those that wait and fit, up to the first that does not: nobody is overtaken."""
        calls = [mine.call]
        while self._waiting and self._joins(calls, self._waiting[0].call):
            taken = self._waiting.popleft()
            taken.is_taken = True
            calls.append(taken.call)
            yield taken

    def _hand_over(self, group: Sequence[_Waiting[Call, Reply]]) -> None:
        """Whoever waits longest leads next. Where the leader was ended half way, its followers are told so."""
        for each in group[1:]:
            if not each.outcome:
                each.outcome.append(RuntimeError("the call that led this one was ended"))
            each.turn.set()
        with self._lock:
            self._is_led = bool(self._waiting)
            if self._waiting:
                following = self._waiting.popleft()
                following.is_taken = True
                following.turn.set()
