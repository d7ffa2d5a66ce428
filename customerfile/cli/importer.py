"""Work beside the pages: imports, and changes of many customers, are done by processes of their own, one for each.

The database says what is to be done. A process that ends before that is done is started again, by this server or the
next.
"""

import logging
import subprocess
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from django.db import Error, connection

from customerfile.base.clock import now
from customerfile.cli.meanwhile import begun, meanwhile
from customerfile.config.database import logged_in_as
from customerfile.customers.bulk_changes.store import changes_at_work
from customerfile.embedded import Home
from customerfile.intake.uploads.storing import tidy_uploads
from customerfile.sources.demonstration import demonstration_at_work
from customerfile.sources.undo_requests import undos_at_work
from customerfile.sources.uploads import uploads_at_work

AT_ONCE = 2
_IDLE_SECONDS = 0.5
_PAUSE_SECONDS = 5.0  # before something that did not come to its end is begun again
_TIDIED_EVERY = 3600.0
_LAST_CHUNK_SECONDS = 20.0

_log = logging.getLogger(__name__)

type Work = tuple[str, int]


def importing_meanwhile(home: Home, *, login: str = "") -> AbstractContextManager[None]:
    """Do what is asked for until the block ends. What is under way then goes on with the next server.

    Looking for work is done under the database login of the worker, if given.
    """
    work = partial(_import_until, importer=Importer(), home=home, login=login)
    return meanwhile("importer", work, patience=_LAST_CHUNK_SECONDS + _PAUSE_SECONDS)


@dataclass(slots=True)
class Importer:
    """Keeps processes going, at most `AT_ONCE`. `turn` is called again and again by one thread."""

    _running: dict[Work, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _not_before: dict[Work, float] = field(default_factory=dict)

    def turn(self) -> None:
        """Begin what is to be done and not under way."""
        self._take_in()
        for work in [
            *(("upload", each) for each in uploads_at_work()),
            *(("undo", each) for each in undos_at_work()),
            *(("demonstration", each) for each in demonstration_at_work()),
            *(("change", each) for each in changes_at_work()),
        ]:
            is_resting = self._not_before.get(work, 0.0) > monotonic()
            if len(self._running) < AT_ONCE and work not in self._running and not is_resting:
                self._running[work] = begun("customerfile.cli.work_process", *map(str, work))

    def end(self) -> None:
        """Ask what runs to leave in good order. What it did stays."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout=_LAST_CHUNK_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()

    def _take_in(self) -> None:
        for work, process in list(self._running.items()):
            if process.poll() is not None:
                del self._running[work]
                self._not_before[work] = monotonic() + (
                    _PAUSE_SECONDS if process.returncode else _IDLE_SECONDS
                )


def _import_until(over: threading.Event, importer: Importer, home: Home, login: str) -> None:
    """In a thread of its own, with a connection of its own."""
    tidied_at = -_TIDIED_EVERY
    while not over.is_set():
        try:
            if monotonic() - tidied_at >= _TIDIED_EVERY:
                tidied_at = monotonic()
                tidy_uploads(home, at=now())
                connection.close()
            with logged_in_as(login):
                while not over.wait(_IDLE_SECONDS) and monotonic() - tidied_at < _TIDIED_EVERY:
                    importer.turn()
        except Exception as problem:  # noqa: BLE001 - the edge of a worker that has to go on; nothing is lost by waiting
            if not isinstance(problem, Error):  # the database may be stopped or busy just now
                _log.error("What was asked for on a page could not be begun", exc_info=problem)
            connection.close()
            over.wait(_PAUSE_SECONDS)
    importer.end()
