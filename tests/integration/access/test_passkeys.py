"""Passkeys count for their site, their question and their person alone, and only after a finger, face or PIN."""

import json
from datetime import UTC, datetime

import pytest

from customerfile.access.errors import FactorNotPossible, FactorRefused
from customerfile.access.factors import has_second_factor
from customerfile.access.models import Passkey, User
from customerfile.access.operations import ensure_owner
from customerfile.access.passkeys import (
    Answer,
    Site,
    add_passkey,
    ask_for_new_passkey,
    ask_for_passkey,
    passkeys_of,
    use_passkey,
)
from customerfile.access.second_factor import remove_passkey
from customerfile.access.users import add_user, set_active
from tests.factories.soft_passkey import PRESENT, SoftPasskey, challenge_in

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = Site("https", "file.example.org")
ORIGIN = "https://file.example.org"


@pytest.fixture
def olive(db) -> User:
    return ensure_owner(username="olive", by="tests", at=AT)


def _add(user: User, device: SoftPasskey, site: Site = SITE) -> None:
    asked = ask_for_new_passkey(user, site=site)
    add_passkey(user, Answer(device.made(asked.options), asked.challenge, site), name=" Phone ", at=AT)


def _use(device: SoftPasskey, *, site: Site = SITE, user: User | None = None) -> User:
    asked = ask_for_passkey(user, site=site)
    return use_passkey(Answer(device.used(asked.options), asked.challenge, site), at=AT)


@pytest.fixture
def device(olive) -> SoftPasskey:
    made = SoftPasskey(ORIGIN, "file.example.org")
    _add(olive, made)
    return made


def test_a_passkey_says_who_is_there(olive, device):
    assert has_second_factor(olive)
    assert [(each.name, each.last_used_at) for each in passkeys_of(olive)] == [("Phone", None)]
    assert (_use(device), _use(device, user=olive)) == (olive, olive)
    assert [each.last_used_at for each in passkeys_of(olive)] == [AT]


def test_what_is_asked(olive, device):
    made = json.loads(ask_for_new_passkey(olive, site=SITE).options)
    assert made["rp"] == {"name": "Customerfile", "id": "file.example.org"}
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert len(made["excludeCredentials"]) == 1
    first, second = (ask_for_passkey(None, site=SITE) for _ in range(2))
    assert "allowCredentials" not in json.loads(first.options)
    assert challenge_in(first.options) != challenge_in(second.options)
    assert len(json.loads(ask_for_passkey(olive, site=SITE).options)["allowCredentials"]) == 1


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        ("https://evil.example.org", "file.example.org"),
        ("http://file.example.org", "file.example.org"),
        ("https://file.example.org:8443", "file.example.org"),
        (ORIGIN, "example.org"),
    ],
)
def test_a_passkey_of_another_site_is_refused(olive, origin: str, site: str):
    with pytest.raises(FactorRefused):
        _add(olive, SoftPasskey(origin, site))
    mine = SoftPasskey(ORIGIN, "file.example.org")
    _add(olive, mine)
    mine.origin, mine.site = origin, site
    with pytest.raises(FactorRefused):
        _use(mine)


def test_without_a_finger_face_or_pin_it_is_refused(olive, device):
    device.flags = PRESENT
    with pytest.raises(FactorRefused):
        _use(device)
    with pytest.raises(FactorRefused):
        _add(olive, SoftPasskey(ORIGIN, "file.example.org", flags=PRESENT, credential_id=b"other"))


def test_an_answer_to_another_question_is_refused(olive, device):
    first, second = (ask_for_passkey(olive, site=SITE) for _ in range(2))
    answer = device.used(first.options)
    for challenge in (second.challenge, ""):
        with pytest.raises(FactorRefused):
            use_passkey(Answer(answer, challenge, SITE), at=AT)
    asked = ask_for_new_passkey(olive, site=SITE)
    with pytest.raises(FactorRefused):
        use_passkey(Answer(device.made(asked.options), asked.challenge, SITE), at=AT)


def test_a_foreign_signature_is_refused(olive, device):
    stranger = SoftPasskey(ORIGIN, "file.example.org")
    with pytest.raises(FactorRefused):
        _use(stranger)


def test_a_device_that_counts_never_counts_backwards(olive, device):
    device.count = 5
    assert _use(device) == olive
    for count in (5, 4, 0):
        device.count = count
        with pytest.raises(FactorRefused, match="copied"):
            _use(device)
    device.count = 6
    assert _use(device) == olive


def test_a_passkey_is_one_persons(olive, device):
    nora = add_user("nora", role="steward", by="tests", at=AT)
    with pytest.raises(FactorRefused, match="in use already"):
        _add(nora, device)
    remove_passkey(nora, Passkey.objects.get().pk, by="nora", at=AT)
    assert len(passkeys_of(olive)) == 1


def test_a_disabled_persons_passkey_and_a_removed_one_are_refused(olive):
    nora = add_user("nora", role="steward", by="tests", at=AT)
    theirs = SoftPasskey(ORIGIN, "file.example.org")
    _add(nora, theirs)
    set_active("nora", active=False, by="olive", at=AT)
    with pytest.raises(FactorRefused):
        _use(theirs)
    set_active("nora", active=True, by="olive", at=AT)
    assert _use(theirs) == nora
    remove_passkey(nora, Passkey.objects.get().pk, by="nora", at=AT)
    with pytest.raises(FactorRefused):
        _use(theirs)


def test_twenty_are_enough(olive):
    for number in range(20):
        _add(olive, SoftPasskey(ORIGIN, "file.example.org", credential_id=b"%d" % number))
    with pytest.raises(FactorNotPossible, match="Remove one"):
        ask_for_new_passkey(olive, site=SITE)


@pytest.mark.parametrize(
    ("scheme", "host", "can"),
    [
        ("https", "file.example.org", True),
        ("https", "file.example.org:8443", True),
        ("http", "file.example.org", False),
        ("http", "localhost:8000", True),
        ("http", "127.0.0.1:8000", False),
        ("https", "192.0.2.1", False),
        ("https", "[::1]:8000", False),
        ("http", "[::1]", False),
    ],
)
def test_where_browsers_make_passkeys(scheme: str, host: str, can: bool):
    assert Site(scheme, host).can_have_passkeys is can
