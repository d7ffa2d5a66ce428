"""An anchor is a line that is printed, kept and read again."""

from datetime import UTC, datetime

import pytest

from customerfile.audit.errors import AnchorNotRead
from customerfile.audit.seals import Anchor, Seal, anchor_text, anchors_in

SEAL = Seal(7, 900, datetime(2026, 11, 22, 9, 0, tzinfo=UTC), 3, b"a" * 32, 4, b"b" * 32, b"c" * 32)


def test_an_anchor_is_read_from_among_other_lines() -> None:
    text = f"kept by Olive\n{anchor_text(SEAL)}\n"
    assert anchors_in(text) == (Anchor(7, SEAL.hash()),)
    assert "rows=7" in text


@pytest.mark.parametrize("text", ["", "seal 7", "customerfile-anchor seal=7 hash=abc"])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(AnchorNotRead, match="no anchor"):
        anchors_in(text)
