"""`customerfile token`: the secrets by which programs come in through the API."""

from datetime import timedelta
from typing import Annotated

import typer

from customerfile.access.permissions import Permission
from customerfile.access.tokens import TokenInfo, issue_token, revoke_token, tokens
from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator

_DAYS = 90


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(cls=ListsByDefault, help="Secrets by which programs come in through the API.")
    for name, command, example in (
        ("list", _list, "token list"),
        ("add", _add, 'token add "web shop" --may customers.see --days 30'),
        ("revoke", _revoke, "token revoke 3"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="token")


def _add(
    name: Annotated[str, typer.Argument(help="Which program it is for.")],
    may: Annotated[list[Permission], typer.Option(help="What it may do. May be given several times.")],
    days: Annotated[int, typer.Option(help="How many days it works.")] = _DAYS,
    user: Annotated[str, typer.Option(help="The person it acts for; you, unless told otherwise.")] = "",
    as_json_: AsJson = False,
) -> None:
    """Make a token, and show it once. Keep it where only that program finds it."""
    by, at = operator(), now()
    made = issue_token(
        name, username=user or by, permissions=set(may), life=timedelta(days=days), by=by, at=at
    )
    if as_json_:
        typer.echo(as_json(made))
        return
    console().print(
        f"{made.secret}\nThis is token {made.id}, and is not shown again. It works until {made.expires_at:%Y-%m-%d}."
        f"\nTo end it earlier: customerfile token revoke {made.id}",
        markup=False,
    )


def _list(as_json_: AsJson = False) -> None:
    """List the tokens, the newest first: whom they act for, what they may do, when they were last used. The word "list"
    may be left away.
    """
    found = tokens()
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        made = table("id", "name", "acts for", "may", "state", "last used", right=("id",))
        for each in found:
            may, used = "\n".join(each.permissions), each.last_used_at
            when = f"{used:%Y-%m-%d %H:%M}" if used else "never"
            made.add_row(*cells(each.id, each.name, each.username, may, _state(each), when))
        console().print(made)
    else:
        console().print(
            "There is no token yet. Make one with: customerfile token add NAME --may customers.see"
        )


def _state(token: TokenInfo) -> str:
    state = token.state(now())
    words = "until" if state == "works" else state
    return f"{words} {token.revoked_at or token.expires_at:%Y-%m-%d}"


def _revoke(
    token: Annotated[
        int, typer.Argument(metavar="ID", help="The number that customerfile token list shows.")
    ],
    as_json_: AsJson = False,
) -> None:
    """End a token at once."""
    revoke_token(token, by=operator(), at=now())
    if as_json_:
        typer.echo(as_json({"token": token, "revoked": True}))
    else:
        console().print(f"Token {token} is revoked.")
