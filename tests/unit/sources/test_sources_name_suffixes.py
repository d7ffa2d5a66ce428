"""Generations behind the family name: moved to the suffix, where they stand once."""

import pytest

from customerfile.sources.name_suffixes import separate_suffix


@pytest.mark.parametrize(
    ("family", "suffix", "expected"),
    [
        ("Gaines Sr", None, {"family_name": "Gaines", "name_suffix": "Sr"}),
        ("Gaines Sr.", "Sr", {"family_name": "Gaines", "name_suffix": "Sr"}),
        ("Gaines, Jr", None, {"family_name": "Gaines", "name_suffix": "Jr"}),
        ("de la Cruz III", "MD", {"family_name": "de la Cruz", "name_suffix": "III MD"}),
        ("Silva Junior", None, {"family_name": "Silva Junior"}),
        ("Van Sr", "Jr", {"family_name": "Van", "name_suffix": "Sr Jr"}),
        ("Sr", None, {"family_name": "Sr"}),
        ("Okafor", "Jr", {"family_name": "Okafor", "name_suffix": "Jr"}),
    ],
)
def test_a_generation_stands_in_the_suffix_and_once(family, suffix, expected):
    canonical = {"family_name": family} | ({"name_suffix": suffix} if suffix else {})
    separate_suffix(canonical)
    assert canonical == expected


def test_a_record_without_a_family_name_is_left_alone():
    canonical = {"organisation_name": "Gaines and Sons II"}
    separate_suffix(canonical)
    assert canonical == {"organisation_name": "Gaines and Sons II"}
