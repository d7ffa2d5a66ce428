"""What may be done, each thing by its name. Tokens are given some of these; every endpoint of the API names its own."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """`value` is what people type and programs are given."""

    SEE_CUSTOMERS = "customers.see"
    MERGE_CUSTOMERS = "customers.merge"
    JUDGE_PAIRS = "pairs.judge"

    @property
    def words(self) -> str:
        """What it lets somebody do, to be read after "may"."""
        return _WORDS[self]


_WORDS = {
    Permission.SEE_CUSTOMERS: "read customers' files",
    Permission.MERGE_CUSTOMERS: "merge and split customers",
    Permission.JUDGE_PAIRS: "see the review queue, and judge pairs of records",
}
