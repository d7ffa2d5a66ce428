"""shop.csv: the online shop's customer export, under the headers of Shopify. Knows no birth dates."""

import random
from decimal import Decimal

from customerfile.intake.demonstration.phones import international
from customerfile.intake.demonstration.sightings import Sighting
from customerfile.intake.demonstration.tables import Table

type Totals = dict[str, tuple[Decimal, int]]  # money spent and orders placed, by customer key


def shop_table(rng: random.Random, sightings: list[Sighting], totals: Totals) -> Table:
    """One row per shop account."""
    rows = [_row(rng, sighting, totals.get(sighting.key, (Decimal(0), 0))) for sighting in sightings]
    return Table("shop", "shop.csv", "Customer ID", rows)


def _row(rng: random.Random, seen: Sighting, total: tuple[Decimal, int]) -> dict[str, str]:
    phone = seen.mobile or seen.landline
    written = phone if seen.country == "GB" or not phone else international(phone, seen.country)
    spent, orders = total
    return {
        "Customer ID": seen.key,
        "First Name": seen.given_name,
        "Last Name": f"{seen.family_name} {seen.suffix}".strip(),
        "Email": seen.email,
        "Accepts Email Marketing": rng.choice(("yes", "yes", "no")),
        "Default Address Company": seen.company,
        **_address_columns(seen),
        "Default Address Phone": written,
        "Phone": written if rng.random() < 0.3 else "",
        "Accepts SMS Marketing": "no",
        "Total Spent": f"{spent:.2f}",
        "Total Orders": str(orders),
        "Note": rng.choice(("", "", "", "", "Leave with neighbour", "Prefers evening delivery")),
        "Tax Exempt": "no",
        "Tags": rng.choice(("", "", "gift buyer", "wholesale" if seen.company else "vip")),
    }


def _address_columns(seen: Sighting) -> dict[str, str]:
    address = seen.address
    return {
        "Default Address Address1": address.line if address else "",
        "Default Address Address2": address.unit if address else "",
        "Default Address City": address.city if address else "",
        "Default Address Province Code": address.region if address else "",
        "Default Address Country Code": seen.country,
        "Default Address Zip": address.postcode if address else "",
    }
