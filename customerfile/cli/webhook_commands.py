"""`customerfile webhook`: which addresses of other systems are told what happens, and what became of it."""

from collections.abc import Callable
from typing import Annotated

import typer

from customerfile.base.clock import now
from customerfile.cli.layout import AsJson, as_json, cells, console, table
from customerfile.cli.listing_group import ListsByDefault
from customerfile.cli.session import operator
from customerfile.embedded import home
from customerfile.vault.keystore import KeyStore, key_store
from customerfile.webhooks.configured import own_network
from customerfile.webhooks.messages import CHOOSABLE, MessageType
from customerfile.webhooks.operations import (
    NewEndpoint,
    add_endpoint,
    queue_again,
    queue_test,
    remove_endpoint,
    rotate_secret,
    switch_endpoint,
)
from customerfile.webhooks.queries import (
    AttemptInfo,
    EndpointInfo,
    MessageInfo,
    endpoints,
    message,
    message_log,
)
from customerfile.webhooks.sending import HELD, Sender
from customerfile.webhooks.wording import attempt_words, endpoint_words, message_words

Endpoint = Annotated[
    int, typer.Argument(metavar="ID", help="The number that customerfile webhook list shows.")
]
Message = Annotated[
    int, typer.Argument(metavar="MESSAGE", help="The number that customerfile webhook log shows.")
]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    group = typer.Typer(cls=ListsByDefault, help="Tell other systems what happens, by signed messages.")
    commands: tuple[tuple[str, Callable[..., None], str], ...] = (
        ("list", _list, "webhook list"),
        (
            "add",
            _add,
            "webhook add https://example.org/hooks --type customer.created --type customer.changed",
        ),
        ("remove", _remove, "webhook remove 1"),
        ("rotate", _rotate, "webhook rotate 1"),
        ("on", _on, "webhook on 1"),
        ("off", _off, "webhook off 1"),
        ("test", _test, "webhook test 1"),
        ("log", _log, "webhook log --endpoint 1 --limit 20"),
        ("resend", _resend, "webhook resend 17"),
    )
    for name, command, example in commands:
        group.command(name, epilog=f"Example: customerfile {example}", help=command.__doc__)(command)
    app.add_typer(group, name="webhook")


def _list(as_json_: AsJson = False) -> None:
    """List the addresses that are told, the newest first. The word "list" may be left away."""
    found = endpoints(now())
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        made = table("id", "address", "is told", "state", "waiting", right=("id", "waiting"))
        for each in found:
            made.add_row(*cells(each.id, each.url, "\n".join(each.types), _state(each), each.waiting))
        console().print(made)
    else:
        console().print(
            "No address is told anything. Add one with: customerfile webhook add URL --type customer.changed"
        )


def _add(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Where messages are sent, beginning with https://.")
    ],
    types: Annotated[
        list[MessageType],
        typer.Option("--type", help=f"What it is told: {', '.join(CHOOSABLE)}. May be given several times."),
    ],
    as_json_: AsJson = False,
) -> None:
    """Tell an address what happens from now on, and show once the secret by which it knows that messages are ours."""
    made = add_endpoint(url, set(types), own_network(), store=_store(), by=operator(), at=now())
    _show_secret(made, "Try it with", f"customerfile webhook test {made.id}", as_json_)


def _rotate(endpoint: Endpoint, as_json_: AsJson = False) -> None:
    """Give an endpoint a new secret, and show it once. For 24 hours messages are signed with the former one as well."""
    made = rotate_secret(endpoint, store=_store(), by=operator(), at=now())
    _show_secret(
        made, "The former secret signs as well for 24 hours. See", "customerfile webhook list", as_json_
    )


def _remove(endpoint: Endpoint, as_json_: AsJson = False) -> None:
    """Tell an address nothing any more, and forget what was sent to it."""
    remove_endpoint(endpoint, by=operator(), at=now())
    _tell(endpoint, "removed", "is removed", as_json_)


def _on(endpoint: Endpoint, as_json_: AsJson = False) -> None:
    """Send to an endpoint again, beginning with what waited."""
    switch_endpoint(endpoint, on=True, by=operator(), at=now())
    _tell(endpoint, "on", "is on", as_json_)


def _off(endpoint: Endpoint, as_json_: AsJson = False) -> None:
    """Send nothing to an endpoint until it is switched on again; what happens meanwhile it is not told."""
    switch_endpoint(endpoint, on=False, by=operator(), at=now())
    _tell(endpoint, "off", "is off", as_json_)


def _test(endpoint: Endpoint, as_json_: AsJson = False) -> None:
    """Send a test message now, once, and show what came of it."""
    at = now()
    _send(queue_test(endpoint, due=at + HELD, by=operator(), at=at), as_json_)


def _resend(number: Message, as_json_: AsJson = False) -> None:
    """Send a message of the log again now, and show what came of it."""
    at = now()
    queue_again(number, due=at + HELD, by=operator(), at=at)
    _send(number, as_json_)


def _log(
    endpoint: Annotated[int | None, typer.Option(metavar="ID", help="Only of this endpoint.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many messages.")] = 20,
    as_json_: AsJson = False,
) -> None:
    """Show the messages of the last 30 days, the newest first, with what came of them."""
    found = message_log(endpoint=endpoint, limit=limit)
    if as_json_:
        typer.echo(as_json(found))
    elif found:
        made = table("message", "made", "type", "to", "state", "last attempt", right=("message",))
        for each in found:
            made.add_row(*cells(*_message_row(each)))
        console().print(made)
    else:
        console().print("No message was made in the last 30 days.")


def _send(number: int, as_json_: bool) -> None:
    """Send a message that is held for us. Ends with code 1 where it was not accepted."""
    Sender(_store, own_network()).send_now(number)
    found = message(number)
    if as_json_:
        typer.echo(as_json(found))
    else:
        console().print(f"Message {number} to {found.url}: {_attempt(found.attempts[0])}", markup=False)
    if found.state != "sent":
        raise typer.Exit(1)


def _message_row(each: MessageInfo) -> tuple[object, ...]:
    last = _attempt(each.attempts[0]) if each.attempts else ""
    made = f"{each.created_at:%Y-%m-%d %H:%M:%S}"
    return each.id, made, each.type, each.url, message_words(each), last


def _attempt(attempt: AttemptInfo) -> str:
    said = f' "{attempt.said}"' if attempt.said else ""
    return f"{attempt_words(attempt)} ({attempt.milliseconds:,} ms){said}"


def _state(endpoint: EndpointInfo) -> str:
    until = endpoint.former_secret_until
    return endpoint_words(endpoint) + (f"\nformer secret until {until:%Y-%m-%d %H:%M}" if until else "")


def _show_secret(made: NewEndpoint, words: str, command: str, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json(made))
        return
    console().print(
        f"{made.secret}\nThis is the secret of endpoint {made.id}, and is not shown again."
        f" Whoever receives the messages checks them with it.\n{words}: {command}",
        markup=False,
    )


def _tell(endpoint: int, key: str, words: str, as_json_: bool) -> None:
    if as_json_:
        typer.echo(as_json({"endpoint": endpoint, "state": key}))
    else:
        console().print(f"Endpoint {endpoint} {words}.")


def _store() -> KeyStore:
    return key_store(home().keys)
