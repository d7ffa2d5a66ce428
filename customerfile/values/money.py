"""Amounts of money: an exact decimal text and its currency. The currency is never guessed where nothing
names it."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel.numbers import format_currency, get_currency_precision, get_territory_currencies

from customerfile.base.told import noted_text
from customerfile.values.codes import currency_codes, standardise_currency
from customerfile.values.numbers import NOT_A_NUMBER, REGULAR, read_decimal
from customerfile.values.outcome import Accepted, Context, Json, Outcome, Refused
from customerfile.values.reader_locale import reader_locale
from customerfile.values.text import clean

_SYMBOLS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "Rs.": "INR", "Rs": "INR", "zł": "PLN", "zl": "PLN", "Kč": "CZK",
    "₽": "RUB",
    "₺": "TRY", "₩": "KRW", "R$": "BRL", "US$": "USD", "A$": "AUD", "C$": "CAD", "CA$": "CAD",
    "AU$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "MX$": "MXN", "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP",
    "₦": "NGN",
    "Ft": "HUF", "lei": "RON", "лв": "BGN", "Fr.": "CHF", "SFr.": "CHF", "元": "CNY", "円": "JPY",
    "S/": "PEN", "euro": "EUR",
    "euros": "EUR", "EURO": "EUR",
}  # fmt: skip
_SHARED = {  # symbols of several currencies: the first is assumed where neither source nor country decides
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "HKD", "SGD", "UYU", "TWD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
    "¥": ("JPY", "CNY"),
}
_SYMBOL = r"[^\d\s.,()+\-\u2212'][^\d()+\-\u2212]{0,11}?"
_PIECES = re.compile(
    rf"(?P<sign1>[-+(\u2212]?)\s*(?P<before>{_SYMBOL})?\s*(?P<sign2>[-+\u2212]?)\s*"
    r"(?P<number>[\d.,][\d\s.,'’]*?)"
    rf"\s*(?P<sign3>[-\u2212]?)\s*(?P<after>{_SYMBOL})?\s*(?P<sign4>[-)]?)"
)
NO_CURRENCY = Refused(
    "The amount names no currency, and the currency of this source is not known.",
    "Write the currency beside the amount (12.30 EUR), or import again with --currency EUR (or --country DE).",
)
UNKNOWN_CURRENCY = Refused(
    "The currency beside the amount is not known.", "Write a three-letter code, for example 12.30 EUR."
)


def standardise_money(raw: str | dict[str, str], context: Context) -> Outcome:
    """{"amount": "12.30", "currency": "EUR"}; the amount has at least as many decimals as its currency."""
    currency = context.currency
    if not isinstance(raw, str):
        named = raw.get("currency", "")
        if named:
            outcome = standardise_currency(named, context)
            if isinstance(outcome, Refused):
                return outcome
            currency = str(outcome.value)
        raw = raw.get("amount") or raw.get("value", "")
    read = _money(raw, currency, context.country)
    if isinstance(read, Refused):
        return read
    amount, code, notes = read
    return Accepted({"amount": amount, "currency": code}, notes)


def display_money(value: Json) -> str:
    """ "€12.30"."""
    if not isinstance(value, dict):
        return str(value)
    return format_currency(
        Decimal(str(value["amount"])),
        str(value["currency"]),
        locale=reader_locale(),
        decimal_quantization=False,
    )


@lru_cache(1 << 14)
def _money(raw: str, currency: str, country: str) -> tuple[str, str, tuple[str, ...]] | Refused:
    if currency and REGULAR.fullmatch(raw):
        return _written(Decimal(raw), currency), currency, ()
    text = clean(raw)
    if isinstance(text, Refused):
        return text
    pieces = _PIECES.fullmatch(text)
    if not pieces:
        return NOT_A_NUMBER
    symbol = (pieces["before"] or pieces["after"] or "").strip()
    if pieces["before"] and pieces["after"]:
        symbol = pieces["after"].strip() if pieces["after"].strip().upper() in currency_codes() else symbol
    named = _currency(symbol, currency, country)
    if isinstance(named, Refused):
        return named
    read = read_decimal(pieces["number"], country)
    if isinstance(read, Refused):
        return read
    is_negative = any(
        pieces[sign] in ("-", "(", ")", "\u2212") and pieces[sign]
        for sign in ("sign1", "sign2", "sign3", "sign4")
    )
    code, notes = named
    return _written(-read[0] if is_negative else read[0], code), code, notes + read[1]


def _currency(symbol: str, given: str, country: str) -> tuple[str, tuple[str, ...]] | Refused:
    if not symbol:
        return (given, ()) if given else _of_country(country)
    if symbol.upper() in currency_codes():
        return symbol.upper(), ()
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol], ()
    if symbol.lower() in _SHARED:
        return _shared(symbol, given, country)
    return UNKNOWN_CURRENCY


def _of_country(country: str) -> tuple[str, tuple[str, ...]] | Refused:
    """The currency of the source's country, where neither the amount nor the source names one."""
    local = get_territory_currencies(country) if country else []
    return (
        (local[0], (noted_text("no currency written: read as {currency}").format(currency=local[0]),))
        if local
        else NO_CURRENCY
    )


def _shared(symbol: str, given: str, country: str) -> tuple[str, tuple[str, ...]]:
    """A symbol of several currencies, read as the source's or its country's."""
    possible = _SHARED[symbol.lower()]
    if given in possible:
        return given, ()
    local = (
        next((code for code in get_territory_currencies(country) if code in possible), "") if country else ""
    )
    return (
        (local, ())
        if local
        else (
            possible[0],
            (noted_text("{symbol} read as {currency}").format(symbol=symbol, currency=possible[0]),),
        )
    )


@cache
def _decimals_of(currency: str) -> int:
    return get_currency_precision(currency)


def _written(amount: Decimal, currency: str) -> str:
    """Plain text without exponent, with the decimals of the currency and more only where they are not
    zero."""
    whole, _, fraction = f"{amount:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(_decimals_of(currency), "0")
    written = f"{whole}.{fraction}" if fraction else whole
    return written.lstrip("-") if not amount else written
