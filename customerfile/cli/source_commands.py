"""`customerfile source`: the systems that deliver, and what is known of them."""

from typing import Annotated

import typer

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator
from customerfile.customers.one_record import set_one_record_per_customer
from customerfile.sources import queries as sources

_YES_OR_NO = {"yes": True, "no": False}


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="The systems that deliver.")
    group.command("list", epilog="Example: customerfile source list", help=_list.__doc__)(_list)
    group.command(
        "set", epilog="Example: customerfile source set crm --one-record-per-customer yes", help=_set.__doc__
    )(_set)
    app.add_typer(group, name="source")


def _list(as_json_: AsJson = False) -> None:
    """List the sources."""
    found = sources.sources()
    if as_json_:
        typer.echo(as_json(found))
        return
    made = table("source", "name", "country", "one record per customer", "last delivery")
    for each in found:
        last = f"{each.last_finished_at:%Y-%m-%d %H:%M}" if each.last_finished_at else ""
        made.add_row(
            *cells(each.key, each.name, each.country, "yes" if each.one_record_per_customer else "no", last)
        )
    console().print(made)


def _set(
    key: Annotated[str, typer.Argument(help="The key of the source.")],
    one_record_per_customer: Annotated[
        str,
        typer.Option(
            metavar="yes|no", help="Whether two of its records are always two customers, as in a register."
        ),
    ],
    as_json_: AsJson = False,
) -> None:
    """Change what is known of a source. Customers that this concerns are settled anew; a person's word beats it."""
    if one_record_per_customer not in _YES_OR_NO:
        raise typer.BadParameter("Say yes or no.", param_hint="--one-record-per-customer")
    is_so = _YES_OR_NO[one_record_per_customer]
    settled = set_one_record_per_customer(key, is_so=is_so, by=operator(), at=now())
    if as_json_:
        typer.echo(as_json({"source": key, "one_record_per_customer": is_so, "records_looked_at": settled}))
        return
    told = "one record per customer" if is_so else "any number of records per customer"
    console().print(f"{key} has {told} from now on. {settled:,} records were looked at anew.", markup=False)
