"""Measures the quality of the file once a day while the pages are served: in a process of its own, as imports are."""

import logging
import threading
from contextlib import AbstractContextManager
from functools import partial

from django.db import Error, connection

from customerfile.base.clock import now
from customerfile.cli.meanwhile import begun, meanwhile
from customerfile.config.database import logged_in_as
from customerfile.quality.measuring import is_due

_LOOKS_EVERY = 600.0  # seconds
_LOOKS_FIRST_AFTER = 60.0  # whoever starts the server is to have it to himself
_LAST_SECONDS = 20.0

_log = logging.getLogger(__name__)


def measuring_meanwhile(
    *, login: str = "", first: float = _LOOKS_FIRST_AFTER
) -> AbstractContextManager[None]:
    """Measure where that is due, until the block ends. Looking is done under the login of the worker, if given."""
    return meanwhile("measurer", partial(_measure_until, login=login, wait=first), patience=_LAST_SECONDS)


def _measure_until(over: threading.Event, login: str, wait: float) -> None:
    """In a thread of its own, with a connection of its own, which is let go between two looks."""
    while not over.wait(wait):
        wait = _LOOKS_EVERY
        try:
            with logged_in_as(login):
                wanted = is_due(now())
        except Error:  # the database may be stopped or busy just now
            continue
        finally:
            connection.close()
        if wanted:
            _measure(over)


def _measure(over: threading.Event) -> None:
    process = begun("customerfile.cli.measuring_process")
    while process.poll() is None:
        if over.wait(1.0):
            process.terminate()
            process.wait(timeout=_LAST_SECONDS)
            return
    if process.returncode:
        _log.error("The quality of the file could not be measured")
