"""What is wrong with the ledger, as values, and in words that say what was done to it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    ROW_ALTERED = "row_altered"
    ROW_FROM_NOWHERE = "row_from_nowhere"
    ROWS_REMOVED = "rows_removed"
    ROWS_INSERTED = "rows_inserted"
    BATCH_REWRITTEN = "batch_rewritten"
    PURGE_DISAGREES = "purge_disagrees"
    SEAL_ALTERED = "seal_altered"
    SEAL_REMOVED = "seal_removed"
    SEALS_DO_NOT_FOLLOW = "seals_do_not_follow"
    HISTORY_REWRITTEN = "history_rewritten"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `seal` and `rows` say where; 0 and () where that cannot be said."""

    kind: FaultKind
    words: str
    ledger: str = ""
    seal: int = 0
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one ledger that stand where one seal says there are `sealed`."""

    ledger: str
    seal: int
    sealed: int
    found: int
    first: int
    last: int


def altered_row(ledger: str, seal: int, row: int) -> Fault:
    where = f"sealed in batch {seal}" if seal else "not sealed yet"
    return Fault(FaultKind.ROW_ALTERED, f"Row {row} of {ledger}, {where}, was altered.", ledger, seal, (row,))


def row_from_nowhere(ledger: str, row: int) -> Fault:
    words = f"Row {row} of {ledger} names a transaction that never was: it was inserted past the product."
    return Fault(FaultKind.ROW_FROM_NOWHERE, words, ledger, 0, (row,))


def wrong_batch(batch: Batch, gaps: Sequence[int]) -> Fault:
    """A batch whose rows are not those that were sealed."""
    kind, words = _what_happened(batch)
    where = f" What is left are rows {batch.first} to {batch.last}." if batch.found else ""
    among = f" Not there: {', '.join(map(str, gaps))}." if gaps else ""
    words = f"Batch {batch.seal} of {batch.ledger}: {words}.{where}{among}"
    return Fault(kind, words, batch.ledger, batch.seal, tuple(gaps))


def row_purged_by_nobody(ledger: str, seal: int, row: int) -> Fault:
    words = f"Of row {row} of {ledger}, sealed in batch {seal}, the hash alone is left, and nobody purged it."
    return Fault(FaultKind.ROWS_REMOVED, words, ledger, seal, (row,))


def other_than_purged(ledger: str, gone: int, said: int) -> Fault:
    words = f"{gone:,} rows of {ledger} are gone with their months, and the ledger says that {said:,} were purged."
    return Fault(FaultKind.PURGE_DISAGREES, words, ledger)


def _what_happened(batch: Batch) -> tuple[FaultKind, str]:
    by = batch.found - batch.sealed
    if by < 0:
        return FaultKind.ROWS_REMOVED, f"{-by:,} of {batch.sealed:,} rows were removed or moved away"
    if by > 0:
        return (
            FaultKind.ROWS_INSERTED,
            f"{by:,} rows were inserted beside the {batch.sealed:,} that were sealed",
        )
    return FaultKind.BATCH_REWRITTEN, "rows were altered, exchanged or put into another order"


def altered_seal(seal: int) -> Fault:
    return Fault(FaultKind.SEAL_ALTERED, f"Seal {seal} was altered.", "audit_seal", seal)


def removed_seals(first: int, last: int) -> Fault:
    which = f"Seal {first} was" if first == last else f"Seals {first} to {last} were"
    return Fault(FaultKind.SEAL_REMOVED, f"{which} removed.", "audit_seal", first)


def seals_do_not_follow(seal: int) -> Fault:
    words = f"Seal {seal} does not follow from the one before it: one of them was made anew."
    return Fault(FaultKind.SEALS_DO_NOT_FOLLOW, words, "audit_seal", seal)


def other_than_anchor(seal: int, is_there: bool) -> Fault:
    happened = "is another one than the anchor says" if is_there else "is in the anchor and not here"
    words = f"Seal {seal} {happened}: history up to there was rewritten or removed."
    return Fault(FaultKind.HISTORY_REWRITTEN, words, "audit_seal", seal)
