"""`customerfile database`: the roles of one's own PostgreSQL server."""

import os
from typing import Annotated

import typer
from psycopg.conninfo import conninfo_to_dict

from customerfile.base.database_roles import PREFIX, DatabaseRoles, roles_script
from customerfile.base.errors import CustomerfileError
from customerfile.cli.startup import database_url


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="The logins of your own PostgreSQL server.")
    group.command("roles", epilog="Example: customerfile database roles")(roles)
    app.add_typer(group, name="database")


def roles(
    prefix: Annotated[str, typer.Option(help="What the names of the roles begin with.")] = PREFIX,
) -> None:
    """Print the SQL that makes the database roles, to be run once by an administrator of the server."""
    if not database_url():
        raise CustomerfileError(
            "The embedded database has its roles already.",
            "Set DATABASE_URL to your own PostgreSQL to have the SQL for it.",
        )
    typer.echo(roles_script(DatabaseRoles(prefix), _database_name()))


def _database_name() -> str:
    """As the server would take it: the name given, else that of the user."""
    given = conninfo_to_dict(database_url())
    return str(given.get("dbname") or given.get("user") or os.environ.get("PGUSER", PREFIX))
