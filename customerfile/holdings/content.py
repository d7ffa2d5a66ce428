"""What an agreement says, and what it says once a row of a file has been laid over it. Pure.

A row changes what its file has columns for, and leaves alone what it says nothing of. Of two balances the one of the
later day stands. Within one file, rows on the same agreement must not contradict one another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

_BALANCE = ("balance", "balance_on")


@dataclass(frozen=True, slots=True)
class Content:
    """What is said of an agreement, by the columns of its table."""

    number: str = ""
    product: str = ""
    status: str = ""
    currency: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    due_on: date | None = None
    amount: Decimal | None = None
    balance: Decimal | None = None
    balance_on: date | None = None
    under_kind: str = ""
    under_key: str = ""
    under_role: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Content()


def laid_over(before: Content, said: Mapping[str, Any]) -> Content:
    """What an agreement says after a row that says this of it. Blanks clear, but never a balance."""
    stated = {name: value for name, value in said.items() if name not in (*_BALANCE, "terms")}
    if "terms" in said:
        stated["terms"] = {
            name: value for name, value in {**before.terms, **said["terms"]}.items() if value is not None
        }
    return replace(before, **stated, **_balance(before, said))


def contradicts(before: Content, said: Mapping[str, Any]) -> str:
    """What a further row of the same file says otherwise: the name of a column or term, "" where nothing."""
    for name, value in said.items():
        there = getattr(before, name)
        if name not in (*_BALANCE, "terms") and value not in (None, "", there) and there not in (None, ""):
            return name
    terms: Mapping[str, Any] = said.get("terms", {})
    for name, value in terms.items():
        if value is not None and before.terms.get(name, value) != value:
            return name
    return ""


def filled(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a further row of the same file adds: its blanks clear nothing."""
    return {name: value for name, value in said.items() if value not in (None, "")}


def _balance(before: Content, said: Mapping[str, Any]) -> dict[str, Any]:
    if said.get("balance") is None:
        return {}
    day = said.get("balance_on")
    if day is not None and before.balance_on is not None and day < before.balance_on:
        return {}
    return {"balance": said["balance"], "balance_on": day}
