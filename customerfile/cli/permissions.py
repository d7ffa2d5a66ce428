"""What each command needs: whoever runs it acts under a name that may, or may not, do that."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import typer
from typer.models import CommandInfo

from customerfile.access.permissions import Permission
from customerfile.access.queries import not_allowed
from customerfile.cli.session import operator, operator_permissions

# None: it asks nothing of the file, or is the way to come in.
NEEDED: dict[str, Permission | None] = {
    "serve": Permission.RUN,
    "demo": Permission.RUN,
    "sign-in-link": None,
    "stop": None,
    "doctor": None,
    "version": None,
    "database roles": None,
    "import": Permission.IMPORT,
    "undo": Permission.IMPORT,
    "find": Permission.SEE_CUSTOMERS,
    "show": Permission.SEE_CUSTOMERS,
    "links": Permission.EXPORT_CUSTOMERS,
    "export": Permission.EXPORT_CUSTOMERS,
    "deliveries": Permission.SEE_DELIVERIES,
    "rejects": Permission.SEE_DELIVERIES,
    "quarantine list": Permission.SEE_DELIVERIES,
    "quarantine rules": Permission.SEE_DELIVERIES,
    "quarantine release": Permission.IMPORT,
    "quarantine discard": Permission.IMPORT,
    "quarantine take-back": Permission.IMPORT,
    "plan check": Permission.SEE_DEFINITION,
    "holdings waiting": Permission.SEE_RECORDS,
    "correct": Permission.WRITE_CUSTOMERS,
    "merge": Permission.MERGE_CUSTOMERS,
    "split": Permission.MERGE_CUSTOMERS,
    "judge": Permission.JUDGE_PAIRS,
    "judgements": Permission.JUDGE_PAIRS,
    "withdraw-judgement": Permission.JUDGE_PAIRS,
    "review": Permission.JUDGE_PAIRS,
    "agreement": Permission.JUDGE_PAIRS,
    "judging": Permission.SET_JUDGING_RULES,
    "relationships list": Permission.SEE_RECORDS,
    "relationships propose": Permission.EDIT_RELATIONSHIPS,
    "relationships add": Permission.EDIT_RELATIONSHIPS,
    "relationships confirm": Permission.EDIT_RELATIONSHIPS,
    "relationships dismiss": Permission.EDIT_RELATIONSHIPS,
    "watch list": Permission.SEE_RECORDS,
    "watch confirm": Permission.DECIDE_HITS,
    "watch dismiss": Permission.DECIDE_HITS,
    "quality": Permission.SEE_RECORDS,
    "source list": Permission.SEE_SOURCES,
    "source set": Permission.SET_SOURCES,
    "definition show": Permission.SEE_DEFINITION,
    "definition check": Permission.SEE_DEFINITION,
    "definition apply": Permission.CHANGE_DEFINITION,
    "match common": Permission.SEE_MATCHING,
    "match evaluate": Permission.SEE_MATCHING,
    "match explain": Permission.SEE_RECORDS,
    "match export": Permission.SEE_MATCHING,
    "match models": Permission.SEE_MATCHING,
    "match import": Permission.CHANGE_MATCHING,
    "match one-to-one": Permission.CHANGE_MATCHING,
    "match reconcile": Permission.CHANGE_MATCHING,
    "match train": Permission.CHANGE_MATCHING,
    "token list": Permission.MANAGE_TOKENS,
    "token add": Permission.MANAGE_TOKENS,
    "token revoke": Permission.MANAGE_TOKENS,
    "webhook list": Permission.MANAGE_WEBHOOKS,
    "webhook add": Permission.MANAGE_WEBHOOKS,
    "webhook remove": Permission.MANAGE_WEBHOOKS,
    "webhook rotate": Permission.MANAGE_WEBHOOKS,
    "webhook on": Permission.MANAGE_WEBHOOKS,
    "webhook off": Permission.MANAGE_WEBHOOKS,
    "webhook test": Permission.MANAGE_WEBHOOKS,
    "webhook log": Permission.MANAGE_WEBHOOKS,
    "webhook resend": Permission.MANAGE_WEBHOOKS,
    "user list": Permission.MANAGE_USERS,
    "user add": Permission.MANAGE_USERS,
    "user role": Permission.MANAGE_USERS,
    "user disable": Permission.MANAGE_USERS,
    "user limit": Permission.MANAGE_USERS,
    "user enable": Permission.MANAGE_USERS,
    "user second-factor": Permission.MANAGE_USERS,
    "user reset-second-factor": Permission.MANAGE_USERS,
    "user sign-out": Permission.MANAGE_USERS,
    "role list": Permission.MANAGE_USERS,
    "role set": Permission.MANAGE_USERS,
    "role reset": Permission.MANAGE_USERS,
    "audit show": Permission.SEE_AUDIT,
    "audit verify": Permission.SEE_AUDIT,
    "audit purge": Permission.RUN,
    "audit anchor": Permission.SEE_AUDIT,
    "audit seal": Permission.SEE_AUDIT,
    "audit export": Permission.SEE_AUDIT,
    "audit verifier": None,
}


def hold_to_permissions(app: typer.Typer) -> None:
    """Let every command of the application ask first. A command that `NEEDED` does not name is a KeyError at once."""
    for path, command in commands_of(app):
        needed = NEEDED[path]
        if needed is not None and command.callback is not None:
            command.callback = _asking(command.callback, needed)


def commands_of(app: typer.Typer, before: str = "") -> Iterator[tuple[str, CommandInfo]]:
    """Every command with its words, as in "match train"."""
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        yield f"{before}{name}", command
    for group in app.registered_groups:
        if group.typer_instance is not None:
            yield from commands_of(group.typer_instance, f"{before}{group.name} ")


def _asking(command: Callable[..., Any], needed: Permission) -> Callable[..., Any]:
    @wraps(command)
    def asked(*arguments: Any, **named: Any) -> Any:
        if needed not in operator_permissions():
            raise not_allowed(operator(), needed)
        return command(*arguments, **named)

    return asked
