"""Every page, operation and command, asked by everybody about their own and other customers: nothing leaks.

And what that is worth: with a check taken out anywhere, somebody is found who sees or does too much.
"""

import pytest

from tests.integration.harness.askers import askers
from tests.integration.harness.held import hold
from tests.integration.harness.holes import doors, sights
from tests.integration.harness.leaks import leaks, open_doors
from tests.integration.harness.questions import questions

pytestmark = pytest.mark.slow


@pytest.fixture
def ground(db, tmp_path):
    """The file, everybody, and every question."""
    held = hold()
    return held, askers(), questions(held, tmp_path)


def test_nobody_sees_what_is_hidden_from_them(ground):
    held, everybody, asked = ground
    assert list(leaks(held, everybody, asked)) == []


def test_every_door_opens_to_those_who_may_and_to_nobody_else(ground):
    _, everybody, asked = ground
    assert list(open_doors(everybody, asked)) == []


def test_a_check_taken_out_of_any_door_is_noticed(ground, monkeypatch):
    _, everybody, asked = ground
    unnoticed = []
    for (channel, name), plant in doors().items():
        with monkeypatch.context() as patch:
            plant(patch)
            here = [question for question in asked if (question.channel, question.name) == (channel, name)]
            if not any(open_doors(everybody, here)):
                unnoticed.append(f"{channel} {name}")
    assert unnoticed == []
    assert len(doors()) > 100


@pytest.mark.parametrize("hole", sights())
def test_a_way_of_looking_that_sees_too_much_is_noticed(ground, monkeypatch, hole: str):
    held, everybody, asked = ground
    sights()[hole](monkeypatch)
    limited = [each for each in everybody if not each.cleared.sight.is_whole]
    assert any(leaks(held, limited, asked))
