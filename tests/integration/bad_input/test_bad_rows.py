"""Bad rows among good ones, through the whole import: the good go in, the bad are kept with line, field and remedy."""

import pytest

from customerfile.intake import producing
from customerfile.sources.models import Delivery, Record, Reject
from customerfile.sources.rows import ReadOptions

HEAD = "id,first name,last name,email,phone,birth date\n"
ANNA = "1,Anna,Meyer,anna@example.org,020 7946 0123,1980-05-17\n"
BEN = "2,Ben,Okafor,ben@example.org,020 7946 0456,1975-01-02\n"
CARLA = "3,Carla,Diaz,carla@example.org,020 7946 0789,1990-09-09\n"


def told(done):
    """The refusals of a delivery; its rows must add up, and each refusal must say what to do."""
    counts = done.counts
    assert counts.rows == counts.created + counts.updated + counts.unchanged + counts.rejected
    assert Delivery.objects.get(pk=done.delivery_id).state == "finished"
    refused = list(Reject.objects.filter(delivery_id=done.delivery_id).order_by("line", "field"))
    assert all(each.reason and each.remedy for each in refused)
    return [(each.line, each.scope, each.field) for each in refused]


def names():
    return sorted(record.canonical["given_name"] for record in Record.objects.all())


@pytest.mark.parametrize(
    ("bad", "line", "words"),
    [
        ("2,Ben,Okafor\n", 3, "3 fields where the header has 6"),
        ("2,Ben,Okafor,ben@example.org,1,1975-01-02,more,and more\n", 3, "8 fields where the header has 6"),
        ("2,Ben,Oka\x00for,ben@example.org,,\n", 3, "NUL"),
        ('2,Ben,"Okafor,ben@example.org,,\n', 3, "never closed"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_its_text_and_its_neighbours_go_in(bring, bad, line, words):
    done = bring(HEAD + ANNA + bad + CARLA, country="GB")

    assert told(done) == [(line, "row", "")]
    refused = Reject.objects.get()
    assert words in refused.reason
    assert refused.text.startswith("2,Ben")
    assert names() == ["Anna", "Carla"]


def test_a_row_without_key_is_refused_by_its_line(bring):
    done = bring(HEAD + ANNA + ",Nobody,Known,nobody@example.org,,\n" + CARLA, country="GB")

    assert told(done) == [(3, "row", "key")]
    assert names() == ["Anna", "Carla"]


def test_a_date_that_does_not_exist_is_left_out_and_its_row_goes_in(bring):
    done = bring(HEAD + ANNA + BEN.replace("1975-01-02", "30.02.1980"), country="GB")

    assert told(done) == [(3, "value", "birth_date")]
    refused = Reject.objects.get()
    assert (refused.key, refused.text) == ("2", "30.02.1980")
    assert "February" in refused.reason
    assert names() == ["Anna", "Ben"]
    assert "birth_date" not in Record.objects.get(key="2").canonical
    assert Record.objects.get(key="2").raw["birth date"] == "30.02.1980"


@pytest.mark.parametrize("written", ["ask the porter", "1-800-FLOWERS"])
def test_a_phone_with_letters_is_left_out_and_its_row_goes_in(bring, written):
    done = bring(HEAD + ANNA + BEN.replace("020 7946 0456", written), country="GB")

    assert told(done) == [(3, "value", "phone")]
    assert Reject.objects.get().text == written
    assert names() == ["Anna", "Ben"]
    assert "phone" not in Record.objects.get(key="2").canonical


def test_a_key_that_comes_again_within_a_chunk_keeps_the_first_row(bring):
    done = bring(HEAD + ANNA + BEN + CARLA.replace("3,", "1,"), country="GB")

    assert told(done) == [(4, "row", "key")]
    assert names() == ["Anna", "Ben"]
    assert "1" in Reject.objects.get().reason


def test_a_key_that_comes_again_in_a_later_chunk_keeps_the_first_row(bring):
    options = ReadOptions(batch_rows=2)
    text = HEAD + ANNA + BEN + CARLA + ANNA.replace("Anna", "Andrea")

    done = bring(text, country="GB", options=options)
    again = bring(text, country="GB", options=options)

    assert told(done) == told(again) == [(5, "row", "key")]
    assert (done.counts.created, again.counts.unchanged) == (3, 3)
    assert names() == ["Anna", "Ben", "Carla"]


def test_the_same_row_twice_is_taken_once_and_nothing_is_refused(bring):
    done = bring(HEAD + ANNA + BEN + ANNA, country="GB")

    assert told(done) == []
    assert (done.counts.created, done.counts.unchanged) == (2, 1)


def test_bad_rows_are_told_alike_by_the_second_process(bring, monkeypatch):
    monkeypatch.setattr(producing, "SMALL_FILE", 0)
    monkeypatch.setattr("customerfile.intake.importing.SMALL_FILE", 0)

    done = bring(HEAD + ANNA + "2,Ben\n" + ",No,Key,,,\n" + CARLA, country="GB")

    assert told(done) == [(3, "row", ""), (4, "row", "key")]
    assert names() == ["Anna", "Carla"]


def test_bad_order_lines_are_refused_by_their_line_and_the_rest_are_kept(bring):
    done = bring(
        "order,date,customer,amount,currency\n"
        "A1,2025-03-01,1,12.50,GBP\n"
        "A2,2025-02-30,1,12.50,GBP\n"
        "A3,2025-03-02,2,twelve,GBP\n"
        "A4,2025-03-03\n"
        "A5,2025-03-03,,5.00,GBP\n"
        "A6,2025-03-03,2,5.00,cowries\n",
        kind_as="purchases",
    )

    assert told(done) == [
        (3, "row", "order.at"),
        (4, "row", "order.amount"),
        (5, "row", ""),
        (7, "row", "order.currency"),
    ]
    assert (done.counts.created, done.counts.nobody_rows) == (2, 1)


def test_bad_events_are_refused_by_their_line_and_the_rest_are_kept(bring):
    bring(HEAD + ANNA, country="GB")
    done = bring(
        "customer id,event,when\n"
        "1,Call Logged,2025-03-01T10:00:00\n"
        "1,Call Logged,2025-02-30T10:00:00\n"
        ",Call Logged,2025-03-01T11:00:00\n"
        "9,Call Logged,2025-03-01T12:00:00\n"
        "1,Never Heard Of,2025-03-01T13:00:00\n",
        name="events.csv",
        kind_as="events",
    )

    assert told(done) == [
        (3, "row", "event.at"),
        (4, "row", "customer.key"),
        (5, "row", "customer.key"),
    ]
    assert (done.counts.rejected, done.counts.quarantined) == (4, 1)
    assert done.counts.created == 1
