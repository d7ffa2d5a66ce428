"""What a sealed value looks like outside the vault: a mask, and keyed hashes by which it can be compared and found.

`digest` is a keyed 64-bit hash of the value's letters and digits; `near` are the hashes of the value and of the value
with any one character left out, so that two values one slip apart share one. Without the key nothing can be guessed.
"""

import hashlib
from dataclasses import dataclass

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Blinder:
    """Makes keyed hashes. Cheap to hand to another process."""

    key: bytes

    def sealed_form(self, value: str, scheme: str) -> dict[str, str | int | list[int]]:
        """The canonical form of a sealed value, as in docs/explanation/canonical-record.md."""
        compact = compact_form(value)
        near = {self.digest(compact[:i] + compact[i + 1 :]) for i in range(len(compact))} | {
            self.digest(compact)
        }
        return {
            "scheme": scheme,
            "masked": masked(compact),
            "digest": self.digest(compact),
            "near": sorted(near),
        }

    def digest(self, value: str) -> int:
        """The keyed hash that a value is found by, whatever its blanks and dashes."""
        made = hashlib.blake2b(compact_form(value).encode(), key=self.key, digest_size=8).digest()
        return int.from_bytes(made, signed=True)


def compact_form(value: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in value.upper() if char.isalnum())


def masked(value: str) -> str:
    """The last four characters behind dots; all dots where that would show half of it."""
    shown = value[-_SHOWN:] if len(value) >= 2 * _SHOWN else ""
    return f"•••• {shown}".rstrip()
