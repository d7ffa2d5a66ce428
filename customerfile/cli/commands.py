"""Every command of `customerfile`, by name. Used only once Django is set up.

A command's module is imported when that command is asked for: most answer in a fraction of the time that all their
libraries would take to load.
"""

from importlib import import_module

import typer

from customerfile.cli.permissions import hold_to_permissions

_COMMANDS = {
    "serve_commands": ("serve", "demo", "sign-in-link"),
    "run_commands": ("stop", "doctor", "version"),
    "import_commands": ("import", "undo"),
    "find_commands": ("find",),
    "show_commands": ("show",),
    "export_commands": ("links", "export"),
    "delivery_commands": ("deliveries", "rejects"),
    "quarantine_commands": ("quarantine",),
    "plan_commands": ("plan",),
    "holdings_commands": ("holdings",),
    "match_commands": ("match",),
    "correct_command": ("correct",),
    "judgement_commands": ("merge", "split", "judge", "judgements", "withdraw-judgement"),
    "review_commands": ("review", "agreement", "judging"),
    "relationship_commands": ("relationships",),
    "watch_commands": ("watch",),
    "source_commands": ("source",),
    "quality_commands": ("quality",),
    "token_commands": ("token",),
    "webhook_commands": ("webhook",),
    "user_commands": ("user", "role"),
    "audit_commands": ("audit",),
    "definition_commands": ("definition",),
    "database_commands": ("database",),
}


def command_line(name: str = "") -> typer.Typer:
    """The command line with the command of this name and its neighbours; with all where no command is called so."""
    modules = [module for module, names in _COMMANDS.items() if name in names] or list(_COMMANDS)
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        callback=_all,
    )
    for module in modules:
        import_module(f"customerfile.cli.{module}").add_commands(app)
    hold_to_permissions(app)
    return app


def _all() -> None:
    """The customer file: every record about a customer, from every system, in one file per customer."""
