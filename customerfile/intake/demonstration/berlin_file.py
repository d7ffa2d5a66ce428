"""berlin.csv: the till system of the Berlin branch: German headers and dates, semicolons, Windows-1252."""

from customerfile.intake.demonstration.sightings import Sighting
from customerfile.intake.demonstration.tables import Table

_SALUTATIONS = {"female": "Frau", "male": "Herr", "": ""}


def berlin_table(sightings: list[Sighting]) -> Table:
    """One row per customer card of the branch."""
    return Table("berlin", "berlin.csv", "Kundennummer", [_row(sighting) for sighting in sightings])


def _row(seen: Sighting) -> dict[str, str]:
    address = seen.address
    return {
        "Kundennummer": seen.key,
        "Anrede": _SALUTATIONS[seen.sex],
        "Vorname": seen.given_name,
        "Nachname": seen.family_name,
        "Geburtsdatum": f"{seen.born_on:%d.%m.%Y}" if seen.born_on else "",
        "Straße": address.street if address else "",
        "Hausnummer": address.house_number if address else "",
        "PLZ": address.postcode if address else "",
        "Ort": address.city if address else "",
        "Telefon": seen.landline,
        "Mobil": seen.mobile,
        "E-Mail": seen.email,
        "Geändert am": f"{seen.updated_on:%d.%m.%Y}",
    }
