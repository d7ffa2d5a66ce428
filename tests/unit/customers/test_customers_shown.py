"""Golden values as people read them, with the record behind each."""

from datetime import UTC, datetime

from customerfile.customers.golden.provenance import ONLY_RECORD, Stand
from customerfile.customers.golden.shown import golden_fields, origin_ids
from customerfile.definition.loading import load_packs

AT = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)
DEFINITION = load_packs(("base",))
PLACES = {1: ("crm", "A-1"), 2: ("shop", "S-9")}


def test_fields_stand_in_the_order_of_the_definition_under_its_labels():
    stand = Stand({"birth_date": "1980-05-17", "given_name": "Anna", "gone_field": "x"}, {"*": 1}, AT)

    fields = golden_fields(stand, DEFINITION, PLACES)

    assert [(field.key, field.label, field.group) for field in fields] == [
        ("given_name", "First name", "name"),
        ("birth_date", "Date of birth", "person"),
        ("gone_field", "Gone field", "other"),
    ]
    assert fields[0].values[0].rule == ONLY_RECORD


def test_each_of_several_values_has_its_own_origin():
    emails = [{"value": "a@example.org", "use": "work"}, {"value": "b@example.org"}]
    provenance = {"email": [[1, "collect_all", AT.isoformat()], [2, "collect_all", LATER.isoformat()]]}
    stand = Stand({"email": emails}, provenance, LATER)

    (field,) = golden_fields(stand, DEFINITION, PLACES)

    assert [(v.shown, v.use, v.origin_source, v.origin_key, v.since) for v in field.values] == [
        ("a@example.org", "work", "crm", "A-1", AT),
        ("b@example.org", "", "shop", "S-9", LATER),
    ]
    assert origin_ids(stand) == {1, 2}


def test_sealed_values_are_masked_whatever_they_look_like():
    sealed = {"scheme": "iban", "masked": "•••• 5432", "digest": 1, "near": []}
    stand = Stand({"iban": [sealed, {"value": "GB82WEST12345698765432"}]}, {"*": 1}, AT)

    (field,) = golden_fields(stand, DEFINITION, PLACES)

    assert [(value.shown, value.sealed) for value in field.values] == [("•••• 5432", True), ("••••", True)]
