"""How the parts of an address are called where they are typed one by one."""

from django.utils.translation import gettext, gettext_noop

_LABELS = {
    "street": gettext_noop("Street"),
    "house_number": gettext_noop("House number"),
    "unit": gettext_noop("Unit"),
    "street_2": gettext_noop("Street 2"),
    "postcode": gettext_noop("Postcode"),
    "city": gettext_noop("City"),
    "region": gettext_noop("Region"),
    "country": gettext_noop("Country"),
    "use": gettext_noop("Use"),
}


def part_label(part: str) -> str:
    """The label of a part, in the reader's language."""
    return gettext(_LABELS[part])
