"""Events held against the plan: names, properties that are missing or of another type, and those it does not name."""

import pytest

from customerfile.definition.schema import EventType, PropertyDefinition
from customerfile.definition.tracking_plan import Fitting, Misfit, TrackingPlan
from customerfile.values.outcome import Context

NOWHERE = Context()
PLAN = TrackingPlan(
    [
        EventType(
            "Order Completed",
            "purchase",
            "Purchase",
            (
                PropertyDefinition("order_id", "identifier", required=True),
                PropertyDefinition("total", "money"),
                PropertyDefinition("items", "integer"),
                PropertyDefinition("products", "list"),
                PropertyDefinition("answers", "object"),
                PropertyDefinition("due_on", "date"),
                PropertyDefinition("gift", "boolean"),
            ),
        )
    ]
)


def _fit(**properties):
    return PLAN.fit("Order Completed", properties, NOWHERE)


def test_typed_properties_are_kept_as_they_are_read():
    said = {
        "order_id": "O-1", "total": "12.50", "items": "3", "products": '["tea"]', "answers": '{"taste": 5}',
        "due_on": "24.12.2026", "gift": "yes", "channel": "web",
    }  # fmt: skip
    found = _fit(**said)
    assert isinstance(found, Fitting)
    assert found.properties == said | {
        "items": 3, "products": ["tea"], "answers": {"taste": 5}, "due_on": "2026-12-24", "gift": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        ({}, "order_id"),
        ({"order_id": ""}, "order_id"),
        ({"order_id": "O-1", "total": "much"}, "total"),
        ({"order_id": "O-1", "items": "2.5"}, "items"),
        ({"order_id": "O-1", "products": "[tea"}, "products"),
        ({"order_id": "O-1", "answers": "[1]"}, "answers"),
        ({"order_id": "O-1", "due_on": "30.02.2026"}, "due_on"),
        ({"order_id": "O-1", "gift": "perhaps"}, "gift"),
    ],
)
def test_what_is_missing_or_of_another_type_is_named(properties, field):
    found = _fit(**properties)
    assert isinstance(found, Misfit)
    assert (found.field, bool(found.reason), bool(found.remedy)) == (field, True, True)


def test_a_name_outside_the_plan_is_told_what_is_near():
    found = PLAN.fit("Order Complete", {}, NOWHERE)
    assert isinstance(found, Misfit)
    assert (found.field, found.remedy) == (
        "name", 'Call it "Order Completed", or add the event type to the definition.',
    )  # fmt: skip


def test_all_misfits_are_told_where_they_are_asked_for():
    found = PLAN.misfits("Order Completed", {"total": "much", "items": "few"}, NOWHERE)
    assert [each.field for each in found] == ["order_id", "total", "items"]


def test_properties_that_the_plan_does_not_name():
    assert PLAN.unplanned("Order Completed", ["order_id", "channel"]) == ["channel"]
    assert PLAN.unplanned("Order Dreamt", ["channel"]) == []
