"""What people correct stands before what any source says, wherever the customer's records go."""

from datetime import datetime, timedelta

import pytest

from customerfile.access.operations import ensure_owner
from customerfile.access.sight import WHOLE, Sight
from customerfile.customers.correcting.changes import field_mark, mark_of
from customerfile.customers.correcting.on_record import fields_on_record
from customerfile.customers.errors import ChangedMeanwhile, NoSuchValue, NothingCorrected
from customerfile.customers.golden_changes import golden_changes
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Correction, Customer, Preparation
from customerfile.customers.queries import customer_file
from customerfile.customers.record_names import records_named
from customerfile.customers.search.search import find
from customerfile.customers.whole_file.preparation import prepare_file_anew
from customerfile.intake.correcting import Chosen, Entered, correct, correct_one, give_back
from customerfile.intake.errors import CorrectionRefused
from customerfile.intake.undoing import undo_delivery
from customerfile.matching.model import default_model
from customerfile.sources.models import ComparisonInput, Source
from customerfile.vault.keystore import key_store
from customerfile.webhooks.messages import MessageType
from customerfile.webhooks.models import WebhookOutbox
from customerfile.webhooks.operations import add_endpoint
from tests.factories.customer_files import MORNING, deliver, person
from tests.integration.webhooks.conftest import LOOPBACK

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(hours=1)


def _rosa(given: str = "Rosa", **more: object) -> str:
    deliver("shop", [person("1", given, "Lindner", born="1980-02-29", email="rosa@example.org", **more)])
    return Customer.objects.get().number


def _shown(number: str) -> dict[str, list[str]]:
    return {
        field.key: [value.shown for value in field.values]
        for field in customer_file(number, sight=WHOLE).fields
    }


def _correct(number: str, *, at: datetime = LATER, **fields: object) -> None:
    correct(number, Entered(fields), sight=WHOLE, by="ann", at=at)


def test_a_corrected_value_is_the_golden_one_and_says_who_said_it():
    number = _rosa()
    _correct(number, given_name="Rosalie")
    file = customer_file(number, sight=WHOLE)
    (value,) = next(field for field in file.fields if field.key == "given_name").values
    assert (value.shown, value.rule, value.origin_source, value.since) == (
        "Rosalie",
        "corrected",
        "staff",
        LATER,
    )
    assert file.summary.display_name == "Rosalie Lindner"
    (told,) = file.corrections
    assert (told.field, told.shown, told.was, told.by, told.at) == (
        "given_name", ("Rosalie",), ("Rosa",), "ann", LATER,
    )  # fmt: skip
    assert Source.objects.get(key="staff").kind == "customers"


def test_it_survives_that_the_source_says_the_same_or_another_thing_again():
    number = _rosa()
    _correct(number, given_name="Rosalie", birth_date=None)
    deliver(
        "shop",
        [person("1", "Rosi", "Lindner", born="1980-02-29", email="rosa@example.org")],
        at=LATER + timedelta(days=1),
    )
    assert _shown(number) == {
        "given_name": ["Rosalie"], "family_name": ["Lindner"], "email": ["rosa@example.org"],
    }  # fmt: skip


def test_an_emptied_field_takes_what_nobody_had_seen_then():
    number = _rosa()
    _correct(number, birth_date=None)
    assert "birth_date" not in _shown(number)
    deliver(
        "shop",
        [person("1", "Rosa", "Lindner", born="1981-02-28", email="rosa@example.org")],
        at=LATER + timedelta(days=1),
    )
    assert _shown(number)["birth_date"] == ["28 February 1981"]


def test_of_several_values_those_stated_come_first_and_those_on_record_then_stay_away():
    number = _rosa()
    _correct(number, email=["r.lindner@example.org"])
    assert _shown(number)["email"] == ["r.lindner@example.org"]
    deliver(
        "crm",
        [
            person("7", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org"),
            person("8", "Rosa", "Lindner", born="1980-02-29", email="new@example.org"),
        ],
        at=LATER + timedelta(days=1),
    )
    assert _shown(number)["email"] == ["r.lindner@example.org", "new@example.org"]


def test_a_later_correction_counts_and_a_withdrawn_one_lets_the_records_speak():
    number = _rosa()
    _correct(number, given_name="Rosalie")
    _correct(number, given_name="Rosalinde", at=LATER + timedelta(minutes=1))
    assert _shown(number)["given_name"] == ["Rosalinde"]
    assert Correction.objects.filter(ended_at=None).count() == 1
    give_back(number, ["given_name"], sight=WHOLE, by="ben", at=LATER + timedelta(hours=1))
    assert _shown(number)["given_name"] == ["Rosa"]
    assert customer_file(number, sight=WHOLE).corrections == ()
    with pytest.raises(NothingCorrected, match="Nobody corrected"):
        give_back(number, ["given_name"], sight=WHOLE, by="ben", at=LATER + timedelta(hours=2))


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"email": "rosa at example"}, "email", "@"),
        ({"birth_date": "31 February 1980"}, "birth_date", ""),
        ({"favourite_tea": "green"}, "favourite_tea", "no such field"),
        ({"given_name": ["Rosa", "Rose"]}, "given_name", "one value"),
        ({"organisation_name": "Lindner Ltd"}, "organisation_name", "A person has no"),
        ({"kind": "organisation"}, "kind", "no such field"),
        ({"key": "17"}, "key", "no such field"),
        ({"iban": "DE89370400440532013000"}, "iban", "sealed"),
        ({"occupation": "4111 1111 1111 1111"}, "", "card"),
    ],
)
def test_what_cannot_be_taken_is_told_by_field_and_nothing_is_written(fields, field, words):
    number = _rosa()
    with pytest.raises(CorrectionRefused) as told:
        _correct(number, family_name="Meier", **fields)
    assert field in [fault.field for fault in told.value.faults]
    assert words in " ".join(fault.reason for fault in told.value.faults)
    assert (Correction.objects.count(), _shown(number)["family_name"]) == (0, ["Lindner"])


def test_one_value_is_corrected_by_pointing_at_it():
    number = _rosa(phone="+442079460123")
    deliver("crm", [person("7", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.net")])
    deliver(
        "crm",
        [person("7", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.net", phone="+442079460123")],
    )
    assert sorted(_shown(number)["email"]) == ["rosa@example.net", "rosa@example.org"]
    mark = mark_of({"value": "rosa@example.net"})
    chosen = Chosen("email", mark, instead="rosa@example.com")
    correct_one(number, chosen, sight=WHOLE, by="ann", at=LATER)
    assert _shown(number)["email"] == ["rosa@example.com", "rosa@example.org"]
    (told,) = customer_file(number, sight=WHOLE).corrections
    assert sorted(told.was) == ["rosa@example.net", "rosa@example.org"]

    correct_one(
        number, Chosen("email", mark, keep=True), sight=WHOLE, by="ann", at=LATER + timedelta(hours=1)
    )
    assert _shown(number)["email"] == ["rosa@example.com", "rosa@example.net", "rosa@example.org"]
    wrong = Chosen("email", mark_of({"value": "rosa@example.org"}))
    correct_one(number, wrong, sight=WHOLE, by="ann", at=LATER + timedelta(hours=2))
    assert _shown(number)["email"] == ["rosa@example.com", "rosa@example.net"]


def test_another_value_on_record_is_chosen():
    number = _rosa("Rosa")
    deliver(
        "crm",
        [person("7", "Rosalie", "Lindner", born="1980-02-29", email="rosa@example.org")],
        at=MORNING + timedelta(minutes=1),
    )
    other = ({"Rosa", "Rosalie"} - set(_shown(number)["given_name"])).pop()
    correct_one(number, Chosen("given_name", mark_of(other), keep=True), sight=WHOLE, by="ann", at=LATER)
    assert _shown(number)["given_name"] == [other]
    with pytest.raises(NoSuchValue):
        correct_one(number, Chosen("given_name", mark_of("X"), keep=True), sight=WHOLE, by="ann", at=LATER)


def test_a_corrected_address_finds_who_comes_later():
    number = _rosa()
    _correct(number, email=["rosa.lindner@example.net"])
    deliver(
        "crm",
        [person("7", "Rosa", "Lindner", email="rosa.lindner@example.net")],
        at=LATER + timedelta(days=1),
    )
    assert Customer.objects.filter(state="active").count() == 1
    deliver("shop", [person("1", "Rosa", "Lindner", email="rosa@example.org")], at=LATER + timedelta(days=2))
    deliver(
        "web",
        [person("3", "Rosa", "Lindner", email="rosa.lindner@example.net")],
        at=LATER + timedelta(days=3),
    )
    assert Customer.objects.filter(state="active").count() == 1


def test_a_stranger_with_a_corrected_address_stays_a_stranger():
    number = _rosa()
    _correct(number, email=["family@example.net"])
    deliver("crm", [person("7", "Jonas", "Lindner", born="2004-04-04", email="family@example.net")])
    assert Customer.objects.filter(state="active").count() == 2


def test_who_saw_another_value_is_told():
    number = _rosa()
    seen = {"given_name": field_mark(["Rosi"])}
    with pytest.raises(ChangedMeanwhile, match="since you looked"):
        correct(number, Entered({"given_name": "Rose"}, seen=seen), sight=WHOLE, by="ann", at=LATER)
    seen = {"given_name": field_mark(["Rosa"])}
    correct(number, Entered({"given_name": "Rose"}, seen=seen), sight=WHOLE, by="ann", at=LATER)
    assert _shown(number)["given_name"] == ["Rose"]


def test_what_was_corrected_on_a_record_that_is_taken_back_stays_with_its_customer(test_home):
    deliver("crm", [person("7", "Rosa", "Lindner", born="1980-02-29", email="rosa@example.org")])
    delivery = deliver(
        "shop",
        [person("1", "Rosie", "Lindner", born="1980-02-29", email="rosa@example.org", phone="+442079460123")],
        at=MORNING + timedelta(minutes=1),
    )
    number = Customer.objects.get().number
    _correct(number, given_name="Rosalie", phone=["+442079460124"])
    undo_delivery(delivery, home=test_home, by="ben")
    shown = _shown(number)
    assert (shown["given_name"], shown["phone"]) == (["Rosalie"], ["+44 20 7946 0124"])
    deliver(
        "web",
        [person("3", "Rosa", "Lindner", born="1980-02-29", phone="+442079460124")],
        at=LATER + timedelta(days=1),
    )
    assert Customer.objects.filter(state="active").count() == 1


def test_with_the_last_record_its_corrections_go(test_home):
    delivery = deliver("shop", [person("1", "Rosa", "Lindner", born="1980-02-29")])
    _correct(Customer.objects.get().number, given_name="Rosalie")
    undo_delivery(delivery, home=test_home, by="ben")
    assert Correction.objects.count() == 0


def test_a_correction_goes_with_the_record_whose_value_it_corrects_and_comes_back_with_it():
    deliver("shop", [person("1", "Rosa", "Lindner", email="rosa@example.org")])
    deliver("crm", [person("7", "Robert", "Maier", email="robert@example.org")])
    rosa, robert = Customer.objects.order_by("id").values_list("number", flat=True)
    _correct(rosa, given_name="Rosalie")
    _correct(robert, given_name="Rob", email=None)
    before = [(customer.golden, customer.provenance) for customer in Customer.objects.order_by("id")]
    at = LATER + timedelta(hours=1)
    merge_customers([rosa, robert], by="ann", at=at)
    assert _shown(rosa)["given_name"] == ["Rob"]  # the later word
    assert _shown(rosa)["email"] == ["rosa@example.org"]
    split_customer(rosa, records_named(["crm/7"]), by="ben", at=at + timedelta(hours=1))
    after = [(customer.golden, customer.provenance) for customer in Customer.objects.order_by("id")]
    assert after == before


def test_a_field_that_somebody_does_not_see_cannot_be_written_and_is_as_if_there_were_none():
    number = _rosa()
    sight = Sight(fields=frozenset({"given_name", "family_name"}))
    words = []
    for field in ("email", "favourite_tea"):
        with pytest.raises(CorrectionRefused) as told:
            correct(number, Entered({field: "x@example.org"}), sight=sight, by="ann", at=LATER)
        words.append([(fault.reason, fault.remedy) for fault in told.value.faults])
    assert words[0] == words[1]
    with pytest.raises(CorrectionRefused):
        give_back(number, ["email"], sight=sight, by="ann", at=LATER)
    _correct(number, email=["r@example.org"])
    assert customer_file(number, sight=sight).corrections == ()
    assert set(fields_on_record(Customer.objects.get().pk, sight=sight)) == {"given_name", "family_name"}


def test_a_part_that_is_not_seen_is_not_written_by_the_way():
    number = _rosa()
    sight = Sight(fields=frozenset({"given_name", "family_name"}))
    with pytest.raises(CorrectionRefused):
        correct(number, Entered({"family_name": "Lindner Jr."}), sight=sight, by="ann", at=LATER)
    assert _shown(number)["family_name"] == ["Lindner"]


def test_what_was_corrected_is_found_and_told_to_other_systems(test_home):
    number = _rosa()
    ensure_owner(username="olive", by="tests", at=MORNING)
    store = key_store(test_home.keys)
    add_endpoint("http://127.0.0.1:9/", [MessageType.CHANGED], LOOPBACK, store=store, by="olive", at=MORNING)
    _correct(number, family_name="Braun", email=["rosa@example.net"])
    for query in ("rosa braun", "rosa@example.net", "rosa lindner"):
        assert [found.customer.number for found in find(query, sight=WHOLE)] == [number]
    told = [item for each in WebhookOutbox.objects.filter(type="customer.changed") for item in each.items]
    assert {"number": number, "state": "active"} in told


def test_the_history_tells_what_the_file_said_and_who_changed_it():
    number = _rosa()
    _correct(number, given_name="Rosalie")
    (change,) = golden_changes([Customer.objects.get().pk], sight=WHOLE, after=MORNING, until=LATER)
    assert change.by == "ann"
    assert [(each.key, each.old, each.new) for each in change.fields] == [
        ("given_name", ("Rosa",), ("Rosalie",))
    ]
    before = customer_file(number, sight=WHOLE, on=MORNING + timedelta(minutes=1))
    assert before.corrections == ()
    assert "Rosa" in [value.shown for field in before.fields for value in field.values]


def test_the_file_prepared_anew_compares_what_was_corrected():
    number = _rosa()
    _correct(number, email=["rosa@example.net"])
    before = ComparisonInput.objects.get().prepared
    ComparisonInput.objects.update(prepared="")
    Preparation.objects.update(version=0)
    prepare_file_anew(default_model(), by="ann", at=LATER)
    assert ComparisonInput.objects.get().prepared == before
    assert "rosa@example.net" in before
    assert _shown(number)["email"] == ["rosa@example.net"]
