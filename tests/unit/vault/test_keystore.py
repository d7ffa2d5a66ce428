"""Keys: made once, destroyed for good, and never made anew in place of one that cannot be read."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from customerfile.vault.errors import KeysMissing
from customerfile.vault.keystore import KeyStore
from customerfile.vault.sealing import Blinder, masked

NONCE = bytes(12)


def test_a_key_opens_what_it_sealed_after_the_store_is_opened_again(tmp_path):
    sealed = KeyStore(tmp_path).make_keys([7])[7].encrypt(NONCE, b"secret", b"")

    assert KeyStore(tmp_path).keys([7])[7].decrypt(NONCE, sealed, b"") == b"secret"


def test_stores_that_are_opened_at_the_same_time_are_one(tmp_path):
    together = Barrier(8)

    def opened(folder: Path) -> KeyStore:
        together.wait()
        return KeyStore(folder)

    for number in range(150):
        folder = tmp_path / str(number)
        folder.mkdir()
        with ThreadPoolExecutor(8) as pool:
            stores = list(pool.map(opened, [folder] * 8))
        sealed = stores[0].make_keys([7])[7].encrypt(NONCE, b"secret", b"")
        assert {each.keys([7])[7].decrypt(NONCE, sealed, b"") for each in stores} == {b"secret"}


def test_making_a_key_again_keeps_the_one_there_is(tmp_path):
    store = KeyStore(tmp_path)
    sealed = store.make_keys([7])[7].encrypt(NONCE, b"secret", b"")

    assert store.make_keys([7, 8])[7].decrypt(NONCE, sealed, b"") == b"secret"


def test_a_destroyed_key_is_gone(tmp_path):
    store = KeyStore(tmp_path)
    store.make_keys([7, 8])

    assert store.shred([7, 9]) == 1
    assert sorted(KeyStore(tmp_path).keys([7, 8])) == [8]


@pytest.mark.parametrize("name", ["master.key", "index.key"])
def test_a_missing_key_file_stops_loudly_and_makes_none(tmp_path, name):
    KeyStore(tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(KeysMissing):
        KeyStore(tmp_path)
    assert not (tmp_path / name).exists()


def test_a_wrong_master_key_stops_loudly(tmp_path):
    KeyStore(tmp_path)
    (tmp_path / "master.key").write_text("00" * 32)

    with pytest.raises(KeysMissing):
        KeyStore(tmp_path)


def test_key_files_are_ours_alone(tmp_path):
    KeyStore(tmp_path)

    assert {
        path.name: oct(path.stat().st_mode & 0o777)
        for path in tmp_path.iterdir()
        if path.suffix in (".key", ".sqlite")
    } == {
        "master.key": "0o600",
        "index.key": "0o600",
        "keystore.sqlite": "0o600",
    }


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("536-22-8145", True),
        ("536 22 8146", True),
        ("536-22-1845", True),
        ("536-22-814", True),
        ("736-22-8146", False),
    ],
)
def test_two_numbers_one_slip_apart_share_a_hash(other, near):
    blinder = Blinder(b"k" * 32)
    first, second = (set(blinder.sealed_form(text, "us.ssn")["near"]) for text in ("536228145", other))

    assert bool(first & second) == near


def test_nothing_is_told_without_the_key():
    assert Blinder(b"a" * 32).digest("536228145") != Blinder(b"b" * 32).digest("536228145")


def test_a_mask_shows_the_end_of_long_numbers_only():
    assert (masked("536228145"), masked("12345")) == ("•••• 8145", "••••")
