"""Whether a row is about a person or an organisation, and what its names mean then. Pure."""

from customerfile.sources.mapper import RawValue
from customerfile.values.folding import fold
from customerfile.values.kinds import standardise
from customerfile.values.organisations import looks_like_organisation
from customerfile.values.outcome import Context, Refused
from customerfile.values.text import is_absent, plain
from customerfile.values.words import words

PERSON, ORGANISATION = "person", "organisation"
_PERSON_WORDS = words(
    "person individual private privat consumer natural human contact particulier privatperson persona particular"
    " b2c p"
)
_ORGANISATION_WORDS = words(
    "organisation organization company business org corporate corporation firm legal entreprise societe unternehmen"
    " firma empresa organizacion organisme professional b2b o association charity club school"
)
_PERSONAL = ("given_name", "family_name", "middle_name", "birth_date", "gender")
_ORGANISED = ("organisation_name", "legal_form", "trading_name", "registration_number", "lei")
_CONTACT_PARTS = ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix")

type Fields = dict[str, list[RawValue]]


def decide_kind(written: str, fields: Fields) -> str:
    """What the row says; else an organisation where only an organisation is named, and a person otherwise."""
    words = set(fold(written).split())
    if words & _ORGANISATION_WORDS:
        return ORGANISATION
    if words & _PERSON_WORDS or any(name in fields for name in _PERSONAL):
        return PERSON
    if "full_name" in fields:
        name = plain(fields["full_name"][0].raw)
        same = "organisation_name" in fields and fold(plain(fields["organisation_name"][0].raw)) == fold(name)
        return ORGANISATION if same or looks_like_organisation(name) else PERSON
    return ORGANISATION if any(name in fields for name in _ORGANISED) else PERSON


def name_fields(fields: Fields, kind: str, context: Context) -> Fields | Refused:
    """What the full name adds: the parts that no column gives, or the name of the organisation."""
    value = fields["full_name"][0]
    text = plain(value.raw)
    if is_absent(text):
        return {}
    if kind == ORGANISATION:
        return {} if "organisation_name" in fields else {"organisation_name": [value]}
    if "given_name" in fields and "family_name" in fields:
        return {}
    outcome = standardise("person_name", text, context)
    if isinstance(outcome, Refused):
        return outcome
    parts = outcome.value if isinstance(outcome.value, dict) else {}
    if "given_name" in fields or "family_name" in fields:
        return {}
    return {
        part: [RawValue(str(said), "", value.column)]
        for part, said in parts.items()
        if said and part not in fields
    }


def fit_to_kind(fields: Fields, kind: str) -> Fields:
    """A person's organisation is an employer; an organisation's person is a contact."""
    if kind == PERSON:
        if "organisation_name" not in fields:
            return fields
        rest = {
            name: values for name, values in fields.items() if name not in ("organisation_name", "legal_form")
        }
        rest.setdefault("employer", fields["organisation_name"])
        return rest
    named = [part for part in _CONTACT_PARTS if part in fields]
    if not named:
        return fields
    contact = RawValue(
        " ".join(plain(fields[part][0].raw) for part in named), "", fields[named[-1]][0].column
    )
    rest = {name: values for name, values in fields.items() if name not in _CONTACT_PARTS}
    return rest | {"contact_person": [*rest.get("contact_person", []), contact]}
