"""Seals values of records and opens them again. Opening is for callers that write down who looked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from customerfile.base.bulk import Cursor, write_rows
from customerfile.base.ids import RecordId
from customerfile.vault.keystore import KeyStore

_NONCE = 12


@dataclass(frozen=True, slots=True)
class PlainValue:
    """A value on its way into the vault, or out of it."""

    record_id: RecordId
    field: str
    position: int
    text: str


def seal_values(
    cursor: Cursor, values: Sequence[PlainValue], *, store: KeyStore, replace: Sequence[RecordId]
) -> None:
    """Seal values in the caller's transaction. What the records in `replace` had sealed before is removed first."""
    if replace:
        cursor.execute("DELETE FROM sealed_value WHERE record_id = ANY(%s)", (list(replace),))
    if not values:
        return
    keys = store.make_keys(value.record_id for value in values)
    rows = []
    for value in values:
        nonce = secrets.token_bytes(_NONCE)
        sealed = keys[value.record_id].encrypt(nonce, value.text.encode(), _context(value))
        rows.append((value.record_id, value.field, value.position, nonce + sealed))
    write_rows(cursor, "sealed_value", ("record_id", "field", "position", "ciphertext"), rows)


def open_values(cursor: Cursor, record_id: RecordId, *, store: KeyStore) -> list[PlainValue]:
    """The sealed values of a record; none where its key was destroyed."""
    key = store.keys([record_id]).get(record_id)
    if key is None:
        return []
    sealed = cursor.ask(
        "SELECT field, position, ciphertext FROM sealed_value WHERE record_id = %s ORDER BY field, position",
        (record_id,),
    )
    opened = []
    for field, position, ciphertext in sealed.rows():
        blank = PlainValue(record_id, field, position, "")
        text = key.decrypt(bytes(ciphertext[:_NONCE]), bytes(ciphertext[_NONCE:]), _context(blank)).decode()
        opened.append(PlainValue(record_id, field, position, text))
    return opened


def _context(value: PlainValue) -> bytes:
    """Binds a ciphertext to its place: moved to another person or field it does not open."""
    return f"{value.record_id}/{value.field}/{value.position}".encode()
