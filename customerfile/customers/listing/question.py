"""What somebody asks of the list, checked against what they are offered. Pure.

What is hidden is refused in the words in which something that does not exist is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from customerfile.base.told import told
from customerfile.customers.errors import ListRefused
from customerfile.customers.listing.offered import (
    DATES,
    NAME,
    NUMBER,
    NUMBERS,
    Offered,
    Operator,
    default_columns,
)
from customerfile.values.kinds import standardise
from customerfile.values.outcome import Accepted, Context

MOST_CONDITIONS = 8
MOST_COLUMNS = 12
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Condition:
    """`values`: what is compared with; several for "one of", none for "is empty"."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`order` "": by name, or by number for those who see no names. `among`: of these customers alone."""

    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    order: str = ""
    descending: bool = False
    among: tuple[int, ...] | None = None

    @property
    def fields(self) -> frozenset[str]:
        """All that it speaks of."""
        return frozenset({*self.columns, *(each.field for each in self.conditions), self.order} - {""})


def checked(question: Question, fields: Mapping[str, Offered]) -> Question:
    """The question with its values in their standard form. Raises ListRefused."""
    if len(question.conditions) > MOST_CONDITIONS:
        raise ListRefused(
            told("A list has at most {most} filters.", most=MOST_CONDITIONS), "Take one out first."
        )
    if len(question.columns) > MOST_COLUMNS:
        raise ListRefused(
            told("A list has at most {most} columns.", most=MOST_COLUMNS), "Take one out first."
        )
    columns = tuple(dict.fromkeys(question.columns)) or default_columns(fields)
    for key in columns:
        _known(key, fields)
    return replace(
        question,
        columns=tuple(key for key in columns if key != NAME),
        conditions=tuple(checked_condition(each, fields) for each in question.conditions),
        order=_order(question.order, fields),
    )


def checked_condition(condition: Condition, fields: Mapping[str, Offered]) -> Condition:
    """The condition with its values in their standard form. Raises ListRefused."""
    field = _known(condition.field, fields)
    if condition.operator not in field.operators:
        raise ListRefused(
            told("{field} cannot be filtered so.", field=told(field.label)),
            "Choose one of the ways that are offered.",
        )
    if not condition.operator.takes_value:
        return replace(condition, values=())
    given = tuple(each.strip() for each in condition.values if each.strip())
    if not given:
        raise ListRefused(
            told("Say what {field} is compared with.", field=told(field.label)), 'Or choose "is empty".'
        )
    if any(len(each) > LONGEST_VALUE or "\x00" in each for each in given):
        raise ListRefused(
            told(
                "What {field} is compared with has at most {most} readable characters.",
                field=told(field.label),
                most=LONGEST_VALUE,
            ),
            "Type less of it.",
        )
    return replace(condition, values=_standard(field, condition.operator, given))


def _known(key: str, fields: Mapping[str, Offered]) -> Offered:
    if key not in fields:
        raise ListRefused(
            "This list asks for a field that is not there for you.", "Show all customers, and begin anew."
        )
    return fields[key]


def _order(order: str, fields: Mapping[str, Offered]) -> str:
    if not order:
        return NAME if NAME in fields else NUMBER
    field = _known(order, fields)
    if not field.sortable:
        raise ListRefused(
            told("The list cannot be sorted by {field}.", field=told(field.label)), "Choose another column."
        )
    return order


def _standard(field: Offered, operator: Operator, given: tuple[str, ...]) -> tuple[str, ...]:
    if operator is Operator.ONE_OF:
        return _chosen(field, given)
    if operator is Operator.CONTAINS:
        return given[:1]
    kind = "number" if field.type in NUMBERS else "date" if field.type in DATES else field.type
    read = standardise(kind, given[0], Context())
    if isinstance(read, Accepted) and isinstance(read.value, str | int | float):
        return (str(read.value),)
    if field.type in NUMBERS:
        raise ListRefused(
            told("{field} is compared with a number.", field=told(field.label)),
            "Type digits, as in 12 or 12.50.",
        )
    if field.type in DATES:
        raise ListRefused(
            told("{field} is compared with a date.", field=told(field.label)), "Write it as in 2026-05-17."
        )
    return given[:1]


def _chosen(field: Offered, given: tuple[str, ...]) -> tuple[str, ...]:
    if not set(given) <= set(field.choices):
        raise ListRefused(
            told("{field} has no such choice.", field=told(field.label)),
            told("Choose of {choices}.", choices=", ".join(field.choices)),
        )
    return tuple(choice for choice in field.choices if choice in given)
