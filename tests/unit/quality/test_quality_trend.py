"""Points of a line over time."""

from datetime import UTC, datetime, timedelta

from customerfile.quality.trend import bounds, points

START = datetime(2026, 11, 1, tzinfo=UTC)


def test_line_goes_by_time_and_upwards_for_more():
    series = [(START, 0.5), (START + timedelta(days=1), 0.6), (START + timedelta(days=4), 1.0)]
    assert points(series, width=80, height=20, low=0.5, high=1.0) == "0.0,20.0 20.0,16.0 80.0,0.0"


def test_one_point_is_no_line():
    assert points([(START, 0.5)], width=80, height=20, low=0, high=1) == ""


def test_noise_stays_flat_and_nothing_is_no_error():
    assert bounds([(START, 0.5), (START, 0.5)], least=0.02) == (0.49, 0.51)
    assert bounds([(START, 0.1), (START, 0.9)]) == (0.1, 0.9)
    assert bounds([]) == (0.0, 0.02)
