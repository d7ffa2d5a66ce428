"""Compiles lists to SQL: conditions, orders, pages, counts. All that somebody typed travels as a parameter. Pure."""
# ruff: noqa: S608 - what is put together is written here; values are parameters

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, LiteralString

from customerfile.customers.listing.offered import (
    CHANGED,
    DATES,
    KIND,
    NAME,
    NUMBER,
    NUMBERS,
    RECORDS,
    SINCE,
    Offered,
    Operator,
)
from customerfile.customers.listing.question import Condition, Question
from customerfile.customers.search.findable import LONGEST_TOKEN, NAME_FIELDS
from customerfile.values.folding import fold

SIZE = (
    "SELECT greatest(reltuples / greatest(relpages, 1)"
    " * (pg_relation_size(oid) / current_setting('block_size')::bigint), 1)::bigint"
    " FROM pg_class WHERE oid = 'customer'::regclass"
)

_SELECTED: LiteralString = (
    "SELECT id, number, kind, display_name, record_count, changed_at, golden, created_at FROM customer"
)
_SHOWN: LiteralString = (
    " WHERE state = 'active'"
    " AND (%(branches)s::text[] IS NULL OR branches <> '{}' AND branches && %(branches)s::text[])"
)
_COLUMNS: Mapping[str, LiteralString] = {
    NAME: "sort_name",
    NUMBER: "id",
    KIND: "kind",
    RECORDS: "record_count",
    CHANGED: "changed_at",
    SINCE: "created_at",
}
_ADDRESS: LiteralString = (
    "concat_ws(' ', item->>'line', item->>'line_2', item->>'postcode', item->>'city', item->>'region',"
    " item->>'country')"
)
_PLAIN: LiteralString = "coalesce(item->>'value', item->>'amount', item #>> '{}')"
_NUMBER: LiteralString = r"CASE WHEN text ~ '^-?[0-9]+(\.[0-9]+)?$' THEN text::numeric END"
_DAY: LiteralString = "CASE WHEN text ~ '^[0-9]{4}' THEN left(text, 10) END"
_COMPARED: Mapping[Operator, LiteralString] = {
    Operator.BEFORE: "<",
    Operator.BELOW: "<",
    Operator.AFTER: ">",
    Operator.ABOVE: ">",
    Operator.IS: "=",
}

_LETTERS = re.compile(
    r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]+"
)  # each folds by itself, to letters alone
_SHORTEST_PART = 3  # letters; fewer stand in so many names that all may as well be looked at

type Compiled = tuple[str, dict[str, Any]]


def conditions_sql(conditions: Iterable[Condition], fields: Mapping[str, Offered]) -> Compiled:
    """What stands behind WHERE, joined by AND, each with its parameters; "" where nothing is asked."""
    parts, parameters = "", dict[str, Any]()
    for number, condition in enumerate(conditions):
        text, given = _condition(condition, fields[condition.field], f"c{number}")
        parts, parameters = f"{parts} AND {text}", parameters | given
    return parts, parameters


def question_sql(question: Question, fields: Mapping[str, Offered]) -> Compiled:
    """What stands behind WHERE for all that a question asks of customers."""
    where, parameters = conditions_sql(question.conditions, fields)
    if question.among is None:
        return where, parameters
    return f"{where} AND id = ANY(%(among)s::bigint[])", parameters | {"among": list(question.among)}


def keyset_sql(asked: Compiled, *, by_name: bool, falling: bool, anchored: bool) -> Compiled:
    """A page behind a customer, by name or number: of `rows`, behind `anchor`."""
    where, parameters = asked
    sign, direction = ("<", " DESC") if falling else (">", "")
    ordered = f"sort_name{direction}, id{direction}" if by_name else f"id{direction}"
    behind = ""
    if anchored and by_name:
        end = "chr(1114111)" if falling else "''"
        name = f"coalesce((SELECT sort_name FROM customer{_SHOWN} AND id = %(anchor)s), {end})"
        behind = f" AND (sort_name, id) {sign} ({name}, %(anchor)s)"
    elif anchored:
        behind = f" AND id {sign} %(anchor)s"
    return f"{_SELECTED}{_SHOWN}{where}{behind} ORDER BY {ordered} LIMIT %(rows)s", parameters


def whole_sql(asked: Compiled, order: Offered, *, falling: bool) -> Compiled:
    """All customers, in an order."""
    where, parameters = asked
    by, more = _order(order)
    direction = " DESC" if falling else ""
    ordered = f"{by}{direction} NULLS LAST, id{direction}"
    return f"{_SELECTED}{_SHOWN}{where} ORDER BY {ordered}", parameters | more


def page_sql(asked: Compiled, order: Offered, *, falling: bool) -> Compiled:
    """A page of few customers, in an order: of `rows`, from `at`."""
    sql, parameters = whole_sql(asked, order, falling=falling)
    return f"{sql} OFFSET %(at)s LIMIT %(rows)s", parameters


def chosen_sql(asked: Compiled) -> Compiled:
    """All customers by their age in the file, `most` at most, each with what one of its fields holds."""
    where, parameters = asked
    return (
        f"SELECT id, kind, golden -> %(chosen)s FROM customer{_SHOWN}{where} ORDER BY id LIMIT %(most)s",
        parameters,
    )


def few_sql(asked: Compiled) -> Compiled:
    """How many customers there are, `few` at most."""
    where, parameters = asked
    return f"SELECT count(*) FROM (SELECT FROM customer{_SHOWN}{where} LIMIT %(few)s) AS few", parameters


def sample_sql(asked: Compiled) -> Compiled:
    """How many there are in a sample of `share` per cent."""
    where, parameters = asked
    sampled = "customer TABLESAMPLE SYSTEM (%(share)s) REPEATABLE (1)"
    return f"SELECT count(*) FROM {sampled}{_SHOWN}{where}", parameters


def _order(field: Offered) -> Compiled:
    """What a list is sorted by: the first value of the field."""
    if field.key in _COLUMNS:
        return _COLUMNS[field.key], {}
    first = (
        f"(SELECT {_text('item', field)} FROM jsonb_path_query(golden -> %(order)s, '$[*]') AS item LIMIT 1)"
    )
    number = f"(SELECT {_NUMBER} FROM (SELECT {first} AS text) AS one)"
    return number if field.type in NUMBERS else f"lower({first})", {"order": field.key}


def _condition(condition: Condition, field: Offered, name: str) -> Compiled:
    if field.key in _COLUMNS:
        return _of_column(condition, field, name)
    key, value = f"{name}_field", f"{name}_value"
    given: dict[str, Any] = {key: field.key}
    if not condition.operator.takes_value:
        return f"{'NOT ' if condition.operator is Operator.EMPTY else ''}(golden ? %({key})s)", given
    made, test = _test(condition, field, value)
    several = (
        f"EXISTS (SELECT FROM (SELECT {_text('item', field)} AS text FROM"
        f" jsonb_path_query(golden -> %({key})s, '$[*]') AS item) AS one WHERE {test('text')})"
    )
    single = test(_text(f"(golden -> %({key})s)", field))  # a tenth of what a subquery costs
    found = f"CASE jsonb_typeof(golden -> %({key})s) WHEN 'array' THEN {several} ELSE {single} END"
    narrowed, more = _narrowed(condition, field, name)
    return f"(golden ? %({key})s) AND {narrowed}{found}", given | {value: made} | more


def _text(item: str, field: Offered) -> str:
    """What a value of a golden record says, as the text that is compared."""
    return (_ADDRESS if field.type == "address" else _PLAIN).replace("item", item)


def _test(condition: Condition, field: Offered, value: str) -> tuple[Any, Callable[[str], str]]:
    """What is compared with, and the comparison of a text."""
    if condition.operator is Operator.ONE_OF:
        return list(condition.values), lambda text: f"{text} = ANY(%({value})s::text[])"
    wanted = condition.values[0]
    if condition.operator is Operator.CONTAINS:
        digits = "".join(char for char in wanted if char.isdigit())
        part = digits if field.type == "phone" and digits else wanted
        return part, lambda text: f"position(lower(%({value})s) in lower({text})) > 0"
    sign = _COMPARED[condition.operator]
    if field.type in NUMBERS:
        return wanted, lambda text: f"({_NUMBER.replace('text', text)}) {sign} %({value})s::numeric"
    if field.type in DATES:
        return wanted, lambda text: f'({_DAY.replace("text", text)}) COLLATE "C" {sign} %({value})s'
    return wanted, lambda text: f"lower({text}) = lower(%({value})s)"


def _of_column(condition: Condition, field: Offered, name: str) -> Compiled:
    column, value = _COLUMNS[field.key], f"{name}_value"
    if condition.operator is Operator.ONE_OF:
        return f"{column} = ANY(%({value})s::text[])", {value: list(condition.values)}
    wanted = condition.values[0]
    if field.type == "instant":
        day = f"%({value})s::date"
        ahead = f"{column} >= {day} + 1" if condition.operator is Operator.AFTER else f"{column} < {day}"
        return ahead, {value: wanted}
    return f"{column} {_COMPARED[condition.operator]} %({value})s::numeric", {value: wanted}


def _narrowed(condition: Condition, field: Offered, name: str) -> Compiled:
    """What the search index knows already of a name or an e-mail address: few customers are looked at, not all."""
    if condition.operator not in (Operator.IS, Operator.CONTAINS) or field.declared is None:
        return "", {}
    wanted = condition.values[0]
    if field.key == "email" and condition.operator is Operator.IS:
        found = "SELECT customer_id FROM contact_point WHERE NOT channel = 'postal' AND search ="
        return f"id IN ({found} lower(%({name}_email)s)) AND ", {f"{name}_email": wanted}
    if field.key not in NAME_FIELDS or field.declared.multiple:
        return "", {}
    if condition.operator is Operator.CONTAINS:
        return _narrowed_to_part(wanted, f"{name}_part")
    words = sorted({word[:LONGEST_TOKEN] for word in fold(wanted).split()})
    parts = "".join(
        "id IN (SELECT customer_id FROM posting WHERE NOT place AND token_id ="
        f" (SELECT id FROM name_token WHERE token = %({name}_word{at})s)) AND "
        for at in range(len(words))
    )
    return parts, {f"{name}_word{at}": word for at, word in enumerate(words)}


def _narrowed_to_part(wanted: str, name: str) -> Compiled:
    """Latin letters of a name stand together, folded, in one of its words, which is cut off where it is very long."""
    part = max((fold(letters) for letters in _LETTERS.findall(wanted)), key=len, default="")
    if len(part) < _SHORTEST_PART:
        return "", {}
    words = f"SELECT id FROM name_token WHERE position(%({name})s in token) > 0 OR length(token) = {LONGEST_TOKEN}"
    found = f"id IN (SELECT customer_id FROM posting WHERE NOT place AND token_id = ANY(ARRAY({words}))) AND "
    return found, {name: part}
