"""crm.xlsx: the sales team's spreadsheet, with organisations, their contact persons and private customers."""

import random

from customerfile.intake.demonstration.addresses import COUNTRY_NAMES
from customerfile.intake.demonstration.phones import international
from customerfile.intake.demonstration.sightings import Sighting
from customerfile.intake.demonstration.tables import Table

_SALUTATIONS = {"female": ("Ms", "Mrs"), "male": ("Mr",), "": ("",)}


def crm_table(rng: random.Random, sightings: list[Sighting]) -> Table:
    """One row per organisation, contact person or private customer."""
    return Table("crm", "crm.xlsx", "Contact ID", [_row(rng, sighting) for sighting in sightings])


def _row(rng: random.Random, seen: Sighting) -> dict[str, str]:
    return {
        "Contact ID": seen.key,
        "Company": seen.company,
        "Salutation": rng.choice(_SALUTATIONS[seen.sex]),
        "First Name": seen.given_name,
        "Middle Name": seen.middle_name,
        "Last Name": seen.family_name,
        "Suffix": seen.suffix,
        "Job Title": seen.role,
        "Birth Date": seen.born_on.isoformat() if seen.born_on else "",
        "E-mail": seen.email,
        "Phone": _abroad(seen.landline, seen),
        "Mobile": _abroad(seen.mobile, seen),
        **_address_columns(seen),
        "Last Modified": seen.updated_on.isoformat(),
    }


def _abroad(phone: str, seen: Sighting) -> str:
    return international(phone, seen.country) if phone else ""


def _address_columns(seen: Sighting) -> dict[str, str]:
    address = seen.address
    return {
        "Street": f"{address.line}, {address.unit}".removesuffix(", ") if address else "",
        "City": address.city if address else "",
        "State": address.region if address and seen.country == "US" else "",
        "Postcode": address.postcode if address else "",
        "Country": COUNTRY_NAMES[seen.country],
    }
