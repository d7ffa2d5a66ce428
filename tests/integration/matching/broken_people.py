"""Invented people and organisations with every field filled in, and written again, broken in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared
from customerfile.values.words import words

type Canonical = dict[str, Any]
type Breaking = Callable[[Random, Canonical, Canonical], None]

GIVEN = sorted(
    words(
        "Robert Bob Bobby Maria Mary Peggy Margaret José Pepe Sasha Aleksandr Иван Сергей 王 小明 Γιώργος محمد Jo"
        " Joan Jon John Jean Jean-Pierre Mary-Ann Anna Anja Li Ng Xu Łukasz Björn Zoë Quingidorf Wilhelmina"
        " Bartholomew J Q Smith Maximilian Aaron Noor Nils Ingeborg Siobhan Mohammed Muhammad Philippe Filip"
        " Katarzyna Catherine Jarek Jurek Ria Rika Hanna Sergej Sergei Xiaoming Katharina Catharina"
    )
)
FAMILY = sorted(
    words(
        "Smith Smyth Schmidt Müller Mueller Иванов Smith-Jones Van-der-Berg O'Brien García García-López 李 Παππάς Ng"
        " Wu Dobbins Quistgaard Quistgard Jones Robert Maria Kowalski Kowalska Johansson Johanson MacDonald McDonald"
        " Zółć Vandenberg Rodriguez Rodrigues Li Fitzgerald-Smith Caldeberg Calderberg Petrov Petrova Brown Braun"
        " Cho Jo Kim Gim Meyer Maier Ivanow Iwanoff Xiao Ming"
    )
)
COMPANIES = sorted(
    words(
        "Acme Borealis Consolidated Widgets Export Services International Fund Brothers Systems Water Supply Northern"
        " Railway Bakery Söhne Telefon II III First Trust Holding Microsoft Micro Soft"
    )
)
LEGAL = ["", " Ltd", " GmbH", " Inc.", " & Co. KG", " S.A.", " The"]
STREETS = [
    "Mill Lane", "Milll Lane", "High Street", "Hauptstrasse", "Calle Mayor", "Rue de la Paix", "ул. Ленина",
    "Bahnhofstraße", "Avenue Road", "PO Box", "Saint John Street", "Karl-Marx-Allee",
]  # fmt: skip
CITIES = [
    "Leeds",
    "Leads",
    "York",
    "München",
    "Muenchen",
    "Москва",
    "Paris",
    "San Francisco",
    "New York",
    "東京",
]
POSTCODES = [
    "LS1 4AB",
    "LS1 4AC",
    "80331",
    "80313",
    "94103-1234",
    "EC1A 1BB",
    "123456",
    "７５００１",
    "D-10115",
]
HOSTS = ["example.org", "mail.example.org", "gmail.com", "acme.example", "borealis.example"]
DESKS = ["info", "sales", "office", "ann", "bob.smith", "j", "müller"]
SCHEMES = ["us.ssn", "es.dni", "other", "", "de.other"]
IDENTIFIERS = [
    "national_id", "tax_id", "passport", "vat_number", "registration_number", "iban", "account_number"
]  # fmt: skip


def broken_people(count: int, *, times: int, seed: int) -> list[Prepared]:
    """So many customers, each written so many times."""
    random = Random(seed)
    return [prepare(written) for _ in range(count) for written in _written(random, times)]


def _written(random: Random, times: int) -> Iterator[Canonical]:
    truth, other = _invented(random), _invented(random)
    yield truth
    for _ in range(times - 1):
        copy = {key: value for key, value in truth.items() if random.random() < 0.9}
        for breaking in random.sample(_BREAKINGS, random.choice((0, 1, 1, 2, 3))):
            breaking(random, copy, other)
        yield copy


def _invented(random: Random) -> Canonical:
    record: Canonical = {
        "kind": random.choice(["person", "person", "organisation", ""]),
        "given_name": _name(random, GIVEN),
        "middle_name": random.choice(["", "", random.choice(GIVEN), random.choice("ABJ"), "J Robert"]),
        "family_name": _name(random, FAMILY) + random.choice(["", "", "", " Jr", " Sr", " III"]),
        "name_suffix": random.choice(["", "", "", "Jr", "Sr", "II"]),
        "birth_date": _birth_date(random),
        "gender": random.choice(["", "male", "female", "other"]),
        "email": _some(random, _email),
        "phone": _some(random, _phone),
        "address": _some(random, _address),
    }
    if record["kind"] == "organisation" or random.random() < 0.2:
        record["organisation_name"] = _company(random)
        record["trading_name"] = random.choice(["", _company(random)])
    for key in random.sample(IDENTIFIERS, random.choice((0, 1, 1, 2, 3))):
        record[key] = [_identifier(random) for _ in range(random.choice((1, 1, 2)))]
    return record


def _some(random: Random, make: Callable[[Random], Canonical]) -> list[Canonical]:
    return [make(random) for _ in range(random.choice((0, 1, 1, 1, 2, 3)))]


def _name(random: Random, names: list[str]) -> str:
    return " ".join(random.choice(names) for _ in range(random.choice((0, 1, 1, 1, 1, 1, 2))))


def _company(random: Random) -> str:
    return " ".join(random.choices(COMPANIES, k=random.choice((1, 2, 2, 3, 4)))) + random.choice(LEGAL)


def _birth_date(random: Random) -> str:
    year, month, day = random.randint(1940, 1999), random.randint(1, 12), random.randint(1, 28)
    whole = f"{year}-{month:02}-{day:02}"
    return random.choice(
        [whole] * 8 + [str(year), f"{year}-{month:02}", f"--{month:02}-{day:02}", "1900-01-01", ""]
    )


def _email(random: Random) -> Canonical:
    return {
        "value": f"{random.choice(DESKS)}{random.choice(['', '', random.randrange(50)])}@{random.choice(HOSTS)}"
    }


def _phone(random: Random) -> Canonical:
    number = f"{random.choice(['702', '202'])}{random.randrange(9_190_000, 9_190_300)}"
    return {"value": random.choice([f"+1{number}", f"+1{number}", number[3:], f"+1{number};ext=3"])}


def _address(random: Random) -> Canonical:
    whole = {
        "street": random.choice(STREETS),
        "house_number": str(random.randrange(1, 6)),
        "unit": random.choice(["", "", "3", "Apt 3", "4"]),
        "postcode": random.choice(POSTCODES),
        "city": random.choice(CITIES),
    }
    return {part: value for part, value in whole.items() if random.random() < 0.85}


def _identifier(random: Random) -> Canonical:
    number = str(random.randrange(219_099_900, 219_100_400))
    return {
        "scheme": random.choice(SCHEMES),
        "value": _slip(random, number) if random.random() < 0.3 else number,
    }


def _slip(random: Random, text: str) -> str:
    """A letter left out, doubled, replaced, or exchanged with the next."""
    if not text:
        return text
    place = random.randrange(len(text))
    before, letter, behind = text[:place], text[place], text[place + 1 :]
    return random.choice(
        [before + behind, before + letter * 2 + behind, before + random.choice("aeinr19") + behind,
         before + behind[:1] + letter + behind[1:]]
    )  # fmt: skip


def _misspell(random: Random, record: Canonical, other: Canonical) -> None:
    for field in random.sample(["given_name", "middle_name", "family_name", "organisation_name"], 2):
        record[field] = _slip(random, record.get(field, ""))


def _exchange_names(random: Random, record: Canonical, other: Canonical) -> None:
    record["given_name"], record["family_name"] = record.get("family_name", ""), record.get("given_name", "")


def _shorten(random: Random, record: Canonical, other: Canonical) -> None:
    record["given_name"] = record.get("given_name", "")[:1]


def _move_middle(random: Random, record: Canonical, other: Canonical) -> None:
    record["given_name"], record["middle_name"] = record.get("middle_name", ""), record.get("given_name", "")


def _part_otherwise(random: Random, record: Canonical, other: Canonical) -> None:
    words = [
        word for part in ("given_name", "middle_name", "family_name") for word in record.get(part, "").split()
    ]
    words = words[-1:] + words[:-1] if random.random() < 0.5 else words
    places = sorted(random.randint(0, len(words)) for _ in range(2))
    record["given_name"], record["middle_name"] = (
        "".join(words[: places[0]]),
        " ".join(words[places[0] : places[1]]),
    )
    record["family_name"] = random.choice(["", " "]).join(words[places[1] :])


def _add_part(random: Random, record: Canonical, other: Canonical) -> None:
    field = random.choice(["given_name", "family_name", "organisation_name"])
    record[field] = f"{record.get(field, '')} {other.get(field, '')}"


def _break_birth_date(random: Random, record: Canonical, other: Canonical) -> None:
    written = record.get("birth_date", "")
    year, month, day = (
        written.split("-") if written.count("-") == 2 and written[0] != "-" else ("1978", "11", "12")
    )
    record["birth_date"] = random.choice(
        [f"{year}-{day}-{month}" if int(day) <= 12 else written, year, f"{year}-{month}", f"--{month}-{day}",
         f"{year[:2]}{year[3]}{year[2]}-{month}-{day}", f"{int(year) + 3}-{month}-{day}", f"{year}-01-28"]
    )  # fmt: skip


def _break_lists(random: Random, record: Canonical, other: Canonical) -> None:
    for field in ("email", "phone", "address"):
        record[field] = [*record.get(field, [])[: random.choice((0, 1, 3))], *other.get(field, [])][:3]


def _break_address(random: Random, record: Canonical, other: Canonical) -> None:
    broken = [
        {part: _slip(random, value) if random.random() < 0.3 else value for part, value in address.items()}
        for address in record.get("address", [])
    ]
    record["address"] = [
        address | {"street": _slip(random, _slip(random, address["street"]))}
        if "street" in address
        else address
        for address in broken
    ]


def _break_identifiers(random: Random, record: Canonical, other: Canonical) -> None:
    for key in IDENTIFIERS:
        if key in record:
            record[key] = [
                random.choice([entry, entry | {"value": _slip(random, entry["value"])}, _identifier(random)])
                for entry in record[key]
            ]


def _take_from_other(random: Random, record: Canonical, other: Canonical) -> None:
    for field in random.sample(sorted(other), 3):
        record[field] = other[field]


_BREAKINGS: list[Breaking] = [
    _misspell, _exchange_names, _shorten, _move_middle, _part_otherwise, _add_part, _break_birth_date, _break_lists,
    _break_address, _break_identifiers, _take_from_other,
]  # fmt: skip
