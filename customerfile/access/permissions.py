"""What may be done, each thing by its name. Roles and tokens are sets of these; every page, endpoint and command names
the one it needs.
"""

from __future__ import annotations

from enum import StrEnum

from customerfile.base.told import noted_text


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
    Permission.SEE_CUSTOMERS: noted_text("look customers up and read their files"),
    Permission.SEE_RECORDS: noted_text(
        "see records as they were delivered, and why they are of one customer"
    ),
    Permission.EXPORT_CUSTOMERS: noted_text("export customers"),
    Permission.WRITE_CUSTOMERS: noted_text("add and correct customers, and add notes"),
    Permission.MERGE_CUSTOMERS: noted_text("merge and split customers"),
    Permission.JUDGE_PAIRS: noted_text("see the review queue and judge pairs of records"),
    Permission.SET_JUDGING_RULES: noted_text("say how many people must agree on a judgement"),
    Permission.EDIT_RELATIONSHIPS: noted_text("add and decide on relationships"),
    Permission.DECIDE_HITS: noted_text("decide on hits of watch lists"),
    Permission.SEE_DELIVERIES: noted_text("see deliveries and their rejected rows"),
    Permission.IMPORT: noted_text("import files and undo imports"),
    Permission.SEE_SOURCES: noted_text("see the sources"),
    Permission.SET_SOURCES: noted_text("change how sources count"),
    Permission.SEE_DEFINITION: noted_text("see the file definition"),
    Permission.CHANGE_DEFINITION: noted_text("change the file definition"),
    Permission.SEE_MATCHING: noted_text("see how records are matched, and evaluate it"),
    Permission.CHANGE_MATCHING: noted_text("change the match model and reconcile the file"),
    Permission.MANAGE_USERS: noted_text("say who may come in and what they may do"),
    Permission.MANAGE_TOKENS: noted_text("make and revoke tokens"),
    Permission.MANAGE_WEBHOOKS: noted_text("say which addresses of other systems are told what happens"),
    Permission.SEE_AUDIT: noted_text("read who did and saw what"),
    Permission.RUN: noted_text("run the server"),
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
