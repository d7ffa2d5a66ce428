"""`customerfile show`: one customer's whole file. Whoever was looked at is written down."""

from datetime import datetime, time, timedelta
from typing import Annotated

import typer
from django.utils.timezone import make_aware

from customerfile.base.clock import now
from customerfile.cli.customer_pages import print_customer
from customerfile.cli.layout import AsJson, as_json, console, nothing
from customerfile.cli.session import operator_sight, write_down_reading
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.queries import customer_file
from customerfile.holdings.queries import customers_in, holdings_of
from customerfile.timeline.queries import events_of, totals_of


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("show", epilog="Example: customerfile show 0000042X --on 2026-03-01", help=_show.__doc__)(
        _show
    )


def _show(
    number: Annotated[str, typer.Argument(help="The customer number; leading zeros may be left away.")],
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="As the file stood at the end of a day."
        ),
    ] = None,
    as_json_: AsJson = False,
) -> None:
    """Show one customer's whole file: golden values with their origin, records, holdings, purchases, last events."""
    sight = operator_sight()
    try:
        file = customer_file(number, sight=sight, on=None if on is None else _end_of(on))
    except UnknownCustomer as unknown:
        raise nothing(str(unknown)) from None
    records = [record.record_id for record in file.records]
    held = holdings_of(records, sight=sight, today=now().date())
    write_down_reading("show", sorted({file.summary.id, *customers_in(held)}))
    events, totals = events_of(records, sight=sight), totals_of(records, sight=sight)
    if as_json_:
        typer.echo(as_json({"customer": file, "events": events, "totals": totals, "holdings": held}))
    else:
        print_customer(console(), file, events, totals, held)


def _end_of(moment: datetime) -> datetime:
    """A day stands for its last instant, so that what changed on that day counts."""
    if moment.time() != time():
        return make_aware(moment)
    return make_aware(moment + timedelta(days=1)) - timedelta(microseconds=1)
