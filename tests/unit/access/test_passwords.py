"""Which passwords are taken: the length, the lists, and nothing else."""

import hashlib
import random

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import assume, given
from hypothesis import strategies as st

from customerfile.access.breaches import is_breached
from customerfile.access.errors import BreachListMissing, PasswordRefused
from customerfile.access.passwords import (
    LONGEST,
    SHORTEST_ALONE,
    common_passwords,
    is_guessed_first,
    require_password,
)

COMMON = sorted(common_passwords())


def _is_taken(password: str, *, username: str = "olive", beside: bool = False) -> bool:
    try:
        require_password(password, username=username, has_second_factor=beside)
    except PasswordRefused:
        return False
    return True


def _repeats(text: str) -> bool:
    """An independent way to say it: the text is what its beginning gives when it is written again and again."""
    return any((text[:n] * len(text))[: len(text)] == text for n in range(1, len(text) // 2 + 1))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=SHORTEST_ALONE, max_size=LONGEST))
def test_any_text_that_is_long_enough_and_on_no_list_is_taken(password: str):
    assume(password.casefold() not in common_passwords() and not _repeats(password.casefold()))
    assert _is_taken(password)


@given(st.sampled_from(COMMON), st.sampled_from([str, str.upper, str.title]))
def test_what_is_on_a_list_is_refused_however_it_is_written(listed: str, written):
    assert is_guessed_first(written(listed)) or written(listed).casefold() != listed
    assert not _is_taken(listed)
    assert not _is_taken(listed, beside=True)


@given(st.text(max_size=SHORTEST_ALONE - 1))
def test_shorter_ones_are_refused(password: str):
    assert not _is_taken(password)


@pytest.mark.parametrize(
    ("password", "alone", "beside"),
    [
        ("teapot lantern gravel", True, True),
        ("kpwq-vzjt", False, True),
        ("kpwq-vz", False, False),
        ("            ééé", True, True),
        ("x" * 15, False, False),
        ("abcabcabcabcabcabc", False, False),
        ("passwordpassword", False, False),
        ("PasswordPasswordPass", False, False),
        ("olive.mertens@example.org", False, False),
        ("Customerfile", False, False),
        ("customerfilecustomerfile", False, False),
        ("k" + "7Q" * (LONGEST // 2), False, False),
        ("😀🙈🍋🧩🪁🦑🛶🎷🥨🪐🧵🪵🫖🧲🪜", True, True),
    ],
)
def test_single_cases(password: str, alone: bool, beside: bool):
    name = "Olive.Mertens@example.org"
    assert _is_taken(password, username=name) is alone
    assert _is_taken(password, username=name, beside=beside) is (beside if not alone else True)


class CheapArgon2(Argon2PasswordHasher):
    """The product's hash at a cost that a hundred examples can bear."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@given(st.integers(0, 255), st.randoms(use_true_random=False))
def test_every_character_counts(at: int, chance: random.Random):
    password = "".join(chance.choice("abcdefghij klmnop") for _ in range(256))
    hasher = CheapArgon2()
    kept = hasher.encode(password, "saltsaltsalt")
    assert hasher.verify(password, kept)
    assert not hasher.verify(password[:at] + "Z" + password[at + 1 :], kept)
    assert not hasher.verify(password[:at], kept)


def _file(folder, passwords):
    lines = sorted(hashlib.sha1(each.encode()).hexdigest().upper() for each in passwords)
    path = folder / "breached.txt"
    path.write_text("".join(f"{line}:{number}\r\n" for number, line in enumerate(lines)))
    return path


@given(held=st.sets(st.text(max_size=4), max_size=40), asked=st.text(max_size=4))
def test_a_sorted_file_of_breached_passwords_is_searched(tmp_path_factory, held: set[str], asked: str):
    path = _file(tmp_path_factory.mktemp("breached"), held)
    assert is_breached(asked, path) is (asked in held)
    assert all(is_breached(each, path) for each in held)


def test_the_file_that_the_settings_name_counts_and_has_to_be_there(tmp_path, settings):
    settings.BREACHED_PASSWORDS = _file(tmp_path, ["teapot lantern gravel"])
    assert not _is_taken("teapot lantern gravel")
    settings.BREACHED_PASSWORDS = tmp_path / "gone"
    with pytest.raises(BreachListMissing, match="CUSTOMERFILE_BREACHED_PASSWORDS"):
        require_password("a wholly other sentence", username="", has_second_factor=False)
