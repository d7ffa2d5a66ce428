"""What a change of many comes to for one customer: what is foreseen is what the golden record says afterwards."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.base.ids import RecordId
from customerfile.customers.bulk_changes.wish import Outcome, Way, Wish, change_of, fate_of, ways_of
from customerfile.customers.correcting.changes import Present, made_of, mark_of
from customerfile.customers.golden.corrections import Correction, values_of
from customerfile.customers.golden.golden import GoldenRules, LinkedRecord
from customerfile.definition.loading import load_packs

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 4, 13, tzinfo=UTC)
DEFINITION = load_packs(["base"])
FIELDS = {field.key: field for field in DEFINITION.fields}
RULES = GoldenRules(DEFINITION)

OF_FIELDS = (Way.SET, Way.ADD, Way.REMOVE, Way.EMPTY)

words = st.sampled_from(("vip", "press", "board"))
several = st.lists(words, unique=True, max_size=3).map(lambda found: [{"value": word} for word in found])


def _record(number: int, field: str, value: object, corrections=()) -> LinkedRecord:
    canonical = {"kind": "person", "given_name": "Ann"} | ({field: value} if value else {})
    return LinkedRecord(RecordId(number), canonical, 1, NOON, tuple(corrections))


def _marks(values) -> list[str]:
    return sorted(map(mark_of, values))


def _afterwards(wish: Wish, records: list[LinkedRecord], *, multiple: bool) -> list[object]:
    """The golden values once the correction is made."""
    golden = values_of(RULES.golden_record(records).values.get(wish.field))
    on_record = [value for each in records for value in values_of(each.canonical.get(wish.field))]
    made = made_of(change_of(wish, "person"), Present(golden, on_record, multiple=multiple))
    correction = Correction(1, wish.field, made.value, made.set_aside, LATER)
    corrected = [records[0]._replace(corrections=(correction,)), *records[1:]]
    return values_of(RULES.golden_record(corrected).values.get(wish.field))


@given(several, several, words, st.sampled_from(OF_FIELDS))
def test_what_is_foreseen_of_a_field_of_several_values_comes(first, second, word, way):
    records = [_record(1, "tag", first), _record(2, "tag", second)]
    wish = Wish("tag", way, {"person": {"value": word}}, {})
    golden = values_of(RULES.golden_record(records).values.get("tag"))
    fate = fate_of(wish, "person", golden)
    if fate.outcome is Outcome.CHANGED:
        assert _marks(_afterwards(wish, records, multiple=True)) == _marks(fate.after)
    else:
        assert (fate.outcome, _marks(fate.after)) == (Outcome.SAME, _marks(golden))


@given(st.one_of(st.none(), words), st.one_of(st.none(), words), words, st.sampled_from((Way.SET, Way.EMPTY)))
def test_what_is_foreseen_of_a_field_of_one_value_comes(first, second, word, way):
    records = [_record(1, "occupation", first), _record(2, "occupation", second)]
    wish = Wish("occupation", way, {"person": word}, {})
    golden = values_of(RULES.golden_record(records).values.get("occupation"))
    fate = fate_of(wish, "person", golden)
    if fate.outcome is Outcome.CHANGED:
        assert _afterwards(wish, records, multiple=False) == list(fate.after)
    else:
        assert (fate.outcome, list(fate.after)) == (Outcome.SAME, golden)


@given(several, words, st.sampled_from(OF_FIELDS))
def test_done_once_it_is_so_already(values, word, way):
    wish = Wish("tag", way, {"person": {"value": word}}, {})
    after = fate_of(wish, "person", values).after
    assert fate_of(wish, "person", after).outcome is Outcome.SAME


def test_who_has_no_such_field_is_refused_but_not_where_it_is_emptied():
    refusals = {"organisation": "An organisation has no occupation."}
    wish = Wish("occupation", Way.SET, {"person": "Baker"}, refusals)
    refused = fate_of(wish, "organisation", [])
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, refusals["organisation"])
    emptied = fate_of(Wish("occupation", Way.EMPTY, {}, {}), "organisation", ["Baker"])
    assert emptied.outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("field", "ways"),
    [
        ("tag", (Way.ADD, Way.REMOVE, Way.SET, Way.EMPTY)),
        ("occupation", (Way.SET, Way.EMPTY)),
        ("email", (Way.EMPTY,)),
        ("family_name", (Way.EMPTY,)),
        ("address", (Way.EMPTY,)),
        ("customer_number", (Way.EMPTY,)),
        ("iban", (Way.EMPTY,)),
        ("password", ()),
    ],
)
def test_what_is_each_ones_own_is_not_given_to_many(field, ways):
    assert ways_of(FIELDS[field]) == ways
