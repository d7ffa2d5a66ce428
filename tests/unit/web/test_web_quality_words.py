"""How figures of data quality read."""

import pytest
from django.utils.translation import override

from customerfile.quality.measures import Counted, completeness, duplication
from customerfile.web.quality_words import (
    affected_text,
    age_text,
    figure_title,
    margin_text,
    share_text,
    tile_text,
)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (1, "100 %"), (0.9999, "99.9 %"), (0.0001, "0.1 %"), (0.934, "93.4 %")]
)
def test_almost_all_is_not_all_and_almost_nothing_not_nothing(share: float, text: str):
    assert share_text(share) == text


@pytest.mark.parametrize(
    ("days", "text"), [(0, "0 days"), (1, "1 day"), (59, "59 days"), (61, "2 months"), (1100, "3 years")]
)
def test_age_is_in_the_unit_that_fits(days: float, text: str):
    assert age_text(days) == text


def test_estimate_says_so():
    counted = completeness(Counted(100, 25), source="", field="email")
    assert (affected_text(counted), margin_text(counted)) == ("25 missing", "")
    sample = completeness(Counted(100, 25).times(40), source="", field="email")
    assert (affected_text(sample), margin_text(sample)) == ("about 1,000 missing", "± 8.4")


def test_nothing_wrong_is_said_without_a_number():
    figure = completeness(Counted(100, 0), source="", field="email")
    assert (affected_text(figure), tile_text(figure)) == ("", "no values are missing in the fields in use")


def test_title_names_field_and_source():
    figure = completeness(Counted(4, 1), source="shop", field="email")
    assert figure_title(figure, field="E-mail", source="Shop") == "E-mail is missing in Shop"
    double = duplication(Counted(4, 1), source="shop", field="")
    assert (
        figure_title(double, field="", source="Shop") == "More than one record of the same customer in Shop"
    )


@pytest.mark.parametrize(("share", "text"), [(0.7777, "77.8 %"), (2 / 3, "66.7 %"), (0.0855, "8.6 %")])
def test_shares_are_rounded_and_not_cut_off(share: float, text: str):
    assert share_text(share) == text


def test_french_readers_read_a_comma():
    with override("fr"):
        assert share_text(0.7777).startswith("77,8")
