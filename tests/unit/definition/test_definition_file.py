"""A user's definition file: what it adds, overrides and removes."""

from pathlib import Path

import pytest

from customerfile.definition.errors import WrongDefinition
from customerfile.definition.loading import load_packs, parse_definition, read_definition_file
from customerfile.definition.schema import (
    EventType,
    FieldDefinition,
    FileDefinition,
    PrivacyClass,
    PropertyDefinition,
    Survivorship,
)


def parsed(text: str) -> FileDefinition:
    return parse_definition(text, file="mine.yaml")


def test_an_empty_file_is_the_base_pack() -> None:
    assert parsed("") == load_packs([])


def test_packs_alone_are_those_packs() -> None:
    assert parsed("packs: [retail, bank]") == load_packs(["retail", "bank"])


def test_a_field_of_ones_own_needs_a_label_a_type_and_a_purpose() -> None:
    definition = parsed("fields:\n  shoe_size: {label: Shoe size, type: number, purposes: [service]}\n")

    assert definition.fields[-1] == FieldDefinition(
        key="shoe_size",
        label="Shoe size",
        type="number",
        group="trade",
        privacy=PrivacyClass.PERSONAL,
        purposes=("service",),
        retention="contact",
        survivorship=Survivorship.MOST_RECENT,
        pack="own",
    )


def test_several_values_are_collected_unless_said_otherwise() -> None:
    definition = parsed("fields:\n  pet: {label: Pets, type: text, purposes: [service], multiple: true}\n")

    assert definition.field("pet").survivorship is Survivorship.COLLECT_ALL


def test_a_field_of_a_pack_keeps_what_is_not_overridden() -> None:
    before = load_packs([]).field("occupation")
    definition = parsed("fields:\n  occupation: {label: Trade, type: choice, choices: [baker, smith]}\n")
    after = definition.field("occupation")

    assert (after.label, after.type, after.choices) == ("Trade", "choice", ("baker", "smith"))
    assert (after.purposes, after.pack) == (before.purposes, "base")
    assert [f.key for f in definition.fields] == [f.key for f in load_packs([]).fields]


def test_a_users_file_decides_the_purposes_where_packs_only_add_to_them() -> None:
    assert parsed("packs: [bank]\nfields:\n  iban: {purposes: [billing]}\n").field("iban").purposes == (
        "billing",
    )


def test_an_event_type_gains_and_loses_properties() -> None:
    definition = parsed(
        "packs: [retail]\n"
        "event_types:\n"
        "  Points Earned:\n"
        "    properties: {partner: text, balance: {type: integer, required: true}}\n"
        "    without: [order_id]\n"
        "  Shoe Fitted: {label: Fitting, category: interaction}\n"
    )

    assert definition.event_type("Points Earned").properties == (
        PropertyDefinition("points", "number", required=True),
        PropertyDefinition("balance", "integer", required=True),
        PropertyDefinition("partner", "text"),
    )
    assert definition.event_types[-1] == EventType("Shoe Fitted", "interaction", "Fitting", pack="own")


def test_purposes_and_retention_classes_can_be_added_and_overridden() -> None:
    definition = parsed(
        "purposes:\n"
        "  fitting: {label: Fit shoes, lawful_basis: contract}\n"
        "retention_classes:\n"
        "  contact: {months: 12}\n"
        "  season: {label: One season, months: 6, starts: collection}\n"
        "fields:\n"
        "  shoe_size: {label: Shoe size, type: number, purposes: [fitting], retention: season}\n"
    )

    assert [(c.key, c.months) for c in definition.retention_classes if c.months <= 12] == [
        ("contact", 12),
        ("identity", 12),
        ("season", 6),
    ]
    assert definition.field("shoe_size").purposes == ("fitting",)


def test_what_is_removed_is_gone_and_a_removed_purpose_leaves_its_fields() -> None:
    definition = parsed(
        "remove:\n"
        "  fields: [education, income_band]\n"
        "  event_types: [Competition Entered]\n"
        "  purposes: [marketing]\n"
    )

    assert {"education", "income_band"}.isdisjoint(f.key for f in definition.fields)
    assert "Competition Entered" not in [e.name for e in definition.event_types]
    assert definition.field("email").purposes == ("service", "billing", "file_quality")


@pytest.mark.parametrize("word", ["No", "yes", "1.0", "2026-11-21", "0x10"])
def test_a_label_stays_the_text_it_is(word: str) -> None:
    definition = parsed(f"fields:\n  answer: {{label: {word}, type: text, purposes: [service]}}\n")

    assert definition.field("answer").label == word


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"\xef\xbb\xbfpacks: [base]\n")

    assert read_definition_file(file) == "packs: [base]\n"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("packs: [base]\n# caf\xe9\n".encode("latin-1"), 2, "The text is not UTF-8."),
        ("packs: [base]".encode("utf-16"), 1, "The text is not UTF-8."),
        (b"#" * 1_048_577, 0, "The file is larger than 1048576 bytes."),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(content)

    with pytest.raises(WrongDefinition) as refused:
        read_definition_file(file)
    assert [(f.line, f.reason) for f in refused.value.faults] == [(line, reason)]


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(WrongDefinition) as refused:
            read_definition_file(path)
        assert refused.value.faults[0].reason.startswith("The file cannot be read: ")
