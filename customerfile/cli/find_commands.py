"""`customerfile find`: customers by whatever is known of them. Whoever was found is written down."""

from collections.abc import Sequence
from typing import Annotated

import typer

from customerfile.cli.layout import AsJson, as_json, cells, console, nothing, table
from customerfile.cli.session import operator_sight, write_down_reading
from customerfile.customers.search.search import Found
from customerfile.customers.search.search import find as find_customers


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("find", epilog='Example: customerfile find "maria garcia 1234"', help=_find.__doc__)(_find)


def _find(
    query: Annotated[
        str, typer.Argument(help="Part of a name, phone, e-mail, place, number or key, in any order.")
    ],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 10,
    as_json_: AsJson = False,
) -> None:
    """Find customers by whatever is known of them: words with a slip, the end of a phone number, a key.

    The best answers come first, each with what matched.
    """
    found = find_customers(query, sight=operator_sight(), limit=limit)
    write_down_reading("find", [each.customer.id for each in found])
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        _print_found(found)
    if not found:
        raise nothing(f'No customer answers to "{query}".')


def _print_found(found: Sequence[Found]) -> None:
    made = table("number", "name", "place", "contact", "matched")
    for each in found:
        customer = each.customer
        made.add_row(
            *cells(
                customer.number,
                customer.display_name,
                customer.place,
                customer.contact,
                "; ".join(each.matched),
            )
        )
    console().print(made)
