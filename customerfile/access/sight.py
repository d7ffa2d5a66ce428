"""What somebody sees of customers: which fields, and the customers of which branches. Pure.

What is not allowed is as if the file did not hold it: it is not shown, found by, sorted by, counted or exported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

EVENTS = "events"  # is allowed or not as a field is: what customers did and bought
HOLDINGS = "holdings"  # likewise: what customers hold, and in which role
RELATIONSHIPS = "relationships"  # likewise: what customers are to one another


@dataclass(frozen=True, slots=True)
class Sight:
    """`fields` by their keys, `branches` by their names; None: all, those to come too.

    `records`: whether records are shown as they were delivered, which may hold anything.
    """

    fields: frozenset[str] | None = None
    branches: frozenset[str] | None = None
    records: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing of any customer is hidden but perhaps what was delivered."""
        return self.fields is None and self.branches is None

    @property
    def shows_all(self) -> bool:
        """Whether every field of a customer is shown."""
        return self.fields is None

    @property
    def shows_records(self) -> bool:
        """Whether delivered records are shown, and found by their keys."""
        return self.records and self.fields is None

    def shows(self, *fields: str) -> bool:
        """Whether all these fields are shown."""
        return self.fields is None or self.fields.issuperset(fields)

    def part_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is shown of a golden record."""
        return {key: value for key, value in values.items() if self.shows(key)}

    def meets(self, branches: Collection[str]) -> bool:
        """Whether a customer of these branches is shown. One of no branch is nobody's but those who see all."""
        return self.branches is None or not self.branches.isdisjoint(branches)


WHOLE = Sight()


def branch_names(sight: Sight) -> list[str] | None:
    """The branches as a parameter of a statement: None where all are shown."""
    return None if sight.branches is None else sorted(sight.branches)
