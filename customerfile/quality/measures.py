"""What is measured, and how. Pure: from counts to figures.

The dimensions are those of DAMA UK, "The six primary dimensions for data quality assessment" (2013), named alike in
ISO/IEC 25012; what each counts is said where it is worked out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNCONFIRMED_AFTER = timedelta(days=182)  # six months
WHOLE = ""  # as source: the golden records; as field: all fields together
_Z_95 = 1.96  # two-sided, of the normal distribution


class Measure(StrEnum):
    """`value` is a share in 0..1, of age a number of days."""

    COMPLETENESS = "completeness"
    VALIDITY = "validity"
    DUPLICATION = "duplication"
    AGE = "age"
    UNCONFIRMED = "unconfirmed"

    @property
    def higher_is_better(self) -> bool:
        """Whether a higher value is a better file."""
        return self in (Measure.COMPLETENESS, Measure.VALIDITY)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `affected` of the `measured` ones are what is wrong with it; `customers` are some behind these.

    `population`: how many there are, measured or not.
    """

    source: str
    field: str
    measure: Measure
    value: float
    population: int
    measured: int
    affected: int
    customers: tuple[int, ...] = ()

    @property
    def is_estimate(self) -> bool:
        """Whether a sample stands for all."""
        return self.measured < self.population

    @property
    def affected_of_all(self) -> int:
        """How many are affected in all: counted, or reckoned from the sample."""
        return round(self.affected * self.population / self.measured) if self.measured else 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of those measured have a fault, some customers behind them, and how many there are in all."""

    measured: int
    affected: int
    customers: tuple[int, ...] = ()
    population: int = 0

    def times(self, rate: float) -> Counted:
        """The same counts, as a sample: for each that was measured there are so many."""
        return Counted(self.measured, self.affected, self.customers, round(self.measured * rate))


def completeness(counted: Counted, *, source: str, field: str) -> Figure:
    """The share of those who could hold a value (the field is meant for their kind) that hold one.

    DAMA UK: stored data against the potential of 100 % complete. Affected: those who hold none.
    """
    return _share(Measure.COMPLETENESS, counted, source, field, of_good=True)


def validity(counted: Counted, *, source: str, field: str) -> Figure:
    """The share of the values offered by the records that the field accepts (its syntax and check digits).

    DAMA UK: data that conforms to the syntax of its definition. Offered: held by the record, or refused when the
    record's present version was taken in. Affected: records of which a value was refused.
    """
    return _share(Measure.VALIDITY, counted, source, field, of_good=True)


def duplication(counted: Counted, *, source: str, field: str) -> Figure:
    """Of a source: the share of its records that are not the first of their customer. Of a field: the share of those
    who hold it whose value another customer holds as well.

    The complement of uniqueness in DAMA UK: nothing is recorded more than once.
    """
    return _share(Measure.DUPLICATION, counted, source, field, of_good=False)


def age(counted: Counted, *, source: str, field: str, median: datetime, at: datetime) -> Figure:
    """The median of days since the value was said: the newest date of a record that holds it.

    DAMA UK, timeliness; the median, for a few very old values say nothing of the rest. Affected: those said longer
    ago than UNCONFIRMED_AFTER.
    """
    days = max(0.0, (at - median) / timedelta(days=1))
    return _figure(Measure.AGE, counted, source, field, days)


def unconfirmed(counted: Counted) -> Figure:
    """The share of customers of whom no record said anything, and nobody corrected or confirmed anything, within
    UNCONFIRMED_AFTER. A row that is delivered again unchanged says nothing new.
    """
    return _share(Measure.UNCONFIRMED, counted, WHOLE, WHOLE, of_good=False)


def pooled(figures: Sequence[Figure], *, source: str, field: str) -> Figure | None:
    """Figures of one share together: each counts by how many there are in all. None where there is nothing to share.

    They may be sampled at different rates, so the counts are first brought to their population (a stratified
    estimate: Cochran, Sampling Techniques, 1977, section 5.3). The customers behind the worst come first. Of samples
    `measured` is that of the largest: fields of one customer are not independent, and a mean of values in 0..1 varies
    at most as one of them does, so the margin is rather too wide than too narrow.
    """
    population = sum(each.population for each in figures)
    if not population:
        return None
    measure = figures[0].measure
    rate = sum(each.population * each.value for each in figures) / population
    measured = (max if any(each.is_estimate for each in figures) else sum)(each.measured for each in figures)
    faulty = round((1 - rate if measure.higher_is_better else rate) * measured)
    worst_first = sorted(figures, key=lambda each: -badness([each]))
    customers = dict.fromkeys(customer for each in worst_first for customer in each.customers)
    return Figure(source, field, measure, rate, population, measured, faulty, tuple(customers))


def in_use(figures: Iterable[Figure], *, source: str) -> list[Figure]:
    """The completeness of the fields that anybody fills in this source (WHOLE: in the golden records)."""
    return [
        each
        for each in figures
        if each.source == source
        and each.field != WHOLE
        and each.measure is Measure.COMPLETENESS
        and each.affected < each.measured
    ]


def margin(figure: Figure) -> float:
    """Half the width of the 95 % confidence interval of a share; 0 where all were counted.

    Normal approximation with the finite population correction (Cochran, Sampling Techniques, 1977, section 3.6).
    """
    if not figure.is_estimate or figure.measured < 2 or figure.measure is Measure.AGE:
        return 0.0
    rate, n, whole = figure.value, figure.measured, figure.population
    return _Z_95 * math.sqrt(rate * (1 - rate) / (n - 1) * (1 - n / whole))


def badness(figures: Iterable[Figure]) -> float:
    """How bad a row of figures is: as bad as the worst of its shares. For the order "worst first"."""
    shares = [
        1 - each.value if each.measure.higher_is_better else each.value
        for each in figures
        if each.measure is not Measure.AGE
    ]
    return max(shares, default=0.0)


def _share(measure: Measure, counted: Counted, source: str, field: str, *, of_good: bool) -> Figure:
    faulty = counted.affected / counted.measured if counted.measured else 0.0
    return _figure(measure, counted, source, field, 1 - faulty if of_good else faulty)


def _figure(measure: Measure, counted: Counted, source: str, field: str, value: float) -> Figure:
    return Figure(
        source,
        field,
        measure,
        value,
        max(counted.population, counted.measured),
        counted.measured,
        counted.affected,
        counted.customers,
    )
