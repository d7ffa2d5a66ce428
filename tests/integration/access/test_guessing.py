"""Guessing is stopped, for a while, and nobody is kept out for good."""

import secrets
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from math import log, sqrt
from time import perf_counter

import pyotp
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher

from customerfile.access.authenticator import add_app, new_app
from customerfile.access.errors import SignInRefused
from customerfile.access.guessing import (
    FAILURES_ALLOWED,
    FAILURES_FORGOTTEN_AFTER,
    FAILURES_OF_ONE_ADDRESS,
    FAILURES_OF_ONE_NAME,
    Guessed,
    Guesser,
    counted_attempt,
)
from customerfile.access.models import SignInAttempt
from customerfile.access.operations import check_code, check_password, ensure_owner

AT = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)
LATER = AT + FAILURES_FORGOTTEN_AFTER + timedelta(seconds=1)
PASSWORD = "teapot lantern gravel"
SAMPLES, SURE = 90, 1e-6  # of each name; how rare a false alarm is
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def olive(db):
    user = ensure_owner(username="olive", by="tests", at=AT)
    user.set_password(PASSWORD)
    user.save()
    return user


def _wrong(guesser: Guesser, *, what: Guessed = Guessed.PASSWORD, at: datetime = AT) -> str:
    """Guess once without the cost of a hash; what one is told."""
    try:
        with counted_attempt(what, guesser, at=at):
            raise SignInRefused("wrong")
    except SignInRefused as refused:
        return refused.reason


def _is_looked_at(guesser: Guesser, *, at: datetime = AT) -> bool:
    return _wrong(guesser, at=at) == "wrong"


def test_ten_thousand_guesses_come_to_ten(olive):
    told = [_wrong(Guesser("olive", HERE)) for _ in range(10_000)]
    assert told.count("wrong") == FAILURES_ALLOWED
    with pytest.raises(SignInRefused, match="Wait 15 minutes"):
        check_password(guesser=Guesser("OLIVE", HERE), password=PASSWORD, at=AT)
    assert check_password(guesser=Guesser("olive", ELSEWHERE), password=PASSWORD, at=AT) == olive
    assert check_password(guesser=Guesser("olive", HERE), password=PASSWORD, at=LATER) == olive
    assert SignInAttempt.objects.count() == 0


def test_one_name_from_everywhere_and_one_address_for_everybody_are_limited(db):
    for number in range(FAILURES_OF_ONE_NAME):
        assert _is_looked_at(Guesser("olive", f"address {number}"))
    assert not _is_looked_at(Guesser("olive", ELSEWHERE))
    for number in range(FAILURES_OF_ONE_ADDRESS):
        assert _is_looked_at(Guesser(f"person {number}", HERE))
    assert not _is_looked_at(Guesser("nora", HERE))


def test_a_browser_that_somebody_came_in_with_is_not_kept_out_by_strangers(db):
    for number in range(FAILURES_OF_ONE_NAME):
        _wrong(Guesser("olive", f"address {number}"))
    known = Guesser("olive", "browser:1", is_known=True)
    assert [_is_looked_at(known) for _ in range(FAILURES_ALLOWED + 2)] == [True] * FAILURES_ALLOWED + [
        False
    ] * 2


def test_right_ones_are_not_counted(olive):
    for _ in range(FAILURES_ALLOWED + 2):
        assert check_password(guesser=Guesser("olive", HERE), password=PASSWORD, at=AT) == olive


def test_codes_are_limited_for_a_person_wherever_they_come_from(olive):
    app = new_app(olive)
    phone = pyotp.TOTP(app.secret)
    add_app(olive, sealed=app.sealed, code=phone.at(AT), by="olive", at=AT)
    at = AT + timedelta(minutes=2)
    for number in range(FAILURES_ALLOWED):
        with pytest.raises(SignInRefused, match="does not fit"):
            check_code(olive, code="000000", address=f"address {number}", at=at)
    with pytest.raises(SignInRefused, match="Too many"):
        check_code(olive, code=phone.at(at), address=HERE, at=at)
    later = at + FAILURES_FORGOTTEN_AFTER
    check_code(olive, code=phone.at(later), address=HERE, at=later)


def test_a_hash_with_old_parameters_is_written_anew_at_sign_in(olive):
    class Old(Argon2PasswordHasher):
        time_cost, memory_cost, parallelism = 1, 1024, 1

    olive.password = Old().encode(PASSWORD, secrets.token_hex(8))
    olive.save()
    assert check_password(guesser=Guesser("olive", HERE), password=PASSWORD, at=AT) == olive
    olive.refresh_from_db()
    now_kept = Argon2PasswordHasher().decode(olive.password)
    assert (now_kept["variety"], now_kept["memory_cost"]) == ("argon2id", Argon2PasswordHasher.memory_cost)
    assert not identify_hasher(olive.password).must_update(olive.password)


class Light(Argon2PasswordHasher):
    """So light that many samples can be taken, and so heavy that leaving it out would show."""

    time_cost, memory_cost, parallelism = 2, 4096, 1


def _tell_apart(known: list[float], unknown: list[float]) -> bool:
    """Whether the times of known and unknown names are of two distributions (two-sample Kolmogorov-Smirnov test)."""
    farthest = max(
        abs(bisect_right(sorted(known), each) - bisect_right(sorted(unknown), each)) / SAMPLES
        for each in known + unknown
    )
    return farthest > sqrt(-log(SURE / 2) / SAMPLES)


def _times(username: str, other: str) -> tuple[list[float], list[float]]:
    """What a refusal took for either name, by turns, so that whatever else runs here slows both down."""

    def seconds(name: str, number: int) -> float:
        began = perf_counter()
        with pytest.raises(SignInRefused, match="do not belong together"):
            check_password(guesser=Guesser(name, f"{name} {number}"), password="wrong", at=AT)
        return perf_counter() - began

    taken = [(seconds(username, number), seconds(other, number)) for number in range(SAMPLES)]
    return [one for one, _ in taken], [two for _, two in taken]


@pytest.fixture
def light(olive, settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Light"]
    olive.set_password(PASSWORD)
    olive.save()


@pytest.mark.slow
def test_an_unknown_name_takes_as_long_as_a_known_one(light):
    assert not _tell_apart(*_times("olive", "nobody"))


@pytest.mark.slow
def test_the_times_of_names_would_be_told_apart_if_unknown_ones_were_not_hashed(light, monkeypatch):
    monkeypatch.setattr("customerfile.access.models.User.set_password", lambda *_: None)
    assert _tell_apart(*_times("olive", "nobody"))
