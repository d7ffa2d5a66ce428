"""Logs tell where something failed and of which kind it was, never on which value.

Messages of exceptions hold rows of customers, and addresses hold keys and words that were searched for.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import psycopg

type _Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ValuelessFormatter(logging.Formatter):
    """Leaves out the messages of exceptions, and of requests all but their method and the pattern of their address."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None:
            record.message = _told(request, getattr(record, "status_code", "failed"))
        elif isinstance(record.msg, BaseException):
            record.message = _kind(record.msg)
        return super().formatMessage(record)

    def formatException(self, ei: _Raised) -> str:
        return "".join(_where(ei[1])).rstrip("\n") if ei[1] is not None else ""


def _told(request: Any, outcome: object) -> str:
    match = getattr(request, "resolver_match", None)
    place = f"/{match.route}" if match else "an address that is not ours"
    return f"{outcome}: {getattr(request, 'method', '')} {place}"


def _where(error: BaseException) -> Iterator[str]:
    """The lines of code that an error passed through, after those of the error that it came of."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _where(before)
        yield "\nand of that came:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{_kind(error)}\n"


def _kind(error: BaseException) -> str:
    named = f"{type(error).__module__}.{type(error).__qualname__}"
    if not isinstance(error, psycopg.Error):
        return named
    facts = (error.sqlstate, error.diag.table_name, error.diag.constraint_name)
    return " ".join([named, *(each for each in facts if each)])
