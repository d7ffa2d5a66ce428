"""A seal as a value, and its anchor: one line of text to be kept outside this machine. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from customerfile.audit.audit_verifier import ANCHOR, SEALS, hash_of
from customerfile.audit.errors import AnchorNotRead


@dataclass(frozen=True, slots=True)
class Seal:
    """A closed batch: how many rows of each ledger, their Merkle roots, and the hash of the seal before.

    `below`: it holds what was written by transactions numbered below this, back to where the seal before ends.
    """

    number: int
    below: int
    sealed_at: datetime
    entry_count: int
    entry_root: bytes
    read_count: int
    read_root: bytes
    previous: bytes

    def values(self) -> tuple[str | int, ...]:
        """What is hashed of it, and exported."""
        return (
            SEALS, self.number, self.below, self.sealed_at.isoformat(),
            self.entry_count, self.entry_root.hex(), self.read_count, self.read_root.hex(), self.previous.hex(),
        )  # fmt: skip

    def hash(self) -> bytes:
        """What this seal says, and through `previous` all before it, as one hash."""
        return hash_of(*self.values())


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number and hash of a seal, as they were noted elsewhere."""

    number: int
    hash: bytes


def anchor_text(seal: Seal) -> str:
    """The line to keep elsewhere. Whoever has it can tell later whether history was rewritten."""
    return (
        f"customerfile-anchor seal={seal.number} hash={seal.hash().hex()}"
        f" at={seal.sealed_at.isoformat(timespec='seconds')} rows={seal.entry_count + seal.read_count}"
    )


def anchors_in(text: str) -> tuple[Anchor, ...]:
    """Every anchor that stands in a text. Raises AnchorNotRead where there is none."""
    found = tuple(Anchor(int(number), bytes.fromhex(digest)) for number, digest in ANCHOR.findall(text))
    if not found:
        raise AnchorNotRead(
            "There is no anchor in what was given.",
            "Give the line that customerfile audit anchor printed, or a file with it.",
        )
    return found
