"""What may be done, each thing by its name. Roles and tokens are sets of these; every page, endpoint and command names
the one it needs.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """`value` is what people type and programs are given."""

    SEE_CUSTOMERS = "customers.see"
    SEE_RECORDS = "records.see"
    EXPORT_CUSTOMERS = "customers.export"
    WRITE_CUSTOMERS = "customers.write"
    MERGE_CUSTOMERS = "customers.merge"
    JUDGE_PAIRS = "pairs.judge"
    SET_JUDGING_RULES = "judging.set"
    EDIT_RELATIONSHIPS = "relationships.edit"
    DECIDE_HITS = "hits.decide"
    SEE_DELIVERIES = "deliveries.see"
    IMPORT = "deliveries.import"
    SEE_SOURCES = "sources.see"
    SET_SOURCES = "sources.set"
    SEE_DEFINITION = "definition.see"
    CHANGE_DEFINITION = "definition.change"
    SEE_MATCHING = "matching.see"
    CHANGE_MATCHING = "matching.change"
    MANAGE_USERS = "users.manage"
    MANAGE_TOKENS = "tokens.manage"
    MANAGE_WEBHOOKS = "webhooks.manage"
    SEE_AUDIT = "audit.see"
    RUN = "system.run"

    @property
    def words(self) -> str:
        """What it lets somebody do, to be read after "may"."""
        return _WORDS[self]


_WORDS = {
    Permission.SEE_CUSTOMERS: "look customers up and read their files",
    Permission.SEE_RECORDS: "see records as they were delivered, and why they are of one customer",
    Permission.EXPORT_CUSTOMERS: "export customers",
    Permission.WRITE_CUSTOMERS: "add and correct customers, and add notes",
    Permission.MERGE_CUSTOMERS: "merge and split customers",
    Permission.JUDGE_PAIRS: "see the review queue and judge pairs of records",
    Permission.SET_JUDGING_RULES: "say how many people must agree on a judgement",
    Permission.EDIT_RELATIONSHIPS: "add and decide on relationships",
    Permission.DECIDE_HITS: "decide on hits of watch lists",
    Permission.SEE_DELIVERIES: "see deliveries and their rejected rows",
    Permission.IMPORT: "import files and undo imports",
    Permission.SEE_SOURCES: "see the sources",
    Permission.SET_SOURCES: "change how sources count",
    Permission.SEE_DEFINITION: "see the file definition",
    Permission.CHANGE_DEFINITION: "change the file definition",
    Permission.SEE_MATCHING: "see how records are matched, and evaluate it",
    Permission.CHANGE_MATCHING: "change the match model and reconcile the file",
    Permission.MANAGE_USERS: "say who may come in and what they may do",
    Permission.MANAGE_TOKENS: "make and revoke tokens",
    Permission.MANAGE_WEBHOOKS: "say which addresses of other systems are told what happens",
    Permission.SEE_AUDIT: "read who did and saw what",
    Permission.RUN: "run the server",
}

# What those may do at most who see a part of the customers or of their fields: all else shows whole records.
IN_PART = frozenset(
    {
        Permission.SEE_CUSTOMERS,
        Permission.EXPORT_CUSTOMERS,
        Permission.SEE_DEFINITION,
        Permission.SEE_SOURCES,
    }
)
