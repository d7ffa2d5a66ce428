"""Takes a file from a browser straight into the spool, block by block, no further than it may be large."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told
from customerfile.embedded import Home
from customerfile.intake.uploads.storing import new_copy, plain_name, remove_copy, upload_folder

_MEGABYTE = 1_000_000


class NotReceived(CustomerfileError):
    """No file came, or none that can be kept."""


def longest_upload() -> int:
    """How many bytes a file may have."""
    return settings.UPLOAD_MEGABYTES * _MEGABYTE


class ReceivedFile(UploadedFile):  # type: ignore[type-arg] # generic in its stubs alone
    """A file that lies in the spool. `stored` is the name of its copy."""

    def __init__(self, stored: str, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.stored = stored


class SpoolHandler(FileUploadHandler):
    """Writes what arrives to a private copy. What is too large is read to its end and not kept, so that the browser
    waits for the answer.
    """

    chunk_size = 1 << 20

    def __init__(self, request: HttpRequest, home: Home) -> None:
        super().__init__(request)
        self._home = home
        self._file: BinaryIO | None = None
        self._stored = ""
        self._size = 0
        self.problem: NotReceived | None = None

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(*arguments, **named)
        if self._file is not None or self._stored:
            raise StopUpload(connection_reset=False)  # one file at a time
        self._stored, self._file = new_copy(upload_folder(self._home))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A part of it. Nothing is handed on: no other handler keeps a second copy."""
        self._size += len(raw_data)
        if self._size > longest_upload():
            self._give_up(too_large(self.file_name))
        try:
            if self._file is not None:
                self._file.write(raw_data)
        except OSError:
            self._give_up(
                NotReceived(
                    "There is no room on the server's disk for this file.",
                    "Ask whoever runs it to free some, then hand the file in again.",
                )
            )

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        """All of it is there."""
        if self._file is None:
            return None
        self._file.close()
        self._file = None
        return ReceivedFile(self._stored, plain_name(self.file_name or ""), self._size)

    def upload_interrupted(self) -> None:
        """The browser went away."""
        self._discard()

    def _give_up(self, problem: NotReceived) -> None:
        self.problem = problem
        self._discard()
        raise StopUpload(connection_reset=False)

    def _discard(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        remove_copy(self._home, self._stored)


def receive_here(request: HttpRequest, home: Home) -> SpoolHandler:
    """Have the files of this request received by a handler. Call it before anything reads the request."""
    handler = SpoolHandler(request, home)
    request.upload_handlers = [handler]
    return handler


def received(request: HttpRequest, handler: SpoolHandler) -> ReceivedFile:
    """The file that came. Raises NotReceived."""
    found = request.FILES.get("file")
    if handler.problem is not None:
        raise handler.problem
    if not isinstance(found, ReceivedFile) or not found.name:
        raise NotReceived("No file came with that.", "Choose the file first, then send it.")
    return found


def too_large(name: str | None) -> NotReceived:
    """What is said of a file that is too large to be handed in here."""
    return NotReceived(
        told(
            "{file} is larger than {megabytes} MB, the most that can be handed in here.",
            file=plain_name(name or ""),
            megabytes=settings.UPLOAD_MEGABYTES,
        ),
        "Send it compressed (.gz), or in parts that each begin with the row of column names. Whoever runs the server"
        " can bring in a file of any size with: customerfile import",
    )
