"""notes.csv: calls, e-mails, meetings and notes of the sales team on the customers in its spreadsheet."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from customerfile.intake.demonstration.sightings import Sighting
from customerfile.intake.demonstration.tables import Table

_AGENTS = ("Ines Falk", "Rhona Weir", "Marc Oudot")
_NOTES = {
    "Call Logged": (
        ("Delivery date", "Asked when the order arrives; promised an answer by Friday."),
        ("Gift wrapping", "Wants everything wrapped separately, with a card each."),
        ("New address", "Is moving next month and will write with the new address."),
        ("Broken item", "One mug arrived broken; a replacement is on its way."),
    ),
    "Email Received": (
        ("Invoice copy", "Needs the invoice again, with the company name on it."),
        ("Wholesale prices", "Asks for the trade price list."),
        ("Thank you", "Very happy with the wool throw."),
    ),
    "Meeting Held": (
        ("Spring range", "Went through the spring range; interested in table and garden."),
        ("Yearly review", "Content with service; wants a later payment date."),
    ),
    "Note Added": (
        ("Colours", "Prefers the speckled grey to the blue."),
        ("Opening hours", "Deliveries only before noon."),
    ),
}
_RATE = 0.55  # customers with at least one entry


def notes_table(rng: random.Random, sightings: list[Sighting], until: date) -> Table:
    """Some entries for some customers, oldest first."""
    drawn = sorted(entry for seen in sightings for entry in _entries_of(rng, seen.key, until))
    rows = [_row(rng, number, entry) for number, entry in enumerate(drawn, start=1)]
    return Table("crm", "notes.csv", "Contact ID", rows)


def _entries_of(rng: random.Random, key: str, until: date) -> Iterator[tuple[date, str, str]]:
    if rng.random() < _RATE:
        for _ in range(1 + int(rng.expovariate(0.9))):
            yield until - timedelta(days=rng.randint(0, 729)), key, rng.choice(tuple(_NOTES))


def _row(rng: random.Random, number: int, entry: tuple[date, str, str]) -> dict[str, str]:
    day, key, kind = entry
    subject, text = rng.choice(_NOTES[kind])
    is_note = kind == "Note Added"
    return {
        "Note ID": f"N-{number:05}",
        "Contact ID": key,
        "Date": day.isoformat(),
        "Event": kind,
        "Subject": "" if is_note else subject,
        "Summary": "" if is_note else text,
        "Note": text if is_note else "",
        "Agent": rng.choice(_AGENTS),
    }
