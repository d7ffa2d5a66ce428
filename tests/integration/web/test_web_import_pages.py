"""Importing on the pages: handed in, said what it is, tried, taken in, corrected, taken back; and what is refused."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from customerfile.access.users import add_user
from customerfile.audit.models import AuditEntry, ReadEntry
from customerfile.base.clock import now
from customerfile.customers.models import Customer
from customerfile.embedded import Home
from customerfile.intake.uploads.running import ATTEMPTS, work_at_undo, work_at_upload
from customerfile.intake.uploads.storing import tidy_uploads, upload_folder
from customerfile.sources.mapping import parse_mapping
from customerfile.sources.models import Delivery, Record, Reject, Source, Upload
from customerfile.sources.uploads import KEPT

HEAD = "id,first name,last name,email,phone,birth date,city\n"
ANNA = "1,Anna,Meyer,anna@example.org,020 7946 0123,1980-05-17,London\n"
BEN = "2,Ben,Okafor,ben@example.org,call me,1975-01-02,Leeds\n"
NOBODY = ",Nokey,Person,nokey@example.org,,,\n"


@pytest.fixture
def spool(test_home: Home) -> Path:
    folder = upload_folder(test_home)
    for path in folder.iterdir():
        path.unlink()
    return folder


def hand_in(browser: Client, text: str | bytes, name: str = "people.csv", to: str = "/import"):
    content = text.encode() if isinstance(text, str) else text
    return browser.post(to, {"file": SimpleUploadedFile(name, content)})


def say(browser: Client, number: int, **more: object):
    told = {
        "source": "",
        "name": "Shop in Köln",
        "source_kind": "customers",
        "kind_as": "customers",
        "country": "GB",
    }
    return browser.post(f"/import/{number}/file", told | more)


def begun(browser: Client, text: str = HEAD + ANNA + BEN + NOBODY, **more: object) -> int:
    """A file whose columns are to be looked at."""
    answer = hand_in(browser, text)
    number = int(answer["Location"].split("/")[2])
    assert say(browser, number, **more)["Location"] == f"/import/{number}/columns"
    return number


def chosen(number: int, **changes: str) -> dict[str, str]:
    """What the columns page sends, with changes."""
    upload = Upload.objects.get(pk=number)
    mapping = parse_mapping(upload.mapping)
    targets = {
        each.column: next((text for text in each.targets if text != "key"), "") for each in mapping.columns
    }
    sent = {f"target-{place}": targets.get(column, "") for place, column in enumerate(upload.columns)}
    sent |= {f"key-{upload.columns.index(column)}": "on" for column in mapping.key}
    return sent | changes


def imported(browser: Client, home: Home, text: str = HEAD + ANNA + BEN + NOBODY, **more: object) -> Delivery:
    number = begun(browser, text, **more)
    browser.post(f"/import/{number}/start")
    assert work_at_upload(number, home=home)
    return Delivery.objects.get(pk=Upload.objects.get(pk=number).delivery_id)


def test_a_file_goes_all_the_way_from_the_page_into_the_customer_file(signed_in: Client, spool, test_home):
    number = begun(signed_in)
    page = signed_in.get(f"/import/{number}/columns").text
    assert "anna@example.org" in page
    assert "1 of the first 3 values cannot be taken: A phone number cannot contain letters." in page
    assert "Blank in 1 of the first 3 rows" in page

    sent = signed_in.post(f"/import/{number}/columns", chosen(number) | {"next": "trial"})
    assert sent["Location"] == f"/import/{number}/trial"
    assert "Trying the file" in signed_in.get(f"/import/{number}/trial").text
    assert work_at_upload(number, home=test_home)
    tried = signed_in.get(f"/import/{number}/trial").text
    assert ("What it would do" in tried, "Would be refused" in tried, "+44 20 7946 0123" in tried) == (
        True,
    ) * 3
    assert (Customer.objects.count(), Delivery.objects.count()) == (0, 0)

    signed_in.post(f"/import/{number}/start")
    assert work_at_upload(number, home=test_home)
    delivery = Delivery.objects.get()
    assert signed_in.get(f"/import/{number}/trial")["Location"] == f"/deliveries/{delivery.pk}"
    assert (delivery.state, delivery.rows, delivery.created, delivery.rejected) == ("finished", 3, 2, 1)
    assert (delivery.by, delivery.file_name) == ("olive", "people.csv")
    assert Source.objects.get().key == "shop-in-koln"
    assert Source.objects.get().name == "Shop in Köln"
    codes = set(AuditEntry.objects.values_list("code", flat=True))
    assert {"sources.upload.added", "sources.delivery.begun", "sources.delivery.finished"} <= codes


def test_the_copy_is_private_and_goes_when_the_file_is_in(signed_in: Client, spool: Path, test_home):
    number = begun(signed_in, HEAD + ANNA)
    (copy,) = spool.iterdir()
    assert (copy.stat().st_mode & 0o777, spool.stat().st_mode & 0o777) == (0o600, 0o700)
    signed_in.post(f"/import/{number}/start")
    work_at_upload(number, home=test_home)
    assert list(spool.iterdir()) == []


def test_a_changed_column_is_kept_at_once_and_offered_with_the_next_file(signed_in: Client, spool, test_home):
    text = HEAD.replace("city", "memo") + ANNA
    number = begun(signed_in, text)
    part = signed_in.post(
        f"/import/{number}/columns",
        chosen(number, **{"target-6": "occupation"}),
        headers={"HX-Request": "true"},
    )
    assert ("<html" in part.text, 'value="occupation" selected' in part.text) == (False, True)
    signed_in.post(f"/import/{number}/start")
    work_at_upload(number, home=test_home)

    again = hand_in(signed_in, text.replace("Anna", "Anne"))
    next_one = int(again["Location"].split("/")[2])
    say(signed_in, next_one, source="shop-in-koln", name="")
    page = signed_in.get(f"/import/{next_one}/columns").text
    assert 'value="occupation" selected' in page
    assert f"delivery {Delivery.objects.get().pk}</a> of this source" in page


def test_a_trial_names_the_customers_that_rows_would_join_to_those_who_may_see_them(
    signed_in: Client, spool, test_home
):
    imported(signed_in, test_home, HEAD + ANNA)
    number = begun(signed_in, HEAD + ANNA.replace("1,Anna", "77,Anna"), name="Till")
    signed_in.post(f"/import/{number}/trial")
    work_at_upload(number, home=test_home)
    customer = Customer.objects.get()
    page = signed_in.get(f"/import/{number}/trial").text
    assert f'/customers/{customer.number}">Anna Meyer' in page
    assert ReadEntry.objects.get(page="import").customer_ids == [customer.pk]

    administrator = Client()
    administrator.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    Upload.objects.update(by="ada")
    hidden = administrator.get(f"/import/{number}/trial")
    assert (hidden.status_code, customer.number in hidden.text) == (200, False)


def test_column_after_the_thousandth_is_asked_about_as_every_other(signed_in: Client):
    head = ",".join(["id", "first name", *(f"extra {n}" for n in range(1100))])
    number = begun(signed_in, f"{head}\n1,Anna{',' * 1100}\n")
    page = signed_in.get(f"/import/{number}/columns").text
    assert ('name="target-1099"' in page, "target-1,099" in page) == (True, False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"time_zone": "Mars/Base"}, "There is no time zone"),
        ({"currency": "EURO"}, "There is no currency"),
        ({"target-1": "shoe_size"}, "which is no declared field"),
    ],
)
def test_what_cannot_be_said_of_columns_is_refused_and_changes_nothing(
    signed_in: Client, spool, said: dict, told: str
):
    number = begun(signed_in)
    before = Upload.objects.get().mapping
    answer = signed_in.post(f"/import/{number}/columns", chosen(number, **said) | {"next": "trial"})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert (Upload.objects.get().mapping, Upload.objects.get().state) == (before, "open")


def test_what_is_worked_at_is_not_changed(signed_in: Client, spool):
    number = begun(signed_in)
    sent = chosen(number) | {"target-6": "occupation"}
    signed_in.post(f"/import/{number}/trial")
    assert signed_in.post(f"/import/{number}/columns", sent)["Location"] == f"/import/{number}/trial"
    signed_in.post(f"/import/{number}/discard")
    assert (Upload.objects.get().state, "occupation" in Upload.objects.get().mapping) == ("trying", False)


def test_only_who_handed_a_file_in_comes_to_it(signed_in: Client, spool):
    number = begun(signed_in)
    other = Client()
    other.force_login(add_user("ada", role="administrator", by="tests", at=now()))
    for step in ("", "/file", "/columns", "/trial"):
        assert other.get(f"/import/{number}{step}").status_code == 404
    for step in ("/start", "/discard"):
        assert other.post(f"/import/{number}{step}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("bill.pdf", b"%PDF-1.7 and so on", "The file is a PDF document, not a table."),
        ("head.csv", b"id,name\n", "The file holds the names of columns and no row below them."),
        ("old.xls", b"\xd0\xcf\x11\xe0 and so on", "Save it as .xlsx without a password."),
        ("list.json", b'[{"id": 1}]', "The file is one JSON array."),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_not_kept(
    signed_in: Client, spool: Path, name: str, content: bytes, told: str
):
    answer = hand_in(signed_in, content, name)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert (list(spool.iterdir()), Upload.objects.count()) == ([], 0)


def test_a_file_that_is_too_large_is_refused_in_words_and_not_kept(signed_in: Client, spool: Path, settings):
    settings.UPLOAD_MEGABYTES = 1
    answer = hand_in(signed_in, b"x" * 1_000_001, "crowd.csv")
    assert answer.status_code == 422
    assert "crowd.csv is larger than 1 MB, the most that can be handed in here." in answer.text
    assert list(spool.iterdir()) == []
    assert "No file came with that." in signed_in.post("/import", {}).text


def test_a_broken_header_is_read_with_names_of_its_own(signed_in: Client, spool):
    answer = hand_in(signed_in, "\n\nid,first name,first name,,email\n1,A,B,C,a@example.org\n")
    page = signed_in.get(answer["Location"]).text
    assert ("first name (2)" in page, "Column 4" in page) == (True, True)


def test_a_name_cannot_leave_its_folder(signed_in: Client, spool: Path):
    hand_in(signed_in, HEAD + ANNA, "../../etc/passwd\x07.csv")
    assert Upload.objects.get().file_name == "passwd.csv"
    assert [path.name.startswith("upload-") for path in spool.iterdir()] == [True]


def test_a_forged_form_hands_nothing_in(owner, spool: Path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    assert hand_in(browser, HEAD + ANNA).status_code == 403
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "Give the new source a name"),
        ({"name": "!!!"}, "A name needs at least one Latin letter or digit"),
        ({"source_kind": "watch_list", "kind_as": "purchases"}, "A list holds people and organisations"),
        ({"kind_as": "orders"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_about_a_source_is_told(signed_in: Client, spool, said: dict, told: str):
    number = int(hand_in(signed_in, HEAD + ANNA)["Location"].split("/")[2])
    answer = say(signed_in, number, **said)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_a_new_source_does_not_take_the_name_of_one_that_is_there(signed_in: Client, spool, test_home):
    imported(signed_in, test_home)
    number = int(hand_in(signed_in, HEAD + ANNA)["Location"].split("/")[2])
    assert "There is a source shop-in-koln already" in say(signed_in, number).text


def test_a_file_that_is_given_up_leaves_nothing(signed_in: Client, spool: Path):
    number = begun(signed_in)
    assert "people.csv" in signed_in.get("/deliveries").text
    signed_in.post(f"/import/{number}/discard")
    assert (list(spool.iterdir()), Upload.objects.count()) == ([], 0)


def test_what_nobody_touches_goes_by_itself(signed_in: Client, spool: Path, test_home):
    begun(signed_in)
    Upload.objects.update(changed_at=now() - KEPT)
    tidy_uploads(test_home, at=now())
    assert (list(spool.iterdir()), Upload.objects.count()) == ([], 0)


def test_an_import_that_was_finished_before_that_was_noted_is_not_made_twice(
    signed_in: Client, spool, test_home
):
    delivery = imported(signed_in, test_home)
    (upload,) = Upload.objects.all()
    Upload.objects.filter(pk=upload.pk).update(state="importing")
    (spool / upload.stored).rename(spool / "kept")
    Upload.objects.filter(pk=upload.pk).update(stored="kept")
    (spool / "kept").write_text(HEAD + ANNA + BEN + NOBODY)
    assert work_at_upload(upload.pk, home=test_home)
    assert list(Delivery.objects.values_list("pk", flat=True)) == [delivery.pk]
    assert Upload.objects.get().state == "imported"


def test_work_that_never_comes_to_its_end_is_given_up_with_a_word(signed_in: Client, spool, test_home):
    number = begun(signed_in)
    signed_in.post(f"/import/{number}/trial")
    Upload.objects.update(attempts=ATTEMPTS)
    assert work_at_upload(number, home=test_home)
    assert "The work was interrupted 10 times." in signed_in.get(f"/import/{number}/trial").text
    signed_in.post(f"/import/{number}/trial")
    assert work_at_upload(number, home=test_home)
    assert Upload.objects.get().state == "tried"


def test_what_stops_a_trial_is_told_with_its_remedy(signed_in: Client, spool: Path, test_home):
    number = begun(signed_in)
    signed_in.post(f"/import/{number}/trial")
    for path in spool.iterdir():
        path.unlink()
    assert work_at_upload(number, home=test_home)
    page = signed_in.get(f"/import/{number}/trial").text
    assert ("It could not be done." in page, "Try again" in page) == (True, True)


def test_refused_rows_come_back_corrected_through_the_same_mapping(signed_in: Client, spool, test_home):
    delivery = imported(signed_in, test_home)
    answer = signed_in.get(f"/deliveries/{delivery.pk}/correct.csv")
    header, *rows = csv.reader(io.StringIO(b"".join(answer).decode()))
    assert header == ["What was wrong", *HEAD.strip().split(",")]
    assert [row[1:3] for row in rows] == [["2", "Ben"], ["", "Nokey"]]
    assert rows[0][0].startswith("phone: A phone number cannot contain letters.")
    assert AuditEntry.objects.filter(code="sources.rejects.exported").count() == 1

    rows[0][5], rows[1][1] = "020 7946 0333", "9"
    mended = io.StringIO()
    csv.writer(mended, delimiter=";").writerows([header, *rows])
    answer = hand_in(signed_in, mended.getvalue(), "mended.csv", to=f"/deliveries/{delivery.pk}/corrections")
    number = int(answer["Location"].split("/")[2])
    assert work_at_upload(number, home=test_home)
    assert Upload.objects.get(pk=number).trial["counts"]["rejected"] == 0
    signed_in.post(f"/import/{number}/start")
    assert work_at_upload(number, home=test_home)
    again = Delivery.objects.get(pk=Upload.objects.get(pk=number).delivery_id)
    assert (again.source, again.created, again.updated, again.rejected) == (delivery.source, 1, 1, 0)
    assert again.mapping == delivery.mapping
    assert Record.objects.get(key="2").canonical["phone"][0]["value"] == "+442079460333"


def test_another_file_than_the_one_to_correct_is_refused_in_words(signed_in: Client, spool, test_home):
    delivery = imported(signed_in, test_home)
    answer = hand_in(signed_in, "a,b\n1,2\n", to=f"/deliveries/{delivery.pk}/corrections")
    assert (answer.status_code, "This is not the file with the rows to correct" in answer.text) == (422, True)
    assert Upload.objects.count() == 1


def test_card_numbers_of_refused_rows_do_not_come_back(signed_in: Client, spool, test_home):
    card = "3,Cy,Dee,cy@example.org,,,4111 1111 1111 1111\n"
    delivery = imported(signed_in, test_home, HEAD + ANNA + card)
    assert Reject.objects.count() == 1
    text = b"".join(signed_in.get(f"/deliveries/{delivery.pk}/correct.csv")).decode()
    assert ("Dee" in text, "4111 1111" in text) == (True, False)


def test_many_refused_rows_leave_with_a_reason_only(signed_in: Client, spool, test_home, settings):
    delivery = imported(signed_in, test_home)
    settings.EXPORT_REASON_ABOVE = "1"
    for name in ("rejects.csv", "correct.csv"):
        address = f"/deliveries/{delivery.pk}/{name}"
        assert "Why do 2 refused rows leave?" in signed_in.get(address).text
        assert signed_in.post(address, {"reason": ""}).status_code == 422
        assert (
            "Ben" in b"".join(signed_in.post(address, {"reason": "to call them"})).decode() or name[0] == "r"
        )
    reasons = [entry.detail["reason"] for entry in AuditEntry.objects.filter(code="sources.rejects.exported")]
    assert reasons == ["to call them"] * 2


def test_a_delivery_is_taken_back_after_a_look_at_what_that_does(signed_in: Client, spool, test_home):
    delivery = imported(signed_in, test_home)
    address = f"/deliveries/{delivery.pk}"
    assert "Records it made, to be removed</dt><dd>2</dd>" in signed_in.get(f"{address}/undo").text
    assert Customer.objects.count() == 2
    signed_in.post(f"{address}/undo")
    assert "Being taken back" in signed_in.get(address).text
    assert work_at_undo(delivery.pk, home=test_home)
    assert "undone" in signed_in.get(address).text
    assert (Record.objects.count(), Delivery.objects.get().state) == (0, "undone")
    assert AuditEntry.objects.get(code="sources.delivery.undone").by == "olive"
    assert signed_in.get(f"{address}/undo").status_code == 302


def test_a_delivery_that_runs_shows_how_far_it_is(signed_in: Client, spool, test_home):
    delivery = imported(signed_in, test_home)
    Upload.objects.update(state="importing", rows=6)
    Delivery.objects.update(state="running", finished_at=None)
    page = signed_in.get(f"/deliveries/{delivery.pk}").text
    assert ('hx-trigger="load delay:1s"' in page, "3 of about 6 rows" in page) == (True, True)
    part = signed_in.get(f"/deliveries/{delivery.pk}", headers={"HX-Request": "true"}).text
    assert ("<html" in part, 'id="figures"' in part) == (False, True)
    Delivery.objects.update(state="finished")
    Upload.objects.update(state="imported")
    done = signed_in.get(f"/deliveries/{delivery.pk}", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_orders_are_tried_and_taken_in(signed_in: Client, spool, test_home):
    orders = (
        "Order ID,Customer ID,Order Date,Product,Quantity,Unit Price,Currency\n"
        "A1,7,2026-03-02,Teapot,1,20.00,GBP\nA1,7,2026-03-02,Cup,2,5.00,GBP\nA2,8,2026-03-03,Cup,1,,GBP\n"
    )
    number = begun(signed_in, orders, kind_as="purchases")
    signed_in.post(f"/import/{number}/trial")
    assert work_at_upload(number, home=test_home)
    page = signed_in.get(f"/import/{number}/trial").text
    assert ("Order Completed" in page, "£30.00" in page) == (True, True)
    signed_in.post(f"/import/{number}/start")
    assert work_at_upload(number, home=test_home)
    assert Delivery.objects.get().created == 2


def test_sources_are_listed_and_changed_by_those_who_may(signed_in: Client, spool, test_home):
    imported(signed_in, test_home)
    page = signed_in.get("/sources").text
    assert ("Shop in Köln" in page, 'value="100"' in page) == (True, True)
    signed_in.post("/sources/shop-in-koln", {"name": "Shop", "priority": "20"})
    source = Source.objects.get()
    assert (source.name, source.priority) == ("Shop", 20)
    entry = AuditEntry.objects.get(code="sources.source.changed", detail__new__priority=20)
    assert entry.detail["old"] == {"name": "Shop in Köln", "priority": 100}
    signed_in.post("/sources/shop-in-koln", {"name": "Shop", "priority": "first"})
    assert Source.objects.get().priority == 20

    steward = Client()
    steward.force_login(add_user("stella", role="steward", by="tests", at=now()))
    assert 'name="priority"' not in steward.get("/sources").text
    assert steward.post("/sources/shop-in-koln", {"name": "x", "priority": "1"}).status_code == 403
