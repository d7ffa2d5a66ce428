"""The key store: one random key per record, wrapped by the master key, in its own file apart from data and backups.

Destroying a record's key makes its sealed values unreadable wherever they were copied. A wrong master key stops
loudly: it is checked on opening, and no key is ever made in place of one that cannot be read.
"""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from customerfile.base.told import told
from customerfile.vault.errors import KeysMissing

_NONCE = 12
_CHECK = b"customerfile key check"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS record_key (record_id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS check_value (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL);
"""


class KeyStore:
    """An opened key store. One per process and folder: see `key_store`."""

    def __init__(self, folder: Path) -> None:
        with _alone_in(folder):  # SQLite does not wait for another one that sets the store up
            self._open(folder)

    def _open(self, folder: Path) -> None:
        self._folder = folder
        database = folder / "keystore.sqlite"
        fresh = not database.exists()
        self._master = AESGCM(_secret(folder / "master.key", create=fresh))
        self.index_key = _secret(folder / "index.key", create=fresh)
        self._database = sqlite3.connect(database, isolation_level=None, timeout=60, check_same_thread=False)
        database.chmod(0o600)
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
        )
        self._database.executescript(_SCHEMA)
        self._check_master()

    def keys(self, records: Iterable[int]) -> dict[int, AESGCM]:
        """The keys of those records that have one."""
        found: dict[int, AESGCM] = {}
        for record in records:
            row = self._database.execute(
                "SELECT wrapped FROM record_key WHERE record_id = ?", (record,)
            ).fetchone()
            if row is not None:
                found[record] = AESGCM(self._unwrap(row[0], _record_context(record)))
        return found

    def make_keys(self, records: Iterable[int]) -> dict[int, AESGCM]:
        """The key of every record, made where it has none. Durable when this returns."""
        wanted = sorted(set(records))
        found = self.keys(wanted)
        made = {record: secrets.token_bytes(32) for record in wanted if record not in found}
        self._store([(record, self._wrap(key, _record_context(record))) for record, key in made.items()])
        return found | {record: AESGCM(key) for record, key in made.items()}

    def shred(self, records: Iterable[int]) -> int:
        """Destroy the keys of records; how many there were."""
        self._database.execute("BEGIN IMMEDIATE")
        count = 0
        for record in records:
            count += self._database.execute("DELETE FROM record_key WHERE record_id = ?", (record,)).rowcount
        self._database.execute("COMMIT")
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def seal(self, secret: bytes, context: bytes) -> bytes:
        """A secret of the product's own, such as an authenticator app's, as ciphertext bound to what it belongs to."""
        return self._wrap(secret, b"secret:" + context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """The secret again. Raises KeysMissing where it was sealed under another master key, or for something else."""
        return self._unwrap(sealed, b"secret:" + context)

    def _store(self, rows: Sequence[tuple[int, bytes]]) -> None:
        if rows:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT INTO record_key VALUES (?, ?)", rows)
            self._database.execute("COMMIT")

    def _check_master(self) -> None:
        row = self._database.execute("SELECT wrapped FROM check_value WHERE name = 'master'").fetchone()
        if row is not None:
            self._unwrap(row[0], _CHECK)
        else:
            wrapped = self._wrap(_CHECK, _CHECK)
            self._database.execute("INSERT OR IGNORE INTO check_value VALUES ('master', ?)", (wrapped,))

    def _wrap(self, key: bytes, context: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._master.encrypt(nonce, key, context)

    def _unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        try:
            return self._master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], context)
        except InvalidTag as problem:
            raise KeysMissing(
                told("The key store in {folder} does not open with this master key.", folder=self._folder),
                "Put back the master.key that belongs to it; nothing has been changed.",
            ) from problem


@lru_cache(maxsize=4)
def key_store(folder: Path) -> KeyStore:
    """The key store of a folder, opened once per process. Raises KeysMissing where its keys do not belong to it."""
    return KeyStore(folder)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder by oneself, among threads and processes; waits for whoever has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _record_context(record: int) -> bytes:
    return f"record:{record}".encode()


def _secret(path: Path, *, create: bool) -> bytes:
    """The 32 bytes of a key file readable by us alone, made only together with a new key store."""
    if create and not path.exists():
        _write_secret(path)
    try:
        return bytes.fromhex(path.read_text().strip())
    except (FileNotFoundError, ValueError) as problem:
        raise KeysMissing(
            told("The key file {file} is missing or damaged.", file=path.name),
            told(
                "Put it back in {folder}: sealed values cannot be read without it, and nothing has been changed.",
                folder=path.parent,
            ),
        ) from problem


def _write_secret(path: Path) -> None:
    """Written whole or not at all; the first of two writers wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
