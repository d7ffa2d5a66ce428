"""Measures the quality of the file while the pages are served, once a day and when somebody wants it.

That is done in a process of its own, as imports are.
"""

import logging
import threading
from contextlib import AbstractContextManager
from functools import partial
from time import monotonic

from django.db import Error, connection

from customerfile.base.clock import now
from customerfile.cli.meanwhile import begun, meanwhile
from customerfile.config.database import logged_in_as
from customerfile.quality.asking import is_wanted

_LOOKS_EVERY = 1.0  # seconds, for whether somebody wants it now
_DUE_EVERY = 600.0  # seconds, for whether a day is over
_DUE_FIRST_AFTER = 60.0  # whoever starts the server is to have it to himself
_PAUSE = 5.0
_LAST_SECONDS = 20.0

_log = logging.getLogger(__name__)


def measuring_meanwhile(*, login: str = "", first: float = _DUE_FIRST_AFTER) -> AbstractContextManager[None]:
    """Measure where that is due, until the block ends. Looking is done under the login of the worker, if given."""
    return meanwhile("measurer", partial(_measure_until, login=login, first=first), patience=_LAST_SECONDS)


def _measure_until(over: threading.Event, login: str, first: float) -> None:
    """In a thread of its own, with a connection of its own."""
    due_from = monotonic() + first
    while not over.is_set():
        try:
            with logged_in_as(login):
                while not over.wait(_LOOKS_EVERY if due_from > monotonic() else 0.0):
                    is_daily = monotonic() >= due_from
                    if is_daily:
                        due_from = monotonic() + _DUE_EVERY
                    if is_wanted(now(), daily=is_daily):
                        _measure(over)
        except Error:  # the database may be stopped or busy just now
            over.wait(_PAUSE)
        finally:
            connection.close()


def _measure(over: threading.Event) -> None:
    process = begun("customerfile.cli.measuring_process")
    while process.poll() is None:
        if over.wait(1.0):
            process.terminate()
            process.wait(timeout=_LAST_SECONDS)
            return
    if process.returncode:
        _log.error("The quality of the file could not be measured")
        over.wait(_PAUSE)
