"""Seals the audit ledger beside other work: every minute while the pages are served, and when a command has written."""

import threading
from contextlib import AbstractContextManager
from functools import partial

from django.db import Error, connection
from rich.console import Console
from rich.markup import escape

from customerfile.audit.errors import AuditError
from customerfile.audit.months import make_months
from customerfile.audit.notices import notice_many_seen
from customerfile.audit.sealing import seal
from customerfile.base.clock import now
from customerfile.cli.meanwhile import meanwhile
from customerfile.config.database import logged_in_as

_SECONDS = 60.0


def sealing_meanwhile(every: float = _SECONDS, *, login: str = "") -> AbstractContextManager[None]:
    """Seal at intervals until the block ends, and once more then; under the database login of the worker, if given."""
    return meanwhile("sealer", partial(_seal_until, every=every, login=login), patience=every)


def seal_now() -> None:
    """Seal what was written, notice who saw very many, make months ahead. Where it cannot be sealed, that is said."""
    try:
        make_months()
        notice_many_seen(at=now())
        seal(at=now())
    except AuditError as problem:
        console = Console(stderr=True)
        console.print(f"The audit ledger is not sealed. {escape(problem.reason)}\n{escape(problem.remedy)}")


def _seal_until(over: threading.Event, every: float, login: str) -> None:
    """In a thread of its own, with a connection of its own, which is let go between two seals."""
    is_over = False
    with logged_in_as(login):
        while not is_over:
            is_over = over.wait(every)
            try:
                seal_now()
            except Error:  # it may be stopped or busy just now; the next seal takes up what this one left
                continue
            finally:
                connection.close()
