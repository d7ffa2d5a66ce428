"""The pretrained model on the public sets with known truth, none of which it was fitted to."""

import pytest
from matching_people import MODEL

from bench.public_people import DATA, febrl, senzing
from bench.quality_er import pairwise
from customerfile.matching.in_memory import resolve

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not DATA.exists(), reason="the public entity resolution sets are not beside the checkout"
    ),
]


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_febrl(number: str) -> None:
    records, truth = febrl(number)
    quality = pairwise(resolve(records, MODEL).groups, truth)
    assert quality.precision >= 0.999
    assert quality.f1 >= 0.99


def test_senzing_customers() -> None:
    records, truth = senzing()
    quality = pairwise(resolve(records, MODEL).groups, truth)
    assert quality.precision == 1.0
    assert quality.f1 >= 0.85
