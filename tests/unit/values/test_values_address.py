from pathlib import Path

import pytest
import yaml

from customerfile.values.addresses import NO_PART
from customerfile.values.countries import country_codes
from customerfile.values.kinds import display, mask, standardise
from customerfile.values.outcome import Accepted, Context, Refused
from customerfile.values.text import CONTROL_CHARACTER

OPENCAGE = Path(__file__).resolve().parents[4] / "shared" / "data" / "formats" / "address" / "opencage"
SPLIT = "split from one line"


def parts(raw: str | dict[str, str], country: str = "") -> dict[str, str]:
    outcome = standardise("address", raw, Context(country=country))
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    return {key: str(part) for key, part in outcome.value.items()}


def short(raw: str | dict[str, str], country: str = "") -> str:
    """street | house number | unit | second line | city | region | postcode | country"""
    found = parts(raw, country)
    keys = ("street", "house_number", "unit", "street_2", "city", "region", "postcode", "country")
    return " | ".join(found.get(key, "") for key in keys)


def test_all_parts_of_the_canonical_record() -> None:
    raw = {
        "line": "CALLE MAYOR 12", "unit": "3º B", "city": "madrid", "region": "MD", "postcode": "28013",
        "country": "España", "use": "HOME",
    }  # fmt: skip
    assert parts(raw) == {
        "line": "Calle Mayor 12", "street": "Calle Mayor", "house_number": "12", "unit": "3B", "city": "Madrid",
        "region": "MD", "postcode": "28013", "country": "ES", "use": "home",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "country", "street", "number", "unit"),
    [
        ("1515 Adela Ln", "US", "Adela Ln", "1515", ""),
        ("123 E Main St Apt 4B", "US", "E Main St", "123", "4B"),
        ("123 Main St #4", "US", "Main St", "123", "4"),
        ("15th St", "US", "15th St", "", ""),
        ("Highway 61", "US", "Highway 61", "", ""),
        ("PO Box 123", "US", "PO Box 123", "", ""),
        ("12A High Street", "GB", "High Street", "12A", ""),
        ("Flat 3, 12 High Street", "GB", "High Street", "12", "3"),
        ("Rose Cottage", "GB", "Rose Cottage", "", ""),
        ("5/12 Smith Street", "AU", "Smith Street", "12", "5"),
        ("12 bis rue de la Paix", "FR", "rue de la Paix", "12 bis", ""),
        ("Unter den Linden 77", "DE", "Unter den Linden", "77", ""),
        ("Hauptstr. 5 a", "DE", "Hauptstr.", "5a", ""),
        ("Straße des 17. Juni 135", "DE", "Straße des 17. Juni", "135", ""),
        ("Damstraat 12-3", "NL", "Damstraat", "12-3", ""),
        ("Calle Mayor, 12, 3º B", "ES", "Calle Mayor", "12", "3B"),
        ("Calle Mayor s/n", "ES", "Calle Mayor", "s/n", ""),
        ("Via Roma, 10", "IT", "Via Roma", "10", ""),
        ("ul. Długa 12/5", "PL", "ul. Długa", "12", "5"),
        ("ul. Długa 12 m. 5", "PL", "ul. Długa", "12", "5"),
        ("Dlouhá 1234/5", "CZ", "Dlouhá", "1234/5", ""),
        ("Storgatan 5", "SE", "Storgatan", "5", ""),
        ("12 rue Haute", "BE", "rue Haute", "12", ""),
    ],
)
def test_street_lines_by_country(line: str, country: str, street: str, number: str, unit: str) -> None:
    found = parts({"line": line}, country)
    assert (found["street"], found.get("house_number", ""), found.get("unit", "")) == (street, number, unit)


@pytest.mark.parametrize(
    ("raw", "country", "line"),
    [
        ({"street": "tullaroop street", "house_number": "6"}, "AU", "6 Tullaroop Street"),
        ({"street": "Hauptstraße", "house_number": "6"}, "DE", "Hauptstraße 6"),
        ({"line": "6 High Street", "house_number": "6"}, "GB", "6 High Street"),
        ({"street": "High Street", "house_number": "6"}, "", "6 High Street"),
        ({"street": "Calle Mayor", "house_number": "6"}, "", "Calle Mayor 6"),
    ],
)
def test_the_line_is_put_together_in_the_order_of_the_country(
    raw: dict[str, str], country: str, line: str
) -> None:
    assert parts(raw, country)["line"] == line


@pytest.mark.parametrize(
    ("second", "unit", "rest"),
    [
        ("Apt 4B", "4B", ""),
        ("Flat 3", "3", ""),
        ("2º izq", "2IZQ", ""),
        ("#01-11", "01-11", ""),
        ("Chrysler Building", "", "Chrysler Building"),
    ],
)
def test_a_second_line_is_a_unit_or_kept(second: str, unit: str, rest: str) -> None:
    found = parts({"line": "12 High Street", "street_2": second}, "GB")
    assert (found.get("unit", ""), found.get("street_2", "")) == (unit, rest)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("123 Main Street, Las Vegas NV 89132", "US", "Main Street | 123 |  |  | Las Vegas | NV | 89132 |"
        " US"),
        ("9304 W. 15th St La Blanca, FL 60527", "US", "W. 15th St | 9304 |  |  | La Blanca | FL | 60527 |"
        " US"),
        ("329 Leatherwood Street, Las Vegas, 89117", "US", "Leatherwood Street | 329 |  |  | Las Vegas |  |"
        " 89117 | US"),
        ("100 Oak St, Apt 4, Springfield, Illinois 62701", "US", "Oak St | 100 | 4 |  | Springfield | IL |"
        " 62701 | US"),
        ("Sample Building, 405 Oak Ave, New York, NY 10174", "US",
         "Oak Ave | 405 |  | Sample Building | New York | NY | 10174 | US"),
        ("6371 E Foothill Dr, 95915", "US", "E Foothill Dr | 6371 |  |  |  |  | 95915 | US"),
        ("10 Downing Street, London SW1A 2AA", "", "Downing Street | 10 |  |  | London |  | SW1A 2AA | GB"),
        ("Flat 3, 12 High Street, Leeds, LS1 4AB, UK", "", "High Street | 12 | 3 |  | Leeds |  | LS1 4AB |"
        " GB"),
        ("12 High Street Leeds LS1 4AB", "GB", "High Street | 12 |  |  | Leeds |  | LS1 4AB | GB"),
        ("12 bis rue de la Paix, 75002 Paris, France", "", "rue de la Paix | 12 bis |  |  | Paris |  |"
        " 75002 | FR"),
        ("Unter den Linden 77, 10117 Berlin", "DE", "Unter den Linden | 77 |  |  | Berlin |  | 10117 | DE"),
        ("Calle Mayor 12, 3º B, 28013 Madrid, Spain", "", "Calle Mayor | 12 | 3B |  | Madrid |  | 28013 |"
        " ES"),
        ("Via Roma, 10, 00184 Roma RM", "IT", "Via Roma | 10 |  |  | Roma | RM | 00184 | IT"),
        ("Damstraat 12, 1012 JL Amsterdam", "NL", "Damstraat | 12 |  |  | Amsterdam |  | 1012 JL | NL"),
        ("5/12 Smith Street, Collingwood VIC 3066", "AU", "Smith Street | 12 | 5 |  | Collingwood | VIC |"
        " 3066 | AU"),
        ("Rua Augusta 1500, São Paulo, SP, 01304-001, Brazil", "",
         "Rua Augusta | 1500 |  |  | São Paulo | SP | 01304-001 | BR"),
        ("Berlin", "DE", " |  |  |  | Berlin |  |  | DE"),
    ],
)  # fmt: skip
def test_one_line_addresses(raw: str, country: str, expected: str) -> None:
    assert short(raw, country) == expected
    assert short({"full": raw}, country) == expected


def test_a_street_line_that_is_a_whole_address_is_split() -> None:
    raw = {"line": "123 Main Street, Las Vegas NV 89132"}
    assert short(raw, "US") == "Main Street | 123 |  |  | Las Vegas | NV | 89132 | US"


@pytest.mark.parametrize(
    ("raw", "country", "city", "postcode"),
    [
        ("28013 Madrid", "ES", "Madrid", "28013"),
        ("London SW1A 2AA", "GB", "London", "SW1A 2AA"),
        ("Paris 8", "FR", "Paris 8", ""),
    ],
)
def test_a_postcode_within_the_town(raw: str, country: str, city: str, postcode: str) -> None:
    found = parts({"city": raw}, country)
    assert (found["city"], found.get("postcode", "")) == (city, postcode)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("sw1a2aa", "GB", "SW1A 2AA"), ("1234ab", "NL", "1234 AB"), ("k1a0b1", "CA", "K1A 0B1"),
        ("12345", "SE", "123 45"),
        ("00950", "PL", "00-950"), ("01304001", "BR", "01304-001"), ("1234567", "JP", "123-4567"),
        ("D-10115", "DE", "10115"),
        ("891321234", "US", "89132-1234"), ("89132.0", "US", "89132"), ("1010", "LV", "LV-1010"),
        ("d02af30", "IE", "D02 AF30"),
        ("75008", "FR", "75008"), ("ab 12", "", "AB 12"),
    ],
)  # fmt: skip
def test_postcodes(raw: str, country: str, expected: str) -> None:
    assert standardise("postcode", raw, Context(country=country)) == Accepted(expected)


def test_postcodes_repaired_or_odd_are_noted() -> None:
    assert standardise("postcode", "1234", Context(country="US")) == Accepted(
        "01234", ("leading zeros of the postcode put back",)
    )
    assert standardise("postcode", "ABC", Context(country="GB")) == Accepted(
        "ABC", ("the postcode does not have the form of a postcode of GB",)
    )


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("Nevada", "US", "NV"), ("nv", "US", "NV"), ("Québec", "CA", "QC"), ("New South Wales", "AU", "NSW"),
        ("Bayern", "DE", "BY"), ("Bavaria", "DE", "BY"), ("Île-de-France", "FR", "IDF"), ("東京都", "JP", "13"),
        ("São Paulo", "BR", "SP"), ("Comunidad de Madrid", "ES", "MD"), ("Agrigento", "IT", "AG"),
        ("Kent", "GB", "KEN"),
        ("MIDDLE EARTH", "US", "Middle Earth"), ("Nevada", "", "Nevada"),
    ],
)  # fmt: skip
def test_regions(raw: str, country: str, expected: str) -> None:
    assert standardise("region", raw, Context(country=country)) == Accepted(expected)


def test_the_country_of_the_source_is_taken_where_the_postcode_allows_it() -> None:
    assert parts({"city": "Leeds", "postcode": "LS1 4AB"}, "GB")["country"] == "GB"
    assert "country" not in parts({"city": "Leeds", "postcode": "LS1 4AB"}, "US")


def test_an_unknown_country_is_left_out_with_a_note() -> None:
    outcome = standardise("address", {"city": "Leeds", "country": "Atlantis"}, Context(country="GB"))
    assert outcome == Accepted({"city": "Leeds"}, ("the country Atlantis is not known and is left out",))


@pytest.mark.parametrize(
    "raw", ["", " , ,", {}, {"use": "home"}, {"city": "-", "postcode": "n/a"}, {"unknown": "x"}]
)
def test_nothing_to_keep(raw: str | dict[str, str]) -> None:
    assert standardise("address", raw, Context()) == NO_PART


def test_a_control_character_is_refused() -> None:
    assert standardise("address", {"city": "Lee\x00ds"}, Context()) == CONTROL_CHARACTER


def test_shown_and_masked() -> None:
    british = {**parts("Flat 3, 12 High Street, Leeds, LS1 4AB, UK")}
    german = {**parts("Unter den Linden 77, 10117 Berlin", "DE")}
    assert display("address", {**british}) == "12 High Street, 3, Leeds LS1 4AB, United Kingdom"
    assert display("address", {**german}) == "Unter den Linden 77, 10117 Berlin, Germany"
    assert mask("address", {**german}) == "Berlin, Germany"


def opencage_components() -> list[dict[str, str]]:
    found = []
    for path in sorted(OPENCAGE.glob("*.yaml")):
        for case in yaml.safe_load_all(path.read_text("utf-8")):
            if case and "components" in case:
                found.append({key: str(part) for key, part in case["components"].items() if part is not None})
    return found


def as_raw(components: dict[str, str]) -> dict[str, str]:
    town = next((components[key] for key in ("city", "town", "village") if key in components), "")
    raw = {key: components.get(key, "") for key in ("house_number", "postcode", "country")}
    street, region = components.get("road", ""), components.get("state", "")
    return raw | {
        "street": street,
        "city": town,
        "region": region,
        "country": raw["country"] or components["country_code"],
    }


@pytest.mark.real_data
@pytest.mark.skipif(not OPENCAGE.exists(), reason="the public address test set is not beside the checkout")
def test_structured_addresses_of_twenty_countries() -> None:
    components = opencage_components()
    assert len({case["country_code"].upper() for case in components}) >= 20
    malformed = set()
    for case in components:
        outcome = standardise("address", as_raw(case), Context())
        assert not isinstance(outcome, Refused)
        assert isinstance(outcome.value, dict)
        assert outcome.value["country"] in country_codes()
        assert case["country_code"].upper() == outcome.value["country"] or "Polyn" in case["country"]
        if outcome.notes:
            malformed.add(case["postcode"][:7])
    # lists of postcodes, half a British one, a Korean one of before 2015 and a stand-in for Curaçao
    assert malformed == {"63739,6", "20001;2", "68100;6", "E10", "135-934", "0000NA"}
