"""From raw values to the canonical record: what is taken, what is left out and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerfile.definition.loading import load_packs
from customerfile.definition.schema import FieldDefinition, FileDefinition
from customerfile.sources.mapper import MappedRow, RawValue
from customerfile.sources.validation import CARD, NO_KEY, StandardRow, standardise_row, standardise_rows
from customerfile.values.outcome import Context

_BASE = load_packs([])
_SPAIN = Context(country="ES", currency="EUR")


def _row(fields: dict[str, str | RawValue | list[RawValue]], **options: object) -> MappedRow:
    values = {
        name: said
        if isinstance(said, list)
        else [said if isinstance(said, RawValue) else RawValue(said, "", name)]
        for name, said in fields.items()
    }
    cells = tuple(str(value.raw) for said in values.values() for value in said)
    given: dict[str, object] = {
        "line": 2,
        "key": "7",
        "kind": "",
        "updated_at": "",
        "fields": values,
        "cells": cells,
    }
    return MappedRow(**(given | options))  # type: ignore[arg-type]


def _standard(fields: dict[str, str | RawValue | list[RawValue]], **options: object) -> StandardRow:
    return standardise_row(_row(fields, **options), _BASE, _SPAIN)


def test_a_person_in_canonical_form() -> None:
    row = _standard(
        {
            "given_name": "MARIA",
            "family_name": "de la cruz",
            "birth_date": "1978-12-11",
            "email": RawValue("Maria@Example.org", "work"),
            "phone": "912 345 678",
            "address": RawValue({"line": "Calle Mayor 12", "city": "Madrid", "postcode": "28013"}, "home"),
            "national_id": "12345678Z",
        }
    )
    assert row.canonical == {
        "kind": "person",
        "given_name": "Maria",
        "family_name": "de la Cruz",
        "birth_date": "1978-12-11",
        "email": [{"value": "maria@example.org", "use": "work"}],
        "phone": [{"value": "+34912345678"}],
        "address": [
            {
                "line": "Calle Mayor 12", "street": "Calle Mayor", "house_number": "12", "city": "Madrid",
                "postcode": "28013", "country": "ES", "use": "home",
            }
        ],
        "national_id": [{"value": "12345678Z", "scheme": "es.dni"}],
    }  # fmt: skip
    assert (row.key, row.faults) == ("7", ())


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"given_name": "Ann", "organisation_name": "Acme Ltd"}, "person"),
        ({"organisation_name": "Acme Ltd"}, "organisation"),
        ({"full_name": "Ann Lee"}, "person"),
        ({"full_name": "Acme Ltd"}, "organisation"),
        ({"full_name": "Acme", "organisation_name": "ACME"}, "organisation"),
        ({"email": "ann@example.org"}, "person"),
    ],
)
def test_the_kind_follows_from_what_is_named(fields: dict[str, str | RawValue], kind: str) -> None:
    assert _standard(dict(fields)).canonical["kind"] == kind


@pytest.mark.parametrize(
    ("written", "kind"), [("ORGANIZATION", "organisation"), ("b2b", "organisation"), ("Privat", "person")]
)
def test_the_kind_that_is_written_counts_first(written: str, kind: str) -> None:
    assert _standard({"email": "ann@example.org"}, kind=written).canonical["kind"] == kind


def test_a_full_name_is_split_where_no_column_gives_its_parts() -> None:
    canonical = _standard({"full_name": "Dr. Ann Lee"}).canonical
    assert (canonical["name_prefix"], canonical["given_name"], canonical["family_name"]) == (
        "Dr",
        "Ann",
        "Lee",
    )
    assert (
        _standard({"full_name": "X Y", "given_name": "Ann", "family_name": "Lee"}).canonical["given_name"]
        == "Ann"
    )


def test_an_organisation_keeps_its_form_apart_and_its_person_as_a_contact() -> None:
    assert _standard(
        {"organisation_name": "Acme GmbH", "given_name": "Ann", "family_name": "Lee"}, kind="org"
    ).canonical == {
        "kind": "organisation",
        "organisation_name": "Acme",
        "legal_form": "GmbH",
        "contact_person": [{"value": "Ann Lee"}],
    }


def test_the_organisation_of_a_person_is_the_employer() -> None:
    canonical = _standard({"given_name": "Ann", "organisation_name": "Acme GmbH"}).canonical
    assert canonical == {"kind": "person", "given_name": "Ann", "employer": "Acme GmbH"}


def test_a_refused_value_is_left_out_and_told_and_the_rest_stays() -> None:
    row = _standard(
        {"given_name": "Ann", "birth_date": "30/02/1980", "phone": RawValue("call me", "", "Tel")}
    )
    assert row.canonical == {"kind": "person", "given_name": "Ann"}
    assert [(fault.scope, fault.field, fault.column) for fault in row.faults] == [
        ("value", "birth_date", "birth_date"), ("value", "phone", "Tel"),
    ]  # fmt: skip
    assert all(fault.reason and fault.remedy for fault in row.faults)


def test_a_value_that_comes_twice_is_kept_once_with_its_use() -> None:
    phones = [RawValue("912345678"), RawValue("+34 912 345 678", "work"), RawValue("912345679")]
    assert _standard({"phone": phones}).canonical["phone"] == [
        {"value": "+34912345678", "use": "work"}, {"value": "+34912345679"},
    ]  # fmt: skip


@pytest.mark.parametrize("absent", ["n/a", "-", "#N/A", "(null)"])
def test_a_cell_that_says_nothing_is_absent_without_a_fault(absent: str) -> None:
    row = _standard({"given_name": "Ann", "email": absent})
    assert (row.canonical, row.faults) == ({"kind": "person", "given_name": "Ann"}, ())


def test_a_row_without_key_is_refused() -> None:
    assert _standard({"given_name": "Ann"}, key="") == StandardRow("", {}, (NO_KEY,))


@pytest.mark.parametrize("cell", ["4111 1111 1111 1111", "paid with 5500005555555559 today"])
def test_a_card_number_anywhere_refuses_the_row_and_is_not_repeated(cell: str) -> None:
    row = _standard({"given_name": "Ann"}, cells=("7", "Ann", cell))
    assert row == StandardRow("7", {}, (CARD,))
    assert not any(char.isdigit() for char in CARD.reason + CARD.remedy)


def test_a_forbidden_field_is_dropped_and_told() -> None:
    row = _standard({"given_name": "Ann", "password": "hunter2"})
    assert row.canonical == {"kind": "person", "given_name": "Ann"}
    assert [(fault.field, fault.scope) for fault in row.faults] == [("password", "value")]


def test_a_field_that_the_kind_does_not_have_is_told() -> None:
    row = _standard({"organisation_name": "Acme", "birth_date": "1978-12-11"}, kind="organisation")
    assert row.faults[0].reason == "An organisation has no date of birth."


def test_the_moment_of_the_last_change_is_read() -> None:
    assert _standard({"given_name": "Ann"}, updated_at="2024-03-01T10:00:00Z").as_of == datetime(
        2024, 3, 1, 10, tzinfo=UTC
    )
    row = _standard({"given_name": "Ann"}, updated_at="soon")
    assert (row.as_of, row.faults[0].field) == (None, "updated_at")


def test_what_was_assumed_is_noted() -> None:
    assert _standard({"birth_date": "03/04/1980"}).notes[0].startswith("birth_date: ")


def test_choices_patterns_and_required_fields_of_the_definition_hold() -> None:
    template = _BASE.field("occupation")
    fields = (
        replace(template, key="tier", type="choice", choices=("gold", "silver")),
        replace(template, key="code", validator=r"[A-Z]{2}\d", validator_hint="Two letters and a digit."),
        replace(template, key="city", label="City", required=True),
    )
    definition = FileDefinition((), fields, (), (), ())
    row = standardise_row(_row({"tier": "GOLD", "code": "x1"}), definition, _SPAIN)
    assert row.canonical == {"kind": "person", "tier": "gold"}
    assert [(fault.field, fault.remedy) for fault in row.faults] == [
        ("code", "Two letters and a digit."), ("city", "Fill it in."),
    ]  # fmt: skip


def test_rows_together_give_what_each_gives_alone() -> None:
    rows = [_row({"given_name": name}, key=name) for name in ("Ann", "Bob", "")]
    assert standardise_rows(rows, _BASE, _SPAIN) == [standardise_row(row, _BASE, _SPAIN) for row in rows]


_FIELDS: list[FieldDefinition] = list(_BASE.fields)


@settings(deadline=None)  # the first look at a language loads its names
@given(st.dictionaries(st.sampled_from([field.key for field in _FIELDS]), st.text(min_size=1), max_size=8))
def test_no_text_makes_it_raise_and_nothing_is_kept_empty(said: dict[str, str]) -> None:
    row = _standard(dict(said))
    assert all(value not in ("", [], {}) for value in row.canonical.values())


@pytest.mark.parametrize(
    ("country", "phone", "expected"),
    [
        ("France", "06 12 34 56 78", "+33612345678"),
        ("GB", "07911 123456", "+447911123456"),
        ("", "912 345 678", "+34912345678"),
        ("Spain", "912 345 678", "+34912345678"),
        ("Atlantis", "912 345 678", "+34912345678"),
        ("GB", "+1 650 253 0000", "+16502530000"),
        ("DE", "912", None),
    ],
)
def test_a_phone_is_read_by_the_country_of_the_rows_own_address(
    country: str, phone: str, expected: str | None
) -> None:
    canonical = _standard({"phone": phone, "address": RawValue({"line": "X", "country": country})}).canonical
    assert canonical.get("phone") == ([{"value": expected}] if expected else None)


def test_the_first_address_with_a_country_decides_and_the_source_where_it_fails() -> None:
    addresses = [
        RawValue({"line": "X", "postcode": "SW1A 1AA"}),
        RawValue({"city": "Paris", "country": "FR"}),
    ]
    row = _standard({"address": addresses, "phone": "06 12 34 56 78", "national_id": "12345678Z"})
    assert row.canonical["phone"] == [{"value": "+33612345678"}]
    assert row.canonical["national_id"] == [{"value": "12345678Z", "scheme": "es.dni"}]
    assert row.faults == ()


@pytest.mark.parametrize("family", ["EDWARDS Jr", "EDWARDS JR", "Edwards Jr."])
def test_a_family_name_in_capitals_before_a_generation(family: str) -> None:
    for canonical in (
        _standard({"family_name": family}).canonical,
        _standard({"family_name": family, "name_suffix": "Jr"}).canonical,
    ):
        assert (canonical["family_name"], canonical["name_suffix"]) == ("Edwards", "Jr")
