import pytest

from customerfile.values.identifiers import NO_LETTER_OR_DIGIT, UNCHECKED, WRONG_CHECK_DIGIT
from customerfile.values.kinds import display, mask, standardise
from customerfile.values.outcome import Accepted, Context, Refused

# numbers made up for the tests with right check digits; none is known to be anyone's


def taken(kind: str, raw: str | dict[str, str], country: str = "") -> tuple[str, str]:
    outcome = standardise(kind, raw, Context(country=country))
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    return str(outcome.value["value"]), str(outcome.value["scheme"])


@pytest.mark.parametrize(
    ("country", "raw", "value", "scheme"),
    [
        ("US", "536-90-4399", "536904399", "us.ssn"),
        ("CZ", "706213/1000", "7062131000", "cz.rc"),
        ("ES", "12345678-Z", "12345678Z", "es.dni"),
        ("ES", "X-1234567-L", "X1234567L", "es.nie"),
        ("FR", "2 95 10 99 126 111 93", "295109912611193", "fr.nir"),
        ("GB", "ab 12 34 56 c", "AB123456C", "gb.nino"),
        ("DE", "36 574 261 809", "36574261809", "de.idnr"),
        ("IT", "RCC MNL 83S18 D969H", "RCCMNL83S18D969H", "it.codicefiscale"),
        ("NL", "111222333", "111222333", "nl.bsn"),
        ("SE", "640823-3234", "640823-3234", "se.personnummer"),
        ("PL", "44051401359", "44051401359", "pl.pesel"),
        ("BR", "390.533.447-05", "39053344705", "br.cpf"),
    ],
)
def test_national_ids(country: str, raw: str, value: str, scheme: str) -> None:
    assert taken("national_id", raw, country) == (value, scheme)


@pytest.mark.parametrize(
    ("kind", "country", "raw"),
    [
        ("national_id", "ES", "12345678A"),
        ("national_id", "NL", "111222334"),
        ("national_id", "PL", "44051401358"),
        ("vat", "", "DE136695978"),
        ("iban", "", "GB82 WEST 1234 5698 7654 33"),
    ],
)
def test_a_wrong_check_digit_is_refused(kind: str, country: str, raw: str) -> None:
    assert standardise(kind, raw, Context(country=country)) == WRONG_CHECK_DIGIT


def test_a_part_that_was_never_issued_is_refused() -> None:
    outcome = standardise("national_id", "000-12-3456", Context(country="US"))
    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith("Part of it cannot stand in a national identity number (United States)")


def test_without_a_known_scheme_it_is_kept_unchecked() -> None:
    assert standardise("national_id", "A-123", Context()) == Accepted(
        {"value": "A123", "scheme": "other"}, (UNCHECKED,)
    )
    assert taken("national_id", "A-123", "AU") == ("A123", "au.other")
    assert taken("registration_number", "AB 123", "US") == ("AB123", "us.other")


def test_of_another_form_than_the_source_country_it_may_be_foreign() -> None:
    outcome = standardise("national_id", "832721", Context(country="US"))
    assert outcome == Accepted(
        {"value": "832721", "scheme": "other"}, ("this number is not checked: it is none of United States",)
    )


def test_a_named_scheme_or_country_decides() -> None:
    assert taken("national_id", {"value": "12345678Z", "country": "Spain"}, "US") == ("12345678Z", "es.dni")
    assert taken("national_id", {"value": "12345678Z", "scheme": "es.dni"}, "US") == ("12345678Z", "es.dni")
    named = {"value": "1234", "scheme": "us.ssn"}
    assert isinstance(standardise("national_id", named, Context(country="US")), Refused)


@pytest.mark.parametrize(
    ("kind", "country", "raw", "expected"),
    [
        ("vat", "", "DE 136 695 976", ("DE136695976", "de.vat")),
        ("vat", "FR", "FR 40 303 265 045", ("FR40303265045", "fr.vat")),
        ("vat", "US", "EL 094259216", ("EL094259216", "gr.vat")),
        ("tax_id", "US", "12-3456789", ("123456789", "us.ein")),
        ("registration_number", "FR", "552 008 443", ("552008443", "fr.siren")),
        ("registration_number", "GB", "sc123456", ("SC123456", "gb.crn")),
        ("passport", "US", "483290175", ("483290175", "passport.us")),
        ("passport", "", {"value": "c 1234567", "country": "Germany"}, ("C1234567", "passport.de")),
        ("passport", "", "C1234567", ("C1234567", "passport")),
        ("driving_licence", "US", {"value": "112233", "region": "NV"}, ("112233", "driving_licence.us-nv")),
        (
            "driving_licence",
            "US",
            {"value": "112233", "region": "Nevada"},
            ("112233", "driving_licence.us-nv"),
        ),
        (
            "driving_licence",
            "US",
            {"value": "112233", "region": "US-NV"},
            ("112233", "driving_licence.us-nv"),
        ),
        ("iban", "", "gb82 west 1234 5698 7654 32", ("GB82WEST12345698765432", "iban")),
        ("iban", "", "IBAN: DE89 3704 0044 0532 0130 00", ("DE89370400440532013000", "iban")),
        ("bic", "", "deutdeff", ("DEUTDEFF", "bic")),
        ("account_number", "", "19-2000145399/0800", ("19-2000145399/0800", "account_number")),
        ("customer_number", "", " c-001 ", ("C-001", "customer_number")),
        ("identifier", "", {"value": "x 1", "scheme": "loyalty"}, ("X1", "loyalty")),
    ],
)
def test_other_identifiers(
    kind: str, country: str, raw: str | dict[str, str], expected: tuple[str, str]
) -> None:
    assert taken(kind, raw, country) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "reason"),
    [
        (
            "iban",
            "DE89 3704 0044 0532 0130",
            "It does not have the form and length of an IBAN of any country.",
        ),
        ("iban", "hello", "It does not have the form and length of an IBAN of any country."),
        ("bic", "DEUT", "It does not have the form of a BIC (eight or eleven letters and digits)."),
        (
            "passport",
            "unknown",
            "It does not have the form of a passport number (4 to 20 letters and digits).",
        ),
        ("customer_number", "--", NO_LETTER_OR_DIGIT.reason),
        ("vat", "DE12", "It does not have the length of a VAT number (Germany)."),
    ],
)
def test_refused(kind: str, raw: str, reason: str) -> None:
    outcome = standardise(kind, raw, Context())
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason


def test_shown_and_masked() -> None:
    value = {"value": "GB82WEST12345698765432", "scheme": "iban"}
    assert display("iban", {**value}) == "GB82 WEST 1234 5698 7654 32"
    assert mask("iban", {**value}) == "•••• 5432"
    assert mask("national_id", {"value": "1234", "scheme": "other"}) == "••••"
