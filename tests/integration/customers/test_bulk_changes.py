"""One change of a field for many customers: all are accounted for, and it is taken back as a whole."""

from collections.abc import Sequence

import pytest

from customerfile.access.operations import ensure_owner
from customerfile.access.sight import WHOLE
from customerfile.audit.models import AuditEntry
from customerfile.base.clock import now
from customerfile.customers.bulk_changes import changing, taking_back
from customerfile.customers.bulk_changes.store import Counts, ask_to_undo_change, bulk_change, excepted
from customerfile.customers.bulk_changes.taking_back import foresee_undo
from customerfile.customers.bulk_changes.wish import Way, Wish
from customerfile.customers.bulk_changes.working import work_at_change
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.listing.offered import offered
from customerfile.customers.listing.question import Question, checked
from customerfile.customers.models import BulkChange, Confirmation, Correction, Customer
from customerfile.definition.queries import current_definition
from customerfile.intake.bulk_changes import forecast, have_changed, wish_of
from customerfile.intake.correcting import Entered, correct
from customerfile.intake.errors import BulkChangeRefused
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.models import Delivery
from tests.factories.customer_files import Row, deliver, person

pytestmark = pytest.mark.django_db

TREE_WORKS = {"kind": "organisation", "organisation_name": "Tree Works Ltd", "tag": [{"value": "press"}]}


def _tags(*names: str) -> list[dict[str, str]]:
    return [{"value": name} for name in names]


@pytest.fixture(autouse=True)
def olive(db):
    return ensure_owner(username="olive", by="tests", at=now())


@pytest.fixture
def four(db) -> list[int]:
    deliver(
        "crm",
        [
            person("1", "Ada", "Quist", tag=_tags("vip"), occupation="Architect"),
            person("2", "Ben", "Rowe", tag=_tags("vip", "press")),
            person("3", "Cleo", "Stone", occupation="baker"),
            Row("4", TREE_WORKS, {}),
        ],
    )
    return list(Customer.objects.order_by("id").values_list("id", flat=True))


def _foreseen(wish, ids: Sequence[int]):
    fields = offered(current_definition(), WHOLE)
    return forecast(wish, checked(Question(among=tuple(ids)), fields), fields, sight=WHOLE)


def _ask(ids: Sequence[int], field: str, way: str, written: str = "") -> int:
    wish = wish_of(field, way, written, sight=WHOLE)
    return have_changed(wish, _foreseen(wish, ids), note="spring", by="olive", at=now())


def _do(ids: Sequence[int], field: str, way: str, written: str = "") -> int:
    number = _ask(ids, field, way, written)
    assert work_at_change(number)
    return number


def _undo(number: int) -> Counts:
    assert ask_to_undo_change(number, by="olive", at=now())
    assert work_at_change(number)
    return bulk_change(number).counts


def _values(field: str) -> list[object]:
    return [each.golden.get(field) for each in Customer.objects.filter(state="active").order_by("id")]


def _named() -> list[list[str]]:
    """The tags of each customer."""
    return [sorted(each["value"] for each in found or []) for found in _values("tag")]


def test_a_single_field_is_set_for_those_who_have_it_and_all_are_accounted_for(four):
    number = _do(four, "occupation", "set", "Baker")
    assert _values("occupation") == ["Baker", "Baker", "Baker", None]
    done = bulk_change(number)
    assert (done.state, done.counts) == ("done", Counts(changed=3, refused=1))
    assert [each.reason for each in excepted(number)] == ["An organisation has no occupation."]


@pytest.mark.parametrize(
    ("way", "written", "after", "counts"),
    [
        ("add", "vip", [["vip"], ["press", "vip"], ["vip"], ["press", "vip"]], (2, 2)),
        ("remove", "vip", [[], ["press"], [], ["press"]], (2, 2)),
        ("set", "press", [["press"]] * 4, (3, 1)),
        ("empty", "", [[]] * 4, (3, 1)),
    ],
)
def test_a_field_of_several_values(four, way, written, after, counts):
    before = _named()
    foreseen = _foreseen(wish_of("tag", way, written, sight=WHOLE), four)
    number = _do(four, "tag", way, written)
    assert _named() == after
    found = bulk_change(number).counts
    assert (found.changed, found.same) == counts == tuple(foreseen.counts.values())[:2]
    assert [sorted(tag["value"] for tag in each.after) for each in foreseen.all] == after
    assert _undo(number) == Counts(changed=counts[0], same=counts[1], undone=counts[0])
    assert _named() == before


def test_what_somebody_had_corrected_before_stands_again_after_it_is_taken_back(four):
    number = Customer.objects.get(pk=four[0]).number
    correct(number, Entered({"occupation": "Pilot"}, note="by phone"), sight=WHOLE, by="ann", at=now())
    _undo(_do(four[:2], "occupation", "set", "Baker"))
    assert _values("occupation")[:2] == ["Pilot", None]
    (standing,) = Correction.objects.filter(ended_at=None)
    assert (standing.by, standing.note, standing.value) == ("ann", "by phone", "Pilot")


def test_what_was_corrected_since_is_left_and_named(four):
    number = _do(four[:3], "occupation", "set", "Baker")
    ada = Customer.objects.get(pk=four[0])
    correct(ada.number, Entered({"occupation": "Pilot"}), sight=WHOLE, by="ann", at=now())
    foreseen = foresee_undo(number)
    assert (foreseen.changed_back, foreseen.left, foreseen.first_left) == (2, 1, (ada.pk,))
    assert _undo(number) == Counts(changed=3, undone=2, left=1)
    assert _values("occupation")[:3] == ["Pilot", None, "baker"]
    assert [(each.customer, each.reason) for each in excepted(number)] == [
        (ada.pk, "The field was corrected since, by ann.")
    ]
    assert not ask_to_undo_change(number, by="olive", at=now())


def test_emptied_addresses_of_mail_come_back(four):
    deliver("web", [person("9", "Eve", "Unger", email="eve@example.org", phone="+442079460101")])
    eve = Customer.objects.get(display_name="Eve Unger")
    correct(eve.number, Entered({"email": "eve@example.com"}), sight=WHOLE, by="ann", at=now())
    number = _do([eve.pk], "email", "empty")
    assert "email" not in Customer.objects.get(pk=eve.pk).golden
    _undo(number)
    assert [each["value"] for each in Customer.objects.get(pk=eve.pk).golden["email"]] == ["eve@example.com"]


def test_who_was_merged_meanwhile_is_refused_and_changed_as_the_other(four):
    deliver("web", [person("7", "Fay", "Vale"), person("8", "Fay", "Vale-Moor")])
    left, right = Customer.objects.filter(display_name__startswith="Fay").order_by("id")
    number = _ask([left.pk, right.pk], "tag", "add", "fair")
    merge_customers([left.number, right.number], by="olive", at=now())
    work_at_change(number)
    assert bulk_change(number).counts == Counts(changed=1, refused=1)
    assert [each.reason for each in excepted(number)] == ["It was merged into another customer meanwhile."]
    assert Customer.objects.get(pk=left.pk).golden["tag"] == _tags("fair")


def test_it_goes_on_where_it_stopped(four, monkeypatch):
    monkeypatch.setattr(changing, "AT_ONCE", 1)
    monkeypatch.setattr(taking_back, "AT_ONCE", 1)
    number = _ask(four, "tag", "add", "fair")
    change = bulk_change(number)
    changing.change_slice(change, changing.Author("olive", now()))
    assert bulk_change(number).counts == Counts(waiting=3, changed=1)
    work_at_change(number)
    assert bulk_change(number).counts == Counts(changed=4)
    assert work_at_change(number)
    assert _undo(number) == Counts(changed=4, undone=4)


def test_who_may_not_change_customers_any_more_is_stopped(four):
    ensure_owner(username="olive", by="tests", at=now())
    number = _ask(four, "tag", "add", "fair")
    BulkChange.objects.update(by="nobody")
    work_at_change(number)
    found = bulk_change(number)
    assert (found.state, found.message) == ("stopped", "nobody may not change customers any more.")
    assert _values("tag")[2] is None


def test_a_confirmation_goes_with_its_record_when_a_delivery_is_taken_back(four, test_home):
    wish = Wish("", Way.CONFIRM, {}, {})
    number = have_changed(wish, _foreseen(wish, four), note="", by="olive", at=now())
    work_at_change(number)
    assert (bulk_change(number).counts, Confirmation.objects.count()) == (Counts(changed=4), 4)
    undo_delivery(Delivery.objects.get().pk, home=test_home, by="olive")
    assert not Confirmation.objects.exists()
    assert _undo(number) == Counts(changed=4, undone=4)


def test_the_ledger_says_what_was_corrected_and_no_value(four):
    number = _do(four[:2], "occupation", "set", "Baker")
    _undo(number)
    told = [
        (each.code, each.subject.partition(":")[0], each.detail.get("bulk_change"))
        for each in AuditEntry.objects.filter(by="olive", code__startswith="customers.").order_by("id")
    ]
    assert told == [
        ("customers.bulk_change.begun", "bulk_change", None),
        *[("customers.value.corrected", "correction", number)] * 2,
        ("customers.bulk_change.finished", "bulk_change", None),
        ("customers.bulk_change.undo_begun", "bulk_change", None),
        *[("customers.correction.withdrawn", "correction", number)] * 2,
        ("customers.bulk_change.undone", "bulk_change", None),
    ]
    assert "Baker" not in "".join(str(each.detail) for each in AuditEntry.objects.all())


@pytest.mark.parametrize(
    ("field", "way", "written"),
    [
        ("email", "set", "a@example.org"),  # everybody's own
        ("customer_number", "add", "12"),
        ("iban", "set", "DE02120300000000202051"),
        ("password", "empty", ""),
        ("occupation", "add", "Baker"),  # holds one value
        ("occupation", "set", " "),
        ("nowhere", "set", "x"),
        ("household_size", "set", "many"),
    ],
)
def test_what_cannot_be_done_for_many_is_refused(four, field, way, written):
    with pytest.raises(BulkChangeRefused):
        wish_of(field, way, written, sight=WHOLE)


def test_nothing_begins_where_nothing_would_change(four):
    with pytest.raises(BulkChangeRefused):
        _ask(four, "income_band", "empty")
