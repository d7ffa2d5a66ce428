"""Plain bytes of a file that may be compressed with gzip or zstd. A bomb is refused while inflating,
whatever it declares.
"""

import gzip
import io
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow as pa

from customerfile.base.told import told
from customerfile.sources.faults import TooLarge, UnreadableFile
from customerfile.sources.readers.limits import ReadLimits

_BLOCK_BYTES = 1 << 18
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, pa.ArrowException, OSError)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


def sniff_compression(path: Path) -> str:
    """ "gzip", "zstd" or "" by the first bytes, whatever the name says."""
    with path.open("rb") as file:
        head = file.read(4)
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    return "zstd" if head == b"\x28\xb5\x2f\xfd" else ""


def open_bytes(path: Path, limits: ReadLimits) -> BinaryIO:
    """A buffered stream of the plain bytes. Reading raises TooLarge past the limits, UnreadableFile on
    damage.
    """
    compression = sniff_compression(path)
    if not compression:
        return path.open("rb", buffering=_BLOCK_BYTES)
    return io.BufferedReader(_Inflating(path, compression, limits), _BLOCK_BYTES)


@contextmanager
def plain_copy(path: Path, limits: ReadLimits) -> Iterator[Path]:
    """A path to the plain bytes, for formats read out of order: the file itself, or a private inflated copy
    beside it.
    """
    if not sniff_compression(path):
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="inflated-", dir=path.parent) as copy:
        size = 0
        with open_bytes(path, limits) as source:
            while block := source.read(_BLOCK_BYTES):
                size += len(block)
                if size > limits.unpacked_bytes:
                    raise _too_large(limits.unpacked_bytes)
                copy.write(block)
        copy.flush()
        yield Path(copy.name)


class _Inflating(io.RawIOBase):
    def __init__(self, path: Path, compression: str, limits: ReadLimits) -> None:
        self._limits = limits
        self._inflated = 0
        self._compressed: BinaryIO | pa.OSFile
        self._source: _Source
        if compression == "gzip":
            self._compressed = path.open("rb")
            self._source = gzip.GzipFile(fileobj=self._compressed)
        else:
            self._compressed = pa.OSFile(str(path))
            self._source = pa.CompressedInputStream(self._compressed, "zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        try:
            block = self._source.read(len(buffer))
        except _DAMAGE as error:
            raise UnreadableFile(
                "The compressed file is damaged or cut short.",
                "Copy or download it again and compare the sizes.",
            ) from error
        self._inflated += len(block)
        self._refuse_bomb()
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            self._compressed.close()
        super().close()

    def _refuse_bomb(self) -> None:
        if self._inflated > self._limits.inflated_bytes:
            raise _too_large(self._limits.inflated_bytes)
        # Against what was read so far: a bomb may stand behind gigabytes of honest data, or in front of it.
        if self._inflated <= self._limits.ratio_from_bytes:
            return
        if self._inflated // max(1, self._compressed.tell()) > self._limits.inflation_ratio:
            raise TooLarge(
                told(
                    "The compressed file grows more than {ratio} times when unpacked.",
                    ratio=self._limits.inflation_ratio,
                ),
                "Unpack it yourself, look at it, and import the unpacked file if it is what it should be.",
            )


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        told("The compressed file holds more than {limit:,} MiB.", limit=limit >> 20),
        "Unpack it yourself and import it in parts, if it is what it should be.",
    )
