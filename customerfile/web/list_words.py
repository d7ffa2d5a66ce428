"""What a list says of itself: its headings, its filters, and what can still be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

from django.utils.translation import gettext, gettext_noop

from customerfile.customers.golden.shown import choice_text
from customerfile.customers.listing.offered import NAME, OWN_GROUP, Offered, Operator
from customerfile.customers.listing.question import Condition, Question
from customerfile.web.list_address import ListAddress
from customerfile.web.words import group_title

_DATES = ("date", "birth_date", "instant")
_TRUTH = {"true": gettext_noop("Yes"), "false": gettext_noop("No")}
_WORDS = {
    Operator.IS: gettext_noop("is"),
    Operator.CONTAINS: gettext_noop("contains"),
    Operator.ONE_OF: gettext_noop("is"),
    Operator.BEFORE: gettext_noop("before"),
    Operator.AFTER: gettext_noop("after"),
    Operator.BELOW: gettext_noop("below"),
    Operator.ABOVE: gettext_noop("above"),
    Operator.EMPTY: gettext_noop("is empty"),
    Operator.FILLED: gettext_noop("is not empty"),
}
_PHRASES = {
    Operator.IS: gettext_noop("{field} is {value}"),
    Operator.CONTAINS: gettext_noop("{field} contains {value}"),
    Operator.ONE_OF: gettext_noop("{field} is {value}"),
    Operator.BEFORE: gettext_noop("{field} before {value}"),
    Operator.AFTER: gettext_noop("{field} after {value}"),
    Operator.BELOW: gettext_noop("{field} below {value}"),
    Operator.ABOVE: gettext_noop("{field} above {value}"),
    Operator.EMPTY: gettext_noop("{field} is empty"),
    Operator.FILLED: gettext_noop("{field} is not empty"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `link`: sorts by it, or the other way round; "" where it cannot be sorted by."""

    label: str
    link: str
    sorted: str  # "ascending", "descending" or ""
    is_number: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words, and the list without it."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, and whether it is."""

    key: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """The field a filter is being made for."""

    key: str
    label: str
    operators: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    input: str  # the type of the input box


def headings(question: Question, address: ListAddress, fields: Mapping[str, Offered]) -> Iterator[Heading]:
    """The columns, the name first."""
    for key in (NAME, *question.columns):
        label = gettext(fields[key].label) if key in fields else gettext("Name")
        may_sort = key in fields and fields[key].sortable
        order = f"-{key}" if question.order == key and not question.descending else key
        way = ("descending" if question.descending else "ascending") if question.order == key else ""
        yield Heading(label, address.query(order=order) if may_sort else "", way, _is_number(fields.get(key)))


def chips(question: Question, address: ListAddress, fields: Mapping[str, Offered]) -> list[Chip]:
    """The filters."""
    return [
        Chip(condition_words(condition, fields[condition.field]), address.query(without=number))
        for number, condition in enumerate(question.conditions)
    ]


def condition_words(condition: Condition, field: Offered) -> str:
    """A filter as a phrase."""
    values = [choice_words(each) if field.choices else each for each in condition.values]
    value = reduce(_either, values) if values else ""
    return gettext(_PHRASES[condition.operator]).format(field=gettext(field.label), value=value).strip()


def _either(one: str, other: str) -> str:
    return gettext("{one} or {other}").format(one=one, other=other)


def choice_words(choice: str) -> str:
    """A choice as people read it."""
    return gettext(_TRUTH[choice]) if choice in _TRUTH else choice_text(choice)


def filters_to_choose(fields: Mapping[str, Offered]) -> list[ChoiceGroup]:
    """The fields that can be filtered by."""
    return _grouped([each for each in fields.values() if each.operators], chosen=())


def columns_to_choose(fields: Mapping[str, Offered], question: Question) -> list[ChoiceGroup]:
    """The columns, those shown marked."""
    return _grouped([each for each in fields.values() if each.key != NAME], chosen=question.columns)


def picked(field: Offered, typed: Condition | None) -> Picked:
    """What can be said of a field; what was typed is kept."""
    chosen = typed.operator if typed else field.operators[0]
    values = typed.values if typed else ()
    return Picked(
        key=field.key,
        label=gettext(field.label),
        operators=tuple(
            Choice(each.value, _operator_words(each, field), each is chosen) for each in field.operators
        ),
        choices=tuple(Choice(each, choice_words(each), each in values) for each in field.choices),
        input="date" if field.type in _DATES else "text",
    )


def _operator_words(operator: Operator, field: Offered) -> str:
    is_of_many = operator is Operator.ONE_OF and len(field.choices) > 1
    return gettext("is one of") if is_of_many else gettext(_WORDS[operator])


def _grouped(fields: list[Offered], *, chosen: tuple[str, ...]) -> list[ChoiceGroup]:
    return [
        ChoiceGroup(
            gettext("The file") if group == OWN_GROUP else group_title(group),
            tuple(Choice(each.key, gettext(each.label), each.key in chosen) for each in found),
        )
        for group, found in groupby(
            sorted(fields, key=lambda each: _first(each, fields)), lambda each: each.group
        )
    ]


def _first(field: Offered, fields: list[Offered]) -> int:
    """Groups in the order in which their first field comes."""
    return next(number for number, each in enumerate(fields) if each.group == field.group)


def _is_number(field: Offered | None) -> bool:
    return field is not None and field.type in ("integer", "number", "money")
