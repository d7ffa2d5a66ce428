"""Says in one line what an event was about: the products of an order, the text of a note, a page. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from customerfile.base.told import told

_NAMED = 3
_LONGEST = 200
_TELLING = (
    "text",
    "subject",
    "title",
    "product",
    "name",
    "campaign",
    "query",
    "description",
    "reason",
    "path",
    "url",
)


def summary_of(properties: Mapping[str, Any]) -> str:
    """One line of text; "" where the properties tell nothing."""
    products = properties.get("products")
    if isinstance(products, list) and products:
        return _shortened(_products(products))
    said = next((properties[key] for key in _TELLING if properties.get(key)), "")
    return _shortened(" ".join(str(said).split()))


def _products(products: Sequence[Any]) -> str:
    named = [_product(product) for product in products[:_NAMED]]
    more = len(products) - _NAMED
    if more <= 0:
        return ", ".join(named)
    return told("{products} and {number} more", products=", ".join(named), number=more)


def _product(product: Any) -> str:
    if not isinstance(product, dict):
        return str(product)
    name = str(product.get("name") or product.get("sku") or product.get("product_id") or "?")
    quantity = str(product.get("quantity", ""))
    return f"{quantity} × {name}" if quantity not in ("", "1") else name


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
