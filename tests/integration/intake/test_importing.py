"""The main job on tiny files: rows in, one customer each out, everything accounted for."""

from customerfile.customers.models import BlockKey, ContactPoint, Customer, GoldenHistory, Link, Posting
from customerfile.sources.models import Delivery, Record, RecordVersion, Reject

HEAD = "id,first name,last name,email,phone,birth date,postcode,city\n"
ANNA = "1,Anna,Meyer,anna@example.org,020 7946 0123,1980-05-17,SW1A 1AA,London\n"
BEN = "2,Ben,Okafor,ben@example.org,020 7946 0456,1975-01-02,M1 1AE,Manchester\n"


def numbers(done):
    counts = done.counts
    return counts.rows, counts.created, counts.updated, counts.unchanged, counts.rejected


def test_each_row_becomes_a_record_and_a_customer(bring):
    done = bring(HEAD + ANNA + BEN, country="GB")

    assert numbers(done) == (2, 2, 0, 0, 0)
    assert done.source_created
    assert sorted(Customer.objects.values_list("display_name", flat=True)) == ["Anna Meyer", "Ben Okafor"]
    assert Customer.objects.get(display_name="Anna Meyer").golden["phone"][0]["value"] == "+442079460123"
    assert Delivery.objects.get().state == "finished"


def test_the_same_file_again_changes_nothing(bring):
    bring(HEAD + ANNA + BEN, country="GB")
    before = list(Customer.objects.order_by("id").values())

    again = bring(HEAD + ANNA + BEN, country="GB")

    assert numbers(again) == (2, 0, 0, 2, 0)
    assert list(Customer.objects.order_by("id").values()) == before
    assert RecordVersion.objects.count() == 0


def test_a_changed_row_updates_its_record_and_keeps_the_old_version(bring):
    bring(HEAD + ANNA, country="GB")
    done = bring(HEAD + ANNA.replace("London", "Leeds"), country="GB")

    assert numbers(done) == (1, 0, 1, 0, 0)
    assert RecordVersion.objects.get().canonical["address"][0]["city"] == "London"
    customer = Customer.objects.get()
    assert customer.golden["address"][0]["city"] == "Leeds"
    assert GoldenHistory.objects.get().golden["address"][0]["city"] == "London"


def test_records_of_two_sources_join_one_customer(bring):
    bring(HEAD + ANNA, source="shop", country="GB")
    done = bring(
        HEAD + ANNA.replace("1,Anna", "77,ANNA").replace("Meyer", "Meier"), source="crm", country="GB"
    )

    assert (done.counts.customers_created, done.counts.records_joined) == (0, 1)
    customer = Customer.objects.get()
    assert customer.record_count == 2
    assert Link.objects.filter(customer=customer, valid_to=None).count() == 2
    assert ContactPoint.objects.filter(customer=customer, channel="email").count() == 1


def test_a_household_is_not_one_customer(bring):
    shared = "020 7946 0123,{born},SW1A 1AA,London\n"
    bring(
        HEAD
        + "1,Mary,Smith,smiths@example.org,"
        + shared.format(born="1970-03-04")
        + "2,John,Smith,smiths@example.org,"
        + shared.format(born="1968-11-30"),
        country="GB",
    )

    assert Customer.objects.count() == 2


def test_a_record_that_leaves_its_customer_gets_one_of_its_own(bring):
    bring(HEAD + ANNA, source="shop", country="GB")
    bring(HEAD + ANNA, source="crm", country="GB")
    bring(
        HEAD + "1,Carla,Diaz,carla@example.org,020 7946 0999,1990-09-09,LS1 1AA,Leeds\n",
        source="crm",
        country="GB",
    )

    assert sorted(Customer.objects.filter(state="active").values_list("display_name", flat=True)) == [
        "Anna Meyer",
        "Carla Diaz",
    ]
    assert Link.objects.filter(valid_to__isnull=False).count() == 1


def test_a_newcomer_between_two_customers_merges_them_and_the_younger_number_still_resolves(bring):
    bring(HEAD + "1,Anna,Meyer,anna@example.org,,,,\n", source="a", country="GB")
    bring(HEAD + "1,Anna,Meyer,,020 7946 0123,1980-05-17,SW1A 1AA,London\n", source="b", country="GB")
    assert Customer.objects.filter(state="active").count() == 2

    done = bring(HEAD + ANNA, source="c", country="GB")

    assert done.counts.customers_merged == 1
    older, younger = Customer.objects.order_by("id")
    assert (older.state, younger.state, younger.merged_into_id) == ("active", "merged", older.id)
    assert older.record_count == 3


def test_what_was_refused_is_kept_with_its_line_and_the_rest_goes_in(bring):
    done = bring(
        HEAD
        + ANNA
        + "2,Ben,Okafor,ben@example.org,call me,30/02/1980,M1 1AE,Manchester\n"
        + ",Nokey,Person,nokey@example.org,,,,\n",
        country="GB",
    )

    assert numbers(done) == (3, 2, 0, 0, 1)
    assert sorted(Reject.objects.values_list("line", "scope", "field")) == [
        (3, "value", "birth_date"),
        (3, "value", "phone"),
        (4, "row", "key"),
    ]
    assert all(reject.reason and reject.remedy for reject in Reject.objects.all())


def test_a_key_that_comes_twice_with_other_values_is_refused_the_second_time_and_again(bring):
    text = HEAD + ANNA + BEN.replace("2,Ben", "1,Ben")

    assert numbers(bring(text, country="GB")) == (2, 1, 0, 0, 1)
    assert numbers(bring(text, country="GB")) == (2, 0, 0, 1, 1)


def test_a_card_number_is_refused_and_stored_nowhere(bring):
    bring(HEAD + ANNA.replace("London", "4111 1111 1111 1111") + BEN, country="GB")

    assert Record.objects.count() == 1
    stored = [str(list(model.objects.values())) for model in (Record, Reject, Customer)]
    assert not any("4111 1111 1111 1111" in text or "4111111111111111" in text for text in stored)


def test_a_sealed_value_is_masked_everywhere_but_in_the_vault(bring):
    bring("id,last name,first name,ssn\n1,Meyer,Anna,536-22-8145\n", country="US")

    record = Record.objects.get()
    assert record.canonical["national_id"][0]["masked"].endswith("8145")
    stored = str(list(Record.objects.values())) + str(list(Customer.objects.values()))
    assert "536-22-8145" not in stored
    assert "536228145" not in stored


def test_a_dry_run_tells_the_same_and_writes_nothing(bring):
    wet = HEAD + ANNA + BEN
    dry = bring(wet, country="GB", dry_run=True)

    assert (dry.delivery_id, Record.objects.count(), Delivery.objects.count()) == (None, 0, 0)
    assert dry.counts == bring(wet, country="GB").counts


def test_every_key_found_by_is_in_the_index(bring):
    bring(HEAD + ANNA, country="GB")

    assert set(Posting.objects.values_list("token__token", "place")) == {
        ("anna", False), ("meyer", False), ("london", True), ("sw1a1aa", True), ("sw1a", True),
    }  # fmt: skip
    assert BlockKey.objects.count() > 0
