"""The sealed part of the ledgers as lines with their hashes, for whoever verifies it elsewhere: see audit_verifier."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO

from django.db import transaction

from customerfile.audit.audit_verifier import FIRST_LINE, line_of, purged_line
from customerfile.audit.ledger_rows import is_purged, ledger_rows
from customerfile.audit.ledgers import LEDGERS
from customerfile.audit.models import AuditSeal
from customerfile.audit.sealing import as_seal
from customerfile.audit.seals import Seal

_TOLD_EVERY = 5000

type Progress = Callable[[int, int], None]


@transaction.atomic
def write_sealed(file: BinaryIO, *, up_to: Seal, progress: Progress = lambda done, total: None) -> int:
    """Write all seals up to this one, then what they cover, as it stands: what was tampered with, too.

    Returns how many entries and reads were written. What no seal covers yet is not among them.
    """
    file.write(FIRST_LINE)
    total = 0
    for row in AuditSeal.objects.filter(number__lte=up_to.number).order_by("number").iterator():
        file.write(line_of(bytes(row.seal_hash), *as_seal(row).values()))
        total += row.entry_count + row.read_count
    done = 0
    for done, line in enumerate(_lines(up_to.below), 1):
        file.write(line)
        if done % _TOLD_EVERY == 0:
            progress(done, total)
    progress(done, done)
    return done


def _lines(below: int) -> Iterator[bytes]:
    for ledger in LEDGERS:
        with closing(ledger_rows(ledger, below=below)) as rows:
            for row in rows:
                number, by_transaction, digest, *values = row
                if is_purged(row):
                    yield purged_line(bytes(digest), ledger, number, by_transaction)
                else:
                    yield line_of(bytes(digest), ledger, number, by_transaction, *values)
