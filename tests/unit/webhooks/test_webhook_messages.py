"""Which messages follow from what one transaction did."""

from datetime import UTC, datetime

import orjson
import pytest

from customerfile.webhooks.messages import CHOOSABLE, MOST_ITEMS, Fact, MessageType, bodies

AT = datetime(2026, 3, 1, 12, 30, 0, 250000, tzinfo=UTC)
CREATED, CHANGED, MERGED, SPLIT = (
    MessageType.CREATED,
    MessageType.CHANGED,
    MessageType.MERGED,
    MessageType.SPLIT,
)


def _told(facts, wanted=CHOOSABLE):
    made = bodies([Fact(type_, AT, items) for type_, items in facts], wanted)
    return [(type_.value, orjson.loads(body)["data"]) for type_, body in made]


def _customers(*items):
    return {"customers": list(items)}


A, B, C = ({"number": number} for number in "ABC")


def test_a_body_has_type_timestamp_and_data():
    ((_, body),) = bodies([Fact(CREATED, AT, [A])], CHOOSABLE)
    assert body == (
        '{"type":"customer.created","timestamp":"2026-03-01T12:30:00.250000Z",'
        '"data":{"customers":[{"number":"A"}]}}'
    )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([(CREATED, [A])], [("customer.created", _customers(A))]),
        ([(CHANGED, [A]), (CREATED, [A])], [("customer.created", _customers(A))]),
        (
            [(MERGED, [{"number": "A", "merged": ["B"]}]), (CHANGED, [A, C])],
            [
                ("customer.merged", _customers({"number": "A", "merged": ["B"]})),
                ("customer.changed", _customers(C)),
            ],
        ),
        (
            [(CREATED, [B, C]), (SPLIT, [{"number": "A", "split_off": ["B"]}]), (CHANGED, [A])],
            [
                ("customer.created", _customers(C)),
                ("customer.split", _customers({"number": "A", "split_off": ["B"]})),
            ],
        ),
        (
            [(CREATED, [A]), (MERGED, [{"number": "A", "merged": ["B"]}])],
            [
                ("customer.created", _customers(A)),
                ("customer.merged", _customers({"number": "A", "merged": ["B"]})),
            ],
        ),
    ],
)
def test_a_customer_is_told_of_by_what_says_most(facts, told):
    assert _told(facts) == told


def test_who_wants_less_is_told_it_as_what_they_want():
    facts = [
        (CREATED, [B]),
        (SPLIT, [{"number": "A", "split_off": ["B"]}]),
        (CHANGED, [A]),
    ]
    assert _told(facts, [CHANGED]) == [("customer.changed", _customers(A))]
    assert _told(facts, [CREATED]) == [("customer.created", _customers(B))]
    assert _told(facts, []) == []


def test_many_items_are_divided_and_deliveries_travel_one_by_one():
    many = [{"number": str(number)} for number in range(MOST_ITEMS + 1)]
    told = _told([(CREATED, many), (MessageType.DELIVERY_FINISHED, [{"delivery": 1}, {"delivery": 2}])])
    assert [len(data["customers"]) for type_, data in told if type_ == "customer.created"] == [MOST_ITEMS, 1]
    assert told[2:] == [("delivery.finished", {"delivery": 1}), ("delivery.finished", {"delivery": 2})]


def test_a_full_body_stays_below_20_kilobytes():
    many = [{"number": "00000000000X", "state": "withdrawn"} for _ in range(MOST_ITEMS)]
    ((_, body),) = bodies([Fact(CHANGED, AT, many)], CHOOSABLE)
    assert len(body) < 20_000
