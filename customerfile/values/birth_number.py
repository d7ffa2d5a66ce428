"""Czech and Slovak birth numbers: year, month and day of birth, with 50 (or 20, 70) added to the month."""

import re
from datetime import date

from customerfile.values.outcome import Refused
from customerfile.values.text import ascii_digits

_FORM = re.compile(r"(\d\d)(\d\d)(\d\d)\s?/?\s?(\d{3,4})?")
_FIRST_YEAR_WITH_CHECK_DIGIT = 54  # nine digits until 1953, ten since

NOT_A_BIRTH_NUMBER = Refused(
    "This is not a birth number (year, month and day in six digits, with 50 added to the month of women).",
    "Write it as 706213 or 706213/1234.",
)


def decode_birth_number(text: str) -> dict[str, str] | Refused:
    """{"birth_date": "1970-12-13", "gender": "female"} from "706213". Six digits are of the years 1900 to
    1999."""
    match = _FORM.fullmatch(ascii_digits(text.strip()))
    if not match:
        return NOT_A_BIRTH_NUMBER
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    gender = "female" if month > 50 else "male"
    month -= 50 if month > 50 else 0
    month -= 20 if month > 20 else 0
    try:
        born = date(_century(year, match[4] or "") + year, month, day)
    except ValueError:
        return NOT_A_BIRTH_NUMBER
    return {"birth_date": born.isoformat(), "gender": gender}


def _century(year: int, ending: str) -> int:
    if len(ending) == 4:
        return 1900 if year >= _FIRST_YEAR_WITH_CHECK_DIGIT else 2000
    return 1800 if len(ending) == 3 and year >= _FIRST_YEAR_WITH_CHECK_DIGIT else 1900
