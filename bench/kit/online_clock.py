"""Times resolution while records are written one at a time, in parts: candidates, score, link, golden record.

Statements travel together with the next one whose answer is read, so a part is over when the server has answered all
that was asked in it: the clock asks one more, empty question there. What that costs is counted in.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from unittest.mock import patch

from customerfile.base.bulk import Cursor
from customerfile.customers import candidates, resolution
from customerfile.customers.projection import Projector
from customerfile.customers.resolution import Resolution

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
        put(patch.object(resolution, "candidate_pairs", clock.candidates(candidates.candidate_pairs)))
        put(patch.object(resolution, "score", clock.part("score", candidates.score)))
        for name in _PROJECTIONS:
            put(patch.object(Projector, name, clock.server_part("golden", getattr(Projector, name))))
        yield clock.spent


class _Clock:
    def __init__(self, spent: Spent) -> None:
        self.spent = spent
        self._now: dict[str, float] = {}  # of the record under way

    def resolve(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """All of it; what is in no other part is the link."""

        def timed(self_: Resolution, cursor: Cursor, arrived: Any, store: Callable[[], object]) -> Any:
            self._now = dict.fromkeys(("candidates", "score", "golden", "staging"), 0.0)
            stage = self.server_part("staging", lambda _, cursor: store())
            _settle(cursor)
            begun = perf_counter()
            found = work(self_, cursor, arrived, lambda: stage(None, cursor))
            _settle(cursor)
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
            _settle(cursor)
            return found

        timed = self.part(name, whole)

        def after_all(first: Any, cursor: Cursor, *inputs: Any, **named: Any) -> Any:
            if inputs and not inputs[0]:
                return work(first, cursor, *inputs, **named)  # of nobody: it asks nothing
            _settle(cursor)
            return timed(first, cursor, *inputs, **named)

        return after_all

    def part(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*inputs: Any, **named: Any) -> Any:
            begun = perf_counter()
            found = work(*inputs, **named)
            self._now[name] += (perf_counter() - begun) * 1000
            return found

        return timed


def _settle(cursor: Cursor) -> None:
    cursor.ask("SELECT 1").rows()
