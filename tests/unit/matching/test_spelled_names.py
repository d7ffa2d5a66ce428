"""Two spellings of one name are told from two names."""

import pytest

from customerfile.matching.spelled_names import is_one_family_name, is_one_given_name, is_one_whole_name


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("sergey", "sergei", True),
        ("katharina", "catarina", True),
        ("aleksandr", "alexandr", True),
        ("maria", "marta", False),
        ("jarek", "jurek", False),
    ],
)
def test_given_names(one: str, other: str, is_one: bool) -> None:
    assert is_one_given_name(one, other) is is_one
    assert is_one_given_name(other, one) is is_one


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("meyer", "maier", True),
        ("ivanov", "iwanow", True),
        ("cho", "jo", True),
        ("mukherjee", "mukhopadhyay", True),
        ("vanderberg", "vandermeer", False),
        ("miller", "oyelaran", False),
    ],
)
def test_family_names(one: str, other: str, is_one: bool) -> None:
    assert is_one_family_name(one, other) is is_one
    assert is_one_family_name(other, one) is is_one


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (("xiao", "ming", "wang"), ("wang", "", "xiaoming"), True),
        (("duc", "van", "ngo"), ("vanngo", "", "duc"), True),
        (("marie", "", "clairedupont"), ("marieclaire", "", "dupont"), True),
        (("duc", "van", "ngo"), ("duc", "", "ngo"), False),  # one part is the same: the parts tell more
        (("li", "", "wu"), ("wu", "", "li"), False),  # too short
        (("anna", "", "smith"), ("maria", "", "jones"), False),
    ],
)
def test_whole_names(one: tuple[str, ...], other: tuple[str, ...], is_one: bool) -> None:
    assert is_one_whole_name(one, other) is is_one
    assert is_one_whole_name(other, one) is is_one
