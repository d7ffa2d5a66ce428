"""A file of agreements is recognised, and its columns, terms and kind are proposed."""

import pytest

from customerfile.definition.loading import load_packs
from customerfile.sources.mapping import dump_mapping, parse_mapping
from customerfile.sources.mapping_checks import doubts_about
from customerfile.sources.proposal import propose_mapping
from customerfile.sources.rows import RawRow
from customerfile.values.outcome import Context

COLUMNS = ("loan_id", "customer_id", "opened", "maturity", "balance", "status", "months", "colour")
ROWS = [
    RawRow(2, ("7", "1", "2024-03-01", "2026-03-01", "900.00", "active", "24", "red")),
    RawRow(3, ("8", "2", "2024-04-01", "2027-04-01", "0", "settled", "36", "blue")),
]
BANK = load_packs(["bank"])


def test_columns_terms_and_the_kind_are_proposed():
    proposal = propose_mapping(COLUMNS, ROWS, definition=BANK)

    assert proposal.kind_as == "agreements"
    assert {column.column: column.targets for column in proposal.columns} == {
        "loan_id": ("agreement.key",),
        "customer_id": ("customer.key",),
        "opened": ("agreement.opened_on",),
        "maturity": ("agreement.due_on",),
        "balance": ("agreement.balance",),
        "status": ("agreement.status",),
        "months": ("agreement.term.months",),
        "colour": (),
    }
    assert (proposal.mapping.key, proposal.mapping.constants) == (
        ("customer_id",),
        {"agreement.kind": "loan"},
    )


@pytest.mark.parametrize(
    "columns",
    [
        ("id", "first name", "last name", "email", "account number", "status"),
        ("order_id", "date", "amount", "customer"),
        ("event", "timestamp", "user id", "status"),
    ],
)
def test_other_files_are_not_taken_for_agreements(columns):
    rows = [RawRow(2, tuple("1" for _ in columns)), RawRow(3, tuple("2" for _ in columns))]

    assert propose_mapping(columns, rows, definition=BANK).kind_as != "agreements"


def test_what_values_mean_is_written_and_read():
    text = (
        "as: agreements\nkey: []\ncolumns:\n- {column: id, to: agreement.key}\n"
        "- {column: status, to: agreement.status, values: {A: settled, 'B': defaulted}}\n"
    )
    mapping = parse_mapping(text)

    assert mapping.columns[1].values == (("A", "settled"), ("B", "defaulted"))
    assert parse_mapping(dump_mapping(mapping)) == mapping


def test_a_mapping_without_a_kind_is_doubted():
    mapping = parse_mapping("as: agreements\nkey: []\ncolumns:\n- {column: id, to: agreement.key}\n")

    doubts = doubts_about(mapping, ("id",), [RawRow(2, ("1",))], definition=BANK, context=Context())

    assert [each.partition(".")[0] for each in doubts.of_file] == [
        "No column says which kind of agreement it is"
    ]
