"""The encoding of a text file, decided over its whole length: one bad line late in a UTF-8 file does not
change it.
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from charset_normalizer import from_bytes

from customerfile.base.told import noted_text

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BLOCK_BYTES = 1 << 20
_SCAN_BYTES = 256 << 20
_SAMPLE_LINES = 4000
_SAMPLE_LINE_BYTES = 500
# In words, these bytes are letters of Central Europe in cp1250 and signs or rare letters in cp1252; and the
# reverse.
_CENTRAL = re.compile(
    rb"[A-Za-z][\x8a\x8c-\x8f\x9a\x9c-\x9f\xa5\xaa\xb3\xb9\xba\xbc\xbe\xbf]|[\xa3\x8a\x8c-\x8f\xaf][a-z]"
)
_WESTERN = re.compile(rb"[\xe0\xe5\xc0\xc5]|\x9c(?=u)|\xa3(?=[0-9])")
_EUROPEAN = {"cp1250", "cp1252", "cp1254"}
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5", "euc_kr"]


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str  # a Python codec
    notes: tuple[str, ...] = ()


def detect_encoding(stream: BinaryIO) -> Encoding:
    """Reads from the stream (at most 256 MiB). Text without any sign of another encoding is UTF-8."""
    head = stream.read(_BLOCK_BYTES) + stream.readline(_BLOCK_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name)
    if wide := _wide(head[:4096]):
        return Encoding(
            wide,
            (
                noted_text("Read as {encoding}, from where its zero bytes stand.").format(
                    encoding=wide.upper()
                ),
            ),
        )
    lines = _foreign_lines(head, stream)
    valid = sum(_is_utf8(line) for line in lines)
    if not lines or valid * 2 >= len(lines):
        return Encoding("utf-8")
    return _eight_bit([line for line in lines if not _is_utf8(line)] if valid else lines)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 10 > half * 6 and even * 10 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > half * 6 and odd * 10 < half else ""


def _foreign_lines(head: bytes, stream: BinaryIO) -> list[bytes]:
    lines: list[bytes] = []
    block, scanned = head, 0
    while block and len(lines) < _SAMPLE_LINES and scanned < _SCAN_BYTES:
        if not block.isascii():
            lines += islice(
                (line for line in block.split(b"\n") if not line.isascii()), _SAMPLE_LINES - len(lines)
            )
        scanned += len(block)
        block = stream.read(_BLOCK_BYTES) + stream.readline(_BLOCK_BYTES)
    return lines


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start > len(line) - 4
    return True


def _eight_bit(lines: list[bytes]) -> Encoding:
    sample = b"\n".join(line[:_SAMPLE_LINE_BYTES] for line in lines[:500])
    guesses = from_bytes(sample, cp_isolation=_CANDIDATES)
    best = guesses.best()
    name = best.encoding if best is not None else "cp1252"
    if name in _EUROPEAN:
        name = _european(sample, {guess.encoding: guess.coherence for guess in guesses})
    note = noted_text("Not UTF-8; read as {encoding}. Name the encoding if letters look wrong.").format(
        encoding=name
    )
    return Encoding(name, (note,))


def _european(sample: bytes, coherence: dict[str, float]) -> str:
    """Telling signs first; then the likelier language; then Western Europe."""
    central, western = len(_CENTRAL.findall(sample)), len(_WESTERN.findall(sample))
    if central != western:
        return "cp1250" if central > western else "cp1252"
    return "cp1250" if coherence.get("cp1250", 0.0) > coherence.get("cp1252", 0.0) + 0.1 else "cp1252"
