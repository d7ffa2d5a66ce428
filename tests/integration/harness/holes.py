"""Holes to plant: each takes one check out of the product, as a careless change would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest

from customerfile.access import queries as access
from customerfile.access import tokens
from customerfile.access.permissions import Permission
from customerfile.access.second_factor import Standing
from customerfile.access.sight import WHOLE, Sight
from customerfile.access.tokens import bearer_of
from customerfile.api.interface import api
from customerfile.base.clock import now
from customerfile.cli.permissions import NEEDED
from customerfile.web.permissions import OPEN, declared
from tests.integration.harness.questions import page_patterns

type Plant = Callable[[pytest.MonkeyPatch], None]

_WEB, _API, _CLI = "customerfile.web", "customerfile.api", "customerfile.cli"
_READ = "customerfile.customers.queries"
_SEARCH = "customerfile.customers.search.search"


def doors() -> Mapping[tuple[str, str], Plant]:
    """For each page, operation and command, by its channel and name: nobody is asked for a permission there."""
    found: dict[tuple[str, str], Plant] = {}
    for pattern in page_patterns():
        if declared(pattern.callback) != OPEN:
            found["page", pattern.name] = _unguarded_page(pattern)
    for _, operation in api.operations():
        found["api", operation.view_func.__name__] = _unguarded_operation(operation.auth_callbacks[0])
    for name, needed in NEEDED.items():
        if needed is not None:
            found["command", name] = _unguarded_command(name)
    return found


def sights() -> Mapping[str, Plant]:
    """Ways of looking that see everything, by what they are; and rules that say yes to everything."""
    blind = {
        f"{module.rpartition('.')[2]} {name}": _sees_all(module, name)
        for module, names in {
            f"{_WEB}.search": ["find"],
            f"{_WEB}.lookup": ["customer_file"],
            f"{_WEB}.customer_list": ["list_page"],
            f"{_WEB}.customers": ["relationships_of", "hits_of", "overview_of"],
            f"{_WEB}.timeline": ["events_of"],
            f"{_WEB}.for_you": ["summaries"],
            f"{_API}.customers": ["find", "customer_file", "customer_list", "events_of", "totals_of"],
            f"{_API}.notes": ["customer_file", "events_of", "notes_of"],
            f"{_CLI}.find_commands": ["find_customers"],
            f"{_CLI}.show_commands": ["customer_file", "events_of", "totals_of"],
            f"{_CLI}.export_commands": ["export_customers", "export_links"],
            "customerfile.customers.relationships.relationships": ["summaries"],
        }.items()
        for name in names
    }
    return blind | {
        "web sight": _instead(f"{_WEB}.customers", "sight_here", lambda request: WHOLE),
        "web sight of lists": _instead(f"{_WEB}.customer_list", "sight_here", lambda request: WHOLE),
        "web sight of search": _instead(f"{_WEB}.search", "sight_here", lambda request: WHOLE),
        "web sight of mentions": _instead(f"{_WEB}.for_you", "sight_here", lambda request: WHOLE),
        "web sight of a customer": _instead(f"{_WEB}.lookup", "sight_here", lambda request: WHOLE),
        "interface sight": _instead(f"{_API}.customers", "sight_of", lambda request: WHOLE),
        "interface sight of events": _instead(f"{_API}.notes", "sight_of", lambda request: WHOLE),
        "command sight of find": _instead(f"{_CLI}.find_commands", "operator_sight", lambda: WHOLE),
        "command sight of show": _instead(f"{_CLI}.show_commands", "operator_sight", lambda: WHOLE),
        "command sight of export": _instead(f"{_CLI}.export_commands", "operator_sight", lambda: WHOLE),
        "every branch meets": _rule("meets", lambda self, branches: True),
        "every field shows": _rule("shows", lambda self, *fields: True),
        "the whole of the values": _rule("part_of", lambda self, values: dict(values)),
        "records for everybody": _rule("shows_records", property(lambda self: True)),
        "no branches in lists": _instead(_READ, "branch_names", lambda sight: None),
        "no branches in exports": _instead(
            "customerfile.customers.whole_file.whole_base", "branch_names", lambda sight: None
        ),
        "lists by name for all": _instead(_READ, "NAME_FIELDS", ()),
        "counts of all": _instead(_READ, "_total", lambda branches: 2),
        "stored names in lists": _with_all_seen(_READ, "summary_of"),
        "stored names in search": _with_all_seen(_SEARCH, "summary_of"),
        "keys of records as origins": _with_all_seen(_READ, "_origins"),
        "records as delivered": _with_all_seen(_READ, "_source_record"),
        "every kind of key": _instead(_SEARCH, "_may_ask", lambda key, sight: True),
        "names searched by all": _instead(_SEARCH, "NAME_FIELDS", ()),
        "branches of all in search": _all_branches_in_search,
        "what shows whole records": _instead("customerfile.access.queries", "IN_PART", frozenset(Permission)),
        "roles without fields": _roles_without_fields,
        "people without branches": _people_without_branches,
        "tokens see everything": _tokens_see_everything,
    }


def _unguarded_page(pattern: Any) -> Plant:
    return lambda patch: patch.setattr(pattern, "callback", pattern.callback.__wrapped__)


def _unguarded_operation(auth: Any) -> Plant:
    return lambda patch: patch.setattr(
        auth, "authenticate", lambda request, token: bearer_of(token, at=now()), raising=False
    )


def _unguarded_command(name: str) -> Plant:
    return lambda patch: patch.setitem(NEEDED, name, None)


def _instead(module: str, name: str, other: object) -> Plant:
    return lambda patch: patch.setattr(import_module(module), name, other)


def _sees_all(module: str, name: str) -> Plant:
    """The function called so in this module is asked by somebody who sees everything."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = getattr(import_module(module), name)
        patch.setattr(
            import_module(module), name, lambda *given, sight, **named: real(*given, sight=WHOLE, **named)
        )

    return plant


def _with_all_seen(module: str, name: str) -> Plant:
    """As `_sees_all`, where the sight is the second argument."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = getattr(import_module(module), name)
        patch.setattr(import_module(module), name, lambda first, sight: real(first, WHOLE))

    return plant


def _rule(name: str, answer: object) -> Plant:
    return lambda patch: patch.setattr(Sight, name, answer)


def _all_branches_in_search(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(import_module(_SEARCH), "_ids_of_branches", lambda customers, branches: customers)
    patch.setattr(import_module(_SEARCH), "branch_names", lambda sight: None)


def _roles_without_fields(patch: pytest.MonkeyPatch) -> None:
    real = access._of_role
    patch.setattr(access, "_of_role", lambda key: (real(key)[0], None))


def _people_without_branches(patch: pytest.MonkeyPatch) -> None:
    real = access.clearance_of
    for module in ("customerfile.access.queries", "customerfile.access.tokens", f"{_WEB}.permissions"):
        patch.setattr(
            import_module(module), "clearance_of", lambda role, branches, **more: real(role, None, **more)
        )


def _tokens_see_everything(patch: pytest.MonkeyPatch) -> None:
    real = tokens.standing
    patch.setattr(
        tokens,
        "standing",
        lambda cleared, **asked: Standing(real(cleared, **asked).permissions, WHOLE),
    )
