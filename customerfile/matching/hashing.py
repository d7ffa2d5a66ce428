"""Signed 64-bit hashes of text: the same on every machine and in every release."""

from hashlib import blake2b
from struct import Struct

_unpack = Struct("<q").unpack


def hash64(text: str) -> int:
    """A signed 64-bit blake2b hash, as PostgreSQL's bigint holds it."""
    number: int = _unpack(blake2b(text.encode(), digest_size=8).digest())[0]
    return number


def near_hashes(value: str) -> list[int]:
    """Hashes of the value with any one character left out, each once.

    Two values one substitution or one adjacent transposition apart share one; after one insertion or deletion, the
    shorter value's own hash is among the longer one's.
    """
    return sorted({hash64(value[:i] + value[i + 1 :]) for i in range(len(value))})
