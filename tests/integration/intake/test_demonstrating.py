"""The demonstration in a file: for an empty one only, and out of it again without trace."""

from contextlib import nullcontext

import pytest
from django.db import connection

from customerfile.audit.models import AuditEntry
from customerfile.config.table_grants import TABLES
from customerfile.customers.models import Customer
from customerfile.intake.demonstrating import (
    load_demonstration,
    remove_demonstration,
    want_demonstration,
    want_no_demonstration,
)
from customerfile.intake.errors import DemonstrationNotPossible
from customerfile.sources.demonstration import (
    begin_demonstration_attempt,
    demonstration,
    demonstration_at_work,
)
from customerfile.sources.models import Delivery
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db
STAYS = {  # of what the demonstration touched: who did it, what was set, and what programs were told
    "audit_entry",
    "audit_seal",
    "django_migrations",
    "judging_rules",
    "preparation",
    "webhook_outbox",
}


def _rows() -> dict[str, int]:
    """How many rows every table has, but for those that are empty."""
    counts = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchall()[0][0]
    return {table: count for table, count in counts.items() if count}


def _load(test_home) -> None:
    want_demonstration(by="olive")
    begin_demonstration_attempt()
    for _ in load_demonstration(people=40, seed=1, home=test_home, by="olive"):
        pass


def test_it_leaves_as_it_came_and_its_numbers_are_not_given_again(test_home):
    before = _rows()
    _load(test_home)
    highest = Customer.objects.order_by("-pk").first()
    loaded = demonstration()
    assert (highest is not None, loaded and loaded.state) == (True, "loaded")

    want_no_demonstration(by="olive")
    connection.check_constraints()  # nothing is left to be checked at the end of the test's own transaction
    remove_demonstration(home=test_home, by="olive", as_owner=nullcontext())

    after = _rows()
    assert {table for table in after if after[table] != before.get(table, 0)} <= STAYS
    assert demonstration() is None
    assert set(AuditEntry.objects.filter(subject="demonstration:1").values_list("code", flat=True)) == {
        "intake.demonstration.loaded",
        "intake.demonstration.removed",
    }
    deliver("shop", [person("1", "Ada", "Arnold")])
    assert highest is not None
    assert Customer.objects.get().pk > highest.pk


def test_one_that_a_command_loads_is_nobody_elses_work(test_home):
    for _ in load_demonstration(people=40, seed=1, home=test_home, by="olive"):
        assert demonstration_at_work() == ()
    loaded = demonstration()
    assert loaded is not None
    assert (loaded.state, loaded.by) == ("loaded", "olive")


def test_it_does_not_come_into_a_file_in_use(test_home):
    deliver("shop", [person("1", "Ada", "Arnold")])
    with pytest.raises(DemonstrationNotPossible, match="something has come into this one"):
        want_demonstration(by="olive")
    with pytest.raises(DemonstrationNotPossible, match="no demonstration in this file"):
        want_no_demonstration(by="olive")


def test_what_came_in_beside_it_is_never_removed_with_it(test_home):
    _load(test_home)
    deliver("shop", [person("1", "Ada", "Arnold")])
    with pytest.raises(DemonstrationNotPossible, match=r"came in beside the demonstration: shop\.csv"):
        want_no_demonstration(by="olive")
    with pytest.raises(DemonstrationNotPossible, match=r"shop\.csv"):
        remove_demonstration(home=test_home, by="olive", as_owner=nullcontext())
    assert Delivery.objects.filter(file_name="shop.csv").exists()
