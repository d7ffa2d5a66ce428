"""Writes the people of the main benchmark: two CSV files that overlap, and the truth about who is who.

Three rows in ten are a second sighting, in people_b.csv, of somebody in people_a.csv, with real life's slips.
The same rows and seed give the same bytes: python bench/make_people.py OUT_DIR --rows 1000000 --seed 7
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from unidecode import unidecode

from customerfile.intake.demonstration.addresses import draw_address
from customerfile.intake.demonstration.noise import misspell, shorten
from customerfile.intake.demonstration.rare_names import rare_names
from customerfile.intake.demonstration.words import COUNTRIES, COUNTRY_WEIGHTS, country_words

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Address = tuple[str, str]  # street with its number; "city,postcode"

HEADER = "key,given_name,family_name,birth_date,gender,email,phone,street,city,postcode,country,updated_at"
SECOND_SIGHTINGS = 0.3  # of all rows
SHARE_OF_A = 0.6
# By country: calling code, trunk prefix, digits after a range, and ranges that the numbering plan allows.
PHONES = {
    "GB": ("44", "0", 6, ("7400", "7712", "7805", "7480", "1612", "1213")),
    "US": ("1", "", 6, ("2122", "3123", "4154", "6175", "5124", "2063")),
    "DE": ("49", "0", 7, ("1511", "1515", "170", "171", "176", "302")),
    "FR": ("33", "0", 7, ("61", "62", "14", "47")),
    "ES": ("34", "", 7, ("61", "65", "91", "93")),
    "NL": ("31", "0", 6, ("612", "614", "625", "202", "104")),
}
# How often a thing goes wrong: in every row, or only where somebody is seen again.
ALWAYS = {"no_email": 0.2, "no_phone": 0.2, "no_birth_date": 0.06, "no_gender": 0.03, "abroad": 0.4}
AGAIN = {
    "nickname": 0.08,
    "given_slip": 0.05,
    "family_slip": 0.05,
    "married": 0.04,
    "moved": 0.12,
    "street_slip": 0.04,
    "swapped_date": 0.015,
    "other_email": 0.08,
    "other_phone": 0.08,
}
_DOMAINS = ("example.org", "example.com", "example.net")
_SUFFIXES = ("", " Sr", " Jr")
_BLOCK = 50_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name, country after country; within one, the common ones first."""

    words: list[str]
    mail: list[str]  # the same, as they stand in an e-mail address
    offsets: Ints
    cumulative: list[NDArray[np.float64]]

    def draw(self, rng: np.random.Generator, countries: Ints) -> Ints:
        """One name for each country, all by number."""
        drawn = np.empty(len(countries), dtype=np.int64)
        for number, weights in enumerate(self.cumulative):
            here = countries == number
            drawn[here] = self.offsets[number] + np.searchsorted(weights, rng.random(int(here.sum())))
        return drawn


@dataclass(frozen=True, slots=True)
class People:
    """Columns of numbers, one entry per person."""

    country: Ints
    female: Flags
    given: Ints
    family: Ints
    married: Ints  # the surname a woman may take
    suffix: Ints  # place in _SUFFIXES
    born: Ints  # days since 1970-01-01
    home: Ints  # the household, and the place in the list of addresses
    mailbox: Ints  # the number in the e-mail address: no two people share name and number
    phone: Ints
    next_phone: Ints


@dataclass(frozen=True, slots=True)
class World:
    """All there is, and the two sources of chance: one for columns, one for single values."""

    rng: np.random.Generator
    dice: random.Random
    given: Vocabulary
    family: Vocabulary
    people: People
    addresses: list[Address]


def write_people(folder: Path, *, rows: int, seed: int) -> None:
    """Writes people_a.csv, people_b.csv and truth.csv (source, key, entity) into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng, dice = np.random.default_rng(seed), random.Random(seed)
    seconds, in_a = int(rows * SECOND_SIGHTINGS), int(rows * SHARE_OF_A)
    world = _draw_world(rng, dice, rows - seconds)
    order = rng.permutation(rows - seconds)
    again = rng.choice(order[:in_a], seconds, replace=False)
    in_b = rng.permutation(np.concatenate([order[in_a:], again]))
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="\n") as truth:
        truth.write("source,key,entity\n")
        for source, who in (("people_a", order[:in_a]), ("people_b", in_b)):
            initial = source[-1].upper()
            second = np.isin(who, again) & (source == "people_b")
            with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="\n") as file:
                file.write(f"{HEADER}\n")
                file.writelines(_lines(world, who, second, initial=initial))
            truth.writelines(f"{source},{initial}{row:07},{one}\n" for row, one in enumerate(who.tolist()))


def _draw_world(rng: np.random.Generator, dice: random.Random, count: int) -> World:
    given = _vocabulary(dice, [_both_sexes(country) for country in COUNTRIES], tail=6_000, tail_share=0.12)
    surnames = [country_words(country, "family") for country in COUNTRIES]
    family = _vocabulary(dice, surnames, tail=24_500, tail_share=0.4)
    sizes = rng.choice([1, 2, 3, 4], size=count, p=[0.52, 0.28, 0.12, 0.08])
    homes = np.repeat(np.arange(count), sizes)[:count]
    weights = np.array(COUNTRY_WEIGHTS) / sum(COUNTRY_WEIGHTS)
    country = rng.choice(len(COUNTRIES), size=count, p=weights)[homes]
    people = _draw_people(rng, homes, country, given, family)
    first_of_home = np.unique(homes, return_index=True)[1]
    addresses = [_draw_address(dice, COUNTRIES[number]) for number in country[first_of_home].tolist()]
    return World(rng, dice, given, family, people, addresses)


def _both_sexes(country: str) -> tuple[str, ...]:
    """Women's names at even places, men's at odd ones, both from common to rare."""
    pairs = zip(country_words(country, "female"), country_words(country, "male"), strict=False)
    return tuple(name for pair in pairs for name in pair)


def _vocabulary(
    dice: random.Random, heads: list[tuple[str, ...]], *, tail: int, tail_share: float
) -> Vocabulary:
    """Each country's own names by Zipf's law and, behind them, its part of the made-up rare ones."""
    rare = rare_names(dice, tail * len(heads))
    words: list[str] = []
    offsets, cumulative = [], []
    for number, head in enumerate(heads):
        offsets.append(len(words))
        words += [*head, *rare[number * tail : (number + 1) * tail]]
        common, seldom = 1 / np.arange(4, 4 + len(head)), np.arange(1, tail + 1) ** -0.3
        shares = [common / common.sum() * (1 - tail_share), seldom / seldom.sum() * tail_share]
        weights = np.cumsum(np.concatenate(shares))
        cumulative.append(weights / weights[-1])
    return Vocabulary(words, [_for_mail(word) for word in words], np.array(offsets), cumulative)


def _for_mail(word: str) -> str:
    return "".join(letter for letter in unidecode(word).lower() if letter.isalnum())


def _draw_people(
    rng: np.random.Generator, homes: Ints, country: Ints, given: Vocabulary, family: Vocabulary
) -> People:
    count = len(homes)
    first = np.searchsorted(homes, homes)  # the first person of everybody's household
    names, own = given.draw(rng, country), family.draw(rng, country)
    namesakes = np.flatnonzero((names == names[first]) & (first != np.arange(count)))
    names[namesakes] = given.draw(rng, country[namesakes])  # few families use a name twice, but for Sr and Jr
    surnames = np.where(rng.random(count) < 0.06, own, own[first])
    born = rng.integers(-13_500, 13_800, size=count)
    suffix = np.zeros(count, dtype=np.int64)
    female = (names - given.offsets[country]) % 2 == 0
    seniors = np.flatnonzero(
        (first[1:] == np.arange(count - 1)) & ~female[:-1] & (rng.random(count - 1) < 0.05)
    )
    names[seniors + 1], surnames[seniors + 1], female[seniors + 1] = names[seniors], surnames[seniors], False
    born[seniors] = rng.integers(-13_500, 0, size=len(seniors))
    born[seniors + 1] = born[seniors] + rng.integers(7_500, 12_000, size=len(seniors))
    suffix[seniors], suffix[seniors + 1] = 1, 2
    phone, next_phone = _draw_phones(rng, country)
    return People(
        country=country,
        female=female,
        given=names,
        family=surnames,
        married=family.draw(rng, country),
        suffix=suffix,
        born=born,
        home=homes,
        mailbox=_draw_mailboxes(rng, names, surnames),
        phone=np.where(rng.random(count) < 0.25, phone[first], phone),
        next_phone=next_phone,
    )


def _draw_mailboxes(rng: np.random.Generator, names: Ints, surnames: Ints) -> Ints:
    """Up to four digits, or more where somebody of the same name already has them."""
    boxes = rng.integers(1, 10_000, size=len(names))
    _, first = np.unique((names << 32) | (surnames << 14) | boxes, return_index=True)
    repeated = np.ones(len(names), dtype=bool)
    repeated[first] = False
    boxes[repeated] = 10_000 + np.flatnonzero(repeated)
    return boxes


def _draw_phones(rng: np.random.Generator, country: Ints) -> tuple[Ints, Ints]:
    """Two numbers for everybody; no two people share one by chance."""
    drawn = np.empty((2, len(country)), dtype=np.int64)
    for number, name in enumerate(COUNTRIES):
        _, _, digits, ranges = PHONES[name]
        here = np.flatnonzero(country == number)
        drawn[:, here] = rng.choice(len(ranges) * 10**digits, (2, len(here)), replace=False)
    return drawn[0], drawn[1]


def _draw_address(dice: random.Random, country: str) -> Address:
    address = draw_address(dice, country)
    return address.line, f"{address.city},{address.postcode}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it is written: who it is, and what goes wrong."""

    country: str
    female: bool
    given: int
    family: int
    married: int
    suffix: int
    born_on: str
    home: int
    mailbox: int
    phone: int
    next_phone: int
    slips: frozenset[str]
    updated_on: str


def _lines(world: World, who: Ints, second: Flags, *, initial: str) -> Iterator[str]:
    """The lines of one file, a block of rows at a time, so that a large file needs little memory."""
    for start in range(0, len(who), _BLOCK):
        block = slice(start, start + _BLOCK)
        for number, row in enumerate(_rows(world, who[block], second[block]), start=start):
            yield f"{initial}{number:07},{_write_row(world, row)}\n"


def _rows(world: World, who: Ints, second: Flags) -> Iterator[Row]:
    people = world.people
    numbers = (people.given, people.family, people.married, people.suffix)
    places = (people.home, people.mailbox, people.phone, people.next_phone)
    columns = (
        [COUNTRIES[number] for number in people.country[who].tolist()],
        people.female[who].tolist(),
        *(column[who].tolist() for column in numbers),
        people.born[who].astype("datetime64[D]").astype(str).tolist(),
        *(column[who].tolist() for column in places),
        [_slips(code) for code in _throw(world.rng, second).tolist()],
        _update_days(world.rng, second).astype("datetime64[D]").astype(str).tolist(),
    )
    return (Row(*values) for values in zip(*columns, strict=True))


def _throw(rng: np.random.Generator, second: Flags) -> Ints:
    """For each row the slips that happen, as the bits of a number."""
    rates = np.array([*ALWAYS.values(), *AGAIN.values()], dtype=np.float32)
    happens = rng.random((len(second), len(rates)), dtype=np.float32) < rates
    happens[:, len(ALWAYS) :] &= second[:, np.newaxis]
    bits: Ints = happens @ (1 << np.arange(len(rates)))
    return bits


@cache
def _slips(code: int) -> frozenset[str]:
    return frozenset(name for bit, name in enumerate((*ALWAYS, *AGAIN)) if code >> bit & 1)


def _update_days(rng: np.random.Generator, second: Flags) -> Ints:
    """A day of 2022 to 2024, or of 2025 and 2026 where somebody is seen again."""
    return np.where(
        second, rng.integers(20_089, 20_750, len(second)), rng.integers(18_993, 20_089, len(second))
    )


def _write_row(world: World, row: Row) -> str:
    street, place = _address(world, row)
    parts = (
        _given_name(world, row),
        _family_name(world, row),
        _birth_date(row),
        "" if "no_gender" in row.slips else "F" if row.female else "M",
        _email(world, row),
        _phone(row),
        street,
        place,
        row.country,
        row.updated_on,
    )
    return ",".join(parts)


def _given_name(world: World, row: Row) -> str:
    name = world.given.words[row.given]
    if "nickname" in row.slips:
        return shorten(world.dice, name)
    return misspell(world.dice, name) if "given_slip" in row.slips else name


def _family_name(world: World, row: Row) -> str:
    married = row.female and "married" in row.slips
    name = world.family.words[row.married if married else row.family] + _SUFFIXES[row.suffix]
    return misspell(world.dice, name) if "family_slip" in row.slips else name


def _birth_date(row: Row) -> str:
    if "no_birth_date" in row.slips:
        return ""
    year, month, day = row.born_on.split("-")
    return f"{year}-{day}-{month}" if "swapped_date" in row.slips and int(day) <= 12 else row.born_on


def _email(world: World, row: Row) -> str:
    if "no_email" in row.slips:
        return ""
    given, family = world.given.mail[row.given], world.family.mail[row.family]
    joint = "_" if "other_email" in row.slips else "."
    return f"{given}{joint}{family}{row.mailbox}@{_DOMAINS[row.mailbox % 3]}"


def _phone(row: Row) -> str:
    if "no_phone" in row.slips:
        return ""
    code, trunk, digits, ranges = PHONES[row.country]
    rest, place = divmod(row.next_phone if "other_phone" in row.slips else row.phone, len(ranges))
    start = f"+{code} " if "abroad" in row.slips else trunk
    return f"{start}{ranges[place]} {rest:0{digits}}"


def _address(world: World, row: Row) -> Address:
    moved = "moved" in row.slips
    street, place = _draw_address(world.dice, row.country) if moved else world.addresses[row.home]
    return (misspell(world.dice, street) if "street_slip" in row.slips else street), place


def _main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    write_people(arguments.out_dir, rows=arguments.rows, seed=arguments.seed)


if __name__ == "__main__":
    _main()
