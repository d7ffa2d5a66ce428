"""Whoever may do everything in the database alters, removes, inserts, exchanges: all of it is found."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection, transaction

from customerfile.audit.audit_verifier import hash_of
from customerfile.audit.faults import FaultKind
from customerfile.audit.models import AuditSeal
from customerfile.audit.sealing import as_seal, newest_seal, seal
from customerfile.audit.seals import anchor_text, anchors_in
from customerfile.audit.verification import verify
from customerfile.base.clock import now
from customerfile.base.database import statement
from tests.integration.audit.conftest import triggers, write

LEDGERS = ("audit_entry", "read_entry")
ALTERATIONS = {
    "audit_entry": (
        "at = at + interval '1 microsecond'", "by = by || 'x'", "by = 'ben'", "code = 'access.user.disabled'",
        "subject = 'user:9999'", "detail = '{}'", "transaction = transaction - 1", "id = id + 100000",
    ),
    "read_entry": (
        "at = at - interval '1 day'", "by = ''", "page = 'search'", "customer_ids = customer_ids[2:]",
        "customer_ids = customer_ids || 5::bigint", "customer_ids = '{}'", "transaction = transaction + 1",
    ),
}  # fmt: skip
OF_SEALS = (
    "below = below + 1", "below = below - 1", "sealed_at = sealed_at + interval '1 s'", "entry_count = entry_count + 1",
    "read_count = read_count - 1", "entry_root = read_root", "read_root = ''", "previous = seal_hash",
    "seal_hash = previous", "number = number + 100",
)  # fmt: skip


def _do(query: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def _some(ledger: str, rng: Random, *, sealed: bool = True) -> int:
    """The number of a row: of any batch, or of any at all."""
    below = newest_seal().below if sealed else 2**62
    return rng.choice(_do(f"SELECT id FROM {ledger} WHERE transaction < %s ORDER BY id", below))[0]


def _hash_anew(ledger: str) -> None:
    """Give every row the hash that belongs to what it says now."""
    every = statement("customerfile.audit", f"ledger_{ledger}")
    with connection.cursor() as cursor:
        cursor.execute(every, {"from": -(2**62), "below": 2**62})
        for row_id, number, digest, *values in cursor.fetchall():
            right = hash_of(ledger, row_id, number, *values)
            if right != bytes(digest):
                _do(f"UPDATE {ledger} SET row_hash = %s WHERE id = %s", right, row_id)


def alter(rng: Random) -> None:
    ledger = rng.choice(LEDGERS)
    row = _some(ledger, rng, sealed=False)
    _do(f"UPDATE {ledger} SET {rng.choice(ALTERATIONS[ledger])} WHERE id = %s", row)


def alter_with_its_hash(rng: Random) -> None:
    ledger = rng.choice(LEDGERS)
    _do(f"UPDATE {ledger} SET {rng.choice(ALTERATIONS[ledger])} WHERE id = %s", _some(ledger, rng))
    _hash_anew(ledger)


def remove(rng: Random) -> None:
    ledger = rng.choice(LEDGERS)
    _do(f"DELETE FROM {ledger} WHERE id = %s", _some(ledger, rng))


def insert(rng: Random) -> None:
    ledger = rng.choice(LEDGERS)
    columns = "at, by, code, subject, detail" if ledger == "audit_entry" else "at, by, page, customer_ids"
    row = _some(ledger, rng)
    _do(
        f"INSERT INTO {ledger} ({columns}, transaction) SELECT {columns}, transaction FROM {ledger} WHERE id = %s",
        row,
    )
    _hash_anew(ledger)


def exchange(rng: Random) -> None:
    ledger = rng.choice(LEDGERS)
    one, other = _some(ledger, rng), _some(ledger, rng)
    while other == one:
        other = _some(ledger, rng)
    for row, becomes in ((one, -1), (other, one), (-1, other)):
        _do(f"UPDATE {ledger} SET id = %s WHERE id = %s", becomes, row)
    if rng.random() < 0.5:
        _hash_anew(ledger)


def cut_off(rng: Random) -> None:
    for ledger in rng.sample(LEDGERS, rng.choice((1, 2))):
        _do(f"DELETE FROM {ledger} WHERE id >= %s", _some(ledger, rng))


def alter_a_seal(rng: Random) -> None:
    number = rng.randint(1, newest_seal().number)
    _do(f"UPDATE audit_seal SET {rng.choice(OF_SEALS)} WHERE number = %s", number)


def remove_seals(rng: Random) -> None:
    number = rng.randint(1, newest_seal().number)
    _do(f"DELETE FROM audit_seal WHERE number {rng.choice(('=', '>=', '<='))} %s", number)


TAMPERINGS: tuple[Callable[[Random], None], ...] = (
    alter, alter_with_its_hash, remove, insert, exchange, cut_off, alter_a_seal, remove_seals,
)  # fmt: skip


@pytest.mark.slow
def test_a_thousand_tamperings_are_found(sealed_ledger):
    rng = Random(20261122)
    assert verify().ok
    with transaction.atomic():
        triggers("DISABLE")
        for number in range(1000):
            tampering = TAMPERINGS[number % len(TAMPERINGS)]
            before = transaction.savepoint_create()
            tampering(rng)
            assert not verify().ok, f"{tampering.__name__}, the {number}th"
            transaction.savepoint_rollback(before)
        triggers("ENABLE")
        transaction.set_rollback(True)
    assert verify().ok


def test_the_row_and_the_batch_are_named(sealed_ledger):
    second = AuditSeal.objects.get(number=2)
    (row,) = _do(
        "SELECT min(id) FROM audit_entry WHERE transaction >= %s", AuditSeal.objects.get(number=1).below
    )[0]
    triggers("DISABLE")
    _do("UPDATE audit_entry SET by = 'ben' WHERE id = %s", row)
    (fault,) = verify().faults
    assert (fault.kind, fault.ledger, fault.seal, fault.rows) == (
        FaultKind.ROW_ALTERED,
        "audit_entry",
        2,
        (row,),
    )

    _do("UPDATE audit_entry SET by = 'olive' WHERE id = %s", row)
    _do("DELETE FROM audit_entry WHERE id = %s", row + 1)
    (fault,) = verify().faults
    assert (fault.kind, fault.seal, fault.rows) == (FaultKind.ROWS_REMOVED, second.number, (row + 1,))


def test_sealing_does_not_hide_that_a_seal_is_gone(sealed_ledger):
    triggers("DISABLE")
    _do("DELETE FROM audit_seal WHERE number = 5")
    assert seal(at=now()).number == 6
    assert [fault.words for fault in verify().faults] == ["Seal 5 was removed."]


def test_a_history_that_was_rewritten_with_new_seals_does_not_stand_before_an_anchor(sealed_ledger):
    anchor = anchors_in(anchor_text(newest_seal()))
    write(rows=1)
    seal(at=now())
    assert verify(anchor).ok

    triggers("DISABLE")
    _do("UPDATE audit_entry SET by = 'ben' WHERE by = 'olive'")
    _hash_anew("audit_entry")
    count = AuditSeal.objects.count()
    _do("DELETE FROM audit_seal")
    _do("SELECT setval('audit_seal_witness', 0)")
    assert seal(at=now()).number == 1
    assert verify().ok
    assert [fault.kind for fault in verify(anchor).faults] == [FaultKind.HISTORY_REWRITTEN]
    assert count == 6
    assert as_seal(AuditSeal.objects.get(number=1)) == newest_seal()
