"""Decoded lines of a text file with bounded memory. Bytes that do not decode stay visible as marks, never
vanish.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from customerfile.base.told import told
from customerfile.sources.faults import TooLarge, UnreadableFile
from customerfile.sources.readers.encoding import detect_encoding
from customerfile.sources.readers.inflate import open_bytes
from customerfile.sources.readers.limits import ReadLimits

_BLOCK_CHARS = 1 << 20
_MARK = re.compile("[\x00\ud800-\udfff]")
_WIDE_MARK = re.compile("[\x00\ufffd\ud800-\udfff]")
_TEXT_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class TextFile:
    path: Path
    encoding: str
    notes: tuple[str, ...]
    limits: ReadLimits

    @property
    def is_wide(self) -> bool:
        return self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def mark(self) -> re.Pattern[str]:
        """Finds what no text may hold: NUL, or a byte that did not decode."""
        return _WIDE_MARK if self.is_wide else _MARK

    def open(self) -> io.TextIOWrapper:
        errors = "replace" if self.is_wide else "surrogateescape"
        stream = open_bytes(self.path, self.limits)
        return io.TextIOWrapper(stream, encoding=self.encoding, errors=errors, newline="")

    def blocks(self) -> Iterator[list[str]]:
        """The lines in blocks of about a million characters, each line with its own ending, as delivered."""
        rest, line = "", 1
        with self.open() as stream:
            while chunk := stream.read(_BLOCK_CHARS):
                text = rest + chunk
                cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
                rest = text[cut:]
                lines = io.StringIO(text[:cut], newline="").readlines()
                line += len(lines)
                if len(rest) > self.limits.line_chars:
                    raise _line_too_long(line, self.limits)
                if lines:
                    yield lines
        if rest:
            yield io.StringIO(rest, newline="").readlines()

    def shown(self, text: str) -> str:
        """Text that can be stored and shown: marks written out as \\x00, \\x81; long text cut."""
        text = text[:_TEXT_KEPT].rstrip("\r\n").replace("\x00", "\\x00")
        if text.isascii():
            return text
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def open_text(path: Path, encoding: str, limits: ReadLimits) -> TextFile:
    """With `encoding` "" the encoding is detected. Raises UnreadableFile where no such encoding is known."""
    if not encoding:
        with open_bytes(path, limits) as stream:
            found = detect_encoding(stream)
        return TextFile(path, found.name, found.notes, limits)
    try:
        "".encode(encoding)
    except LookupError as error:
        raise UnreadableFile(
            told('No encoding is called "{encoding}".', encoding=encoding),
            "Use for example utf-8, cp1252 or cp1250.",
        ) from error
    return TextFile(path, encoding, (), limits)


def _line_too_long(line: int, limits: ReadLimits) -> TooLarge:
    return TooLarge(
        told("Line {line} is longer than {most:,} characters.", line=line, most=limits.line_chars),
        "Check that this is a text file with one row per line.",
    )
