"""Whether a file holds customers, purchases, events or agreements, by the names of its columns."""

from customerfile.sources.header_words import suggestions
from customerfile.sources.value_signs import Signs

_PERSONAL = (
    "given_name",
    "family_name",
    "full_name",
    "organisation_name",
    "birth_date",
    "email",
    "phone",
    "national_id",
)
_HELD = {
    "agreement.opened_on",
    "agreement.closed_on",
    "agreement.due_on",
    "agreement.balance",
    "agreement.status",
    "agreement.kind",
    "holder.role",
}
_GOODS = {"order.product", "order.quantity", "order.unit_price", "order.amount", "order.description"}


def guess_kind(columns: tuple[str, ...], signs: dict[str, Signs]) -> tuple[str, float]:
    """The kind and how sure it is, 0..1."""
    personal = len(_named(columns, "customers").intersection(_PERSONAL))
    order, event = _named(columns, "purchases"), _named(columns, "events")
    goods = len(order & _GOODS)
    if {"order.key", "order.at"} <= order and goods and personal < 4:
        return "purchases", 0.95
    if "order.at" in order and goods and personal < 2 and _comes_back(columns, signs):
        return "purchases", 0.75
    held = _named(columns, "agreements")
    if "agreement.key" in held and len(held & _HELD) >= 3 and not personal:
        return "agreements", 0.7
    if {"event.name", "event.at"} <= event and personal < 3:
        return "events", 0.85
    return "customers", 0.9 if personal >= 2 else 0.6


def _named(columns: tuple[str, ...], section: str) -> set[str]:
    return {one.target for column in columns for one in suggestions(column, section, ())}


def _comes_back(columns: tuple[str, ...], signs: dict[str, Signs]) -> bool:
    """Whether a customer stands on several rows, as a buyer does."""
    keys = [
        column
        for column in columns
        if any(one.target == "customer.key" for one in suggestions(column, "purchases", ()))
    ]
    return any(signs[column].distinct < signs[column].filled for column in keys)
