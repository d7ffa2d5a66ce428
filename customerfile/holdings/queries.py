"""Reads of what a customer holds: its agreements by way of its records, with its roles and whoever else has one.

Callers pass the records of one customer. At most three statements, however much is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import orjson
from django.db import connection

from customerfile.access.sight import HOLDINGS, Sight
from customerfile.base.database import statement
from customerfile.base.ids import CustomerId, RecordId
from customerfile.customers.queries import summaries
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import AgreementKind
from customerfile.holdings.holding import (
    NOTHING_HELD,
    Fellow,
    HeldRole,
    Holding,
    Holdings,
    HoldingTotal,
    Term,
    in_order,
    totals_over,
)
from customerfile.holdings.roles import Role

__all__ = ["Fellow", "HeldRole", "Holding", "HoldingTotal", "Holdings", "Term", "holdings_of"]

_OWNING = [role.value for role in Role if role.owns]

type _Place = tuple[int, str, str]  # source, kind, key


def holdings_of(record_ids: Sequence[RecordId], *, sight: Sight, today: date) -> Holdings:
    """What hangs on these records, and what belongs to that; nothing for those who do not see holdings.

    Others with a role are named as far as they are shown.
    """
    if not sight.shows(HOLDINGS):
        return NOTHING_HELD
    named = {"records": list(record_ids), "owning": _OWNING}
    grouped = [
        (place, list(rows)) for place, rows in groupby(_rows("find_held", named), key=lambda row: row[1:4])
    ]
    if not grouped:
        return NOTHING_HELD
    fellows = _fellows([place for place, _ in grouped], record_ids, sight)
    kinds = {kind.key: kind for kind in current_definition().agreement_kinds}
    found = [_holding(rows, kinds, fellows.get(place, ())) for place, rows in grouped]
    return Holdings(in_order(found, today=today), totals_over(found, today=today))


def customers_in(holdings: Holdings) -> Iterable[CustomerId]:
    """Whoever else is shown in it."""
    return {
        fellow.customer_id
        for each in holdings.holdings
        for fellow in each.fellows
        if fellow.customer_id is not None
    }


def _holding(
    rows: Sequence[Sequence[Any]], kinds: dict[str, AgreementKind], fellows: Sequence[Fellow]
) -> Holding:
    source_key, _, kind, key, _, _, _, *plain, under_kind, under_key, terms = rows[0]
    declared = kinds.get(kind)
    types = {term.key: term.type for term in declared.terms} if declared else {}
    said = orjson.loads(terms).items()
    rest = (
        *plain,
        (under_kind, under_key) if under_key else None,
        tuple(Term(name, types.get(name, "text"), value) for name, value in said),
    )
    return Holding(
        source_key,
        kind,
        declared.label if declared else kind,
        key,
        tuple(HeldRole(*row[4:7]) for row in rows),
        tuple(fellows),
        declared.counts_as if declared else "nothing",
        *rest,
    )


def _fellows(
    places: Sequence[_Place], records: Sequence[RecordId], sight: Sight
) -> dict[_Place, list[Fellow]]:
    rows = _rows(
        "find_holders",
        {
            "sources": [place[0] for place in places],
            "kinds": [place[1] for place in places],
            "keys": [place[2] for place in places],
            "records": list(records),
        },
    )
    others = summaries({row[7] for row in rows if row[7] is not None}, sight=sight)
    found: dict[_Place, list[Fellow]] = {}
    for source, kind, key, role, beginning, end, holder_key, customer in rows:
        if customer is None:
            shown = holder_key if sight.shows_records else ""
            fellow = Fellow(None, "", shown, role, beginning, end)
        elif customer in others:
            other = others[customer]
            fellow = Fellow(customer, other.number, other.display_name, role, beginning, end)
        else:  # of a branch that is not shown
            continue
        found.setdefault((source, kind, key), []).append(fellow)
    return found


def _rows(name: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(__package__, name), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
