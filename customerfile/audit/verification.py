"""Finds what was altered, removed, inserted or put into another order in the ledgers, by whatever means.

Every row is hashed anew from its columns; every batch is compared with its seal, every seal with the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby, pairwise
from typing import Any

from django.db import connection, transaction

from customerfile.audit import faults
from customerfile.audit.audit_verifier import hash_of, merkle_root
from customerfile.audit.faults import Batch, Fault
from customerfile.audit.ledger_rows import FIRST, is_purged, ledger_rows
from customerfile.audit.ledgers import LEDGERS, ledger_statement
from customerfile.audit.models import AuditSeal
from customerfile.audit.purges import Purged, purged
from customerfile.audit.sealing import NO_SEAL, as_seal, seals_made
from customerfile.audit.seals import Anchor, Seal
from customerfile.base.clock import now

_MOST_FAULTS = 1000
_MOST_GAPS = 10


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it. `unsealed` rows wait for their seal: of them, only a removal could stay unseen."""

    rows: int
    seals: int
    unsealed: int
    faults: tuple[Fault, ...]
    newest: Seal | None
    purged: int = 0  # rows that were dropped with their month, as the ledger says

    @property
    def ok(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class _Walk:
    """What was met while going through a ledger."""

    ledger: str
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    purged: Purged = field(default_factory=Purged)
    gone: int = 0  # rows that a purge excuses
    now: datetime = field(default_factory=now)


@transaction.atomic
def verify(anchors: Sequence[Anchor] = ()) -> Verification:
    """Go through both ledgers and their seals, and compare them with anchors that were kept elsewhere."""
    stored = list(AuditSeal.objects.order_by("number"))
    seals = [as_seal(row) for row in stored]
    found = [*_faults_of_seals(stored, seals), *_faults_of_anchors(seals, anchors)]
    walks = [_Walk(ledger, purged=purged(ledger)) for ledger in LEDGERS]
    unsealed = sum(_go_through(walk, seals) for walk in walks)
    faults_ = (*found, *chain.from_iterable(walk.faults for walk in walks))
    rows = sum(walk.rows for walk in walks)
    newest, gone = seals[-1] if seals else None, sum(walk.gone for walk in walks)
    return Verification(rows, len(seals), unsealed, faults_[:_MOST_FAULTS], newest, gone)


def _faults_of_seals(stored: Sequence[AuditSeal], seals: Sequence[Seal]) -> Iterator[Fault]:
    for row, seal in zip(stored, seals, strict=True):
        if bytes(row.seal_hash) != seal.hash():
            yield faults.altered_seal(seal.number)
    numbers = [0, *(seal.number for seal in seals)]
    for before, number in pairwise(numbers):
        if number > before + 1:
            yield faults.removed_seals(before + 1, number - 1)
    if seals_made() > numbers[-1]:
        yield faults.removed_seals(numbers[-1] + 1, seals_made())
    hashes = [NO_SEAL, *(bytes(row.seal_hash) for row in stored)]
    ends = [FIRST, *(seal.below for seal in seals)]
    for seal, before_hash, before_end in zip(seals, hashes, ends, strict=False):
        if seal.previous != before_hash or seal.below <= before_end:
            yield faults.seals_do_not_follow(seal.number)


def _faults_of_anchors(seals: Sequence[Seal], anchors: Sequence[Anchor]) -> Iterator[Fault]:
    by_number = {seal.number: seal.hash() for seal in seals}
    for anchor in anchors:
        if by_number.get(anchor.number) != anchor.hash:
            yield faults.other_than_anchor(anchor.number, anchor.number in by_number)


def _go_through(walk: _Walk, seals: Sequence[Seal]) -> int:
    """Compare a ledger with the seals. Returns how many rows wait for their seal."""
    by_number = {seal.number: seal for seal in seals}
    unsealed = 0
    for number, rows in groupby(ledger_rows(walk.ledger), key=_Places(seals)):
        if number:
            _compare(walk, by_number.pop(number), rows)
        else:
            unsealed += _look_at_unsealed(walk, rows)
    for seal in by_number.values():  # where no row at all stands
        if walk.purged.excuses(seal, now=walk.now):
            walk.gone += _said(seal, walk.ledger)[0]
        else:
            _compare(walk, seal, iter(()))
    if walk.gone != walk.purged.rows:
        walk.faults.append(faults.other_than_purged(walk.ledger, walk.gone, walk.purged.rows))
    return unsealed


class _Places:
    """Into which batch a row belongs, asked of the rows in their order; 0 behind the last seal."""

    def __init__(self, seals: Sequence[Seal]) -> None:
        self._ends = [(seal.below, seal.number) for seal in seals]
        self._next = 0

    def __call__(self, row: Sequence[Any]) -> int:
        while self._next < len(self._ends) and row[1] >= self._ends[self._next][0]:
            self._next += 1
        return self._ends[self._next][1] if self._next < len(self._ends) else 0


def _compare(walk: _Walk, seal: Seal, rows: Iterator[Sequence[Any]]) -> None:
    ids: list[int] = []  # the lowest and the highest

    def leaves() -> Iterator[bytes]:
        for row in rows:
            walk.rows += 1
            ids[:] = [min([row[0], *ids]), max([row[0], *ids])]
            if is_purged(row):
                _take_purged(walk, seal, row)
            elif _is_altered(walk.ledger, row):
                walk.faults.append(faults.altered_row(walk.ledger, seal.number, row[0]))
            yield bytes(row[2])

    before = walk.rows
    root = merkle_root(leaves())
    count = walk.rows - before
    sealed, sealed_root = _said(seal, walk.ledger)
    if (count, root) != (sealed, sealed_root):
        first, last = ids or (0, -1)
        batch = Batch(walk.ledger, seal.number, sealed, count, first, last)
        walk.faults.append(faults.wrong_batch(batch, _gaps(batch)))


def _take_purged(walk: _Walk, seal: Seal, row: Sequence[Any]) -> None:
    walk.gone += 1
    if not walk.purged.excuses(seal, now=walk.now):
        walk.faults.append(faults.row_purged_by_nobody(walk.ledger, seal.number, row[0]))


def _look_at_unsealed(walk: _Walk, rows: Iterator[Sequence[Any]]) -> int:
    before = walk.rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        ((not_begun,),) = cursor.fetchall()
    for row in rows:
        walk.rows += 1
        if row[1] >= not_begun:
            walk.faults.append(faults.row_from_nowhere(walk.ledger, row[0]))
        if is_purged(row) or _is_altered(walk.ledger, row):
            walk.faults.append(faults.altered_row(walk.ledger, 0, row[0]))
    return walk.rows - before


def _is_altered(ledger: str, row: Sequence[Any]) -> bool:
    id_, number, digest, *values = row
    return hash_of(ledger, id_, number, *values) != bytes(digest)


def _said(seal: Seal, ledger: str) -> tuple[int, bytes]:
    if ledger == "audit_entry":
        return seal.entry_count, seal.entry_root
    return seal.read_count, seal.read_root


def _gaps(batch: Batch) -> tuple[int, ...]:
    if batch.found >= batch.sealed:
        return ()
    asked = {"first": batch.first, "last": batch.last, "limit": _MOST_GAPS}
    with connection.cursor() as cursor:
        cursor.execute(ledger_statement("ledger_gaps", batch.ledger), asked)
        return tuple(row[0] for row in cursor.fetchall())
