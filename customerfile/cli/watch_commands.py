"""`customerfile watch`: the customers who look like somebody on a watch list or in reference data."""

from typing import Annotated

import typer
from rich.text import Text

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, console
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator, write_down_reading
from customerfile.customers.watch_list import Hit, HitState, decide_hit, hits

_SHOWN_REASONS = 4

Id = Annotated[int, typer.Argument(metavar="ID", help="The number that customerfile watch shows.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(cls=ListsByDefault, help="Customers who look like somebody on a list.")
    for name, command, example in (
        ("list", _list, "watch list --state confirmed"),
        ("confirm", _confirm, "watch confirm 3"),
        ("dismiss", _dismiss, "watch dismiss 3"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="watch")


def _list(
    state: Annotated[HitState, typer.Option(help="Those in this state.")] = HitState.OPEN,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List customers who look like somebody on a list, the most alike first, with the reasons in words. The word "list"
    may be left away.
    """
    found = hits(state=state, limit=limit)
    write_down_reading("watch", sorted({each.customer_id for each in found}))
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        for each in found:
            console().print(_told(each))
    else:
        console().print(f"No hit is {state.value}.")


def _told(hit: Hit) -> Text:
    said = f" ({hit.state} by {hit.decided_by}, {hit.decided_at:%Y-%m-%d})" if hit.decided_at else ""
    lines = [
        f"{hit.id}  {hit.display_name} ({hit.number}, record {hit.record})",
        f"looks like {hit.listed_name} on {hit.list_name} ({hit.listed}), weight {hit.weight:.1f}{said}",
        *(f"  {reason.weight:+.1f}  {reason.words}" for reason in hit.reasons[:_SHOWN_REASONS]),
    ]
    answer = f"customerfile watch confirm {hit.id}, or dismiss" if hit.state == HitState.OPEN else ""
    return Text("\n".join([*lines, answer, ""] if answer else [*lines, ""]))


def _confirm(hit: Id, as_json_: AsJson = False) -> None:
    """Say that the customer is the one on the list."""
    _decide(hit, HitState.CONFIRMED, as_json_)


def _dismiss(hit: Id, as_json_: AsJson = False) -> None:
    """Say that the customer is somebody else. The flag goes, until a record arrives that is more alike."""
    _decide(hit, HitState.DISMISSED, as_json_)


def _decide(hit: int, state: HitState, as_json_: bool) -> None:
    decide_hit(hit, state, by=operator(), at=now())
    if as_json_:
        typer.echo(as_json({"hit": hit, "state": state.value}))
    else:
        console().print(f"Hit {hit} is {state.value}.")
