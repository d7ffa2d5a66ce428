"""`customerfile serve`, `demo` and `sign-in-link`: the pages, and the way in."""

import socket
from typing import Annotated

import typer
from rich.console import Console

from customerfile.access.operations import issue_sign_in_link
from customerfile.access.permissions import Permission
from customerfile.access.queries import not_allowed
from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.cli.session import operator, operator_permissions
from customerfile.cli.web_server import serve_pages
from customerfile.customers.whole_file.preparation import is_outdated
from customerfile.embedded import home

OUTDATED_FILE = (
    "[bold]The records were prepared for matching by an earlier version.[/] Until they are prepared anew, some that"
    " belong together are not found. In another window, run once: customerfile match reconcile"
)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("serve", epilog="Example: customerfile serve --port 8000")(serve)
    app.command("demo", epilog="Example: customerfile demo --people 600")(demo)
    app.command("sign-in-link", epilog="Example: customerfile sign-in-link")(sign_in_link)


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages until stopped with Ctrl-C, and print the address with a one-time sign-in link."""
    refuse_taken_port(host, port)
    address = f"http://{host}:{port}"
    console = Console()
    console.print(f"Customerfile is at [bold]{address}[/]")
    console.print(f"Sign in once, within 30 minutes, with: {_link(address, operator())}", soft_wrap=True)
    if is_outdated():
        console.print(OUTDATED_FILE)
    serve_pages(home(), host, port)


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    people: Annotated[int, typer.Option(help="How many invented people.")] = 600,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
    only_load: Annotated[bool, typer.Option("--only-load", help="Load the demonstration and stop.")] = False,
) -> None:
    """Load the demonstration through the ordinary import, then serve it."""
    from customerfile.cli.demonstration import load_demonstration  # noqa: PLC0415 - serving needs no importer

    if not only_load:
        refuse_taken_port(host, port)
    load_demonstration(people=people, seed=seed, home=home(), by=operator())
    if not only_load:
        serve(host, port)


def sign_in_link(
    name: Annotated[str, typer.Argument(help="For whom; for you, unless told otherwise.")] = "",
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Print a new one-time sign-in link, for you or for somebody whom you may let in."""
    allowed = operator_permissions()
    if name and name != operator() and Permission.MANAGE_USERS not in allowed:
        raise not_allowed(operator(), Permission.MANAGE_USERS)
    typer.echo(_link(f"http://{host}:{port}", name or operator()))


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CustomerfileError where something listens on the port already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CustomerfileError(
                f"Port {port} on {host} is taken by another program.",
                f"Stop that program, or choose another port: --port {port + 1}",
            ) from problem


def _link(address: str, username: str) -> str:
    token = issue_sign_in_link(username=username, by=operator(), at=now())
    return f"{address}/sign-in/{token}"
