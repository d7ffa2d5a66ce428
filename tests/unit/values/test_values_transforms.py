from pathlib import Path

import pytest

from customerfile.values.birth_number import NOT_A_BIRTH_NUMBER, decode_birth_number
from customerfile.values.outcome import Context, Refused
from customerfile.values.transforms import TRANSFORMS

CLIENTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "bank" / "client.asc"


@pytest.mark.parametrize(
    ("raw", "birth_date", "gender"),
    [
        ("706213", "1970-12-13", "female"),
        ("450204", "1945-02-04", "male"),
        ("706213/1233", "1970-12-13", "female"),
        ("105101/1234", "2010-01-01", "female"),
        ("535101123", "1953-01-01", "female"),
        ("042101/1234", "2004-01-01", "male"),
    ],
)
def test_birth_number(raw: str, birth_date: str, gender: str) -> None:
    assert decode_birth_number(raw) == {"birth_date": birth_date, "gender": gender}


@pytest.mark.parametrize("raw", ["", "70621", "706233x", "701332", "700230", "abc"])
def test_no_birth_number(raw: str) -> None:
    assert decode_birth_number(raw) == NOT_A_BIRTH_NUMBER


@pytest.mark.real_data
@pytest.mark.skipif(not CLIENTS.exists(), reason="the public bank data is not beside the checkout")
def test_every_client_of_the_bank_has_a_birth_number() -> None:
    rows = CLIENTS.read_text("cp1250").splitlines()[1:]
    decoded = [decode_birth_number(row.split(";")[1].strip('"')) for row in rows]
    people = [found for found in decoded if not isinstance(found, Refused)]
    assert len(people) == len(rows) == 5369
    assert {person["gender"] for person in people} == {"female", "male"}


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("czech_birth_number", "706213", {"birth_date": "1970-12-13", "gender": "female"}),
        ("split_full_name", "Dr Ann Lee", {"name_prefix": "Dr", "given_name": "Ann", "family_name": "Lee"}),
        ("lower", "AbC", {"value": "abc"}),
        ("upper", "AbC", {"value": "ABC"}),
        ("digits", "no. 12-34", {"value": "1234"}),
        ("strip_decimal", "17850.0", {"value": "17850"}),
        ("strip_decimal", "17850.5", {"value": "17850.5"}),
        ("strip_decimal", "C17850", {"value": "C17850"}),
    ],
)
def test_transforms(name: str, raw: str, expected: dict[str, str]) -> None:
    assert TRANSFORMS[name](raw, Context()) == expected


@pytest.mark.parametrize(
    ("name", "raw"), [("digits", "none"), ("split_full_name", "123"), ("czech_birth_number", "x")]
)
def test_transforms_refuse_with_a_remedy(name: str, raw: str) -> None:
    outcome = TRANSFORMS[name](raw, Context())
    assert isinstance(outcome, Refused)
    assert outcome.remedy


@pytest.mark.parametrize(
    ("text", "day"),
    [("930101", "1993-01-01"), ("19931107", "1993-11-07"), ("931107 00:00:00", "1993-11-07")],
)
def test_dates_without_anything_between(text, day):
    assert TRANSFORMS["compact_date"](text, Context()) == {"value": day}


@pytest.mark.parametrize("text", ["93-01-01", "9301", "991332", ""])
def test_what_is_no_compact_date_is_refused(text):
    assert isinstance(TRANSFORMS["compact_date"](text, Context()), Refused)
