"""Where the family name stands in East Asian, Vietnamese and Hungarian names, and in single names."""

import pytest

from customerfile.values.kinds import standardise
from customerfile.values.outcome import Accepted, Context


def short(raw: str, country: str) -> str:
    outcome = standardise("person_name", raw, Context(country=country))
    assert isinstance(outcome, Accepted)
    assert isinstance(outcome.value, dict)
    keys = ("given_name", "middle_name", "family_name")
    return " / ".join(str(outcome.value.get(key, "")) for key in keys)


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("Kim Min-su", "KR", "Min-su /  / Kim"),
        ("Min-su Kim", "KR", "Min-su /  / Kim"),
        ("Jo Junho", "KR", "Junho /  / Jo"),
        ("조 윤서", "KR", "윤서 /  / 조"),
        ("陈 小红", "CN", "小红 /  / 陈"),
        ("Xiu Ying Zheng", "CN", "Xiu Ying /  / Zheng"),
        ("Yang Xiao Li", "CN", "Xiao Li /  / Yang"),
        ("Nguyen Van An", "VN", "An / Van / Nguyen"),
        ("Duc Van Ngo", "VN", "Duc / Van / Ngo"),
        ("Ngo Duc", "VN", "Duc /  / Ngo"),
        ("Sato Kenji", "JP", "Kenji /  / Sato"),
        ("Kenji Sato", "JP", "Kenji /  / Sato"),
        ("Kati Kovacs", "HU", "Kati /  / Kovacs"),
    ],
)
def test_known_family_names_tell_the_order(raw: str, country: str, expected: str) -> None:
    assert short(raw, country) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Chen Xue Mei", "Xue Mei /  / Chen"),
        ("Zheng Haitao", "Haitao /  / Zheng"),
        ("Kim Min-su", "Min-su /  / Kim"),
        ("Shin Hyejin", "Hyejin /  / Shin"),
        ("Sato Kenji", "Kenji /  / Sato"),
        ("Kenji Sato", "Kenji /  / Sato"),
        ("Li Na Wang", "Li / Na / Wang"),
        ("Kim Smith", "Kim /  / Smith"),
        ("Kim Smith-Jones", "Kim /  / Smith-Jones"),
        ("Lee Harris", "Lee /  / Harris"),
        ("Li Hansen", "Li /  / Hansen"),
        ("Abe Lincoln", "Abe /  / Lincoln"),
        ("Long John Silver", "Long / John / Silver"),
    ],
)
def test_abroad_the_order_is_eastern_only_where_it_tells_itself(raw: str, expected: str) -> None:
    assert short(raw, "US") == expected


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("Sukarno", "ID", "Sukarno /  / "),
        ("Sukarno", "US", " /  / Sukarno"),
        ("M. Shanmugam", "IN", "Shanmugam / M. / "),
        ("R. K. Narayan", "IN", "R. / K. / Narayan"),
        ("Ali Khan", "IN", "Ali /  / Khan"),
    ],
)
def test_single_names(raw: str, country: str, expected: str) -> None:
    assert short(raw, country) == expected
