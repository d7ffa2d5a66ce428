"""Blocking keys: two records are compared where they share one. Each rule is selective by itself."""

from customerfile.matching.blocking_rules import RULES
from customerfile.matching.hashing import hash64
from customerfile.matching.model import MatchModel
from customerfile.matching.prepared import Prepared


def blocking_keys(prepared: Prepared, model: MatchModel) -> tuple[int, ...]:
    """Signed 64-bit keys of the model's rules, each salted with its rule's name; sorted, without repeats."""
    found = [f"{name}|{value}" for name in model.blocking_keys for value in RULES[name](prepared)]
    return tuple(sorted({hash64(text) for text in found}))
