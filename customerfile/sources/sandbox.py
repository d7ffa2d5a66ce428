"""Runs the limited child process that parses spreadsheets and vCards: whatever a file does to it, the parent lives."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

import customerfile
from customerfile.base.told import noted_text, told
from customerfile.sources.faults import ReadFault, TooLarge, UnreadableFile
from customerfile.sources.sandboxed.request import About, Request, WireRow

_CHILD = "customerfile.sources.sandboxed"
_PIPE_BYTES = 1 << 18
_LONGEST_MESSAGE = 256 << 20
_AS_CSV = noted_text("Save it as CSV and import that, or split it.")

type Message = dict[str, Any]


def ask_about(request: Request, *, wait_seconds: float) -> About:
    """What the child found out about the file. Raises a ReadFault."""
    for message in _messages(request, wait_seconds):
        if "about" in message:
            about = message["about"]
            head = tuple((line, tuple(cells)) for line, cells in about["head"])
            return About(tuple(about["columns"]), head, about["sheet"], about["rows"], tuple(about["notes"]))
    raise UnreadableFile("The file could not be looked into.", _AS_CSV)


def ask_for_rows(request: Request, *, wait_seconds: float) -> Iterator[WireRow]:
    """The rows of the file, one by one, as the child wrote them. Raises a ReadFault."""
    for message in _messages(request, wait_seconds):
        for row in message.get("rows", ()):
            yield tuple(row)


def _messages(request: Request, wait_seconds: float) -> Iterator[Message]:
    """Every message until the child says that it is done; a child that falls silent or dies becomes a fault."""
    with _running(request) as child:
        for line in _lines(child, wait_seconds):
            message: Message = orjson.loads(line)
            if "end" in message:
                return
            if "memory" in message:
                raise _no_memory(request)
            if "refusal" in message:
                reason, remedy, is_limit = message["refusal"]
                raise (TooLarge if is_limit else UnreadableFile)(reason, remedy)
            yield message
        raise _death(child.wait(), request)


@contextmanager
def _running(request: Request) -> Iterator["subprocess.Popen[bytes]"]:
    """The child with its request sent; ended in any case. It gets no secret: not the parent's environment."""
    root = str(Path(customerfile.__file__).parents[1])
    with subprocess.Popen(  # noqa: S603 - our own module, no shell, no text of the file in the command
        [sys.executable, "-P", "-s", "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": root, "PYTHONUTF8": "1"},
        start_new_session=True,
    ) as child:
        try:
            assert child.stdin is not None
            child.stdin.write(request.packed())
            child.stdin.close()
            yield child
        finally:
            child.kill()


def _lines(child: "subprocess.Popen[bytes]", wait_seconds: float) -> Iterator[bytes]:
    assert child.stdout is not None
    pipe, pieces, size = child.stdout.fileno(), list[bytes](), 0
    while True:
        if not select.select([pipe], [], [], wait_seconds)[0]:
            raise TooLarge(
                told("The file could not be read within {seconds:.0f} seconds.", seconds=wait_seconds),
                _AS_CSV,
            )
        read = os.read(pipe, _PIPE_BYTES)
        if not read:
            return
        *whole, rest = read.split(b"\n")
        for line in whole:
            yield b"".join([*pieces, line])
            pieces, size = [], 0
        pieces.append(rest)
        size += len(rest)
        if size > _LONGEST_MESSAGE:
            raise TooLarge("The rows of the file are too long.", _AS_CSV)


def _death(code: int, request: Request) -> ReadFault:
    if code == -signal.SIGXCPU:
        return TooLarge(
            told("Reading the file took more than {seconds} seconds.", seconds=request.cpu_seconds), _AS_CSV
        )
    if code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        return _no_memory(request)
    return UnreadableFile("The file brought down the program that reads it.", _AS_CSV)


def _no_memory(request: Request) -> TooLarge:
    return TooLarge(
        told(
            "The file cannot be read within {limit:,} MiB of memory, or is damaged.",
            limit=request.memory_bytes >> 20,
        ),
        _AS_CSV,
    )
