"""What people say of a pair of records, and what it comes to. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """A person's word on two records."""

    MATCH = "match"
    NOT_A_MATCH = "not_a_match"
    UNSURE = "unsure"


class Said(NamedTuple):
    """A standing judgement of one pair."""

    at: datetime
    judgement: int  # its id, which orders what was said at one moment
    by: str
    verdict: Verdict


def verdict_of(said: Iterable[Said], *, people_needed: int) -> Verdict | None:
    """What the standing judgements of one pair decide, or None. Whoever is unsure decides nothing.

    One person needed: the newest word counts. Two: what two different people said, where nobody says the opposite.
    """
    deciding = [each for each in sorted(said) if each.verdict is not Verdict.UNSURE]
    if not deciding:
        return None
    newest = deciding[-1].verdict
    if people_needed == 1:
        return newest
    is_agreed = all(each.verdict is newest for each in deciding)
    return newest if is_agreed and len({each.by for each in deciding}) >= people_needed else None
