"""What is held, as it is shown: an agreement with the roles in it and what it comes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from customerfile.base.ids import CustomerId
from customerfile.holdings.roles import Role
from customerfile.holdings.states import is_over


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of the customer in an agreement. It ends before `valid_to`."""

    role: str
    valid_from: date | None
    valid_to: date | None

    def is_at(self, day: date) -> bool:
        """Whether it is held on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Fellow:
    """Somebody else with a role in the same agreement. `customer_id` None: not in the file yet."""

    customer_id: CustomerId | None
    number: str
    display_name: str
    role: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Term:
    """One of the terms of an agreement; `type` says what its value is."""

    key: str
    type: str
    value: Any


@dataclass(frozen=True, slots=True)
class Holding:
    """An agreement that a customer has a role in. `arrived` False: the source has only said who holds it.

    `under`: kind and key of the agreement that it belongs to. `currency` is "XXX" where the amounts named none.
    """

    source_key: str
    kind: str
    label: str
    key: str
    roles: tuple[HeldRole, ...]
    fellows: tuple[Fellow, ...]
    counts_as: str
    arrived: bool
    number: str
    product: str
    status: str
    currency: str
    opened_on: date | None
    closed_on: date | None
    due_on: date | None
    amount: Decimal | None
    balance: Decimal | None
    balance_on: date | None
    under: tuple[str, str] | None
    terms: tuple[Term, ...]

    def is_over(self, *, today: date) -> bool:
        """Whether nothing is held any more: it has ended, or every role in it has."""
        ended = is_over(self.status, self.closed_on, today=today)
        return ended or not any(role.valid_to is None or today < role.valid_to for role in self.roles)

    @property
    def counted(self) -> Decimal:
        """What it comes to: its balance, or what was agreed where no balance is known."""
        return self.balance if self.balance is not None else self.amount or Decimal(0)


@dataclass(frozen=True, slots=True)
class HoldingTotal:
    """What is held in one currency. `value`: ours to the customer; `exposure`: the customer's to us.

    `guaranteed`: what others owe us and the customer stands for.
    """

    currency: str
    value: Decimal
    exposure: Decimal
    guaranteed: Decimal


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that a customer holds: what runs first, each followed by what belongs to it."""

    holdings: tuple[Holding, ...]
    totals: tuple[HoldingTotal, ...]


NOTHING_HELD = Holdings((), ())


def totals_over(holdings: Iterable[Holding], *, today: date) -> tuple[HoldingTotal, ...]:
    """What runs today comes to, by currency. An account that is overdrawn is exposure."""
    sums: dict[str, list[Decimal]] = {}
    for each in holdings:
        place = _counts_in(each, today=today)
        if place is not None and each.counted:
            sums.setdefault(each.currency, [Decimal(0)] * 3)[place] += abs(each.counted)
    return tuple(HoldingTotal(currency, *sums[currency]) for currency in sorted(sums))


def _counts_in(each: Holding, *, today: date) -> int | None:
    """0 value, 1 exposure, 2 guaranteed; None where it is not added up."""
    if each.counts_as == "nothing" or each.is_over(today=today):
        return None
    roles = {Role(held.role) for held in each.roles if held.is_at(today)}
    owes = each.counts_as == "exposure" or each.counted < 0
    if any(role.owns for role in roles):
        return 1 if owes else 0
    return 2 if owes and Role.GUARANTOR in roles else None


def in_order(holdings: Iterable[Holding], *, today: date) -> tuple[Holding, ...]:
    """What runs before what is over; then by kind, the newest first; what belongs to another comes behind it."""
    ranked = sorted(
        holdings,
        key=lambda each: (
            each.is_over(today=today),
            each.label,
            -(each.opened_on or date.min).toordinal(),
            each.source_key,
            each.key,
        ),
    )
    places = {(each.source_key, each.kind, each.key) for each in ranked}
    parts: dict[tuple[str, str, str], list[Holding]] = {}
    tops: list[Holding] = []
    for each in ranked:
        above = (each.source_key, *each.under) if each.under else None
        if above in places and above != (each.source_key, each.kind, each.key) and above is not None:
            parts.setdefault(above, []).append(each)
        else:
            tops.append(each)
    return tuple(_unfolded(tops, parts))


def _unfolded(tops: list[Holding], parts: dict[tuple[str, str, str], list[Holding]]) -> Iterable[Holding]:
    """Each with what belongs to it behind it. What belongs to one another in a circle comes last, as it is."""
    waiting = list(reversed(tops))
    while waiting or parts:
        if not waiting:
            waiting = list(reversed(parts.pop(next(iter(parts)))))
        each = waiting.pop()
        yield each
        waiting.extend(reversed(parts.pop((each.source_key, each.kind, each.key), [])))
