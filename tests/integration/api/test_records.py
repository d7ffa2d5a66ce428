"""Records handed over in batches: one outcome each, by the same rules as a file, and nothing twice."""

import pytest

from customerfile.audit.models import AuditEntry
from customerfile.sources.models import Delivery, Record, RecordVersion, Reject
from tests.integration.conftest import Import

ROSA = {"key": "17", "given_name": "Rosa", "family_name": "Lindner", "email": "rosa@example.org"}


def _send(call, *records, source="shop", **more):
    answer = call("POST", "/records", {"source": source, "records": list(records), **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def _outcomes(told):
    return [(each["key"], each["outcome"]) for each in told["results"]]


def test_records_are_created_updated_and_left(call):
    first = _send(call, ROSA, ROSA | {"key": "18", "email": "other@example.org"})
    assert _outcomes(first) == [("17", "created"), ("18", "created")]
    number = first["results"][0]["customer"]
    again = _send(call, dict(reversed(ROSA.items())), ROSA | {"key": "18", "email": "rosa.l@example.org"})
    assert _outcomes(again) == [("17", "unchanged"), ("18", "updated")]
    assert again["results"][0]["customer"] == number
    assert (again["unchanged"], again["updated"], again["created"]) == (1, 1, 0)
    assert RecordVersion.objects.count() == 1
    whole = call("GET", f"/customers/{number}").json()
    assert whole["customer"]["summary"]["display_name"] == "Rosa Lindner"
    assert whole["customer"]["records"][0]["raw"] == ROSA


def test_neighbours_with_other_fields_make_no_difference(call):
    _send(call, ROSA)
    told = _send(call, ROSA | {"key": "9", "phone": "+49 30 23125777", "birth_date": "1980-02-29"}, ROSA)
    assert _outcomes(told) == [("9", "created"), ("17", "unchanged")]


def test_a_call_counts_as_one_delivery_of_its_caller(call):
    told = _send(call, ROSA, {"key": "2", "surname": "x"})
    (delivery,) = Delivery.objects.all()
    assert (delivery.pk, delivery.state, delivery.by) == (told["delivery"], "finished", "olive")
    assert (delivery.rows, delivery.created, delivery.rejected) == (2, 1, 1)
    assert AuditEntry.objects.filter(code="sources.delivery.finished", by="olive").count() == 1
    assert call("GET", "/deliveries").json()[0] == call("GET", f"/deliveries/{delivery.pk}").json()
    (reject,) = call("GET", f"/deliveries/{delivery.pk}/rejects").json()
    assert (reject["line"], reject["key"], reject["field"]) == (2, "2", "surname")
    assert call("GET", "/deliveries/99").json()["type"] == "urn:customerfile:problem:unknown-delivery"


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"key": "2", "famly_name": "x"}, "famly_name"),
        ({"given_name": "Nobody"}, "key"),
        ({"key": " ", "given_name": "Nobody"}, "key"),
        ({"key": "k" * 501}, "key"),
        ({"key": "2", "given_name": ["A", "B"]}, "given_name"),
        ({"key": "2", "address": {"zip": "1"}}, "address.zip"),
        ({"key": "2", "email": [["a@example.org"]]}, "email"),
        ({"key": "2", "given_name": "A\x00"}, "given_name"),
        ({"key": "2", "x\x00": "A"}, "x"),
        ({"key": "2", "email": ["a@example.org"] * 100}, "email"),
        ({"key": "2", "occupation": "4111 1111 1111 1111"}, ""),
    ],
)
def test_one_bad_item_is_told_and_the_others_go_in(call, bad, field):
    told = _send(call, ROSA, bad, ROSA | {"key": "3"})
    assert [each["outcome"] for each in told["results"]] == ["created", "rejected", "created"]
    (refused,) = told["results"][1]["refused"]
    assert refused["field"] == field
    assert refused["reason"]
    assert refused["remedy"]
    assert told["results"][1]["customer"] is None
    assert "4111" not in str(Reject.objects.values())
    assert Record.objects.count() == 2


def test_half_a_character_is_refused_with_its_item(client, token):
    text = (
        b'{"source": "shop", "records": [{"key": "1", "given_name": "\\ud800"}, {"key": "2", "\\ud800": 1}]}'
    )
    answer = client.post(
        "/api/v1/records",
        text,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token()}"},
    )
    assert _outcomes(answer.json()) == [("1", "rejected"), ("2", "rejected")]


def test_a_value_that_cannot_be_read_is_left_out_and_told(call):
    told = _send(call, ROSA | {"email": "no address", "phone": "+49 30 23125777"})
    (result,) = told["results"]
    assert (result["outcome"], [each["field"] for each in result["refused"]]) == ("created", ["email"])
    assert "no address" not in str(result["refused"])


def test_a_key_that_comes_twice_in_a_batch(call):
    told = _send(call, ROSA, ROSA, ROSA | {"given_name": "Rosalie"})
    assert _outcomes(told) == [("17", "created"), ("17", "unchanged"), ("17", "rejected")]
    assert told["results"][2]["refused"][0]["field"] == "key"


def test_several_values_and_parts(call):
    record = ROSA | {
        "email": ["rosa@example.org", {"value": "work@example.org", "use": "work"}],
        "address": [
            {"line": "Lindenweg 4", "postcode": "10115", "city": "Berlin", "country": "DE", "use": "home"},
            {"line": "High Street 1", "postcode": "SW1A 1AA", "city": "London", "country": "GB"},
        ],
    }
    _send(call, record)
    canonical = Record.objects.get().canonical
    assert canonical["email"] == [
        {"value": "rosa@example.org"},
        {"value": "work@example.org", "use": "work"},
    ]
    assert [(each["city"], each.get("use")) for each in canonical["address"]] == [
        ("Berlin", "home"),
        ("London", None),
    ]


def test_the_same_record_by_file_and_by_call_says_the_same(call, bring: Import):
    bring("key,given_name,family_name,email\n17,Rosa,Lindner,rosa@example.org\n", source="file")
    _send(call, ROSA)
    by_file, by_call = Record.objects.order_by("source__key")
    assert (by_file.canonical, by_file.comparison_input.prepared) == (
        by_call.canonical,
        by_call.comparison_input.prepared,
    )
    assert call("GET", "/customers").json()["total_estimate"] == 1


def test_a_number_keeps_its_digits_whatever_the_country(call):
    told = _send(
        call, {"key": 1, "given_name": "Ada", "family_name": "Berg", "birth_date": 19800229}, country="DE"
    )
    assert _outcomes(told) == [("1", "created")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"source": "Shop!", "records": [ROSA]}, "source"),
        ({"source": "shop", "records": []}, "records"),
        ({"source": "shop", "records": [ROSA] * 1001}, "records"),
        ({"source": "shop", "records": ["x"]}, "records.0"),
        ({"source": "shop", "records": [ROSA], "colour": "red"}, "colour"),
        ({"source": "shop", "records": [ROSA], "kind": "people"}, "kind"),
        ({"source": "shop", "records": [ROSA], "country": "Germany"}, "country"),
    ],
)
def test_a_batch_that_is_not_as_described_is_refused_whole(call, body, field):
    answer = call("POST", "/records", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"body.{field}"
    assert not Delivery.objects.exists()


def test_entries_of_a_list_have_no_customer(call):
    told = _send(call, ROSA, source="sanctions", kind="watch_list")
    assert [(each["outcome"], each["customer"]) for each in told["results"]] == [("created", None)]
    answer = call("POST", "/records", {"source": "sanctions", "records": [ROSA], "kind": "customers"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:customerfile:problem:source-kind-fixed")


def test_sealed_values_are_stored_masked_only(call):
    _send(call, ROSA | {"national_id": {"value": "12345678Z", "country": "ES"}})
    record = Record.objects.get()
    assert "12345678Z" not in f"{record.raw}{record.canonical}{record.comparison_input.prepared}"
    assert record.canonical["national_id"][0]["masked"].endswith("678Z")
