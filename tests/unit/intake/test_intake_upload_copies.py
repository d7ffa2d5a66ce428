"""Names of copies, and cells that come back from a spreadsheet as they went there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.intake.spreadsheet_cells import guarded, unguarded
from customerfile.intake.uploads.storing import LONGEST_NAME, plain_name
from customerfile.web.importing.forms import key_from


@pytest.mark.parametrize(
    ("given_name", "plain"),
    [
        ("people.csv", "people.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ann\\people.csv", "people.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("", "file"),
        ("x" * 300 + ".xlsx", "x" * 145 + ".xlsx"),
    ],
)
def test_a_file_keeps_its_name_without_folders_and_strange_characters(given_name: str, plain: str):
    assert plain_name(given_name) == plain


@given(st.text())
def test_a_name_is_never_empty_nor_long_nor_a_way_elsewhere(text: str):
    name = plain_name(text)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set("/\\\x00")


@given(st.one_of(st.text(), st.text(alphabet="'=+-@ 1a")))
def test_a_guarded_cell_comes_back_as_it_was(text: str):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("name", "key"), [("Shop in Köln", "shop-in-koln"), ("  CRM (2024) ", "crm-2024"), ("!!!", "")]
)
def test_a_source_gets_a_key_from_its_name(name: str, key: str):
    assert key_from(name) == key
