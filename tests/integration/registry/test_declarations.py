"""Every table and column is declared, and every relation to a record or a customer has its owner column."""

import pytest
from django.apps import apps

from customerfile.base.registry import Hangs, OnErase, declarations
from customerfile.customers.models import Customer
from customerfile.sources.models import Record

DECLARED = {declaration.table: declaration for declaration in declarations()}
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def test_every_table_is_declared_and_nothing_else():
    assert sorted(DECLARED) == sorted(MODELS)


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_column_is_classified(table):
    columns = [field.column for field in MODELS[table]._meta.local_concrete_fields if field.column]

    assert sorted(DECLARED[table].columns) == sorted(columns)


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_relation_to_a_record_or_customer_is_owned(table):
    declared = DECLARED[table]
    related = {
        field.column
        for field in MODELS[table]._meta.local_concrete_fields
        if field.column
        and (
            (field.related_model in (Record, Customer))
            or (field.name in ("record_id", "customer_id", "matched_record_id"))
        )
    }

    assert related <= {declared.owner, *declared.also_owned_by}


@pytest.mark.parametrize("declared", list(DECLARED.values()), ids=sorted(DECLARED))
def test_a_declaration_makes_sense(declared):
    assert (declared.hangs_on is Hangs.NOBODY) == (declared.owner == "")
    assert (declared.on_erase is OnErase.KEEP) == bool(declared.keep_reason)
    assert {declared.owner, *declared.also_owned_by, *declared.replicate} - {""} <= set(declared.columns)


@pytest.mark.django_db
def test_the_database_has_no_column_that_the_models_do_not_know():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name <> 'django_migrations'"
            " AND table_name !~ '^(event|audit_entry|read_entry)_([0-9]|rest)'"
        )
        found = {(table, column) for table, column in cursor.fetchall()}

    assert found == {(table, column) for table, declared in DECLARED.items() for column in declared.columns}
