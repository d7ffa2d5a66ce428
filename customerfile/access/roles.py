"""The roles that ship with the product: where an organisation starts from. They are data, and can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from customerfile.access.permissions import Permission
from customerfile.access.sight import EVENTS
from customerfile.base.told import noted_text

OWNER = "owner"  # may do everything; it cannot be changed, and somebody always has it


class ShippedRole(NamedTuple):
    label: str
    permissions: frozenset[Permission]
    fields: frozenset[str] | None = None  # of customers; None: all, those to come too


_FIGURES = frozenset(  # what customers are and do, not who they are
    {
        "gender", "language", "marital_status", "household_size", "education", "income_band", "occupation", "industry",
        "employee_count", "customer_since", "branch", "region", "price_range", "segment", "customer_status",
        "lead_source", "interest", "tag", "preferred_channel", EVENTS,
    }
)  # fmt: skip
_LOOK = frozenset({Permission.SEE_CUSTOMERS, Permission.SEE_RECORDS})
_SEE_HOW = frozenset({Permission.SEE_MATCHING, Permission.SEE_DEFINITION, Permission.SEE_SOURCES})
_STEWARD = (
    _LOOK
    | _SEE_HOW
    | {
        Permission.WRITE_CUSTOMERS,
        Permission.MERGE_CUSTOMERS,
        Permission.JUDGE_PAIRS,
        Permission.EDIT_RELATIONSHIPS,
        Permission.DECIDE_HITS,
        Permission.SEE_DELIVERIES,
        Permission.IMPORT,
    }
)
_RUNNING = _SEE_HOW | {
    Permission.SEE_DELIVERIES,
    Permission.IMPORT,
    Permission.SET_SOURCES,
    Permission.CHANGE_DEFINITION,
    Permission.CHANGE_MATCHING,
    Permission.SET_JUDGING_RULES,
    Permission.MANAGE_USERS,
    Permission.MANAGE_TOKENS,
    Permission.MANAGE_WEBHOOKS,
    Permission.SEE_AUDIT,
    Permission.RUN,
}

SHIPPED_ROLES: Mapping[str, ShippedRole] = {
    OWNER: ShippedRole(noted_text("Owner"), frozenset(Permission)),
    "administrator": ShippedRole(noted_text("Administrator"), _RUNNING),
    "steward": ShippedRole(noted_text("Data steward"), _STEWARD),
    "front-line": ShippedRole(
        noted_text("Front line"), _LOOK | {Permission.WRITE_CUSTOMERS, Permission.EDIT_RELATIONSHIPS}
    ),
    "marketer": ShippedRole(
        noted_text("Marketer"), _LOOK | {Permission.EXPORT_CUSTOMERS, Permission.SEE_DEFINITION}
    ),
    "analyst": ShippedRole(
        noted_text("Analyst"),
        frozenset({Permission.SEE_CUSTOMERS, Permission.SEE_DEFINITION, Permission.SEE_SOURCES}),
        _FIGURES,
    ),
    "privacy-officer": ShippedRole(
        noted_text("Privacy officer"), _LOOK | {Permission.EXPORT_CUSTOMERS, Permission.SEE_AUDIT}
    ),
    "read-only": ShippedRole(noted_text("Read only"), _LOOK),
}
