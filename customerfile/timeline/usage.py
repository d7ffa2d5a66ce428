"""Counts how many events of a type there are, so that the definition can tell what a change would lose."""

from customerfile.definition.usage import event_key
from customerfile.timeline.models import Event


def count_events(key: str) -> int:
    """How many events lie under "event:<name>"; 0 for any other key."""
    prefix = event_key("")
    return Event.objects.filter(name=key.removeprefix(prefix)).count() if key.startswith(prefix) else 0
