"""What leaves is written down before it can be seen: that an export began, what left, or that it failed.

The ledger never says less than what left: an entry that cannot be written is a file that does not appear.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import Error, connection, transaction

from customerfile.access.sight import WHOLE, Sight, branch_names
from customerfile.audit import operations as audit
from customerfile.base.clock import now
from customerfile.base.told import told
from customerfile.intake.export_files import ExportFault, written_whole

SETTING = "CUSTOMERFILE_EXPORT_REASON_ABOVE"
LONGEST_REASON = 500
WATERMARK = "export_mark"  # the column, and the key in JSON Lines
_BEGUN, _FAILED = "intake.export.begun", "intake.export.failed"
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes what out, to where and why. `code` is what the ledger says of it once it has left."""

    code: str
    path: Path
    by: str
    reason: str = ""
    sight: Sight = WHOLE
    of: str = ""  # of what it is a part, as "delivery:12"


class Export:
    """A file on its way out, and how far it is. `columns` and what is taken go into the ledger at the end."""

    file: BinaryIO  # where to write, once it is opened

    def __init__(self, taking: Taking) -> None:
        self.columns: Sequence[str] = ()
        self.count = 0
        self.mark = secrets.token_hex(4)  # also in the name of what is written before it is whole
        self._taking = taking
        self._began_at = now().astimezone(UTC)
        self._reason = _reason(taking.reason)
        self._reason_above = reason_above()
        self._identity: tuple[int, int] | None = None

    @property
    def watermark(self) -> str:
        """What each row says where a reason was given, and so wherever many leave: which export, who, when and why.

        A part of the file that turns up elsewhere leads to its entry. "" in a small file without a reason.
        """
        if not self._reason:
            return ""
        return f"{self.mark} {self._taking.by} {self._began_at:%Y-%m-%d %H:%M} UTC: {self._reason}"

    def opened(self, file: BinaryIO) -> None:
        """Go on with this file."""
        self.file = file
        found = os.fstat(file.fileno())
        self._identity = (found.st_dev, found.st_ino)

    def take(self, rows: int) -> None:
        """Count rows that are about to be written. Raises ExportFault where so many need a reason."""
        self.count += rows
        if self.count > self._reason_above and not self._reason:
            raise ExportFault(
                told(
                    "More than {number:,} leave in one file: that needs a reason.", number=self._reason_above
                ),
                'Say why, as in --reason "the yearly letter"; it is kept in the ledger.',
            )

    def begin(self) -> None:
        """Write down that it begins, and within which limits. Raises ExportFault."""
        self._write_down(_BEGUN, {"what": self._taking.code})

    def settle(self) -> None:
        """Write down what leaves, for good. Raises ExportFault: then nothing may leave."""
        self._write_down(self._taking.code, {"count": self.count, "columns": list(self.columns)})

    def fail(self) -> None:
        """Write down that nothing left, unless the file has reached its place."""
        if self._is_in_its_place():
            return
        with suppress(
            ExportFault
        ):  # what failed first is told; that it began and did not end is written down
            self._write_down(_FAILED, {"what": self._taking.code, "count": self.count})

    def _is_in_its_place(self) -> bool:
        try:
            found = self._taking.path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._identity

    def _write_down(self, code: str, detail: audit.Detail) -> None:
        subject = f"file:{_written(self._taking.path.name)}"
        try:
            with transaction.atomic(durable=True):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = on")
                audit.record(
                    by=self._taking.by,
                    at=now(),
                    code=code,
                    subject=subject,
                    detail={**self._limits(), **detail},
                )
        except Error as problem:
            raise ExportFault(
                "Nothing was exported: what leaves has to be written down first, and the ledger cannot be written.",
                "customerfile doctor tells what is wrong with the database.",
            ) from problem

    def _limits(self) -> dict[str, str | list[str] | None]:
        sight = self._taking.sight
        return {
            "export": self.mark,
            "of": self._taking.of,
            "format": self._taking.path.suffix.lower().lstrip("."),
            "sees": "whole" if sight.is_whole else "part",
            "branches": branch_names(sight),
            "fields": None if sight.fields is None else sorted(sight.fields),
            "reason": self._reason,
        }


@contextmanager
def exported(taking: Taking) -> Iterator[Export]:
    """A file to fill that appears whole, and only once the ledger says what is in it. Raises ExportFault."""
    export = Export(taking)
    export.begin()
    is_there = False
    try:
        with written_whole(taking.path, mark=export.mark, settle=export.settle) as file:
            export.opened(file)
            yield export
        is_there = True
    finally:
        if not is_there:
            export.fail()


def reason_above() -> int:
    """How many may leave in one file without a reason. Raises ExportFault where the setting is no number."""
    text = str(settings.EXPORT_REASON_ABOVE).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ExportFault(
            told("{setting} is no whole number: {value}.", setting=SETTING, value=text),
            "Set it to one, as in 10000.",
        )
    return int(text)


def _reason(given: str) -> str:
    said = " ".join(_written(given).split())
    if len(said) > LONGEST_REASON:
        raise ExportFault(
            told("A reason has at most {most} characters.", most=LONGEST_REASON), "Say it in fewer words."
        )
    return said


def _written(text: str) -> str:
    """A text from the command line in which every byte can be stored, those that are no text as their numbers."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
