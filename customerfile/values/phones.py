"""Phone numbers to E.164, by the country of their source. An extension stays behind the number as ";ext="."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.phone_plans import fast_international, fast_national, plan_of
from customerfile.values.text import clean

_DROPPED = {ord(char): None for char in " ()-./\u00a0\u2010\u2011\u2012\u2013\u2212"}
_EXTENSION = re.compile(
    r"\s*(?:;\s*ext=|,?\s*\b(?:ext(?:ension)?|extn|poste|durchwahl|anexo|int|interno)\b\s*[.:]?|\bx|"
    r"(?<=\d)x|#)\s*(\d{1,7})$",
    re.IGNORECASE,
)
_PLUS_LIKE = re.compile(r"^\s*(?:\(\s*\+|\uff0b)\s*(\d{1,3})\s*\)?")
_ZERO_IN_PARENTHESES = re.compile(r"\(\s*0\s*\)")
_LABEL = re.compile(
    r"^(?:tel|phone|mobile|mob|cell|fax|home|work|office|t|m|p)\s*[.:]\s*(?=[+(\d])", re.IGNORECASE
)
_NOT_IN_USE = (noted_text("the number has a possible length, but no such number is in use in its country"),)

LETTERS = Refused(
    "A phone number cannot contain letters.", "Write it with digits only, for example +44 20 7946 0018."
)
VANITY = Refused(
    "A phone number cannot be kept in letters.",
    "Type the digits that stand on the keys instead of the letters.",
)
SEVERAL = Refused(
    "There are several phone numbers in one value.", "Give each number a column or a row of its own."
)
NO_COUNTRY = Refused(
    "The number has no country code, and the country of this source is not known.",
    "Write it with its country code (+44 ...), or name the country of the file with --country.",
)
TOO_SHORT = Refused("The phone number has too few digits.", "Write the whole number with its area code.")
TOO_LONG = Refused(
    "The phone number has too many digits.", "Check whether two numbers or an extension were run together."
)
IMPOSSIBLE = Refused(
    "No phone number of this country looks like that.", "Check the number and its country code."
)
NO_DIGITS = Refused("There is no digit in it, so it is not a phone number.", "Write the number with digits.")


def standardise_phone(raw: str | dict[str, str], context: Context) -> Outcome:
    """E.164 text ("+442079460018"), with ";ext=12" where an extension was written."""
    country = context.country
    if not isinstance(raw, str):
        country = raw.get("country", "") if len(raw.get("country", "")) == 2 else country
        raw = raw.get("value", "")
    return _standard_phone(raw, country.upper())


@lru_cache(1 << 14)
def _standard_phone(raw: str, country: str) -> Outcome:
    digits = raw.translate(_DROPPED)
    is_international = digits[:1] == "+"
    if digits.isascii() and digits[is_international:].isdigit() and len(digits) <= 16:
        fast = fast_international(digits[1:]) if is_international else fast_national(digits, country)
        if fast:
            return Accepted(fast.e164) if fast.is_valid else Accepted(fast.e164, _NOT_IN_USE)
    return _standardise_unusual(raw, country)


def _standardise_unusual(raw: str, country: str) -> Outcome:
    text = clean(raw)
    if isinstance(text, Refused):
        return text
    if text[:4].lower() == "tel:":
        text = text[4:].partition(";phone-context")[0]
    text, extension = _without_extension(_LABEL.sub("", text))
    fault = _fault_of_characters(text)
    if fault:
        return fault
    text = _PLUS_LIKE.sub(r"+\1 ", text)
    if text.lstrip(" (").startswith("+"):
        text = _ZERO_IN_PARENTHESES.sub("", text) if "(" in text else text
    elif plan_of(country) is None:
        if not text.startswith("00"):
            return NO_COUNTRY
        text = f"+{text[2:]}"
    return _parsed(text, country, extension)


def _without_extension(text: str) -> tuple[str, str]:
    match = _EXTENSION.search(text)
    return (text[: match.start()], match[1]) if match and match.start() else (text, "")


def _fault_of_characters(text: str) -> Refused | None:
    digits = sum(map(str.isdigit, text))
    if not digits:
        return LETTERS if any(map(str.isalpha, text)) else NO_DIGITS
    if any(map(str.isalpha, text)):
        return VANITY if phonenumbers.is_alpha_number(text) else LETTERS
    if digits > 12 and re.search(r"\d{6,}\s*[,;/|]\s*[+(\d]", text):
        return SEVERAL
    return None


def _parsed(text: str, country: str, extension: str) -> Outcome:
    try:
        number = phonenumbers.parse(text, country or None)
    except NumberParseException as fault:
        return _refusal_of(fault)
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.IS_POSSIBLE and phonenumbers.is_valid_number(number):
        return _accepted(number, extension)
    if possible == ValidationResult.IS_POSSIBLE:
        return _accepted(number, extension, *_NOT_IN_USE)
    with_plus = _read_with_plus(text)
    if with_plus is not None:
        return _accepted(
            with_plus, extension, noted_text("read with its country code, though written without +")
        )
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        return TOO_SHORT
    return TOO_LONG if possible == ValidationResult.TOO_LONG else IMPOSSIBLE


def _read_with_plus(text: str) -> phonenumbers.PhoneNumber | None:
    """A number delivered without the + but with its country code, where that reading is valid."""
    digits = "".join(filter(str.isdecimal, text))
    digits = digits.removeprefix("00")
    if "+" in text or digits.startswith("0") or len(digits) < 9:
        return None
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _accepted(number: phonenumbers.PhoneNumber, extension: str, *notes: str) -> Accepted:
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    extension = extension or (number.extension or "")
    return Accepted(f"{written};ext={extension}" if extension else written, notes)


def _refusal_of(fault: NumberParseException) -> Refused:
    if fault.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return Refused(
            "There is no country with the country code of this number.", "Check the digits after the +."
        )
    if fault.error_type == NumberParseException.TOO_LONG:
        return TOO_LONG
    if fault.error_type in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD):
        return TOO_SHORT
    return Refused(
        "This cannot be read as a phone number.", "Write it with its country code: +44 20 7946 0018."
    )
