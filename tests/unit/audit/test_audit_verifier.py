"""The verifier that stands alone finds whatever was done to an exported ledger, in a Python with nothing installed."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random

import pytest

from customerfile.audit import audit_verifier
from customerfile.audit.audit_verifier import (
    ENTRIES,
    FIRST_LINE,
    READS,
    SEALS,
    Verifier,
    hash_of,
    line_of,
    merkle_root,
)
from customerfile.audit.seals import Seal, anchor_text

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)
ALONE = ("-I", "-S", str(audit_verifier.__file__))  # no environment, no site-packages, no current folder
ROWS_PER_BATCH = (4, 7, 3, 6, 5)

type Row = tuple[str | int, ...]


def _entry(number: int, batch: int) -> Row:
    at = 1_795_000_000_000_000 + number
    return (
        ENTRIES,
        number,
        batch * 100 + number % 10,
        at,
        "olive",
        "access.user.created",
        f"user:{number}",
        "{}",
    )


def _read(number: int, batch: int) -> Row:
    at = 1_795_000_000_000_000 + number
    return (
        READS,
        number,
        batch * 100 + number % 10,
        at,
        'Zoë "x"\n',
        "customer",
        f"{{{number},{number + 1}}}",
    )


def _ordered(make: Callable[[int, int], Row]) -> list[list[Row]]:
    first, batches = 1, []
    for batch, count in enumerate(ROWS_PER_BATCH, 1):
        batches.append(
            sorted((make(first + each, batch) for each in range(count)), key=lambda row: (row[2], row[1]))
        )
        first += count
    return batches


def _sealed(entries: list[list[Row]], reads: list[list[Row]]) -> list[Seal]:
    made: list[Seal] = []
    for number, (done, seen) in enumerate(zip(entries, reads, strict=True), 1):
        roots = [merkle_root(hash_of(*row) for row in rows) for rows in (done, seen)]
        at, before = MORNING + timedelta(minutes=number), made[-1].hash() if made else b""
        made.append(Seal(number, number * 100 + 100, at, len(done), roots[0], len(seen), roots[1], before))
    return made


def _lines(entries: list[list[Row]], reads: list[list[Row]]) -> list[bytes]:
    rows = [*(seal.values() for seal in _sealed(entries, reads)), *chain(*entries), *chain(*reads)]
    return [FIRST_LINE, *(line_of(hash_of(*row), *row) for row in rows)]


DONE, SEEN = _ordered(_entry), _ordered(_read)
LINES = _lines(DONE, SEEN)
ANCHOR = anchor_text(_sealed(DONE, SEEN)[-1])  # without it, the newest seal could be made anew
KEPT = [(int(number), digest) for number, digest in audit_verifier.ANCHOR.findall(ANCHOR)]


def _row(line: bytes) -> Row:
    return tuple(json.loads(line)[1])


def a_byte(lines: list[bytes], rng: Random) -> None:
    at = rng.randrange(len(lines))
    line = bytearray(lines[at])
    line[rng.randrange(len(line))] ^= 1 << rng.randrange(8)
    lines[at] = bytes(line)


def a_value(lines: list[bytes], rng: Random) -> None:
    """One value is another, under the hash that was or the right one."""
    at = rng.randrange(1, len(lines))
    row = list(_row(lines[at]))
    which = rng.randrange(1, len(row))
    value = row[which]
    row[which] = value + rng.choice((-1, 1)) if isinstance(value, int) else f"{value}0"
    digest = hash_of(*row) if rng.random() < 0.5 else bytes.fromhex(lines[at][2:66].decode())
    lines[at] = line_of(digest, *row)


def remove(lines: list[bytes], rng: Random) -> None:
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice((1, 1, 2, 9))]


def insert(lines: list[bytes], rng: Random) -> None:
    """A line again, or an invented one that hashes right."""
    row = list(_row(rng.choice(lines[1:])))
    row[1] += rng.choice((0, 1, 1000))
    lines.insert(rng.randrange(1, len(lines) + 1), line_of(hash_of(*row), *row))


def reorder(lines: list[bytes], rng: Random) -> None:
    lines.insert(rng.randrange(1, len(lines)), lines.pop(rng.randrange(1, len(lines))))


def cut_off(lines: list[bytes], rng: Random) -> None:
    text = b"".join(lines)
    lines[:] = [text[: rng.randrange(len(text))]]


def of_another_look(lines: list[bytes], rng: Random) -> None:
    """It says the same, written in another way."""
    at = rng.randrange(len(lines))
    old, new = rng.choice(
        ((b", ", b","), (b"\n", b"\r\n"), (b"]]", b"] ]"), (b'["', b'[ "'), (b"\n", b" \n"))
    )
    lines[at] = lines[at].replace(old, new, 1)


TAMPERINGS = (a_byte, a_value, remove, insert, reorder, cut_off, of_another_look)


def _verify(path: Path, *anchors: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *ALONE, str(path), *anchors]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd="/")


def _file(folder: Path, lines: list[bytes]) -> Path:
    path = folder / "ledger.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def test_what_was_exported_is_verified_without_anything_installed(tmp_path: Path) -> None:
    path = _file(tmp_path, LINES)
    done = _verify(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == [
        "Entries: 25. Reads: 25. Seals: 5.",
        "Nothing was altered, removed, inserted or put into another order.",
    ]
    assert ANCHOR.split(" at=")[0] in done.stdout
    anchored = _verify(path, ANCHOR)
    assert (anchored.returncode, "It is the history that the anchors saw." in anchored.stdout) == (0, True)


@pytest.mark.slow
def test_two_hundred_random_tamperings_are_found_by_the_program_alone(tmp_path: Path) -> None:
    rng = Random(20261122)
    for number in range(200):
        tampering = TAMPERINGS[number % len(TAMPERINGS)]
        done = _verify(_file(tmp_path, _tampered(tampering, rng)), ANCHOR)
        assert done.returncode == 1, f"{tampering.__name__}, the {number}th: {done.stdout}{done.stderr}"
        assert "Nothing was altered" not in done.stdout


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_each_kind_of_tampering_is_found_every_time(tampering: Callable[..., None], tmp_path: Path) -> None:
    rng = Random(7)
    for _ in range(300):
        path = _file(tmp_path, _tampered(tampering, rng))
        with path.open("rb") as file:
            assert not Verifier(KEPT).verify(file), path.read_bytes()


def _tampered(tampering: Callable[[list[bytes], Random], None], rng: Random) -> list[bytes]:
    while True:
        lines = list(LINES)
        tampering(lines, rng)
        if b"".join(lines) != b"".join(LINES):
            return lines


def test_the_line_and_the_batch_are_named(tmp_path: Path) -> None:
    lines = list(LINES)
    row = list(_row(lines[-1]))
    row[4] = "ben"
    lines[-1] = line_of(bytes.fromhex(lines[-1][2:66].decode()), *row)
    assert f"Line 56, number {row[1]} of read_entry, was altered." in _verify(_file(tmp_path, lines)).stdout
    lines[-1] = line_of(hash_of(*row), *row)
    told = _verify(_file(tmp_path, lines)).stdout
    assert "Batch 5 of read_entry: lines were altered, exchanged or put into another order." in told
    told = _verify(_file(tmp_path, LINES[:-2])).stdout
    assert "Batch 5 of read_entry: 3 lines stand where 5 were sealed." in told


def test_a_history_written_anew_or_cut_off_after_a_seal_is_found_by_an_anchor(tmp_path: Path) -> None:
    anew = [[(*row[:4], "ben", *row[5:]) for row in rows] for rows in DONE]
    rewritten, cut = _lines(anew, SEEN), _lines(DONE[:-1], SEEN[:-1])
    kept = tmp_path / "anchors.txt"
    kept.write_text(f"kept by Olive\n{ANCHOR}\n")
    for lines, words in (
        (rewritten, "Seal 5 is another one than"),
        (cut, "Seal 5 is in the anchor and not in"),
    ):
        path = _file(tmp_path, lines)
        assert _verify(path).returncode == 0
        for anchor in (ANCHOR, str(kept)):
            done = _verify(path, anchor)
            assert (done.returncode, words in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\n", FIRST_LINE, b"\x00" * 100, FIRST_LINE + b"[" * 100_000 + b"\n", FIRST_LINE * 2,
        FIRST_LINE + b'["' + b"0" * 64 + b'", ' + b"[" * 100_000 + b"]\n",
        FIRST_LINE + b'["' + b"0" * 64 + b'", ["audit_seal", ' + b"9" * 5000 + b"]]\n",
        FIRST_LINE + b'["' + b"0" * 64 + b'", [["audit_seal"], 1, 2]]\n', FIRST_LINE + b"\xff\xfe" * 50 + b"\n",
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_told_and_ends_with_one(tmp_path: Path, text: bytes) -> None:
    done = _verify(_file(tmp_path, [text]))
    assert (done.returncode, done.stderr) == (1, "")
    assert "There is no seal in the file." in done.stdout


def test_what_cannot_be_looked_at_ends_with_two(tmp_path: Path) -> None:
    absent = _verify(tmp_path / "absent.jsonl")
    no_anchor = _verify(_file(tmp_path, LINES), "customerfile-anchor seal=1 hash=x")
    assert (absent.returncode, "No such file" in absent.stderr) == (2, True)
    assert (no_anchor.returncode, "There is no anchor in" in no_anchor.stderr) == (2, True)


def test_many_faults_are_counted_and_not_all_told(tmp_path: Path) -> None:
    lines = [*LINES, *(line_of(b"\0" * 32, *DONE[0][0]) for _ in range(500))]
    told = _verify(_file(tmp_path, lines)).stdout
    assert (len(told.splitlines()), "And 900 more." in told) == (102, True)


def test_nothing_but_the_standard_library_is_imported() -> None:
    program = (
        "import sys, runpy; runpy.run_path(sys.argv[1]); print([m for m in sys.modules if 'customer' in m])"
    )
    command = [sys.executable, "-I", "-S", "-c", program, str(audit_verifier.__file__)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
    assert SEALS == "audit_seal"
