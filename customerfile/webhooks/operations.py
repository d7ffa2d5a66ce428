"""Writes about endpoints: add, remove, rotate the secret, switch off and on, test, send again. All are audited."""

from __future__ import annotations

import secrets as chance
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from customerfile.audit.changes import Value, changed
from customerfile.audit.operations import record
from customerfile.base.told import told
from customerfile.vault.keystore import KeyStore
from customerfile.webhooks.addresses import OwnNetwork, refusal_beforehand, target
from customerfile.webhooks.errors import EndpointIsOff, EndpointNotPossible, UnknownEndpoint, UnknownMessage
from customerfile.webhooks.messages import CHOOSABLE, MessageType, test_body
from customerfile.webhooks.models import WebhookEndpoint, WebhookMessage
from customerfile.webhooks.sealed_secrets import sealed
from customerfile.webhooks.signing import new_secret

BOTH_SIGN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """`secret` is told this once."""

    id: int
    secret: str


@transaction.atomic
def add_endpoint(
    url: str, types: Collection[MessageType], own: OwnNetwork, *, store: KeyStore, by: str, at: datetime
) -> NewEndpoint:
    """Tell an address of these things from now on. Raises EndpointNotPossible."""
    url = url.strip()
    _check(url, types, own)
    made = WebhookEndpoint.objects.create(
        url=url,
        types=[each.value for each in MessageType if each in types],
        secret=b"",
        created_at=at,
        created_by=by,
    )
    secret = _give_secret(made, store)
    _write_down("added", made, by=by, at=at, **changed({}, _said(made)))
    return NewEndpoint(made.pk, secret)


@transaction.atomic
def rotate_secret(endpoint: int, *, store: KeyStore, by: str, at: datetime) -> NewEndpoint:
    """Give an endpoint a new secret; the former one signs as well for a day. Raises UnknownEndpoint."""
    found = _endpoint(endpoint)
    found.former_secret, found.former_until = found.secret, at + BOTH_SIGN
    secret = _give_secret(found, store)
    _write_down("secret_rotated", found, by=by, at=at)
    return NewEndpoint(found.pk, secret)


@transaction.atomic
def switch_endpoint(endpoint: int, *, on: bool, by: str, at: datetime) -> None:
    """Stop sending to an endpoint, or begin again with what waited; whoever does so answers for it. Raises
    UnknownEndpoint.
    """
    found = _endpoint(endpoint)
    if (found.state == "on") == on:
        return
    found.state, found.why_off = ("on", "") if on else ("off", "by_hand")
    found.failing_since = None
    found.created_by = by if on else found.created_by
    found.save(update_fields=["state", "why_off", "failing_since", "created_by"])
    detail = changed({"state": "off" if on else "on"}, {"state": found.state})
    _write_down("switched_on" if on else "switched_off", found, by=by, at=at, **detail)


@transaction.atomic
def remove_endpoint(endpoint: int, *, by: str, at: datetime) -> None:
    """Tell an address nothing any more, and forget its messages. Raises UnknownEndpoint."""
    found = _endpoint(endpoint)
    _write_down("removed", found, by=by, at=at, **changed(_said(found), {}))
    found.delete()


@transaction.atomic
def queue_test(endpoint: int, *, due: datetime, by: str, at: datetime) -> int:
    """Make a message that is tried once, when it is due. Gives its number. Raises UnknownEndpoint, EndpointIsOff."""
    found = _endpoint(endpoint)
    _require_on(found)
    (made,) = add_messages(found, [(MessageType.TEST, test_body(at))], due=due, at=at)
    _write_down("tested", found, by=by, at=at)
    return made.pk


@transaction.atomic
def queue_again(message: int, *, due: datetime, by: str, at: datetime) -> None:
    """Have a message sent once more, whatever became of it. Raises UnknownMessage, EndpointIsOff."""
    found = (
        WebhookMessage.objects.select_for_update(of=("self",))
        .select_related("endpoint")
        .filter(pk=message)
        .first()
    )
    if found is None:
        raise UnknownMessage(
            told("There is no message {number}.", number=message),
            "See those of the last 30 days with: customerfile webhook log",
        )
    _require_on(found.endpoint)
    found.state, found.attempts, found.next_at = "waiting", 0, due
    found.save(update_fields=["state", "attempts", "next_at"])
    _write_down("message_resent", found.endpoint, by=by, at=at, message=found.pk)


def add_messages(
    endpoint: WebhookEndpoint, bodies: Collection[tuple[MessageType, str]], *, due: datetime, at: datetime
) -> list[WebhookMessage]:
    """Messages to an endpoint, each under a key of its own."""
    return WebhookMessage.objects.bulk_create(
        WebhookMessage(
            endpoint=endpoint,
            key=f"msg_{chance.token_hex(16)}",
            type=type_.value,
            body=body,
            created_at=at,
            next_at=due,
        )
        for type_, body in bodies
    )


def give_up(endpoint: WebhookEndpoint, why: str, *, at: datetime) -> None:
    """Send nothing to an endpoint any more: it is gone, failed for too long, or whoever answers for it may not."""
    endpoint.state, endpoint.why_off = "off", why
    endpoint.save(update_fields=["state", "why_off"])
    _write_down("given_up", endpoint, by="", at=at, why=why, **changed({"state": "on"}, {"state": "off"}))


def _check(url: str, types: Collection[MessageType], own: OwnNetwork) -> None:
    where = target(url)
    if not types or not set(types) <= set(CHOOSABLE):
        raise EndpointNotPossible(
            "It is not said what the address is to be told.",
            told("Choose among: {types}.", types=", ".join(CHOOSABLE)),
        )
    why_not = refusal_beforehand(where, own)
    if why_not:
        raise EndpointNotPossible(why_not, "Give a public address that begins with https://.")
    known = WebhookEndpoint.objects.filter(url=url).values_list("pk", flat=True).first()
    if known is not None:
        raise EndpointNotPossible(
            told("Endpoint {number} has this address already.", number=known),
            "Remove that one first, or keep it.",
        )


def _said(endpoint: WebhookEndpoint) -> dict[str, Value]:
    """What the ledger keeps of an endpoint: no path and no question, where others' secrets may stand."""
    return {"host": target(endpoint.url).host, "types": list(endpoint.types)}


def _give_secret(endpoint: WebhookEndpoint, store: KeyStore) -> str:
    secret = new_secret()
    endpoint.secret = sealed(secret, endpoint.pk, store=store)
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return secret


def _endpoint(endpoint: int) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint).first()
    if found is None:
        raise UnknownEndpoint(
            told("There is no endpoint {number}.", number=endpoint),
            "See those there are with: customerfile webhook list",
        )
    return found


def _require_on(endpoint: WebhookEndpoint) -> None:
    if endpoint.state != "on":
        raise EndpointIsOff(
            told("Endpoint {number} is off: nothing is sent to it.", number=endpoint.pk),
            told("Switch it on with: customerfile webhook on {number}", number=endpoint.pk),
        )


def _write_down(what: str, endpoint: WebhookEndpoint, *, by: str, at: datetime, **detail: Value) -> None:
    record(
        by=by,
        at=at,
        code=f"webhooks.endpoint.{what}",
        subject=f"webhook_endpoint:{endpoint.pk}",
        detail=detail,
    )
