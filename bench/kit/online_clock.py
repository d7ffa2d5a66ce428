"""Times resolution while records are written one at a time, in parts: candidates, score, link, golden record.

Statements travel together with the next one whose answer is read, so a part is over when the server has answered all
that was asked in it: the clock asks one more, empty question there. What such a question takes where nothing is left
to answer is measured first, and taken off.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from customerfile.base.bulk import Cursor
from customerfile.customers.resolution import candidates, resolution
from customerfile.customers.resolution.candidates import CandidatesAsked
from customerfile.customers.resolution.projection import Projector
from customerfile.customers.resolution.resolution import Resolution

_EMPTY = 100  # questions, to learn what one takes
_PROJECTIONS = ("add_alone", "add", "replace")


@dataclass(slots=True)
class Spent:
    """Milliseconds of each record. Staging the record itself is no part of any."""

    candidates: list[float] = field(default_factory=list)
    score: list[float] = field(default_factory=list)
    link: list[float] = field(default_factory=list)
    golden: list[float] = field(default_factory=list)  # golden record, contact points, search index
    met: int = 0  # records with a candidate

    def resolution(self) -> list[float]:
        """Candidates, score and link together, by record."""
        return [sum(parts) for parts in zip(self.candidates, self.score, self.link, strict=True)]


@contextmanager
def clocked() -> Iterator[Spent]:
    """Fill in what each record takes that is resolved inside."""
    clock = _Clock(Spent())
    with ExitStack() as patches:
        put = patches.enter_context
        put(patch.object(Resolution, "resolve", clock.resolve(Resolution.resolve)))
        asked = clock.server_part("candidates", CandidatesAsked.__init__)
        put(patch.object(CandidatesAsked, "__init__", asked))
        put(patch.object(CandidatesAsked, "found", clock.candidates(CandidatesAsked.found)))
        put(patch.object(resolution, "score", clock.part("score", candidates.score)))
        put(patch.object(resolution, "WordIds", clock.words(resolution.WordIds)))
        for name in _PROJECTIONS:
            put(patch.object(Projector, name, clock.server_part("golden", getattr(Projector, name))))
        yield clock.spent


class _Clock:
    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        self._now: dict[str, float] = {}  # of the record under way
        self._stop = 0.0  # milliseconds of an empty question

    def resolve(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """All of it; what is in no other part is the link."""

        def timed(self_: Resolution, cursor: Cursor, arrived: Any, store: Callable[[], object]) -> Any:
            self._now = dict.fromkeys(("candidates", "score", "golden", "staging", "stops"), 0.0)
            stage = self.server_part("staging", lambda _, cursor: store())
            self._stop = self._stop or median(_milliseconds(cursor) for _ in range(_EMPTY))
            self._settle(cursor)
            self._now["stops"] = 0.0
            begun = perf_counter()
            found = work(self_, cursor, arrived, lambda: stage(None, cursor))
            self._settle(cursor)
            whole = (perf_counter() - begun) * 1000
            self.spent.link.append(whole - sum(self._now.values()))
            for name in ("candidates", "score", "golden"):
                getattr(self.spent, name).append(self._now[name])
            return found

        return timed

    def candidates(self, work: Callable[..., Any]) -> Callable[..., Any]:
        timed = self.part("candidates", work)

        def find(*inputs: Any, **named: Any) -> Any:
            found = timed(*inputs, **named)
            self.spent.met += bool(found.pairs)
            return found

        return find

    def server_part(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """A part whose second argument is the cursor, up to the answer to all that it asked."""

        def whole(first: Any, cursor: Cursor, *inputs: Any, **named: Any) -> Any:
            found = work(first, cursor, *inputs, **named)
            self._settle(cursor)
            self._now[name] -= self._stop
            return found

        timed = self.part(name, whole)

        def after_all(first: Any, cursor: Cursor, *inputs: Any, **named: Any) -> Any:
            if inputs and not inputs[0]:
                return work(first, cursor, *inputs, **named)  # of nobody: it asks nothing
            self._settle(cursor)
            return timed(first, cursor, *inputs, **named)

        return after_all

    def words(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The ids of words are for the search index; without words they are asked for when they are needed."""
        timed = self.server_part("golden", lambda _, cursor, words: work(cursor, words))
        return lambda cursor, words=(): timed(None, cursor, words)

    def _settle(self, cursor: Cursor) -> None:
        _milliseconds(cursor)
        self._now["stops"] += self._stop

    def part(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*inputs: Any, **named: Any) -> Any:
            begun = perf_counter()
            found = work(*inputs, **named)
            self._now[name] += (perf_counter() - begun) * 1000
            return found

        return timed


def _milliseconds(cursor: Cursor) -> float:
    """Wait until the server has answered everything."""
    begun = perf_counter()
    cursor.ask("SELECT 1").rows()
    return (perf_counter() - begun) * 1000
