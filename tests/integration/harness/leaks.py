"""What is wrong with an answer: something seen that may not be, or a door that stands open or shut wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from customerfile.customers.search.findable import NAME_FIELDS
from tests.integration.harness.askers import Asker
from tests.integration.harness.held import Canary, Held
from tests.integration.harness.questions import Question

_SAID_AT_RANDOM = re.compile(
    r'csrfmiddlewaretoken"value="[a-z0-9]+"|"x-csrftoken":"[a-z0-9]+"'
)  # any word, one day
_SEARCHES = {"search", "search_customers", "find"}
_COUNTS_OF_BOTH = ('"total_estimate":2', 'class="page-count">2<')  # as answers write it, without blanks


def leaks(held: Held, everybody: Iterable[Asker], asked: Iterable[Question]) -> Iterator[str]:
    """Whoever comes upon a value that is hidden from them, or learns that it is there, in words."""
    reading = [question for question in asked if question.reads]
    for asker in everybody:
        hidden = held.hidden_from(asker.cleared)
        for question in reading if hidden else ():
            text = _SAID_AT_RANDOM.sub("", "".join(question.ask(asker).text.lower().split()))
            found = [each.text for each in hidden if each.text in text and each.text not in question.about]
            found += [number for number in _betrayed(held, asker, question, hidden) if number.lower() in text]
            found += _counted_or_ordered(held, asker, text)
            if found:
                yield f"{asker.name} sees {found[0]}: {question}"


def open_doors(everybody: Iterable[Asker], asked: Iterable[Question]) -> Iterator[str]:
    """Whoever is let in without the permission, or kept out with it."""
    one_each = {(question.channel, question.name): question for question in asked}
    for asker in everybody:
        for question in one_each.values():
            allowed = question.needs in asker.cleared.permissions
            if (not allowed or question.reads) and question.ask(asker).refused == allowed:
                yield f"{asker.name} {'is kept from' if allowed else 'gets into'} {question}"


def _betrayed(held: Held, asker: Asker, question: Question, hidden: list[Canary]) -> list[str]:
    """Numbers of customers that an answer would betray: those out of sight, and whom a hidden value leads to."""
    both, about = [held.own.number, held.other.number], question.about.lower()
    unasked = [number for number in both if number.lower() not in about]
    if question.name in _SEARCHES and any(each.text.startswith(_asked_for(about)) for each in hidden):
        return unasked
    is_strange = asker.branches is not None and "other" not in about
    return [held.other.number] if is_strange and held.other.number in unasked else []


def _counted_or_ordered(held: Held, asker: Asker, text: str) -> list[str]:
    """Whether an answer counts customers out of sight, or orders them by names that are not shown."""
    found = [count for count in _COUNTS_OF_BOTH if asker.branches is not None and count in text]
    own, other = (text.find(each.number.lower()) for each in (held.own, held.other))
    shows_names = asker.fields is None or asker.fields.issuperset(NAME_FIELDS)
    return [*found, "an order"] if -1 < other < own and not shows_names else found


def _asked_for(about: str) -> tuple[str, ...]:
    """The words of a search. One that is the beginning of a value leads to it as the value does."""
    words = (word.strip("{}',:") for word in about.split())
    return tuple(word for word in words if len(word) > 3)
