import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerfile.values import phones
from customerfile.values.kinds import display, mask, standardise
from customerfile.values.outcome import Accepted, Context, Refused
from customerfile.values.phone_plans import Reading, fast_international, fast_national

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("(702) 919-1300", "US", "+17029191300"),
        ("1-702-919-1300", "US", "+17029191300"),
        ("702.919.1300", "CA", "+17029191300"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("(+44) 20 7946 0018", "", "+442079460018"),
        ("0044 20 7946 0018", "", "+442079460018"),
        ("0044 20 7946 0018", "GB", "+442079460018"),
        ("+442079460018", "US", "+442079460018"),
        ("tel:+1-702-919-1300", "", "+17029191300"),
        ("Tel. 020 7946 0018", "GB", "+442079460018"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("912 34 56 78", "ES", "+34912345678"),
        ("030 123456", "DE", "+4930123456"),
        ("06 698 12345", "IT", "+390669812345"),
        ("+390669812345", "", "+390669812345"),
        ("(11) 91234-5678", "BR", "+5511912345678"),
        ("702 919 1300 ext. 12", "US", "+17029191300;ext=12"),
        ("(702) 919-1300 x12", "US", "+17029191300;ext=12"),
        ("+17029191300;ext=12", "", "+17029191300;ext=12"),
        ("٠٢٠ ٧٩٤٦ ٠٠١٨", "GB", "+442079460018"),
    ],
)
def test_phone(raw: str, country: str, expected: str) -> None:
    assert standardise("phone", raw, Context(country=country)) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("call me", "US", phones.LETTERS),
        ("702 919 13OO", "US", phones.LETTERS),
        ("1-800-FLOWERS", "US", phones.VANITY),
        ("020 7946 0018", "", phones.NO_COUNTRY),
        ("321-3212", "US", phones.TOO_SHORT),
        ("12", "US", phones.TOO_SHORT),
        ("70291913001234", "US", phones.TOO_LONG),
        ("02079460018 / 02079460019", "GB", phones.SEVERAL),
        ("-", "US", phones.NO_DIGITS),
        ("+999 123456789", "", Refused(
            "There is no country with the country code of this number.", "Check the digits after the +.")),
    ],
)  # fmt: skip
def test_refused(raw: str, country: str, expected: Refused) -> None:
    assert standardise("phone", raw, Context(country=country)) == expected


def test_a_possible_number_that_is_not_in_use_is_kept_with_a_note() -> None:
    outcome = standardise("phone", "800-111-1234", Context(country="US"))
    assert isinstance(outcome, Accepted)
    assert outcome.value == "+18001111234"
    assert outcome.notes == ("the number has a possible length, but no such number is in use in its country",)


def test_a_country_code_without_plus_is_noted() -> None:
    assert standardise("phone", "442079460018", Context(country="US")) == Accepted(
        "+442079460018", ("read with its country code, though written without +",)
    )


def test_the_country_of_the_number_wins_over_the_country_of_the_source() -> None:
    raw = {"value": "020 7946 0018", "country": "GB"}
    assert standardise("phone", raw, Context(country="US")) == Accepted("+442079460018")


def test_shown_and_masked() -> None:
    assert display("phone", "+442079460018") == "+44 20 7946 0018"
    assert display("phone", "+442079460018;ext=12") == "+44 20 7946 0018 ext. 12"
    assert mask("phone", "+442079460018;ext=12") == "•••• 0018"


def by_the_library(written: str, region: str) -> Reading | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Reading(e164, phonenumbers.is_valid_number(number))


@st.composite
def nearly_valid(draw: st.DrawFn) -> tuple[str, str]:
    """(region, national number of it with at most two digits changed)."""
    region = draw(st.sampled_from(REGIONS))
    example = phonenumbers.example_number(region)
    digits = list(phonenumbers.national_significant_number(example)) if example else list("1234567")
    for _ in range(draw(st.integers(0, 2))):
        digits[draw(st.integers(0, len(digits) - 1))] = draw(st.sampled_from("0123456789"))
    return region, "".join(digits)


@given(nearly_valid(), st.sampled_from(["", "0", "1", "8"]))
@settings(max_examples=150, deadline=None)
def test_the_fast_reading_is_the_reading_of_the_library(number: tuple[str, str], prefix: str) -> None:
    region, national = number
    calling_code = phonenumbers.country_code_for_region(region)
    within = fast_national(prefix + national, region)
    abroad = fast_international(f"{calling_code}{prefix}{national}")
    assert within is None or within == by_the_library(prefix + national, region)
    assert abroad is None or abroad == by_the_library(f"+{calling_code}{prefix}{national}", region)


def test_the_fast_reading_knows_regular_numbers() -> None:
    assert fast_national("7029191300", "US") == Reading("+17029191300", True)
    assert fast_national("02079460018", "GB") == Reading("+442079460018", True)
    assert fast_international("442079460018") == Reading("+442079460018", True)
    assert fast_national("7029191300", "XX") is None
