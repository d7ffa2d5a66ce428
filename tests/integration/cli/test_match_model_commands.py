"""The match model as a file: written, tried, applied, taken back; and what is refused."""

import json
from pathlib import Path

import pytest
from django.db import connection

from customerfile.customers.models import Link
from customerfile.customers.resolution.match_models import (
    applied_models,
    apply_model,
    current_artefact,
    current_model,
)
from customerfile.customers.whole_file.reconciliation import compare, put_in_force
from customerfile.matching.errors import BadModel
from customerfile.matching.model import default_model, parse_model
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

MARIA = {"email": "maria@example.org", "born": "1978-12-11"}


def _changed(**changes: object) -> str:
    return json.dumps(json.loads(current_artefact()) | changes)


@pytest.fixture
def strict() -> str:
    return _changed(thresholds={"link": 60.0, "review": 14.0, "cohesion": 6.0}, name="strict")


def _customers() -> int:
    return Link.objects.filter(valid_to=None).values("customer").distinct().count()


def test_a_model_is_tried_applied_and_taken_back(strict: str, tmp_path: Path) -> None:
    deliver("shop", [person("1", "Maria", "Okonkwo", **MARIA)])
    deliver("crm", [person("5", "Maria", "Okonkwo", **MARIA)])
    model = parse_model(strict)
    found = compare(model, folder=tmp_path)
    assert (found.groups.lost, found.groups.customers, _customers()) == (1, 1, 1)

    def apply(artefact: str) -> None:
        found = compare(parse_model(artefact), folder=tmp_path)
        put_in_force(
            artefact, found, origin="imported", by="ann", at=MORNING, progress=lambda done, total: None
        )

    shipped = current_artefact()
    apply(strict)
    assert (current_model().name, _customers()) == ("strict", 2)
    deliver("web", [person("7", "Maria", "Okonkwo", **MARIA)])
    assert _customers() == 3
    apply(shipped)
    assert (current_model().hash, _customers()) == (default_model().hash, 1)
    assert [each.origin for each in applied_models()] == ["imported", "imported"]


def test_other_blocking_rules_make_other_keys(tmp_path: Path) -> None:
    deliver("shop", [person("1", "Maria", "Okonkwo", **MARIA)])
    before = _keys()
    fewer = _changed(blocking_keys=["email"])
    found = compare(parse_model(fewer), folder=tmp_path)
    put_in_force(fewer, found, origin="imported", by="ann", at=MORNING, progress=lambda done, total: None)
    assert len(_keys()) == 1
    assert _keys() < before


def _keys() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM block_key")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("artefact", "reason"),
    [
        ("{", "it is not JSON"),
        ('{"schema_version": 99}', "schema version 99"),
        ('{"schema_version": 1}', "incomplete or inconsistent"),
    ],
)
def test_a_model_that_cannot_be_used_changes_nothing(artefact: str, reason: str) -> None:
    with pytest.raises(BadModel, match=reason):
        apply_model(artefact, origin="imported", by="ann", at=MORNING)
    assert current_model() is default_model()


def test_applying_the_running_model_is_no_new_version() -> None:
    apply_model(current_artefact(), origin="imported", by="ann", at=MORNING)
    assert applied_models() == ()
