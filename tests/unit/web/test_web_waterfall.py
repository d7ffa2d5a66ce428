"""The bars of a pair's match weight."""

from customerfile.matching.explanation import Outcome, PairReasons
from customerfile.matching.model import Thresholds
from customerfile.matching.score import Reason
from customerfile.web.waterfall import Bar, waterfall

THRESHOLDS = Thresholds(link=20.0, review=10.0, cohesion=5.0)


def test_bars_follow_one_another_and_end_at_the_sum() -> None:
    reasons = (Reason("email", "same e-mail", 15.0), Reason("address", "addresses differ", -5.0))
    drawn = waterfall(PairReasons(10.0, Outcome.REVIEW, "", reasons), THRESHOLDS)
    assert drawn.bars == (Bar("same e-mail", 15.0, 0.0, 75.0), Bar("addresses differ", -5.0, 50.0, 25.0))
    assert drawn.together == Bar("together", 10.0, 0.0, 50.0)
    assert (drawn.review, drawn.link) == (50.0, 100.0)


def test_a_sum_below_nothing_has_room_to_its_left() -> None:
    reasons = (Reason("birth_date", "birth dates differ", -20.0), Reason("kind", "same kind", 0.0))
    drawn = waterfall(PairReasons(-20.0, Outcome.APART, "", reasons), THRESHOLDS)
    assert drawn.bars == (Bar("birth dates differ", -20.0, 0.0, 50.0),)
    assert (drawn.review, drawn.link) == (75.0, 100.0)
