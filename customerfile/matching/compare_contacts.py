"""Levels of e-mail, phone, postal address and the other list columns: the best pair of values counts."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from customerfile.matching.columns import Bools, Columns, Ints, Levels, ListColumn
from customerfile.matching.levels import LEVELS
from customerfile.matching.model import NULL

_EMAIL = {name: number for number, name in enumerate(LEVELS["email"])}
_PHONE = {name: number for number, name in enumerate(LEVELS["phone"])}
_ADDRESS = {name: number for number, name in enumerate(LEVELS["address"])}
SIMILAR_STREET = 0.88
SIMILAR_CITY = 0.90
SEVEN_DIGITS = 10_000_000
WITH_AREA = 1_000_000_000  # a number below this was written without its area code


def shared_levels(column: ListColumn, left: Ints, right: Ints) -> Levels:
    """0 nothing in common, 1 a value in common, -1 where a side holds none."""
    if column.is_empty:
        return np.full(len(left), NULL, dtype=np.int8)
    levels = np.where(column.both_hold(left, right), 0, NULL).astype(np.int8)
    levels[column.share(left, right)] = 1
    return levels


def email_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    levels = shared_levels(columns.emails, left, right)
    levels[levels == 1] = _EMAIL["same"]
    apart = np.flatnonzero(levels == 0)
    if len(apart):
        levels[apart[columns.local_parts.share(left[apart], right[apart])]] = _EMAIL["local_part"]
    if not columns.mailboxes.is_empty:
        shared = columns.mailboxes.share(left, right) & (levels < _EMAIL["shared_mailbox"])
        levels[shared] = _EMAIL["shared_mailbox"]
    return levels


def phone_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    levels = shared_levels(columns.phones, left, right)
    levels[levels == 1] = _PHONE["same"]
    numbers = columns.phones.values
    for rows, first, second in columns.phones.crossings(left, right):
        a, b = numbers[first], numbers[second]
        ends = (a % SEVEN_DIGITS == b % SEVEN_DIGITS) & (np.minimum(a, b) < WITH_AREA)
        levels[rows] = np.maximum(levels[rows], np.where(ends, _PHONE["last_seven"], NULL))
    return levels


def address_levels(columns: Columns, left: Ints, right: Ints) -> Levels:
    levels = np.full(len(left), NULL, dtype=np.int8)
    for rows, first, second in columns.addresses.crossings(left, right):
        levels[rows] = np.maximum(levels[rows], _one_address(columns, first, second))
    return levels


def _one_address(columns: Columns, a: Ints, b: Ints) -> Levels:
    street_known, same_street = _same(columns.street, a, b)
    post_known, same_post = _same(columns.postcode, a, b)
    city_known, same_city = _same(columns.city, a, b)
    _, same_number = _same(columns.number, a, b)
    unit_known, same_unit = _same(columns.unit, a, b)
    near = street_known & ~same_street & (same_number | same_post | same_city)
    _also(same_street, near, _alike(columns, columns.street, pairs=(near, a, b), cutoff=SIMILAR_STREET))
    stray = same_street & same_number & ~same_post & ~same_city
    _also(
        same_city,
        stray & city_known,
        _alike(columns, columns.city, pairs=(stray & city_known, a, b), cutoff=SIMILAR_CITY),
    )
    _also(same_post, stray & post_known, _one_slip(columns, pairs=(stray & post_known, a, b)))
    place = same_post | same_city
    levels = np.where(street_known | post_known | city_known, 0, NULL).astype(np.int8)
    levels[same_city & ~street_known] = _ADDRESS["city"]
    levels[same_post] = _ADDRESS["postcode"]
    levels[same_post & same_number] = _ADDRESS["number_and_postcode"]
    unplaced = ~post_known & ~city_known & same_number
    levels[same_street & (place | unplaced)] = _ADDRESS["street"]
    levels[same_street & same_number & place & ~(unit_known & ~same_unit)] = _ADDRESS["dwelling"]
    return levels


def _same(codes: Ints, a: Ints, b: Ints) -> tuple[Bools, Bools]:
    """Whether both are known, and whether they are known and equal."""
    first, second = codes[a], codes[b]
    known = (first > 0) & (second > 0)
    return known, known & (first == second)


def _also(target: Bools, rows: Bools, found: Bools) -> None:
    if len(found):
        target[rows] |= found


def _alike(columns: Columns, codes: Ints, *, pairs: tuple[Bools, Ints, Ints], cutoff: float) -> Bools:
    first, second = _texts(columns, codes, pairs)
    if not first:
        return np.zeros(0, dtype=np.bool_)
    alike: Bools = cpdist(first, second, scorer=JaroWinkler.normalized_similarity, dtype=np.float64) >= cutoff
    return alike


def _one_slip(columns: Columns, *, pairs: tuple[Bools, Ints, Ints]) -> Bools:
    first, second = _texts(columns, columns.postcode, pairs)
    if not first:
        return np.zeros(0, dtype=np.bool_)
    slips: Bools = cpdist(first, second, scorer=OSA.distance, dtype=np.int32) <= 1
    return slips


def _texts(columns: Columns, codes: Ints, pairs: tuple[Bools, Ints, Ints]) -> tuple[list[str], list[str]]:
    rows, a, b = pairs
    terms = columns.address_terms
    return [terms[i] for i in codes[a[rows]].tolist()], [terms[i] for i in codes[b[rows]].tolist()]
