import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.values.kinds import mask, standardise
from customerfile.values.outcome import Accepted, Context, Refused

HERE = Path(__file__).resolve()
DIAGNOSES = HERE.parents[4] / "shared" / "data" / "formats" / "email" / "isemail_tests.xml"
DISAGREEMENTS = HERE.parent / "isemail_disagreements.txt"
TAKEN = frozenset(("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN", "ISEMAIL_RFC5321"))  # may be sent to
NOWHERE = Context()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("bob@example.org", "bob@example.org"),
        (" Bob.Jones+Shop@Example.ORG ", "bob.jones+shop@example.org"),
        ("Bob Jones <bob@example.org>", "bob@example.org"),
        ('"Jones, Bob" <bob@example.org>', "bob@example.org"),
        ("<bob@example.org>", "bob@example.org"),
        ("mailto:bob@example.org", "bob@example.org"),
        ("bob@Bücher.example.org", "bob@bücher.example.org"),
        ("bob@xn--bcher-kva.example.org", "bob@bücher.example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("josé@example.org", "josé@example.org"),
    ],
)
def test_email(raw: str, expected: str) -> None:
    assert standardise("email", raw, NOWHERE) == Accepted(expected)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("bob", "There is no @ in it, so it is not an e-mail address."),
        ("bob@", "There must be something after the @."),
        ("bob@example", "The part after the @ is not valid. It should have a period."),
        ("a@example.org; b@example.org", "There are several e-mail addresses in one value."),
        ("a@example.org b@example.org", "There are several e-mail addresses in one value."),
        ("bo\nb@example.org", "There is a line break within the e-mail address."),
        ("x" * 65 + "@example.org", "The e-mail address is too long before the @ (1 character too many)."),
        ("", "There is nothing in it."),
    ],
)
def test_refused(raw: str, reason: str) -> None:
    outcome = standardise("email", raw, NOWHERE)
    assert isinstance(outcome, Refused)
    assert outcome.reason == reason
    assert outcome.remedy


@given(st.emails())
def test_standardising_twice_changes_nothing(address: str) -> None:
    once = standardise("email", address, NOWHERE)
    if isinstance(once, Accepted):
        assert standardise("email", str(once.value), NOWHERE) == once


def test_mask_keeps_the_domain() -> None:
    assert mask("email", "bob@example.org") == "b••••@example.org"


def disagreements() -> dict[str, str]:
    """Id of the address -> "verdict: reason", as the table beside this test says."""
    lines = DISAGREEMENTS.read_text("utf-8").splitlines()
    entries = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {entry[0]: entry[1] for entry in entries}


def diagnosed() -> Iterator[tuple[str, str, bool]]:
    """(id, address, whether its diagnosis lets mail be sent to it) of the public test set."""
    for test in ElementTree.parse(DIAGNOSES).iter("test"):
        written = test.findtext("address") or ""
        address = "".join(
            chr(ord(char) - 0x2400) if "\u2400" <= char <= "\u241f" else char for char in written
        )
        yield test.get("id", ""), address, (test.findtext("category") or "") in TAKEN


@pytest.mark.real_data
@pytest.mark.skipif(not DIAGNOSES.exists(), reason="the public e-mail test set is not beside the checkout")
def test_every_disagreement_with_the_diagnoses_is_explained() -> None:
    found = {}
    for number, address, is_taken in diagnosed():
        outcome = standardise("email", address, NOWHERE)
        if isinstance(outcome, Accepted) != is_taken:
            found[number] = "accepted" if isinstance(outcome, Accepted) else "refused"
    explained = {number: verdict.partition(":")[0] for number, verdict in disagreements().items()}
    assert found == explained
