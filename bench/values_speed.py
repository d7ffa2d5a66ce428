"""Processor time per value of each kind, on values never seen before, and per person row of twelve columns.

Run: python bench/values_speed.py
"""

import random
import time
from collections.abc import Callable, Iterator

from customerfile.values.cards import row_may_hold_card
from customerfile.values.folding import fold
from customerfile.values.kinds import KINDS, standardise
from customerfile.values.outcome import Context

VALUES = 20_000
ROW_LIMIT_MICROSECONDS = 60.0
UNITED_STATES, BRITAIN = Context(country="US", currency="USD"), Context(country="GB", currency="GBP")

_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "ta",
    "to",
    "va",
]
_CITIES = [
    "Springfield",
    "Leeds",
    "Riverton",
    "Oakdale",
    "Bristol",
    "Fairview",
    "Salem",
    "Dover",
    "Milton",
    "Ashland",
]
_STREETS = ["Street", "Road", "Lane", "Avenue", "Drive", "Court"]

type Raw = str | dict[str, str]


def _word(dice: random.Random, least: int = 2) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.randint(least, least + 2))).capitalize()


def _date(dice: random.Random) -> str:
    year, month, day = dice.randint(1930, 2008), dice.randint(1, 12), dice.randint(1, 28)
    return f"{year}-{month:02}-{day:02}" if dice.random() < 0.5 else f"{month:02}/{day:02}/{year}"


def _address(dice: random.Random) -> dict[str, str]:
    line = f"{dice.randint(1, 9999)} {_word(dice)} {dice.choice(_STREETS)}"
    postcode = f"{dice.randint(10000, 99999)}"
    return {"line": line, "city": dice.choice(_CITIES), "region": "OH", "postcode": postcode, "country": "US"}


def _phone(dice: random.Random) -> str:
    return f"({dice.randint(201, 989)}) {dice.randint(200, 999)}-{dice.randint(0, 9999):04}"


def _british_phone(dice: random.Random) -> str:
    return f"07{dice.randint(400, 999)} {dice.randint(100000, 999999)}"


def _national_id(dice: random.Random) -> str:
    return f"{dice.randint(100, 665)}-{dice.randint(10, 99)}-{dice.randint(1000, 9999)}"


MAKERS: dict[str, Callable[[random.Random], Raw]] = {
    "text": lambda dice: f"{_word(dice)} {_word(dice)} {_word(dice)}",
    "given_name": _word,
    "family_name": lambda dice: _word(dice, 3) + dice.choice(("", "", "", f"-{_word(dice)}")),
    "person_name": lambda dice: f"{_word(dice)} {_word(dice)[:1]}. {_word(dice, 3)}",
    "organisation_name": lambda dice: f"{_word(dice)} {_word(dice)} Ltd",
    "email": lambda dice: (
        f"{_word(dice)}.{_word(dice)}{dice.randint(1, 99)}@example{dice.randint(1, 50)}.org"
    ),
    "phone": _phone,
    "address": _address,
    "country": lambda dice: dice.choice(("US", "United States", "Deutschland", "GB", "France")),
    "region": lambda dice: dice.choice(("OH", "Nevada", "California", "TX")),
    "postcode": lambda dice: f"{dice.randint(10000, 99999)}",
    "date": _date,
    "birth_date": _date,
    "instant": lambda dice: f"{_date(dice)} {dice.randint(0, 23)}:{dice.randint(0, 59):02}",
    "money": lambda dice: f"${dice.randint(0, 9999):,}.{dice.randint(0, 99):02}",
    "number": lambda dice: f"{dice.randint(0, 99999)}.{dice.randint(0, 99):02}",
    "integer": lambda dice: str(dice.randint(0, 10**8)),
    "gender": lambda dice: dice.choice(("F", "M", "female", "male")),
    "national_id": _national_id,
    "customer_number": lambda dice: f"C{dice.randint(0, 10**8):08}",
    "url": lambda dice: f"https://www.example.org/{_word(dice).lower()}{dice.randint(0, 10**6)}",
}


def microseconds(calls: Iterator[object], count: int) -> float:
    """Mean time of each step of an iterator that does its work as it is asked."""
    started = time.process_time()
    for _ in calls:
        pass
    return (time.process_time() - started) / count * 1e6


def kind_speed(kind: str, seed: int = 1) -> float:
    dice = random.Random(seed)
    maker = MAKERS[kind]
    standardise(kind, maker(dice), UNITED_STATES)
    raws = [maker(dice) for _ in range(VALUES)]
    return microseconds((standardise(kind, raw, UNITED_STATES) for raw in raws), VALUES)


def person_row(dice: random.Random, context: Context) -> tuple[tuple[str, Raw], ...]:
    return (
        ("given_name", _word(dice)),
        ("family_name", MAKERS["family_name"](dice)),
        ("email", MAKERS["email"](dice)),
        ("phone", _phone(dice) if context is UNITED_STATES else _british_phone(dice)),
        ("birth_date", _date(dice)),
        ("gender", dice.choice("FM")),
        ("address", _address(dice)),  # six columns of a file: line, city, region, postcode, country, use
    )


def row_speed(seed: int = 2) -> float:
    dice = random.Random(seed)
    rows = [(person_row(dice, context), context) for context in (UNITED_STATES, BRITAIN) * (VALUES // 2)]
    steps = ([standardise(kind, raw, context) for kind, raw in row] for row, context in rows)
    return microseconds(steps, VALUES)


def card_speed(seed: int = 3) -> float:
    dice = random.Random(seed)
    texts = ["\n".join(str(raw) for _, raw in person_row(dice, UNITED_STATES)) for _ in range(VALUES)]
    return microseconds((row_may_hold_card(text) for text in texts), VALUES)


def fold_speed(seed: int = 4) -> float:
    dice = random.Random(seed)
    texts = [f"{_word(dice)} {_word(dice)}-{_word(dice)}" for _ in range(VALUES)]
    return microseconds((fold(text) for text in texts), VALUES)


def main() -> None:
    for kind in MAKERS:
        print(f"{KINDS[kind].label:28} {kind_speed(kind):7.1f} µs")
    print(f"{'fold':28} {fold_speed():7.1f} µs")
    print(f"{'row_may_hold_card, per row':28} {card_speed():7.1f} µs")
    print(f"{'person row of 12 columns':28} {row_speed():7.1f} µs   limit {ROW_LIMIT_MICROSECONDS:.0f} µs")


if __name__ == "__main__":
    main()
