"""What a customer holds, as the customer page shows it: in which role, with whom else, what it comes to, its terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from customerfile.customers.golden.shown import shown_text
from customerfile.definition.schema import FieldDefinition, PrivacyClass, Survivorship
from customerfile.holdings.queries import Fellow, HeldRole, Holding, Holdings, Term
from customerfile.holdings.roles import Role
from customerfile.holdings.states import Status
from customerfile.web.facts import Fact
from customerfile.web.term_words import term_label
from customerfile.web.words import day_text, listed, money_text

_SHOWN = 100
_BAD = (Status.IN_ARREARS, Status.DEFAULTED)


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One agreement. `amount` is what it comes to, `told` says more of it, `terms` are label and value."""

    label: str
    name: str
    state: str
    is_bad: bool
    is_part: bool
    amount: str
    amount_note: str
    told: tuple[str, ...]
    fellows: tuple[ShownFellow, ...]
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownFellow:
    """Somebody else with a role. `number` "": not in the file yet."""

    number: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ShownHoldings:
    """`running` and `over`, of both the first hundred; `more` are not shown."""

    totals: tuple[Fact, ...]
    running: tuple[HoldingLine, ...]
    over: tuple[HoldingLine, ...]
    more: int


def shown_holdings(holdings: Holdings, *, today: date) -> ShownHoldings:
    """The lines of the page, in their order."""
    running = [each for each in holdings.holdings if not each.is_over(today=today)]
    over = [each for each in holdings.holdings if each.is_over(today=today)]
    return ShownHoldings(
        tuple(_totals(holdings)),
        _lines(running, today),
        _lines(over, today),
        max(0, len(running) - _SHOWN) + max(0, len(over) - _SHOWN),
    )


def _totals(holdings: Holdings) -> Iterator[Fact]:
    labels = (gettext("Value held"), gettext("Exposure"), gettext("Guaranteed"))
    for total in holdings.totals:
        for label, amount in zip(labels, (total.value, total.exposure, total.guaranteed), strict=True):
            if amount:
                yield Fact(label, money_text(amount, total.currency))


def _lines(holdings: list[Holding], today: date) -> tuple[HoldingLine, ...]:
    places = {(each.source_key, each.kind, each.key) for each in holdings}
    return tuple(
        _line(each, is_part=each.under is not None and (each.source_key, *each.under) in places, today=today)
        for each in holdings[:_SHOWN]
    )


def _line(each: Holding, *, is_part: bool, today: date) -> HoldingLine:
    amount, note = _amount(each)
    status = Status(each.status) if each.status else None
    return HoldingLine(
        label=gettext(each.label),
        name=each.product or each.number or each.key,
        state=_state(each, status, today),
        is_bad=status in _BAD,
        is_part=is_part,
        amount=amount,
        amount_note=note,
        told=tuple(_told(each)),
        fellows=tuple(map(_fellow, each.fellows)),
        terms=tuple((term_label(term.key), _value(term)) for term in each.terms),
    )


def _state(each: Holding, status: Status | None, today: date) -> str:
    if not each.arrived:
        return gettext("not delivered yet")
    if status is not None:
        return gettext(status.words)
    return gettext("closed") if each.is_over(today=today) else ""


def _amount(each: Holding) -> tuple[str, str]:
    """What it comes to, and what that is."""
    if each.balance is not None:
        note = gettext("balance of {day}").format(day=day_text(each.balance_on)) if each.balance_on else ""
        return _money(each.balance, each), note or gettext("balance")
    if each.amount is not None:
        return _money(each.amount, each), gettext("agreed")
    return "", ""


def _money(amount: Decimal, each: Holding) -> str:
    return money_text(amount, each.currency)


def _told(each: Holding) -> Iterator[str]:
    yield listed(sorted({_role(held) for held in each.roles}))
    if each.product and each.number:
        yield each.number
    if each.opened_on:
        yield gettext("since {day}").format(day=day_text(each.opened_on))
    if each.closed_on:
        yield gettext("ended {day}").format(day=day_text(each.closed_on))
    if each.due_on:
        yield gettext("due {day}").format(day=day_text(each.due_on))
    if each.balance is not None and each.amount is not None:
        yield gettext("agreed {amount}").format(amount=_money(each.amount, each))


def _role(held: HeldRole) -> str:
    words = gettext(Role(held.role).words)
    if held.valid_to:
        return gettext("{role} until {day}").format(role=words, day=day_text(held.valid_to))
    return words


def _fellow(fellow: Fellow) -> ShownFellow:
    name = fellow.display_name or fellow.number or gettext("somebody")
    return ShownFellow(fellow.number, name, gettext(Role(fellow.role).words))


def _value(term: Term) -> str:
    return shown_text(term.value, _as_field(term))


def _as_field(term: Term) -> FieldDefinition:
    """A term is shown as a field of its type is."""
    return FieldDefinition(
        term.key,
        term.key,
        term.type,
        "trade",
        PrivacyClass.PERSONAL,
        (),
        "contract",
        Survivorship.MOST_RECENT,
    )
