"""A receiver, an endpoint that leads to it, and a sender whose clock the test turns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from customerfile.access.operations import ensure_owner
from customerfile.base.clock import now
from customerfile.embedded import Home
from customerfile.vault.keystore import KeyStore, key_store
from customerfile.webhooks.addresses import OwnNetwork
from customerfile.webhooks.messages import CHOOSABLE, MessageType
from customerfile.webhooks.operations import NewEndpoint, add_endpoint
from customerfile.webhooks.sending import Sender
from tests.integration.webhooks.receiver import Receiver, receiving

LOOPBACK = OwnNetwork.parse("127.0.0.0/8,::1")


@dataclass
class Clock:
    """What time it is; it goes on only when it is told to."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def go(self, **passed: float) -> datetime:
        self.at += timedelta(**passed)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def store(test_home: Home) -> KeyStore:
    return key_store(test_home.keys)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(db: None, store: KeyStore) -> Callable[..., NewEndpoint]:
    """Tell an address of these types, or of all."""

    def endpoint(url: str, *types: MessageType) -> NewEndpoint:
        ensure_owner(username="olive", by="tests", at=now())
        return add_endpoint(url, types or CHOOSABLE, LOOPBACK, store=store, by="olive", at=now())

    return endpoint


@pytest.fixture
def sender(db: None, store: KeyStore, clock: Clock) -> Sender:
    return Sender(lambda: store, LOOPBACK, clock=clock)


def send_all(sender: Sender, *, patience: float = 20.0) -> None:
    """Let the sender work until nothing is due any more."""
    until = monotonic() + patience
    while sender.turn(0.05) or not sender.is_idle():
        assert monotonic() < until, "the sender does not come to rest"
