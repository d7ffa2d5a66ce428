"""`customerfile source`: the systems that deliver, and what is known of them."""

from typing import Annotated

import typer

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.session import operator
from customerfile.customers.judging.one_record import set_one_record_per_customer
from customerfile.sources import queries as sources
from customerfile.sources.operations import set_source_kind
from customerfile.sources.source_kinds import SourceKind

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
    made = table("source", "name", "kind", "country", "one record per customer", "last delivery")
    for each in found:
        last = f"{each.last_finished_at:%Y-%m-%d %H:%M}" if each.last_finished_at else ""
        made.add_row(
            *cells(
                each.key,
                each.name,
                SourceKind(each.kind).value.replace("_", " "),
                each.country,
                "yes" if each.one_record_per_customer else "no",
                last,
            )
        )
    console().print(made)


def _set(
    key: Annotated[str, typer.Argument(help="The key of the source.")],
    kind: Annotated[
        SourceKind | None,
        typer.Option(help="What its records are; those of a list flag customers and never become any."),
    ] = None,
    one_record_per_customer: Annotated[
        str,
        typer.Option(
            metavar="yes|no", help="Whether two of its records are always two customers, as in a register."
        ),
    ] = "",
    as_json_: AsJson = False,
) -> None:
    """Change what is known of a source. Its kind is fixed once it has delivered. Customers that a change concerns are
    settled anew; a person's word beats it.
    """
    if one_record_per_customer and one_record_per_customer not in _YES_OR_NO:
        raise typer.BadParameter("Say yes or no.", param_hint="--one-record-per-customer")
    if kind is None and not one_record_per_customer:
        raise typer.BadParameter("Say what to change: --kind or --one-record-per-customer.")
    changed: dict[str, object] = {"source": key}
    told = []
    if kind is not None:
        set_source_kind(key, kind, by=operator(), at=now())
        changed["kind"] = kind.value
        told.append(f"{key} is {kind.words} from now on.")
    if one_record_per_customer:
        told.append(_set_one_record(key, _YES_OR_NO[one_record_per_customer], changed))
    if as_json_:
        typer.echo(as_json(changed))
    else:
        console().print("\n".join(told), markup=False)


def _set_one_record(key: str, is_so: bool, changed: dict[str, object]) -> str:
    settled = set_one_record_per_customer(key, is_so=is_so, by=operator(), at=now())
    changed |= {"one_record_per_customer": is_so, "records_looked_at": settled}
    told = "one record per customer" if is_so else "any number of records per customer"
    return f"{key} has {told} from now on. {settled:,} records were looked at anew."
