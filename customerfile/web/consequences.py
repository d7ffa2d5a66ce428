"""What follows from a merge or a split, in words, for whoever is about to do it. Pure."""

from collections.abc import Iterator, Sequence

from customerfile.customers.judging.foresight import Foreseen
from customerfile.customers.queries import CustomerFile
from customerfile.web.words import counted, listed

_TWO_PEOPLE = (
    "Nothing changes yet: two people decide in this file. It counts once a second person says the same and nobody says"
    " the opposite."
)
_LASTS = "It holds whatever is delivered later, until somebody takes it back."
_TAKEN_BACK = "Taken back, everything is again as it is now: numbers, values, dates, contact points."


def of_merge(found: Foreseen, events: Sequence[int]) -> tuple[str, ...]:
    """Of making one customer of two. `events`: how many each of the two has."""
    return tuple(_of_merge(found, events))


def _of_merge(found: Foreseen, events: Sequence[int]) -> Iterator[str]:
    if found.waits:
        yield _TWO_PEOPLE
    (together,) = found.after
    stays = together.summary.number
    leaves = next(file.summary.number for file in found.before if file.summary.number != stays)
    yield f"{stays} stays, as the older number. {leaves} leads to it from now on, wherever it is written."
    yield (
        f"Nothing is deleted: all {counted(together.summary.record_count, 'record')} and"
        f" {counted(sum(events), 'event')} stand under {stays}."
    )
    if found.before[0].summary.kind != found.before[1].summary.kind:
        yield f"One is a person and one an organisation; together they are taken for {_a(together.summary.kind)}."
    yield _LASTS
    yield _TAKEN_BACK


def of_split(found: Foreseen, events: Sequence[int]) -> tuple[str, ...]:
    """Of letting records leave. `events`: how many those that stay have, and those that leave."""
    return tuple(_of_split(found, events))


def _of_split(found: Foreseen, events: Sequence[int]) -> Iterator[str]:
    if found.waits:
        yield _TWO_PEOPLE
    for what, part, count in zip(("stays", "leaves"), found.after, events, strict=True):
        number = number_words(part, found)
        records = counted(part.summary.record_count, "record")
        yield f"What {what}, {records} and {counted(count, 'event')}, {number}."
    aliases = _still_there(found)
    if aliases:
        yield f"{listed(aliases)} still leads to {found.after[0].summary.number}."
    yield f"The two are kept apart from now on. {_LASTS}"
    yield _TAKEN_BACK


def number_words(part: CustomerFile, found: Foreseen) -> str:
    """Under which number a part of a split customer stands. A new one is not known before it is given."""
    number, (before,) = part.summary.number, found.before
    if number == before.summary.number:
        return f"keeps the number {number}"
    return f"takes up its number {number} again" if number in before.aliases else "gets a new number"


def _still_there(found: Foreseen) -> list[str]:
    taken = {part.summary.number for part in found.after}
    return [alias for alias in found.after[0].aliases if alias not in taken]


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
