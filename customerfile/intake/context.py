"""What is known about the values of a file before its first row: country, order of dates, currency, time zone."""

from babel.numbers import get_territory_currencies

from customerfile.sources.mapping import Mapping
from customerfile.values.outcome import Context


def reading_context(mapping: Mapping) -> Context:
    """The context of a mapping. A country brings its present currency where none is named."""
    return Context(
        country=mapping.country.upper(),
        date_order=mapping.date_order,
        currency=mapping.currency.upper() or _currency_of(mapping.country.upper()),
        time_zone=mapping.time_zone or "UTC",
    )


def _currency_of(country: str) -> str:
    found = get_territory_currencies(country) if country else []
    return found[-1] if found else ""
