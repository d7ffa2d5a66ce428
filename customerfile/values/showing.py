"""How standard values are shown to people, and how they are masked where someone may only see that there is
one."""

from functools import lru_cache

import phonenumbers

from customerfile.base.told import noted_text, told
from customerfile.values.addresses import display_address
from customerfile.values.countries import shown_country
from customerfile.values.dates import display_date
from customerfile.values.names import SUFFIXES
from customerfile.values.outcome import Json

DOTS = "••••"
_GENDERS = {"female": noted_text("Female"), "male": noted_text("Male"), "other": noted_text("Other")}
_NAME_PARTS = ("name_prefix", "given_name", "middle_name", "family_name")


def mask_all(value: Json) -> str:
    """Dots, whatever the value."""
    return DOTS


def mask_last4(value: Json) -> str:
    """Dots and the last four characters of a longer value."""
    text = str(value.get("value", "")) if isinstance(value, dict) else str(value).partition(";")[0]
    return f"{DOTS} {text[-4:]}" if len(text) > 6 else DOTS


def mask_initial(value: Json) -> str:
    """The first letter and dots."""
    return f"{str(value)[:1]}{DOTS}"


def mask_email(value: Json) -> str:
    """The first letter, dots and the domain."""
    local, at, domain = str(value).rpartition("@")
    return f"{local[:1]}{DOTS}@{domain}" if at else DOTS


def mask_year(value: Json) -> str:
    """The year of a date, or dots where it has none."""
    text = str(value)
    return DOTS if text.startswith("-") else text[:4]


def mask_person_name(value: Json) -> str:
    """The initials."""
    if not isinstance(value, dict):
        return mask_initial(value)
    return (
        " ".join(f"{str(value[key])[:1]}." for key in ("given_name", "family_name") if value.get(key)) or DOTS
    )


def mask_address(value: Json) -> str:
    """The town and country only."""
    if not isinstance(value, dict):
        return DOTS
    return display_address({key: part for key, part in value.items() if key in ("city", "country")}) or DOTS


def show_text(value: Json) -> str:
    """The value as it is."""
    return "" if value is None else str(value)


def show_identifier(value: Json) -> str:
    """The number of an identifier."""
    return str(value.get("value", "")) if isinstance(value, dict) else str(value)


def show_iban(value: Json) -> str:
    """The IBAN in groups of four."""
    text = show_identifier(value)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def show_boolean(value: Json) -> str:
    """ "Yes" or "No"."""
    return told("Yes") if value else told("No")


def show_gender(value: Json) -> str:
    """ "Female"."""
    return told(_GENDERS.get(str(value), str(value).capitalize()))


def show_date(value: Json) -> str:
    """ "11 December 1978"."""
    return display_date(str(value))


def show_country(value: Json) -> str:
    """The name of a country as the reader calls it."""
    return shown_country(str(value))


def show_person_name(value: Json) -> str:
    """The parts in their usual order, the nickname in quotation marks."""
    if not isinstance(value, dict):
        return str(value)
    shown = [str(value[key]) for key in _NAME_PARTS if value.get(key)]
    if value.get("nickname"):
        shown.append(f"“{value['nickname']}”")
    name = " ".join(shown)
    suffix = str(value.get("name_suffix") or "")
    return f"{name}{',' if suffix and suffix not in SUFFIXES.values() else ''} {suffix}".strip()


def show_organisation_name(value: Json) -> str:
    """The name with its legal form."""
    if not isinstance(value, dict):
        return str(value)
    return " ".join(str(value[key]) for key in ("organisation_name", "legal_form") if value.get(key))


@lru_cache(1 << 12)
def _international(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def show_phone(value: Json) -> str:
    """ "+44 20 7946 0018"."""
    main, _, extension = str(value).partition(";ext=")
    shown = _international(main)
    if shown is None:
        return str(value)
    return told("{phone} ext. {extension}", phone=shown, extension=extension) if extension else shown
