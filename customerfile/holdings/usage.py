"""Counts how many agreements of a kind there are, so that the definition can tell what a change would lose."""

from customerfile.definition.usage import agreement_key
from customerfile.holdings.models import Agreement


def count_agreements(key: str) -> int:
    """How many agreements lie under "agreement:<kind>"; 0 for any other key."""
    prefix = agreement_key("")
    return Agreement.objects.filter(kind=key.removeprefix(prefix)).count() if key.startswith(prefix) else 0
