"""Mapping files: what is saved is read back, and what is wrong is named with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.definition.loading import load_packs
from customerfile.sources.faults import MappingFault
from customerfile.sources.mapping import (
    ColumnMapping,
    Mapping,
    check_mapping,
    dump_mapping,
    load_mapping,
    parse_mapping,
)

_TEXT = """as: customers
key: [Customer]
country: ES
columns:
- {column: Customer, to: key}
- {column: Mail, to: email, use: work, confidence: 0.8}
- column: Phones
  to: phone[2]
  split: " ::: "
- {column: Birth number, to: [birth_date, gender], transform: czech_birth_number}
constants: {kind: person}
"""


def test_a_mapping_file_is_read() -> None:
    assert parse_mapping(_TEXT) == Mapping(
        kind_as="customers",
        key=("Customer",),
        columns=(
            ColumnMapping("Customer", ("key",)),
            ColumnMapping("Mail", ("email",), use="work", confidence=0.8),
            ColumnMapping("Phones", ("phone[2]",), split=" ::: "),
            ColumnMapping("Birth number", ("birth_date", "gender"), transform="czech_birth_number"),
        ),
        country="ES",
        constants={"kind": "person"},
    )


def test_a_generated_key_is_told_from_a_column_of_that_name() -> None:
    assert parse_mapping("as: customers\nkey: generated\ncolumns: []\n").generated_key
    assert parse_mapping("as: customers\nkey: [generated]\ncolumns: []\n").key == ("generated",)


def test_a_key_may_be_generated_where_its_column_is_blank() -> None:
    mapping = parse_mapping("as: customers\nkey: [UID, generated]\ncolumns: []\n")
    assert mapping == Mapping("customers", ("UID",), (), generated_key=True)
    assert parse_mapping(dump_mapping(mapping)) == mapping


_names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1)
_columns = st.builds(
    ColumnMapping,
    column=_names,
    targets=st.lists(st.sampled_from(["email", "phone[2].use", "address.city", "order.at"]), min_size=1).map(
        tuple
    ),
    split=st.sampled_from(["", ";", " ::: "]),
)


@given(
    st.builds(
        Mapping,
        kind_as=st.sampled_from(["customers", "purchases", "events"]),
        key=st.lists(_names).map(tuple),
        columns=st.lists(_columns).map(tuple),
        constants=st.dictionaries(st.sampled_from(["kind", "email"]), _names),
    )
)
def test_a_dumped_mapping_reads_back_equal(mapping: Mapping) -> None:
    assert parse_mapping(dump_mapping(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a list of names"),
        ("as: customers\nkey: [a\n", "Line 3: This is not well-formed YAML"),
        ("as: clients\nkey: []\ncolumns: []\n", 'Line 1: "clients" is not a kind of file'),
        ("as: customers\ncolumns: []\n", 'says nothing about "key"'),
        ("as: customers\nkey: []\ncolour: red\ncolumns: []\n", 'Line 3: "colour" is not known here'),
        (
            "as: customers\nkey: []\ncolumns:\n- {column: A, to: E mail}\n",
            'Line 4: "E mail" is not something',
        ),
        ("as: customers\nkey: []\ncolumns:\n- {column: A}\n", 'Line 4: An entry has no "column" or no "to"'),
        ("as: customers\nkey: []\nkey: []\ncolumns: []\n", 'Line 3: "key" stands twice'),
        ("as: purchases\nkey: []\ncolumns:\n- {column: A, to: order.colour}\n", 'Line 4: "order.colour"'),
        (
            "as: customers\nkey: []\ncolumns:\n- {column: A, to: email, confidence: 7}\n",
            "Line 4: A confidence",
        ),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(MappingFault, match=message.replace("[", r"\[")) as caught:
        parse_mapping(text)
    assert caught.value.remedy


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "mapping.yaml", tmp_path / "absent.yaml"):
        with pytest.raises(MappingFault, match="cannot be read as a mapping"):
            load_mapping(path)


def test_a_field_that_is_not_declared_is_refused_with_the_nearest() -> None:
    mapping = Mapping("customers", (), (ColumnMapping("Mail", ("emial",)),))
    with pytest.raises(MappingFault, match='Did you mean "email"'):
        check_mapping(mapping, load_packs([]))
