"""`customerfile relationships`: what customers are to each other; proposed by the file, decided by people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator, operator_sight, write_down_reading
from customerfile.customers.queries import customer_file
from customerfile.customers.relationships.households import MOST_MEMBERS, Proposed, propose_households
from customerfile.customers.relationships.kinds import Kind, State
from customerfile.customers.relationships.relating import decide_relationship, relate_customers
from customerfile.customers.relationships.relationships import Relative, Told, relationships, relationships_of
from customerfile.embedded import home

_SAID = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
_DAY = ["%Y-%m-%d"]

Id = Annotated[int, typer.Argument(metavar="ID", help="The number that customerfile relationships shows.")]
Since = Annotated[
    datetime | None, typer.Option("--from", formats=_DAY, metavar="DATE", help="Since when it holds.")
]
Until = Annotated[
    datetime | None,
    typer.Option("--to", formats=_DAY, metavar="DATE", help="Until when, that day not counted."),
]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(cls=ListsByDefault, help="What customers are to each other.")
    for name, command, example in (
        ("list", _list, "relationships 00000018"),
        ("propose", _propose, "relationships propose --dry-run"),
        ("add", _add, "relationships add 00000018 parent 00000026 --from 2001-05-03"),
        ("confirm", _confirm, "relationships confirm 7"),
        ("dismiss", _dismiss, "relationships dismiss 7"),
    ):
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="relationships")


def _list(
    number: Annotated[str, typer.Argument(help="A customer; without one, the whole file.")] = "",
    state: Annotated[State, typer.Option(help="Of the whole file, those in this state.")] = State.PROPOSED,
    after: Annotated[int, typer.Option(help="Of the whole file, go on behind this id.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Of the whole file, how many at most.")] = 50,
    as_json_: AsJson = False,
) -> None:
    """List relationships: all of a customer, or those of the whole file that wait for a word. The word "list" may be
    left away.
    """
    if number:
        _list_one(number, as_json_)
        return
    found = relationships(state=state, after=after, limit=limit)
    shown = {party.customer_id for each in found for party in (each.one, each.other)}
    write_down_reading("relationships", sorted(shown))
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        _print_all(found)
    else:
        console().print("None. Look for households with: customerfile relationships propose")


def _list_one(number: str, as_json_: bool) -> None:
    sight = operator_sight()
    customer = customer_file(number, sight=sight).summary.id
    found = relationships_of(customer, sight=sight, dismissed=True)
    write_down_reading("relationships", sorted({customer, *(each.customer_id for each in found)}))
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        made = table("id", "relationship", "number", "customer", "state", "because", "period", right=("id",))
        for each in found:
            made.add_row(
                *cells(each.id, each.words, each.number, each.display_name, each.state, *_about(each))
            )
        console().print(made)
    else:
        console().print("No relationships are known of this customer.")


def _print_all(found: Sequence[Told]) -> None:
    made = table(
        "id", "customer", "", "relationship", "customer", "", "state", "because", "period", right=("id",)
    )
    for each in found:
        sides = (
            each.one.number,
            each.one.display_name,
            each.words,
            each.other.number,
            each.other.display_name,
        )
        made.add_row(*cells(each.id, *sides, each.state, *_about(each)))
    console().print(made)


def _about(each: Relative | Told) -> tuple[str, str]:
    period = " to ".join(f"{day or ''}" for day in (each.valid_from, each.valid_to)) if each.valid_to else ""
    return each.because, period or (f"from {each.valid_from}" if each.valid_from else "")


def _propose(
    most: Annotated[
        int, typer.Option(metavar="NUMBER", help="An address of more customers than this is no household.")
    ] = MOST_MEMBERS,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be proposed, and change nothing.")
    ] = False,
    as_json_: AsJson = False,
) -> None:
    """Propose households: people who share a dwelling and a family name or a phone number. Nothing is merged."""
    with Progress(*_SAID, console=Console(stderr=True), disable=as_json_, transient=True) as progress:
        progress.add_task("Looking over the whole file", total=None)
        done = propose_households(by=operator(), at=now(), folder=home().spool, most=most, dry_run=dry_run)
    write_down_reading("relationships propose", sorted({each.customer_id for each in done.fullest}))
    if as_json_:
        typer.echo(as_json(done))
    else:
        _print_proposed(done, most=most, dry_run=dry_run)


def _print_proposed(done: Proposed, *, most: int, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    console().print(
        f"{done.found:,} pairs of customers look like one household: {done.proposed:,} {would}newly proposed,"
        f" {done.withdrawn:,} {would}withdrawn."
    )
    if done.addresses_left_out:
        console().print(
            f"{done.addresses_left_out:,} addresses of more than {most} customers were left out"
            " (flats, offices). The fullest:"
        )
        made = table("customers", "address", "one of them", right=("customers",))
        for each in done.fullest:
            made.add_row(*cells(each.customer_count, each.address, each.customer))
        console().print(made)
    if done.found and not dry_run:
        console().print("See them with: customerfile relationships")


def _add(
    number: Annotated[str, typer.Argument(help="A customer.")],
    kind: Annotated[Kind, typer.Argument(help="What that customer is to the other.")],
    other: Annotated[str, typer.Argument(help="The other customer.")],
    since: Since = None,
    until: Until = None,
    note: Annotated[str, typer.Option(help="Why, for those who come after you.")] = "",
    as_json_: AsJson = False,
) -> None:
    """State what one customer is to another. It reads the other way round from the other's side."""
    period = {"since": _day(since), "until": _day(until)}
    made = relate_customers(number, kind, other, by=operator(), at=now(), note=note, **period)
    _tell(made, State.CONFIRMED, as_json_)


def _confirm(relationship: Id, since: Since = None, until: Until = None, as_json_: AsJson = False) -> None:
    """Say that a relationship holds, perhaps with dates."""
    decide_relationship(
        relationship, State.CONFIRMED, by=operator(), at=now(), since=_day(since), until=_day(until)
    )
    _tell(relationship, State.CONFIRMED, as_json_)


def _dismiss(relationship: Id, as_json_: AsJson = False) -> None:
    """Say that a relationship does not hold. It is not proposed again."""
    decide_relationship(relationship, State.DISMISSED, by=operator(), at=now())
    _tell(relationship, State.DISMISSED, as_json_)


def _tell(relationship: int, state: State, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json({"relationship": relationship, "state": state.value}))
    else:
        console().print(f"Relationship {relationship} is {state.value}.")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
