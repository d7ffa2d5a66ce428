"""Sends webhooks beside the pages while they are served."""

import logging
import threading
from contextlib import AbstractContextManager
from functools import partial

from django.db import Error, connection

from customerfile.cli.meanwhile import meanwhile
from customerfile.config.database import logged_in_as
from customerfile.embedded import Home
from customerfile.vault.keystore import key_store
from customerfile.webhooks.configured import own_network
from customerfile.webhooks.sending import Sender

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_PATIENCE = 5.0


def sending_meanwhile(home: Home, *, login: str = "") -> AbstractContextManager[None]:
    """Send what is due until the block ends. What is on its way then is sent again by the next server.

    The database is used under the login of the worker, if given.
    """
    sender = Sender(partial(key_store, home.keys), own_network())
    return meanwhile("webhooks", partial(_send_until, sender=sender, login=login), patience=_PATIENCE)


def _send_until(over: threading.Event, sender: Sender, login: str) -> None:
    """In a thread of its own, with a connection of its own."""
    with logged_in_as(login):
        while not over.is_set():
            try:
                is_busy = sender.turn()
            except Exception as problem:  # noqa: BLE001 - the edge of a worker that has to go on; nothing is lost by waiting
                if not isinstance(problem, Error):  # the database may be stopped or busy just now
                    _log.error("Sending webhooks failed", exc_info=problem)
                connection.close()
                over.wait(_PATIENCE)
                continue
            if not is_busy:
                over.wait(_IDLE_SECONDS)
        connection.close()
