"""Notes that people write: where they hang, what becomes of them, and who is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from customerfile.access.operations import ensure_owner
from customerfile.access.permissions import Permission
from customerfile.access.sight import WHOLE, Sight
from customerfile.access.users import add_user, define_role, set_active
from customerfile.audit.models import AuditEntry
from customerfile.base.ids import RecordId
from customerfile.customers.judging.merging import merge_customers, split_customer
from customerfile.customers.models import Link
from customerfile.customers.queries import customer_file
from customerfile.intake.errors import NoteRefused
from customerfile.intake.notes import NewNote, add_note, change_note, take_note_away
from customerfile.intake.undoing import undo_delivery
from customerfile.timeline.errors import NoteChanged, UnknownNote
from customerfile.timeline.models import Note
from customerfile.timeline.note_queries import notes_mentioning, notes_of, own_note
from customerfile.timeline.notes import Read, put_aside
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ROSA = {"email": "rosa@example.org", "born": "1980-02-29"}


@pytest.fixture
def rosa(db) -> str:
    """Rosa, and her number."""
    ensure_owner(username="olive", by="tests", at=NOON)
    deliver("shop", [person("1", "Rosa", "Lindner", **ROSA)])
    return _number("shop", "1")


def _number(source: str, key: str) -> str:
    return Link.objects.get(record__key=key, record__source__key=source, valid_to=None).customer.number


def _records(number: str) -> list[RecordId]:
    return [each.record_id for each in customer_file(number, sight=WHOLE).records]


def _texts(number: str) -> list[str]:
    return [each.text for each in notes_of(_records(number), sight=WHOLE)]


def _write(number: str, text: str, *, by: str = "olive", at: datetime = NOON) -> Read:
    return Read(add_note(NewNote(number, text), by=by, at=at).note, 1)


def test_what_a_note_said_before_is_kept(rosa):
    read = _write(rosa, "Call on Monday.")
    change_note(read, "Call on Tuesday.", number=rosa, by="olive", at=NOON + timedelta(hours=1))
    change_note(Read(read.note, 2), "Called.", number=rosa, by="olive", at=NOON + timedelta(hours=2))
    (note,) = notes_of(_records(rosa), sight=WHOLE)
    assert (note.text, note.version, note.edited_at) == ("Called.", 3, NOON + timedelta(hours=2))
    assert [(each.text, each.until) for each in note.earlier] == [
        ("Call on Monday.", NOON + timedelta(hours=1)),
        ("Call on Tuesday.", NOON + timedelta(hours=2)),
    ]
    assert AuditEntry.objects.filter(code="intake.note.edited").count() == 2


def test_the_same_text_is_no_change(rosa):
    read = _write(rosa, "Call on Monday.")
    change_note(read, " Call on Monday. ", number=rosa, by="olive", at=NOON)
    assert Note.objects.get().version == 1
    assert not AuditEntry.objects.filter(code="intake.note.edited").exists()


def test_of_a_removed_note_who_and_when_stays(rosa):
    read = _write(rosa, "Not for everybody.")
    change_note(read, "Not for anybody, @olive.", number=rosa, by="olive", at=NOON)
    take_note_away(Read(read.note, 2), number=rosa, by="olive", at=NOON + timedelta(days=1))
    (note,) = notes_of(_records(rosa), sight=WHOLE)
    assert (note.by, note.at, note.removed_at) == ("olive", NOON, NOON + timedelta(days=1))
    assert (note.text, note.earlier, note.mentioned) == ("", (), ())
    assert AuditEntry.objects.get(code="intake.note.removed").subject == f"note:{note.id}"
    assert own_note(note.id, _records(rosa), by="olive") is None


def test_nobody_else_changes_a_note(rosa):
    read = _write(rosa, "Mine.")
    with pytest.raises(UnknownNote):
        change_note(read, "Yours.", number=rosa, by="nora", at=NOON)
    with pytest.raises(UnknownNote):
        take_note_away(read, number=rosa, by="nora", at=NOON)
    assert own_note(read.note, _records(rosa), by="nora") is None
    assert _texts(rosa) == ["Mine."]


def test_nothing_is_changed_unseen(rosa):
    read = _write(rosa, "One.")
    change_note(read, "Two.", number=rosa, by="olive", at=NOON)
    with pytest.raises(NoteChanged):
        change_note(read, "Three.", number=rosa, by="olive", at=NOON)
    with pytest.raises(NoteChanged):
        take_note_away(read, number=rosa, by="olive", at=NOON)
    take_note_away(Read(read.note, 2), number=rosa, by="olive", at=NOON)
    with pytest.raises(NoteChanged):
        change_note(Read(read.note, 3), "Four.", number=rosa, by="olive", at=NOON)


@pytest.mark.parametrize("text", ["", " \n", "x" * 10_001, "4111 1111 1111 1111", "a\x00b"])
def test_what_cannot_be_kept_is_refused(rosa, text):
    with pytest.raises(NoteRefused):
        _write(rosa, text)
    assert Note.objects.count() == 0


def test_merge_and_split_give_back_what_was(rosa):
    deliver("crm", [person("7", "Emil", "Sommer", email="emil@example.org")])
    emil = _number("crm", "7")
    _write(rosa, "Of Rosa.")
    _write(emil, "Of Emil.")
    merge_customers([rosa, emil], by="olive", at=NOON)
    assert sorted(_texts(rosa)) == ["Of Emil.", "Of Rosa."]
    emils = [each.record_id for each in customer_file(rosa, sight=WHOLE).records if each.source_key == "crm"]
    parts = split_customer(rosa, emils, by="olive", at=NOON).customers
    assert [_texts(each) for each in parts] == [["Of Rosa."], ["Of Emil."]]


def test_a_note_stays_with_its_customer_when_its_record_is_taken_back(rosa, test_home):
    first = deliver("crm", [person("9", "Zoe", "Lone", email="zoe@example.org", born="1991-01-01")])
    _write(_number("crm", "9"), "Of Zoe.")
    second = deliver("web", [person("z", "Zoe", "Lone", email="zoe@example.org", born="1991-01-01")])
    undo_delivery(first, home=test_home, by="olive")
    assert _texts(_number("web", "z")) == ["Of Zoe."]
    undo_delivery(second, home=test_home, by="olive")
    assert Note.objects.count() == 0


def test_whoever_is_mentioned_is_told_until_they_put_it_aside(rosa):
    add_user("nora", role="front-line", by="tests", at=NOON)
    add_user("gone", role="front-line", by="tests", at=NOON)
    set_active("gone", active=False, by="tests", at=NOON)
    noted = add_note(NewNote(rosa, "@nora, ask @gone or nora@example.org."), by="olive", at=NOON)
    assert (noted.mentioned, noted.unknown) == (("nora",), ("gone",))
    (mention,) = notes_mentioning("nora", sight=WHOLE)
    assert (mention.note, mention.by) == (noted.note, "olive")
    assert notes_mentioning("nora", sight=Sight(fields=frozenset({"email"}))) == ()
    put_aside(noted.note, by="olive")
    put_aside(noted.note, by="nora")
    put_aside(noted.note, by="nora")
    assert notes_mentioning("nora", sight=WHOLE) == ()
    assert Note.objects.get().done_by == ["nora"]


def test_those_who_see_no_events_are_not_told_of_notes(rosa):
    define_role("till", label="", permissions={Permission.SEE_CUSTOMERS}, fields=["phone"], by="x", at=NOON)
    add_user("nora", role="till", by="tests", at=NOON)
    assert add_note(NewNote(rosa, "@nora"), by="olive", at=NOON).unknown == ("nora",)
    assert notes_of(_records(rosa), sight=Sight(fields=frozenset({"phone"}))) == ()


@pytest.mark.parametrize("change", ["text = ''", "\"by\" = ''", "removed_at = now()"])
def test_the_database_refuses_a_note_that_cannot_be(rosa, change):
    _write(rosa, "x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE note SET {change}")
