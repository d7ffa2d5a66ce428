"""Records turned into integer columns, once per record, so that pairs are compared by array operations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from customerfile.matching.prepared import Prepared

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]
type Levels = NDArray[np.int8]


class Vocabulary:
    """Distinct values numbered in order of appearance; "" is always 0."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, int] = {"": 0}

    def encode(self, values: Iterable[Hashable]) -> Ints:
        codes = self._codes
        return np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)

    def terms(self) -> list[Any]:
        return list(self._codes)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of lists: record r holds values[starts[r] : starts[r] + counts[r]]."""

    values: Ints
    starts: Ints
    counts: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> ListColumn:
        counts = _lengths(lists)
        values = np.fromiter(chain.from_iterable(lists), np.int64, int(counts.sum()))
        return cls(values, counts.cumsum() - counts, counts)

    @classmethod
    def coded(cls, lists: Sequence[Sequence[Hashable]]) -> ListColumn:
        """Like `of`, for values that are not integers."""
        counts = _lengths(lists)
        values = Vocabulary().encode(chain.from_iterable(lists))
        return cls(values, counts.cumsum() - counts, counts)

    @property
    def is_empty(self) -> bool:
        return not len(self.values)

    def both_hold(self, left: Ints, right: Ints) -> Bools:
        """Whether both sides of each pair hold a value."""
        return (self.counts[left] > 0) & (self.counts[right] > 0)

    def share(self, left: Ints, right: Ints) -> Bools:
        """Whether the two sides of each pair have a value in common."""
        shared = np.zeros(len(left), dtype=np.bool_)
        for rows, first, second in self.crossings(left, right):
            shared[rows] |= self.values[first] == self.values[second]
        return shared

    def crossings(self, left: Ints, right: Ints) -> Iterable[tuple[Ints, Ints, Ints]]:
        """Each value of one side with each of the other: pair rows, positions on the left, on the right."""
        rows = np.flatnonzero(self.both_hold(left, right))
        i = 0
        while len(rows):
            across, j = rows, 0
            while len(across):
                yield across, self.starts[left[across]] + i, self.starts[right[across]] + j
                j += 1
                across = across[self.counts[right[across]] > j]
            i += 1
            rows = rows[self.counts[left[rows]] > i]


class Columns:
    """The columns of a set of records. `names` is one vocabulary for given, middle and family names."""

    def __init__(self, records: Sequence[Prepared]) -> None:
        self.records = records
        fields = dict(zip(Prepared._fields, zip(*records, strict=True), strict=True))
        self.fields: dict[str, tuple[Any, ...]] = fields
        self._encode_names(fields)
        self.kind = np.array([_KINDS.get(kind, 0) for kind in fields["kind"]], dtype=np.int64)
        self.suffix = np.array(fields["suffix"], dtype=np.int64)
        self.birth = np.array(fields["birth"], dtype=np.int64)
        self._encode_emails(fields["emails"])
        self.mailboxes = ListColumn.coded(fields["mailboxes"])
        self.phones = ListColumn.of(fields["phones"])
        self.weak = ListColumn.of(fields["weak"])
        self.domains = ListColumn.coded(fields["domains"])
        self.strong = ListColumn.coded([[(i[0], i[1]) for i in s] if s else s for s in fields["strong"]])
        organisations = Vocabulary()
        self.organisation = organisations.encode(fields["organisation"])
        self.organisation_terms = organisations.terms()
        self._encode_addresses(fields["addresses"])

    def _encode_names(self, fields: dict[str, tuple[Any, ...]]) -> None:
        names = Vocabulary()
        self.given = names.encode([name.replace(" ", "") for name in fields["given"]])
        self.family = names.encode([name.replace(" ", "") for name in fields["family"]])
        self.middle = names.encode([name.partition(" ")[0] for name in fields["middle"]])
        self.is_compound = np.array([" " in name for name in fields["family"]], dtype=np.bool_)
        self.names: list[str] = names.terms()
        self.is_initial = np.array([len(name) == 1 for name in self.names], dtype=np.bool_)
        self.first_letter = np.array([ord(name[0]) if name else 0 for name in self.names], dtype=np.int64)

    def _encode_emails(self, lists: Sequence[Sequence[str]]) -> None:
        emails = Vocabulary()
        counts = _lengths(lists)
        starts, codes = counts.cumsum() - counts, emails.encode(chain.from_iterable(lists))
        local_parts = Vocabulary().encode([email.partition("@")[0] for email in emails.terms()])
        self.emails = ListColumn(codes, starts, counts)
        self.local_parts = ListColumn(local_parts[codes], starts, counts)

    def _encode_addresses(self, lists: Sequence[Sequence[tuple[str, ...]]]) -> None:
        flat = list(chain.from_iterable(lists))
        counts = _lengths(lists)
        starts = counts.cumsum() - counts
        self.addresses = ListColumn(np.arange(len(flat)) - np.repeat(starts, counts), starts, counts)
        parts = Vocabulary()
        columns = zip(*flat, strict=True) if flat else ((),) * 5
        self.street, self.number, self.unit, self.postcode, self.city = (parts.encode(c) for c in columns)
        self.address_terms: list[str] = parts.terms()


def _lengths(lists: Sequence[Sequence[Any]]) -> Ints:
    return np.fromiter(map(len, lists), np.int64, len(lists))


_KINDS = {"person": 1, "organisation": 2}
