"""Adds up what became of delivered rows."""

from collections.abc import Iterable
from dataclasses import fields

from customerfile.sources.operations import Counts


def total(parts: Iterable[Counts]) -> Counts:
    """The sum of counts, field by field."""
    names = [field.name for field in fields(Counts)]
    sums = dict.fromkeys(names, 0)
    for part in parts:
        for name in names:
            sums[name] += getattr(part, name)
    return Counts(**sums)
