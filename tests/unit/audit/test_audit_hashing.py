"""The hashes of the ledger: what they tell apart."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from customerfile.audit.audit_verifier import NO_ROWS, hash_of, merkle_root

LEAVES = st.lists(st.binary(min_size=32, max_size=32), max_size=40)


def _by_halves(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 describes it: of the largest power of two below the count, and the rest."""
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + _by_halves(leaves[:half]) + _by_halves(leaves[half:])).digest()


@given(LEAVES.filter(bool))
def test_the_root_is_the_one_of_rfc_6962(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == _by_halves(leaves)


def test_no_rows_have_a_root_of_their_own() -> None:
    assert merkle_root([]) == NO_ROWS


def test_where_one_value_ends_is_part_of_the_hash() -> None:
    assert hash_of("ab", "c") != hash_of("a", "bc")
    assert hash_of("1") != hash_of(1)
