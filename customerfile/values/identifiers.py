"""Identifiers: compact form, scheme and check digit. A number of no known scheme is kept and said to be
unchecked."""

import re
from collections.abc import Callable
from functools import lru_cache

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength

from customerfile.base.told import noted_text
from customerfile.values.countries import country_code, country_name
from customerfile.values.identifier_schemes import Scheme, scheme_named, schemes_for
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.regions import region_code
from customerfile.values.text import ascii_digits, clean, plain

LONGEST_IDENTIFIER = 64
UNCHECKED = noted_text("this number is not checked")
WRONG_CHECK_DIGIT = Refused(
    "The check digit of this number is wrong.", "Compare the number with the document and type it again."
)
NO_LETTER_OR_DIGIT = Refused("There is no letter or digit in it.", "Write the number, or leave it out.")

_LABELS = {
    "national_id": noted_text("national identity number"),
    "tax_id": noted_text("tax number"),
    "registration_number": noted_text("registration number"),
    "vat": noted_text("VAT number"),
}
_DOCUMENTS = {"passport": noted_text("passport"), "driving_licence": noted_text("driving licence")}
_SEPARATORS = re.compile(r"[\s\-./_·:]+")
_SCHEME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_DOCUMENT = re.compile(r"[A-Z0-9]{4,20}")

type _Compacted = tuple[str, str, tuple[str, ...]] | Refused  # value, scheme, notes


def checked_kind(kind: str) -> Callable[[str | dict[str, str], Context], Outcome]:
    """The standardiser of a kind whose numbers have a check in many countries ("national_id", "tax_id",
    "vat" ...)."""

    def standardise(raw: str | dict[str, str], context: Context) -> Outcome:
        value, country, scheme = _asked(raw, context)
        return _outcome(_checked(value, kind, country, scheme))

    return standardise


def document_kind(kind: str) -> Callable[[str | dict[str, str], Context], Outcome]:
    """The standardiser of a passport or a driving licence: letters and digits, with its country in the
    scheme."""

    def standardise(raw: str | dict[str, str], context: Context) -> Outcome:
        value, country, scheme = _asked(raw, context)
        region = raw.get("region", "").strip() if isinstance(raw, dict) else ""
        code = region_code(region, country) if region else ""
        return _outcome(_document(value, kind, country, scheme or (code or region).lower()))

    return standardise


def plain_kind(scheme: str) -> Callable[[str | dict[str, str], Context], Outcome]:
    """The standardiser of a number that only its issuer can check (customer number, account number)."""

    def standardise(raw: str | dict[str, str], context: Context) -> Outcome:
        value, _, named = _asked(raw, context)
        return _outcome(_own_number(value, named or scheme))

    return standardise


def compact(text: str) -> str | Refused:
    """Capitals and digits without spaces, dashes and dots."""
    cleaned = clean(text, LONGEST_IDENTIFIER)
    if isinstance(cleaned, Refused):
        return cleaned
    value = _SEPARATORS.sub("", ascii_digits(cleaned)).upper()
    return value if any(map(str.isalnum, value)) else NO_LETTER_OR_DIGIT


def _asked(raw: str | dict[str, str], context: Context) -> tuple[str, str, str]:
    """(number, country, scheme) of a raw value; a mapping may deliver the country or the scheme beside the
    number."""
    if isinstance(raw, str):
        return raw, context.country, ""
    written = raw.get("country", "")
    country = (country_code(written) if written else "") or context.country
    scheme = raw.get("scheme", "").strip().lower()
    return plain(raw) if "value" in raw else "", country, scheme if _SCHEME.fullmatch(scheme) else ""


def _outcome(compacted: _Compacted) -> Outcome:
    if isinstance(compacted, Refused):
        return compacted
    value, scheme, notes = compacted
    return Accepted({"value": value, "scheme": scheme}, notes)


@lru_cache(1 << 12)
def _checked(raw: str, kind: str, country: str, scheme: str) -> _Compacted:
    value = compact(raw)
    if isinstance(value, Refused):
        return value
    candidates, are_certain = _candidates(value, kind, country, scheme)
    if not candidates:
        return value, scheme or (f"{country.lower()}.other" if country else "other"), (UNCHECKED,)
    outcome = _first_valid(value, clean(raw), candidates)
    if not isinstance(outcome, ValueError):
        return outcome
    if are_certain or isinstance(outcome, InvalidChecksum | InvalidComponent):
        return _refusal(outcome, candidates, kind)
    return (
        value,
        "other",
        (
            noted_text("this number is not checked: it is none of {country}").format(
                country=country_name(country)
            ),
        ),
    )


def _candidates(value: str, kind: str, country: str, scheme: str) -> tuple[tuple[Scheme, ...], bool]:
    """The schemes to try, and whether the number must be one of them: not where only the source's country tells."""
    named = scheme_named(scheme) if scheme else None
    if named:
        return (named,), True
    if kind == "vat" and (own := schemes_for("vat", "GR" if value[:2] == "EL" else value[:2])):
        return own, True
    return ((), False) if scheme else (schemes_for(kind, country), False)


def _first_valid(
    value: str, written: str | Refused, candidates: tuple[Scheme, ...]
) -> tuple[str, str, tuple[str, ...]] | ValueError:
    """The number under the first scheme that accepts it, or the fault that says most."""
    fault: ValueError | None = None
    for scheme in candidates:
        for form in (value, written):
            try:
                return scheme.validate(str(form)).replace(" ", "").upper(), scheme.name, ()
            except ValueError as error:
                fault = _plainer(fault, error)
    return fault or ValueError(value)


def _plainer(first: ValueError | None, second: ValueError) -> ValueError:
    """The fault that says most: a wrong check digit over a wrong part over a wrong length over a wrong
    form."""
    ranks = (InvalidChecksum, InvalidComponent, InvalidLength)
    rank = [
        next((place for place, kind in enumerate(ranks) if isinstance(fault, kind)), 3)
        for fault in (first, second)
    ]
    return first if first is not None and rank[0] <= rank[1] else second


def _refusal(fault: ValueError, candidates: tuple[Scheme, ...], kind: str) -> Refused:
    if isinstance(fault, InvalidChecksum):
        return WRONG_CHECK_DIGIT
    if isinstance(fault, InvalidLength):
        reason = noted_text("It does not have the length of a {kind} ({country}).")
    elif isinstance(fault, InvalidComponent):
        reason = noted_text(
            "Part of it cannot stand in a {kind} ({country}): an impossible date, or a series never issued."
        )
    else:
        reason = noted_text("It does not have the form of a {kind} ({country}).")
    country = country_name(candidates[0].name[:2].upper())
    return Refused(
        reason.format(kind=_LABELS.get(kind, "number"), country=country),
        "Compare it with the document, or name its country if it is of another one.",
    )


@lru_cache(1 << 12)
def _document(raw: str, kind: str, country: str, scheme: str) -> _Compacted:
    value = compact(raw)
    if isinstance(value, Refused):
        return value
    if not _DOCUMENT.fullmatch(value) or not any(map(str.isdigit, value)):
        return Refused(
            noted_text("It does not have the form of a {kind} number (4 to 20 letters and digits).").format(
                kind=_DOCUMENTS.get(kind, kind)
            ),
            "Type it again from the document.",
        )
    if scheme.startswith(kind):
        return value, scheme, ()
    region = f"-{scheme}" if scheme.isalpha() and len(scheme) <= 3 else ""
    return value, f"{kind}.{country.lower()}{region}" if country else kind, ()


@lru_cache(1 << 12)
def _own_number(raw: str, scheme: str) -> _Compacted:
    """Kept as its issuer writes it but for spaces: dashes and small letters may carry meaning."""
    text = clean(raw, LONGEST_IDENTIFIER)
    if isinstance(text, Refused):
        return text
    if not any(map(str.isalnum, text)):
        return NO_LETTER_OR_DIGIT
    return text.replace(" ", "").upper(), scheme, ()
