"""Applying a definition: whole or not at all, versioned, append-only, and with care for stored data."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from customerfile.audit.models import AuditEntry
from customerfile.definition import usage
from customerfile.definition.errors import LossyChange, WrongDefinition
from customerfile.definition.loading import load_packs, parse_definition
from customerfile.definition.models import DefinitionVersion
from customerfile.definition.operations import Applied, apply_definition
from customerfile.definition.queries import current_definition, history, plan_definition
from customerfile.definition.stored import to_document

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SHOES = "packs: [retail]\nfields:\n  shoe_size: {label: Shoe size, type: number, purposes: [service]}\n"


def applied(text: str, accept_loss: bool = False) -> Applied:
    return apply_definition(text, file="mine.yaml", by="ada", at=AT, accept_loss=accept_loss)


def holding(monkeypatch: pytest.MonkeyPatch, **counts: int) -> None:
    monkeypatch.setattr(usage, "_counters", [lambda key: counts.get(key, 0)])


def test_until_something_is_applied_the_base_and_retail_packs_run_as_version_0() -> None:
    assert current_definition() == load_packs(["base", "retail"])
    assert history() == ()


def test_an_applied_definition_runs_and_is_remembered() -> None:
    result = applied(SHOES)

    assert result == Applied(1, ("The field shoe_size is new.",), ())
    running = current_definition()
    assert running.version == 1
    assert to_document(running) == to_document(parse_definition(SHOES, file="mine.yaml"))
    assert [(v.version, v.file, v.applied_at, v.applied_by) for v in history()] == [
        (1, "mine.yaml", AT, "ada")
    ]


def test_applying_writes_one_audit_row() -> None:
    applied(SHOES)

    (entry,) = AuditEntry.objects.filter(code="definition.version.applied")
    assert (entry.by, entry.at, entry.subject) == ("ada", AT, "definition:1")
    assert (entry.detail["changes"], entry.detail["losses"]) == (1, [])


def test_versions_follow_each_other_and_the_newest_runs() -> None:
    applied(SHOES)
    applied(SHOES.replace("Shoe size", "Size"))

    assert [v.version for v in history()] == [2, 1]
    assert current_definition().field("shoe_size").label == "Size"
    assert DefinitionVersion.objects.get(version=1).text == SHOES


def test_the_same_file_again_changes_nothing() -> None:
    applied(SHOES)

    assert applied(SHOES) == Applied(1, (), ())
    assert len(history()) == 1
    assert AuditEntry.objects.filter(code="definition.version.applied").count() == 1


def test_the_first_file_is_kept_even_where_it_says_what_ran_before() -> None:
    assert applied("packs: [retail]") == Applied(1, (), ())
    assert current_definition().version == 1


def test_a_wrong_definition_changes_nothing() -> None:
    applied(SHOES)
    with pytest.raises(WrongDefinition):
        applied(SHOES.replace("number", "numbr"))

    assert current_definition().version == 1
    assert AuditEntry.objects.filter(code="definition.version.applied").count() == 1


def test_a_loss_is_refused_until_it_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch, shoe_size=3)
    applied(SHOES)
    with pytest.raises(LossyChange) as refused:
        applied("packs: [retail]")

    assert refused.value.losses == ('"Shoe size" (shoe_size) is removed (3 stored values).',)
    assert current_definition().version == 1

    assert applied("packs: [retail]", accept_loss=True).losses == refused.value.losses
    assert current_definition().version == 2
    newest = AuditEntry.objects.filter(code="definition.version.applied").order_by("-id")[0]
    assert newest.detail["losses"] == list(refused.value.losses)


def test_removing_a_field_that_nobody_filled_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch)
    applied(SHOES)

    assert applied("packs: [retail]").losses == ()


def test_a_plan_tells_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch, shoe_size=3)
    applied(SHOES)
    planned = plan_definition("packs: [retail]", file="mine.yaml")

    assert planned.changes == ("The field shoe_size is removed.",)
    assert planned.losses == ('"Shoe size" (shoe_size) is removed (3 stored values).',)
    assert current_definition().version == 1


def test_the_running_definition_costs_one_query_once_it_is_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    applied(SHOES)
    known = current_definition()

    with django_assert_num_queries(1):
        assert current_definition() is known


def test_a_version_rolled_back_is_forgotten() -> None:
    with transaction.atomic():
        applied(SHOES)
        assert current_definition().field("shoe_size").label == "Shoe size"
        transaction.set_rollback(True)
    applied(SHOES.replace("Shoe size", "Size"))

    assert current_definition().version == 1
    assert current_definition().field("shoe_size").label == "Size"


@pytest.mark.parametrize(
    "statement", ["UPDATE definition_version SET text = ''", "DELETE FROM definition_version"]
)
def test_the_database_keeps_every_version(statement: str) -> None:
    applied(SHOES)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"version": 0}, "definition_version_counts_from_one"),
        ({"digest": "abc"}, "definition_version_digest_is_sha256"),
        ({"applied_by": ""}, "definition_version_names_its_author"),
    ],
)
def test_the_database_refuses_an_impossible_version(wrong: dict[str, object], constraint: str) -> None:
    right = {
        "version": 1,
        "file": "mine.yaml",
        "text": "",
        "document": {},
        "digest": "0" * 64,
        "applied_at": AT,
        "applied_by": "ada",
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DefinitionVersion.objects.create(**(right | wrong))
