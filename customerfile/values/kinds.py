"""The kinds of value that a field of the file definition may have: how each is standardised, masked and
shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from customerfile.values import showing
from customerfile.values.addresses import display_address, standardise_address
from customerfile.values.bank_identifiers import standardise_bic, standardise_iban
from customerfile.values.codes import (
    language_name,
    standardise_boolean,
    standardise_currency,
    standardise_gender,
    standardise_language,
)
from customerfile.values.countries import standardise_country
from customerfile.values.dates import standardise_birth_date, standardise_date
from customerfile.values.emails import standardise_email
from customerfile.values.identifiers import checked_kind, document_kind, plain_kind
from customerfile.values.instants import display_instant, standardise_instant
from customerfile.values.money import display_money, standardise_money
from customerfile.values.names import standardise_name, standardise_name_prefix, standardise_name_suffix
from customerfile.values.numbers import standardise_integer, standardise_number
from customerfile.values.organisations import standardise_organisation_name
from customerfile.values.outcome import Context, Json, Outcome
from customerfile.values.person_names import standardise_person_name
from customerfile.values.phones import standardise_phone
from customerfile.values.postcodes import standardise_postcode
from customerfile.values.regions import standardise_region
from customerfile.values.text import standardise_text
from customerfile.values.urls import standardise_url

type Standardise = Callable[[str | dict[str, str], Context], Outcome]
type Show = Callable[[Json], str]


@dataclass(frozen=True)
class Kind:
    """One kind of value. `standardise` answers for every text and never raises."""

    key: str
    label: str
    standardise: Standardise
    mask: Show
    display: Show


def standardise(kind: str, raw: str | dict[str, str], context: Context) -> Outcome:
    """The standard value of a raw one, or why it cannot be taken. Raises KeyError only for an unknown
    kind."""
    return KINDS[kind].standardise(raw, context)


def mask(kind: str, value: Json) -> str:
    """What someone sees who may not see the value itself."""
    return KINDS[kind].mask(value)


def display(kind: str, value: Json) -> str:
    """The standard value as people read it: its months, countries and languages in the reader's language."""
    return KINDS[kind].display(value)


def _show_language(value: Json) -> str:
    return language_name(str(value))


def _show_instant(value: Json) -> str:
    return display_instant(str(value))


_TEXT, _INITIAL, _ID = showing.show_text, showing.mask_initial, showing.show_identifier
_ALL, _LAST4 = showing.mask_all, showing.mask_last4

_KINDS = (
    Kind("text", "Text", standardise_text, _ALL, _TEXT),
    Kind("choice", "Choice", standardise_text, _ALL, _TEXT),  # with its choices: text.standardise_choice
    Kind("given_name", "Given name", standardise_name, _INITIAL, _TEXT),
    Kind("middle_name", "Middle name", standardise_name, _INITIAL, _TEXT),
    Kind("family_name", "Family name", standardise_name, _INITIAL, _TEXT),
    Kind("name_prefix", "Title", standardise_name_prefix, _ALL, _TEXT),
    Kind("name_suffix", "Name suffix", standardise_name_suffix, _ALL, _TEXT),
    Kind(
        "person_name",
        "Full name",
        standardise_person_name,
        showing.mask_person_name,
        showing.show_person_name,
    ),
    Kind(
        "organisation_name",
        "Organisation",
        standardise_organisation_name,
        _ALL,
        showing.show_organisation_name,
    ),
    Kind("email", "E-mail", standardise_email, showing.mask_email, _TEXT),
    Kind("phone", "Phone", standardise_phone, _LAST4, showing.show_phone),
    Kind("address", "Address", standardise_address, showing.mask_address, display_address),
    Kind("country", "Country", standardise_country, _ALL, showing.show_country),
    Kind("region", "Region", standardise_region, _ALL, _TEXT),
    Kind("postcode", "Postcode", standardise_postcode, _ALL, _TEXT),
    Kind("date", "Date", standardise_date, showing.mask_year, showing.show_date),
    Kind("birth_date", "Birth date", standardise_birth_date, showing.mask_year, showing.show_date),
    Kind("instant", "Date and time", standardise_instant, showing.mask_year, _show_instant),
    Kind("money", "Amount of money", standardise_money, _ALL, display_money),
    Kind("number", "Number", standardise_number, _ALL, _TEXT),
    Kind("integer", "Whole number", standardise_integer, _ALL, _TEXT),
    Kind("boolean", "Yes or no", standardise_boolean, _ALL, showing.show_boolean),
    Kind("gender", "Gender", standardise_gender, _ALL, showing.show_gender),
    Kind("language", "Language", standardise_language, _ALL, _show_language),
    Kind("currency", "Currency", standardise_currency, _ALL, _TEXT),
    Kind("url", "Web address", standardise_url, _ALL, _TEXT),
    Kind("national_id", "National identity number", checked_kind("national_id"), _LAST4, _ID),
    Kind("tax_id", "Tax number", checked_kind("tax_id"), _LAST4, _ID),
    Kind("vat", "VAT number", checked_kind("vat"), _LAST4, _ID),
    Kind("registration_number", "Registration number", checked_kind("registration_number"), _LAST4, _ID),
    Kind("passport", "Passport number", document_kind("passport"), _LAST4, _ID),
    Kind("driving_licence", "Driving licence number", document_kind("driving_licence"), _LAST4, _ID),
    Kind("iban", "IBAN", standardise_iban, _LAST4, showing.show_iban),
    Kind("bic", "BIC", standardise_bic, _LAST4, _ID),
    Kind("account_number", "Account number", plain_kind("account_number"), _LAST4, _ID),
    Kind("customer_number", "Customer number", plain_kind("customer_number"), _LAST4, _ID),
    Kind("identifier", "Identifier", plain_kind("other"), _LAST4, _ID),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _KINDS})
