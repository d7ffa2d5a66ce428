"""Kinds of agreement are declared, overridden, removed and written as event types are."""

import pytest

from customerfile.definition.changes import describe_changes
from customerfile.definition.dumping import dump_definition
from customerfile.definition.errors import WrongDefinition
from customerfile.definition.loading import PACK_NAMES, load_packs, parse_definition
from customerfile.definition.losses import describe_losses
from customerfile.definition.schema import PropertyDefinition
from customerfile.definition.stored import from_document, to_document

OWN = """
packs: [bank]
agreement_kinds:
  loan:
    without: [purpose]
    terms: {collateral: text}
  safe_deposit_box:
    label: Safe deposit box
    terms: {box: {type: identifier, required: true}}
remove:
  agreement_kinds: [standing_order]
"""


def kind(definition, key):
    return next(each for each in definition.agreement_kinds if each.key == key)


def test_a_file_adds_changes_and_removes_kinds():
    definition = parse_definition(OWN, file="own.yaml")

    assert [each.key for each in definition.agreement_kinds] == [
        "current_account", "savings_account", "loan", "payment_card", "safe_deposit_box",
    ]  # fmt: skip
    assert [each.key for each in kind(definition, "loan").terms] == [
        "months", "payment", "interest_rate", "collateral",
    ]  # fmt: skip
    assert kind(definition, "safe_deposit_box").terms == (PropertyDefinition("box", "identifier", True),)
    assert (kind(definition, "loan").counts_as, kind(definition, "safe_deposit_box").counts_as) == (
        "exposure",
        "nothing",
    )


def test_what_is_written_and_stored_reads_back_the_same():
    definition = parse_definition(OWN, file="own.yaml")

    assert parse_definition(dump_definition(definition), file="again.yaml") == definition
    assert from_document(to_document(definition), version=0) == definition


def test_a_version_stored_before_there_were_kinds_is_read():
    document = to_document(load_packs(["bank"]))
    del document["agreement_kinds"]

    assert from_document(document, version=3).agreement_kinds == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("agreement_kinds:\n  Loan!:\n    label: Loan", 2, "is not a usable key"),
        ("agreement_kinds:\n  loan:\n    counts_as: debt", 3, '"debt" is not possible here'),
        ("agreement_kinds:\n  loan:\n    terms: {rate: percent}", 3, "does not exist"),
        ("packs: [bank]\nagreement_kinds:\n  loan:\n    without: [colour]", 4, 'no term "colour"'),
        ("remove:\n  agreement_kinds: [yacht]", 2, 'no "yacht" to remove'),
    ],
)
def test_faults_name_their_line(text, line, reason):
    with pytest.raises(WrongDefinition) as wrong:
        parse_definition(text, file="own.yaml")

    assert any(fault.line == line and reason in fault.reason for fault in wrong.value.faults)


def test_changes_and_losses_are_told():
    before, after = load_packs(["bank"]), parse_definition(OWN, file="own.yaml")

    assert "The kind of agreement standing_order is removed." in describe_changes(before, after)
    assert describe_losses(before, after, lambda key: 3 if key.startswith("agreement:") else 0) == (
        '"Loan" (loan) no longer has the term purpose (3 stored values).',
        '"Standing order" (standing_order) is removed (3 stored values).',
    )


@pytest.mark.parametrize("pack", [name for name in PACK_NAMES if name != "base"])
def test_every_trade_has_kinds_of_agreement(pack):
    assert load_packs([pack]).agreement_kinds
