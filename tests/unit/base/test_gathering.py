"""Calls that come while another is being done are done together; each has its own outcome."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep

import pytest

from customerfile.base.gathering import Gathering, WaitedTooLong


class Work:
    """Doubles numbers; refuses 13; the number 0 takes until it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.over = Event(), Event()

    def __call__(self, calls: Sequence[int]) -> list[int | Exception]:
        self.groups.append(list(calls))
        if calls[0] == 0:
            self.begun.set()
            self.over.wait(60)
        if calls[0] == 99:
            raise SystemExit
        return [ValueError(call) if call == 13 else 2 * call for call in calls]


def _joins(group: Sequence[int], call: int) -> bool:
    return len(group) < 4 and call not in group


@contextmanager
def _held(*calls: int, patience: float = 60) -> Iterator[tuple[Work, Gathering[int, int], list[Future[int]]]]:
    """The calls, one after the other, wait behind the number 0, which is let go at the end of the block."""
    work = Work()
    gathering = Gathering(work, _joins, patience=patience)
    with ThreadPoolExecutor(16) as pool:
        first = pool.submit(gathering.do, 0)
        assert work.begun.wait(60)
        waiting = []
        for place, call in enumerate(calls, start=1):
            waiting.append(pool.submit(gathering.do, call))
            _until_waiting(gathering, place)
        try:
            yield work, gathering, waiting
        finally:
            work.over.set()
            assert first.result(60) == 0


def _until_waiting(gathering: Gathering[int, int], count: int) -> None:
    limit = monotonic() + 60
    while len(gathering._waiting) < count and monotonic() < limit:
        sleep(0.001)


def test_those_that_wait_are_done_together():
    with _held(1, 2, 3) as (work, _, waiting):
        work.over.set()
        assert [each.result(60) for each in waiting] == [2, 4, 6]
    assert work.groups == [[0], [1, 2, 3]]


def test_a_group_ends_where_one_does_not_fit_and_nobody_is_overtaken():
    with _held(1, 2, 2, 3, 4, 5, 6) as (work, _, waiting):
        work.over.set()
        assert [each.result(60) for each in waiting] == [2, 4, 4, 6, 8, 10, 12]
    assert work.groups == [[0], [1, 2], [2, 3, 4, 5], [6]]


def test_what_one_is_refused_concerns_no_other():
    with _held(12, 13, 14) as (work, _, waiting):
        work.over.set()
        assert (waiting[0].result(60), waiting[2].result(60)) == (24, 28)
        with pytest.raises(ValueError, match="13"):
            waiting[1].result(60)


def test_who_waits_too_long_is_told_and_nothing_is_done_of_it():
    with _held(patience=0.01) as (work, gathering, _), pytest.raises(WaitedTooLong):
        gathering.do(1)
    assert work.groups == [[0]]
    assert gathering.do(1) == 2


def test_where_the_leader_is_ended_its_followers_are_told_and_the_next_one_leads():
    with _held(99, 1, 2, 2) as (work, gathering, waiting):
        work.over.set()
        for each in waiting[1:3]:
            with pytest.raises(RuntimeError, match="was ended"):
                each.result(60)
        assert waiting[3].result(60) == 4
        with pytest.raises(SystemExit):
            waiting[0].result(60)
    assert gathering.do(3) == 6
