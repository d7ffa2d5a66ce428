"""Verifies what `customerfile audit export` wrote. One file, of Python 3.9 or newer, without anything else installed.

    python audit_verifier.py LEDGER.jsonl [ANCHOR ...]

An ANCHOR is a line that `customerfile audit anchor` printed, or a file with such lines. It ends with 0 where nothing
was altered, removed, inserted or put into another order, with 1 where something was, with 2 where it could not look.
The product itself takes its hashes from here, so that there is one definition of them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import Any, BinaryIO, NamedTuple

FIRST_LINE = b'["customerfile audit ledger", 1]\n'
SEALS, ENTRIES, READS = "audit_seal", "audit_entry", "read_entry"
ANCHOR = re.compile(r"customerfile-anchor seal=(\d{1,18}) hash=([0-9a-f]{64})\b")
NO_ROWS = sha256(b"").digest()

_LEAF, _NODE = b"\x00", b"\x01"  # so that no inner node can pass for a row
_WIDTHS = {SEALS: 9, ENTRIES: 8, READS: 7}
_PURGED_WIDTH = 4  # of a row of which the hash alone is left: it is the last value
_PURGE, _SHORTEST_DAYS = "audit.ledger.purged", 56  # what was sealed later may not have been purged
_ORDER = {SEALS: 0, ENTRIES: 1, READS: 2}
_LONGEST_LINE = 64 * 1024 * 1024
_MOST_TOLD = 100
_LOWEST = -(2**63)


def text_of(*values: str | int) -> bytes:
    """Values as the JSON array that PostgreSQL writes of them: what is hashed."""
    return json.dumps(values, ensure_ascii=False).encode()


def hash_of(*values: str | int) -> bytes:
    """SHA-256 of values as a JSON array."""
    return sha256(text_of(*values)).digest()


def line_of(digest: bytes, *values: str | int) -> bytes:
    """A line of the file: the hash that was stored, and what it is the hash of."""
    return b'["%s", %s]\n' % (digest.hex().encode(), text_of(*values))


def purged_line(digest: bytes, *values: str | int) -> bytes:
    """A line for a row that was purged while its batch stays: the hash it had is its last value."""
    return line_of(hash_of(*values, digest.hex()), *values, digest.hex())


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves in their order (RFC 6962); no more than one node per level is held."""
    pending: list[tuple[int, bytes]] = []  # full subtrees, the highest first, each with its height
    for leaf in leaves:
        height, node = 0, sha256(_LEAF + leaf).digest()
        while pending and pending[-1][0] == height:
            node = sha256(_NODE + pending.pop()[1] + node).digest()
            height += 1
        pending.append((height, node))
    if not pending:
        return NO_ROWS
    root = pending.pop()[1]
    while pending:
        root = sha256(_NODE + pending.pop()[1] + root).digest()
    return root


class Line(NamedTuple):
    """A line that was read: its number in the file, the hash it says, whether that is its hash, and its values."""

    number: int
    digest: bytes
    is_right: bool
    row: list[Any]

    @property
    def is_purged(self) -> bool:
        """Whether of the row itself the hash alone is left."""
        return len(self.row) == _PURGED_WIDTH

    @property
    def leaf(self) -> bytes:
        """The hash that the row had when it was sealed."""
        return bytes.fromhex(self.row[-1]) if self.is_purged else self.digest


class Purged(NamedTuple):
    """What the newest entry about it says: so many rows of a ledger are gone, of batches up to `through`."""

    through: int = 0
    rows: int = 0
    at: datetime = datetime.min.replace(tzinfo=timezone.utc)  # noqa: UP017 - for Python 3.9

    def excuses(self, seal: list[Any]) -> bool:
        """Whether rows of this batch may be missing: it is named, and was old enough when that was said."""
        old_enough = (
            datetime.fromisoformat(seal[3]) <= self.at - timedelta(days=_SHORTEST_DAYS)
            if self.rows
            else False
        )
        return old_enough and seal[1] <= self.through


class Verifier:
    """Goes through a file once. `faults` are sentences, in the order in which they were met."""

    def __init__(self, anchors: Iterable[tuple[int, str]] = ()) -> None:
        self.faults: list[str] = []
        self.untold = 0  # how many more there are
        self.counts = {SEALS: 0, ENTRIES: 0, READS: 0}
        self.newest: tuple[int, str] | None = None
        self._anchors = list(anchors)
        self._seals: list[Line] = []
        self._purged: dict[str, Purged] = {}
        self._hashes: dict[tuple[str, int], int] = {}  # batch -> rows of which the hash alone is left

    def verify(self, file: BinaryIO) -> bool:
        """Whether the file is what was sealed, as the anchors saw it."""
        if file.readline(_LONGEST_LINE) != FIRST_LINE:
            self._tell("The file does not begin as a ledger that was exported does.")
        met = -1
        batches: set[tuple[str, int]] = set()  # those of which lines were met
        for kind, lines in groupby(self._lines(file), key=lambda line: line.row[0]):
            if _ORDER[kind] <= met:
                self._all_misplaced(lines)
            elif kind == SEALS:
                self._take_seals(lines)
            else:
                self._take_rows(kind, lines, batches)
            met = max(met, _ORDER[kind])
        self._look_for_missing_batches(batches)
        self._compare_with_anchors()
        return not self.faults

    def _lines(self, file: BinaryIO) -> Iterator[Line]:
        for number, text in enumerate(iter(partial(file.readline, _LONGEST_LINE), b""), 2):
            line = _read(number, text)
            if line is None:
                self._tell(f"Line {number} is none that was exported: it was altered or inserted.")
                continue
            self.counts[line.row[0]] += 1
            if not line.is_right:
                self._tell(f"Line {number}, {_name(line.row)}, was altered.")
            yield line

    def _take_seals(self, lines: Iterable[Line]) -> None:
        before, previous, end = 0, "", _LOWEST
        for line in lines:
            _, number, below, *_, said = line.row
            if number > before + 1:
                self._tell(f"Between seal {before} and seal {number}, {number - before - 1} were removed.")
            if number <= before or said != previous or below <= end:
                self._tell(f"Seal {number} does not follow from the one before it.")
            before, previous, end = number, line.digest.hex(), below
            self._seals.append(line)
        self.newest = (before, previous)

    def _take_rows(self, kind: str, lines: Iterable[Line], batches: set[tuple[str, int]]) -> None:
        for place, rows in groupby(self._in_order(kind, lines), key=_Places(self._seals)):
            if place < len(self._seals):
                batches.add((kind, place))
                self._compare(kind, self._seals[place].row, rows)
            else:
                for line in rows:
                    self._tell(f"Line {line.number}, {_name(line.row)}, stands behind the last seal.")

    def _in_order(self, kind: str, lines: Iterable[Line]) -> Iterator[Line]:
        last = (_LOWEST, _LOWEST)
        for line in lines:
            place = (line.row[2], line.row[1])
            if place <= last:
                self._tell(f"Line {line.number}, {_name(line.row)}, is not in its place, or there twice.")
            last = place
            if kind == ENTRIES and not line.is_purged and line.row[5] == _PURGE:
                self._purged = _purged_in(line.row)
            yield line

    def _compare(self, kind: str, seal: list[Any], rows: Iterable[Line]) -> None:
        found = 0

        def leaves() -> Iterator[bytes]:
            nonlocal found
            for line in rows:
                found += 1
                if line.is_purged:
                    batch = (kind, seal[1])
                    self._hashes[batch] = self._hashes.get(batch, 0) + 1
                yield line.leaf

        root = merkle_root(leaves()).hex()
        sealed, said = _said(seal, kind)
        where = f"Batch {seal[1]} of {kind}: "
        if found != sealed:
            self._tell(f"{where}{found:,} lines stand where {sealed:,} were sealed.")
        elif root != said:
            self._tell(f"{where}lines were altered, exchanged or put into another order.")

    def _look_for_missing_batches(self, batches: set[tuple[str, int]]) -> None:
        if not self._seals:
            self._tell("There is no seal in the file.")
        for kind in (ENTRIES, READS):
            purged = self._purged.get(kind, Purged())
            gone = 0
            for place, line in enumerate(self._seals):
                hashes = self._hashes.get((kind, line.row[1]), 0)
                if (kind, place) in batches:
                    gone += hashes
                    if hashes and not purged.excuses(line.row):
                        self._tell(
                            f"Batch {line.row[1]} of {kind}: {hashes:,} lines are missing, and nobody purged them."
                        )
                elif purged.excuses(line.row):
                    gone += _said(line.row, kind)[0]
                else:
                    self._compare(kind, line.row, ())
            if gone != purged.rows:
                self._tell(f"{gone:,} rows of {kind} were purged, and the ledger says {purged.rows:,}.")

    def _compare_with_anchors(self) -> None:
        digests = {line.row[1]: line.digest.hex() for line in self._seals}
        for number, digest in self._anchors:
            if number not in digests:
                self._tell(
                    f"Seal {number} is in the anchor and not in the file: history was cut off or rewritten."
                )
            elif digests[number] != digest:
                self._tell(f"Seal {number} is another one than the anchor says: history was rewritten.")

    def _all_misplaced(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._tell(f"Line {line.number}, {_name(line.row)}, was moved or inserted there.")

    def _tell(self, words: str) -> None:
        if len(self.faults) < _MOST_TOLD:
            self.faults.append(words)
        else:
            self.untold += 1


class _Places:
    """Into which batch a line belongs, asked of the lines in their order; behind the last seal: how many there are."""

    def __init__(self, seals: list[Line]) -> None:
        self._ends = [line.row[2] for line in seals]
        self._next = 0

    def __call__(self, line: Line) -> int:
        while self._next < len(self._ends) and line.row[2] >= self._ends[self._next]:
            self._next += 1
        return self._next


def _read(number: int, text: bytes) -> Line | None:
    if text[:2] != b'["' or text[66:69] != b'", ' or text[-2:] != b"]\n":
        return None
    try:
        digest = bytes.fromhex(text[2:66].decode("ascii"))
        row = json.loads(text[69:-2].decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not _is_row(row) or len(digest) != len(NO_ROWS):
        return None
    is_right = sha256(text[69:-2]).hexdigest().encode() == text[2:66]
    return Line(number, digest, is_right, row)


def _is_row(row: Any) -> bool:
    if type(row) is not list or not row or type(row[0]) is not str or row[0] not in _WIDTHS:
        return False
    if len(row) != _WIDTHS[row[0]] and not (
        len(row) == _PURGED_WIDTH and row[0] != SEALS and _is_hash(row[3])
    ):
        return False
    if type(row[1]) is not int or type(row[2]) is not int:
        return False
    if row[0] == SEALS:
        return [type(row[at]) for at in (3, 4, 5, 6, 7, 8)] == [str, int, str, int, str, str] and _is_moment(
            row[3]
        )
    return True


def _is_hash(text: Any) -> bool:
    return type(text) is str and re.fullmatch("[0-9a-f]{64}", text) is not None


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _purged_in(row: list[Any]) -> dict[str, Purged]:
    """What an entry about a purge says of each ledger; nothing where it makes no sense."""
    try:
        at = datetime.fromtimestamp(row[3] / 1_000_000, timezone.utc)  # noqa: UP017 - for Python 3.9
        told = json.loads(row[7])
        return {
            kind: Purged(int(told[kind]["through"]), int(told[kind]["rows"]), at) for kind in (ENTRIES, READS)
        }
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):
        return {}


def _said(seal: list[Any], kind: str) -> tuple[int, str]:
    return (seal[4], seal[5]) if kind == ENTRIES else (seal[6], seal[7])


def _name(row: list[Any]) -> str:
    return f"seal {row[1]}" if row[0] == SEALS else f"number {row[1]} of {row[0]}"


def _anchors(given: list[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for each in given:
        text = each
        if os.path.isfile(each):
            with open(each, encoding="utf-8", errors="replace") as file:
                text = file.read()
        anchors = [(int(number), digest) for number, digest in ANCHOR.findall(text)]
        if not anchors:
            raise ValueError(
                f"There is no anchor in {each}. Give the line that customerfile audit anchor printed."
            )
        found += anchors
    return found


def _print(verifier: Verifier, anchors: int) -> None:
    for words in verifier.faults:
        print(words)
    if verifier.untold:
        print(f"And {verifier.untold:,} more.")
    counts = verifier.counts
    print(f"Entries: {counts[ENTRIES]:,}. Reads: {counts[READS]:,}. Seals: {counts[SEALS]:,}.")
    if verifier.faults:
        return
    print("Nothing was altered, removed, inserted or put into another order.")
    if anchors:
        print("It is the history that the anchors saw.")
    elif verifier.newest:
        number, digest = verifier.newest
        print(
            f"Compare the newest seal with one kept elsewhere: customerfile-anchor seal={number} hash={digest}"
        )


def main(arguments: list[str]) -> int:
    """Verify a file and print what was found; the exit code."""
    parser = argparse.ArgumentParser(description="Verifies what customerfile audit export wrote.")
    parser.add_argument("ledger", help="the file")
    parser.add_argument("anchor", nargs="*", help="what customerfile audit anchor printed, or a file with it")
    given = parser.parse_args(arguments)
    try:
        anchors = _anchors(given.anchor)
        verifier = Verifier(anchors)
        with open(given.ledger, "rb") as file:
            verifier.verify(file)
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    _print(verifier, len(anchors))
    return 1 if verifier.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
