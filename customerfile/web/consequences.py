"""What follows from a merge or a split, in words, for whoever is about to do it. Pure."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, gettext_noop, ngettext

from customerfile.customers.judging.foresight import Foreseen
from customerfile.customers.queries import CustomerFile
from customerfile.sources.kinds_of_customer import ORGANISATION
from customerfile.web.words import listed, number_text

_TWO_PEOPLE = gettext_noop(
    "Nothing changes yet: two people decide in this file. It counts once a second person says the same and nobody says"
    " the opposite."
)
_LASTS = gettext_noop("It holds whatever is delivered later, until somebody takes it back.")
_TAKEN_BACK = gettext_noop(
    "Taken back, everything is again as it is now: numbers, values, dates, contact points."
)


def of_merge(found: Foreseen, events: Sequence[int]) -> tuple[str, ...]:
    """Of making one customer of two. `events`: how many each of the two has."""
    return tuple(_of_merge(found, events))


def _of_merge(found: Foreseen, events: Sequence[int]) -> Iterator[str]:
    if found.waits:
        yield gettext(_TWO_PEOPLE)
    (together,) = found.after
    stays = together.summary.number
    leaves = next(file.summary.number for file in found.before if file.summary.number != stays)
    told = gettext(
        "{stays} stays, as the older number. {leaves} leads to it from now on, wherever it is written."
    )
    yield told.format(stays=stays, leaves=leaves)
    told = gettext("Nothing is deleted: all {records} and {events} stand under {number}.")
    yield told.format(
        records=_records(together.summary.record_count), events=_events(sum(events)), number=stays
    )
    if found.before[0].summary.kind != found.before[1].summary.kind:
        yield _of_two_kinds(together.summary.kind)
    yield gettext(_LASTS)
    yield gettext(_TAKEN_BACK)


def _of_two_kinds(kind: str) -> str:
    if kind == ORGANISATION:
        return gettext(
            "One is a person and one an organisation; together they are taken for an organisation."
        )
    return gettext("One is a person and one an organisation; together they are taken for a person.")


def of_split(found: Foreseen, events: Sequence[int]) -> tuple[str, ...]:
    """Of letting records leave. `events`: how many those that stay have, and those that leave."""
    return tuple(_of_split(found, events))


def _of_split(found: Foreseen, events: Sequence[int]) -> Iterator[str]:
    if found.waits:
        yield gettext(_TWO_PEOPLE)
    whats = (
        gettext("What stays, {records} and {events}, {number}."),
        gettext("What leaves, {records} and {events}, {number}."),
    )
    for what, part, count in zip(whats, found.after, events, strict=True):
        records = _records(part.summary.record_count)
        yield what.format(records=records, events=_events(count), number=number_words(part, found))
    if aliases := _still_there(found):
        told = ngettext(
            "{numbers} still leads to {number}.", "{numbers} still leads to {number}.", len(aliases)
        )
        yield told.format(numbers=listed(aliases), number=found.after[0].summary.number)
    yield f"{gettext('The two are kept apart from now on.')} {gettext(_LASTS)}"
    yield gettext(_TAKEN_BACK)


def number_words(part: CustomerFile, found: Foreseen) -> str:
    """Under which number a part of a split customer stands. A new one is not known before it is given."""
    number, (before,) = part.summary.number, found.before
    if number == before.summary.number:
        return gettext("keeps the number {number}").format(number=number)
    if number in before.aliases:
        return gettext("takes up its number {number} again").format(number=number)
    return gettext("gets a new number")


def _still_there(found: Foreseen) -> list[str]:
    taken = {part.summary.number for part in found.after}
    return [alias for alias in found.after[0].aliases if alias not in taken]


def _records(count: int) -> str:
    return ngettext("{number} record", "{number} records", count).format(number=number_text(count))


def _events(count: int) -> str:
    if not count:
        return gettext("no events")
    return ngettext("{number} event", "{number} events", count).format(number=number_text(count))
