"""IBAN and BIC: form of the country, length and check digits."""

import re
from functools import lru_cache

from stdnum import bic, iban
from stdnum.exceptions import InvalidChecksum

from customerfile.values.identifiers import WRONG_CHECK_DIGIT, compact
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import plain

_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")
NO_IBAN = Refused(
    "It does not have the form and length of an IBAN of any country.", "Copy it again from a bank statement."
)


def standardise_iban(raw: str | dict[str, str], context: Context) -> Outcome:
    """The IBAN without spaces, its length and both check digits verified."""
    value = _iban(plain(raw))
    return value if isinstance(value, Refused) else Accepted({"value": value, "scheme": "iban"})


def standardise_bic(raw: str | dict[str, str], context: Context) -> Outcome:
    """The BIC (SWIFT code) in capitals; eight or eleven characters."""
    value = compact(plain(raw))
    if isinstance(value, Refused):
        return value
    if not bic.is_valid(value):
        return Refused(
            "It does not have the form of a BIC (eight or eleven letters and digits).",
            "Copy it from a bank statement.",
        )
    return Accepted({"value": value, "scheme": "bic"})


@lru_cache(1 << 12)
def _iban(raw: str) -> str | Refused:
    value = compact(raw)
    if isinstance(value, Refused):
        return value
    value = value.removeprefix("IBAN")
    try:
        return str(iban.validate(value))
    except InvalidChecksum:
        return WRONG_CHECK_DIGIT if _is_right_but_for_check_digits(value) else NO_IBAN
    except ValueError:
        return NO_IBAN


def _is_right_but_for_check_digits(value: str) -> bool:
    return bool(_FORM.fullmatch(value)) and iban.is_valid(
        f"{value[:2]}{iban.calc_check_digits(value)}{value[4:]}"
    )
