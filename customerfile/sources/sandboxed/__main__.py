"""The child process: takes limits on itself, reads one request from its input, writes messages, one JSON per line."""

import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

import orjson

from customerfile.sources.sandboxed import cards, workbook
from customerfile.sources.sandboxed.request import Refusal, Request, WireRow

_BATCH_ROWS = 200


def main() -> None:
    """Every way out but a crash tells the parent: "end" after the last row, or "refusal" with its reason."""
    request = Request.unpacked(sys.stdin.buffer.read())
    _limit(request)
    try:
        reader = workbook if request.format == "xlsx" else cards
        if request.columns is None:
            _write({"about": asdict(reader.about(request))})
        else:
            for batch in _batches(reader.rows(request)):
                _write({"rows": batch})
        _write({"end": True})
    except Refusal as refusal:
        _write({"refusal": [refusal.reason, refusal.remedy, refusal.is_limit]})
    except MemoryError:
        _write({"memory": True})


def _limit(request: Request) -> None:
    """No more memory or processor time than allowed, no file may be written, no core with personal data left."""
    limits = (
        (resource.RLIMIT_AS, request.memory_bytes),
        (resource.RLIMIT_CPU, request.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, value in limits:
        resource.setrlimit(kind, (value, value))


def _batches(rows: Iterator[WireRow]) -> Iterator[list[WireRow]]:
    while batch := list(islice(rows, _BATCH_ROWS)):
        yield batch


def _write(message: dict[str, object]) -> None:
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
