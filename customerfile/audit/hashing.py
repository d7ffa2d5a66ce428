"""The hashes of the ledger, out of values alone: of a row, of a batch of rows (a Merkle root), of a seal. Pure.

A row is hashed as the database hashed it when it was written: SHA-256 of a JSON array of its columns as text.
"""

import json
from collections.abc import Iterable
from hashlib import sha256

NO_ROWS = sha256(b"").digest()
_LEAF, _NODE = b"\x00", b"\x01"  # so that no inner node can pass for a row


def hash_of(*values: str | int) -> bytes:
    """SHA-256 of values as the JSON array that PostgreSQL writes of them."""
    return sha256(json.dumps(values, ensure_ascii=False).encode()).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves in their order; no more than one node per level is held."""
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
