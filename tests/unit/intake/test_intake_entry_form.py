"""What is asked for of a new customer, and what is understood of what was typed."""

from dataclasses import replace

import pytest

from customerfile.access.sight import WHOLE, Sight
from customerfile.definition.loading import load_packs, parse_definition
from customerfile.intake.entering.layout import entry_layout
from customerfile.intake.entering.understanding import TypedForm, missing, understand

BASE = load_packs([])
ASKED = """
packs: [base]
fields:
  occupation: {entry: required}
  nickname: {entry: at_once}
  email: {entry: more}
  gender: {entry: never}
"""


def _at_once(definition, kind: str = "person", sight: Sight = WHOLE) -> list[str]:
    layout = entry_layout(definition, kind=kind, sight=sight)
    return [field.key for group in layout.at_once for field in group.fields]


def _understood(key: str, line, *, country: str = "", **more):
    form = TypedForm("person", {key: [line]} | more, country)
    return understand(form, BASE)[key, 0]


def test_who_it_is_is_asked_for_at_once():
    assert _at_once(BASE) == ["given_name", "family_name", "email", "phone", "address", "birth_date"]
    assert _at_once(BASE, "organisation") == ["organisation_name", "email", "phone", "address"]


def test_the_definition_says_otherwise():
    definition = parse_definition(ASKED, file="own.yaml")
    layout = entry_layout(definition, kind="person", sight=WHOLE)
    assert _at_once(definition) == [
        "given_name", "family_name", "nickname", "phone", "address", "birth_date", "occupation",
    ]  # fmt: skip
    assert layout.required == {"occupation"}
    assert "email" in {field.key for group in layout.more for field in group.fields}
    assert "gender" not in {field.key for field in layout.fields}


def test_what_is_hidden_from_somebody_is_not_asked_of_them():
    sight = Sight(fields=frozenset({"family_name", "occupation"}))
    layout = entry_layout(BASE, kind="person", sight=sight)
    assert [field.key for field in layout.fields] == ["family_name", "occupation"]


def test_what_is_never_kept_is_never_asked_for():
    forbidden = {field.key for field in BASE.fields if field.privacy.value == "forbidden"}
    for kind in ("person", "organisation"):
        assert forbidden.isdisjoint(field.key for field in entry_layout(BASE, kind=kind, sight=WHOLE).fields)


def test_every_other_field_is_asked_for_once():
    for kind in ("person", "organisation"):
        asked = [field.key for field in entry_layout(BASE, kind=kind, sight=WHOLE).fields]
        assert sorted(asked) == sorted(
            field.key
            for field in BASE.fields
            if kind in field.applies_to and field.privacy.value != "forbidden"
        )


@pytest.mark.parametrize(
    ("key", "line", "shown"),
    [
        ("phone", "020 7946 0018", "+44 20 7946 0018"),
        ("phone", "+49 30 23125000", "+49 30 23125000"),
        ("birth_date", "29 Feb 1980", "29 February 1980"),
        ("email", "Rosa@EXAMPLE.org", "rosa@example.org"),
        ("iban", "DE89 3704 0044 0532 0130 00", "•••• 3000"),
    ],
)
def test_what_is_understood(key, line, shown):
    assert _understood(key, line, country="GB").shown == shown


def test_numbers_are_read_by_the_country_of_the_address():
    berlin = {"city": "Berlin", "country": "Germany"}
    assert _understood("phone", "030 23125000", address=[berlin]).shown == "+49 30 23125000"


@pytest.mark.parametrize(
    ("key", "line"),
    [("email", "rosa at example"), ("birth_date", "31.2.1980"), ("occupation", "4111 1111 1111 1111")],
)
def test_what_cannot_be_read_says_why(key, line):
    found = _understood(key, line)
    assert found.shown == ""
    assert found.problem.count(". ") >= 1  # a reason and a remedy
    assert str(line) not in found.problem


def test_a_name_and_what_is_required_are_missed():
    definition = replace(
        BASE,
        fields=tuple(
            replace(each, entry="required") if each.key == "phone" else each for each in BASE.fields
        ),
    )
    layout = entry_layout(definition, kind="person", sight=WHOLE)
    assert list(missing(TypedForm("person", {"email": ["a@example.org"]}), layout)) == [
        "family_name",
        "phone",
    ]
    assert missing(TypedForm("person", {"given_name": ["Rosa"], "phone": ["1"]}), layout) == {}


def test_empty_lines_are_no_part_of_the_record():
    form = TypedForm("person", {"given_name": ["Rosa"], "email": ["", "a@example.org", ""], "address": [{}]})
    assert form.record == {"kind": "person", "given_name": "Rosa", "email": "a@example.org"}
    assert TypedForm("person", {"email": [""]}).is_empty
