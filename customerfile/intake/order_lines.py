"""Reads one order line: when, what, how many, for how much, by whom. A line that does not say so is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from customerfile.intake.fields import Unusable, cards_in, decimal_of, instant_of, money_of
from customerfile.intake.preparing import Preparer
from customerfile.sources.mapper import MappedRow, content_key
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import ReadyRow, RejectedRow
from customerfile.sources.validation import standardise_row

_RETURNED = frozenset({"refunded", "returned", "cancelled", "canceled", "refund", "return"})


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line. `amount` is what the whole line comes to; returns are negative."""

    order: str
    line: int
    at: datetime
    customer: str
    product: str
    description: str
    quantity: Decimal
    price: Decimal | None
    amount: Decimal
    currency: str
    is_return: bool

    def packed(self) -> list[Any]:
        """JSON-able, for sorting on disk."""
        return [
            self.order, self.line, self.at.isoformat(), self.customer, self.product, self.description,
            str(self.quantity), None if self.price is None else str(self.price), str(self.amount), self.currency,
            self.is_return,
        ]  # fmt: skip

    @classmethod
    def unpacked(cls, packed: Sequence[Any]) -> "OrderLine":
        """What `packed` gave."""
        order, line, at, customer, product, description, quantity, price, amount, currency, is_return = packed
        return cls(
            order, line, datetime.fromisoformat(at), customer, product, description, Decimal(quantity),
            None if price is None else Decimal(price), Decimal(amount), currency, is_return,
        )  # fmt: skip

    def as_product(self) -> dict[str, str]:
        """The line as a product of an order event; what is not known is left out."""
        found = {
            "sku": self.product,
            "name": self.description,
            "quantity": f"{self.quantity.normalize():f}",
            "price": "" if self.price is None else str(self.price),
            "amount": str(self.amount),
        }
        return {key: value for key, value in found.items() if value}


class LineReader:
    """Reads the lines of one file, and remembers the first that named each customer."""

    def __init__(self, made: Preparer) -> None:
        self._made = made
        self._customers: dict[str, ReadyRow] = {}
        self._told: set[str] = set()

    def read(self, rows: Sequence[RawRow]) -> tuple[list[OrderLine], list[RejectedRow]]:
        """The lines that can be used, and the refusals."""
        lines: list[OrderLine] = []
        rejected: list[RejectedRow] = []
        for row in rows:
            try:
                lines.append(self._line(row))
            except Unusable as refusal:
                rejected.append(refusal.rejected(row))
        return lines, rejected

    def customer(self, key: str) -> ReadyRow | None:
        """The record that a customer's key stands for, the first time it is asked for."""
        if not key or key in self._told:
            return None
        self._told.add(key)
        return self._customers.pop(key)

    def _line(self, row: RawRow) -> OrderLine:
        cards_in(row)
        mapped = self._made.mapper.map(row)
        context = self._made.context
        quantity = decimal_of("order.quantity", mapped, context, default=Decimal(1))
        price, price_currency = money_of("order.unit_price", mapped, context)
        amount, amount_currency = money_of("order.amount", mapped, context)
        if amount is None and price is None:
            raise Unusable(
                "order.amount",
                "The line names neither a price nor an amount.",
                "Map one of them to a column.",
            )
        total = amount if amount is not None else quantity * (price or Decimal(0))
        order = mapped.first("order.key") or content_key(row.values)
        line = OrderLine(
            order=order,
            line=row.line,
            at=instant_of("order.at", mapped, context),
            customer=mapped.key,
            product=mapped.first("order.product"),
            description=mapped.first("order.description"),
            quantity=quantity,
            price=price,
            amount=total,
            currency=price_currency or amount_currency,
            is_return=_is_return(order, quantity, total, mapped.first("order.status")),
        )
        self._remember(row, mapped)
        return _signed(line)

    def _remember(self, row: RawRow, mapped: MappedRow) -> None:
        if mapped.key and mapped.key not in self._told and mapped.key not in self._customers:
            self._customers[mapped.key] = self._customer_row(row, mapped)

    def _customer_row(self, row: RawRow, mapped: MappedRow) -> ReadyRow:
        """What the line says about its customer, as a record of its own."""
        about = {
            field: values
            for field, values in mapped.fields.items()
            if not field.startswith(("order.", "event."))
        }
        standard = standardise_row(replace(mapped, fields=about), self._made.definition, self._made.context)
        ready = self._made.prepare_mapped(row, mapped, standard)
        if isinstance(ready, RejectedRow):
            raise Unusable(ready.field, ready.reason, ready.remedy)
        return ready._replace(faults=())


def _is_return(order: str, quantity: Decimal, total: Decimal, status: str) -> bool:
    cancelled = order[:1] in "Cc" and order[1:].isdigit()
    return cancelled or quantity < 0 or total < 0 or status.strip().lower() in _RETURNED


def _signed(line: OrderLine) -> OrderLine:
    """A return told as a positive amount by its status alone still takes money back."""
    if line.is_return and line.amount > 0:
        return replace(line, amount=-line.amount, quantity=-abs(line.quantity))
    return line
