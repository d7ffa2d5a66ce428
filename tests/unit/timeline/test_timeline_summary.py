"""What an event was about, in one line."""

import pytest

from customerfile.timeline.summary import summary_of


@pytest.mark.parametrize(
    ("properties", "line"),
    [
        ({}, ""),
        ({"text": "called\nback"}, "called back"),
        (
            {"products": [{"name": "Teapot", "quantity": "2"}, {"sku": "X1", "quantity": "1"}]},
            "2 × Teapot, X1",
        ),
        ({"products": [{"name": str(n)} for n in range(5)]}, "0, 1, 2 and 2 more"),
        ({"products": []}, ""),
        ({"url": "https://example.org/"}, "https://example.org/"),
        ({"text": "x" * 500}, "x" * 199 + "…"),
    ],
)
def test_summary(properties, line):
    assert summary_of(properties) == line
