"""Lists flag customers and never become any, in whichever order both arrive, through changes, merges and undoing."""

from datetime import timedelta

import pytest

from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE
from customerfile.customers.errors import UnknownHit
from customerfile.customers.judging.judging import withdraw_act
from customerfile.customers.judging.merging import merge_customers
from customerfile.customers.models import BlockKey, Customer, Link, ScoredPair, WatchHit, WatchKey
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.resolution.watching import look_again
from customerfile.customers.watch_list import HitState, decide_hit, hits, hits_of
from customerfile.customers.whole_file.reconciliation import compare, put_right
from customerfile.intake.undoing import undo_delivery
from customerfile.sources.errors import SourceKindFixed, UnknownSource
from customerfile.sources.models import Source
from customerfile.sources.operations import ensure_source, set_source_kind
from customerfile.sources.source_kinds import SourceKind
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

PETRA = {"phone": "+493023125777", "born": "1971-01-09"}
ROSA = {"email": "rosa@example.org", "born": "1980-05-17"}


def at(minutes):
    return MORNING + timedelta(minutes=minutes)


@pytest.fixture
def sanctions(db):
    """A watch list without records yet."""
    ensure_source("sanctions", country="", by="ann", at=MORNING, kind=SourceKind.WATCH_LIST)


def listed(*, minutes=1, **more):
    return deliver("sanctions", [person("L1", "Petra", "Lehmann", **(PETRA | more))], at=at(minutes))


def known(*, minutes=2, **more):
    return deliver(
        "shop",
        [person("1", "Petra", "Lehmann", **(PETRA | more)), person("2", "Rosa", "Lindner", **ROSA)],
        at=at(minutes),
    )


def flagged(**more):
    return [(each.listed, each.record) for each in hits(**more)]


def customer(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id)


@pytest.mark.parametrize("order", [(listed, known), (known, listed)], ids=["list first", "customers first"])
def test_whoever_looks_like_a_listed_record_is_flagged(sanctions, order):
    for arrive in order:
        arrive()

    (hit,) = hits()
    assert (hit.listed, hit.listed_name, hit.record) == ("sanctions/L1", "Petra Lehmann", "shop/1")
    assert (hit.list_kind, hit.list_name, hit.state) == ("watch_list", "Sanctions", "open")
    assert "same phone number" in [reason.words for reason in hit.reasons]
    assert hits_of(customer("1").pk, sight=WHOLE) == (hit,)
    assert hits_of(customer("2").pk, sight=WHOLE) == ()


def test_a_listed_record_becomes_no_customer_and_joins_none(sanctions):
    listed()
    known()
    listed_id = WatchHit.objects.get().listed_id

    assert sorted(Customer.objects.values_list("display_name", flat=True)) == [
        "Petra Lehmann",
        "Rosa Lindner",
    ]
    assert not Link.objects.filter(record_id=listed_id).exists()
    assert not BlockKey.objects.filter(record_id=listed_id).exists()
    assert ScoredPair.objects.count() == 0


def test_a_veto_keeps_a_hit_away(sanctions):
    listed()
    known(born="1985-11-30")

    assert flagged() == []


@pytest.mark.parametrize("change", [listed, known])
def test_a_hit_that_no_longer_holds_is_withdrawn(sanctions, change):
    listed()
    known()
    change(minutes=5, born="1985-11-30", phone="+493099999999")
    assert flagged() == []

    change(minutes=6)
    assert flagged() == [("sanctions/L1", "shop/1")]


def test_what_a_person_said_stays_when_the_weight_changes(sanctions):
    listed()
    known()
    decide_hit(hits()[0].id, HitState.DISMISSED, by="ann", at=at(3))
    known(minutes=5, email="petra@example.org")

    assert (flagged(), flagged(state=HitState.DISMISSED)) == ([], [("sanctions/L1", "shop/1")])
    assert hits_of(customer("1").pk, sight=WHOLE) == ()


def test_a_confirmed_hit_stays_on_the_customer(sanctions):
    listed()
    known()
    decide_hit(hits()[0].id, HitState.CONFIRMED, by="ann", at=at(3))

    assert [(each.state, each.decided_by) for each in hits_of(customer("1").pk, sight=WHOLE)] == [
        ("confirmed", "ann")
    ]


def test_a_word_holds_for_all_records_of_the_customer_until_one_is_more_alike(sanctions):
    listed(email="petra@example.org")
    known()
    deliver("crm", [person("A", "Petra", "Lehmann", **PETRA)], at=at(3))
    assert customer("A") == customer("1")
    assert len(hits()) == 1

    decide_hit(hits()[0].id, HitState.DISMISSED, by="ann", at=at(4))
    assert set(WatchHit.objects.values_list("state", flat=True)) == {"dismissed"}
    deliver("web", [person("B", "Petra", "Lehmann", born="1971-01-09")], at=at(5))
    assert flagged() == []

    deliver("web", [person("C", "Petra", "Lehmann", email="petra@example.org", **PETRA)], at=at(6))
    assert customer("C") == customer("1")
    assert flagged() == [("sanctions/L1", "web/C")]


def test_hits_follow_the_records_through_merge_and_split(sanctions):
    listed()
    known()
    before = hits_of(customer("1").pk, sight=WHOLE)
    act = merge_customers([customer("1").number, customer("2").number], by="ann", at=at(3)).act
    assert [each.id for each in hits_of(customer("2").pk, sight=WHOLE)] == [before[0].id]

    withdraw_act(act, may=frozenset(Permission), by="ann", at=at(4))
    assert (hits_of(customer("1").pk, sight=WHOLE), hits_of(customer("2").pk, sight=WHOLE)) == (before, ())


def test_undoing_takes_hits_along(sanctions, test_home):
    delivery = listed()
    shop = known()
    undo_delivery(delivery, home=test_home, by="ann")
    assert (WatchHit.objects.count(), WatchKey.objects.count()) == (0, 0)

    listed(minutes=7)
    undo_delivery(shop, home=test_home, by="ann")
    assert (WatchHit.objects.count(), Customer.objects.filter(state="active").count()) == (0, 0)


def test_undoing_a_change_of_the_list_gives_the_hit_back(sanctions, test_home):
    listed()
    known()
    changed = listed(minutes=5, born="1985-11-30", phone="+493099999999")
    assert flagged() == []

    undo_delivery(changed, home=test_home, by="ann")
    assert flagged() == [("sanctions/L1", "shop/1")]
    assert Customer.objects.filter(state="active").count() == 2


def test_the_whole_file_in_batch_leaves_lists_alone(sanctions, tmp_path):
    listed()
    known()
    found = compare(current_model(), folder=tmp_path)
    assert (found.records, found.touched.tolist()) == (2, [])

    before = list(WatchHit.objects.values())
    put_right(found, current_model(), at=at(9))
    look_again(current_model(), at=at(10))
    assert list(WatchHit.objects.values()) == before


def test_a_source_keeps_its_kind_once_it_has_delivered(sanctions):
    set_source_kind("sanctions", SourceKind.REFERENCE, by="ann", at=at(1))
    assert Source.objects.get().kind == "reference"
    listed()

    with pytest.raises(SourceKindFixed, match="reference data and has delivered"):
        set_source_kind("sanctions", SourceKind.CUSTOMERS, by="ann", at=at(2))
    with pytest.raises(SourceKindFixed):
        ensure_source("sanctions", country="", by="ann", at=at(2), kind=SourceKind.WATCH_LIST)
    with pytest.raises(UnknownSource):
        set_source_kind("nowhere", SourceKind.REFERENCE, by="ann", at=at(2))
    assert hits() == ()


def test_a_hit_that_is_not_there_cannot_be_decided(sanctions):
    with pytest.raises(UnknownHit):
        decide_hit(99, HitState.CONFIRMED, by="ann", at=at(1))
