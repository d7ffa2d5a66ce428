"""Reads what somebody corrects of a customer: the same mapping and checks as a delivered record's, field by field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from customerfile.access.sight import Sight
from customerfile.base.told import noted_text, told
from customerfile.customers.correcting.changes import Adds, Asked, Change, Instead, Keeps, Says
from customerfile.customers.correcting.correcting import Corrected, correct_customer, withdraw_corrections
from customerfile.customers.golden.corrections import STAFF
from customerfile.customers.queries import customer_file
from customerfile.customers.resolution.judgement_store import Author
from customerfile.definition.queries import current_definition
from customerfile.definition.schema import FieldDefinition, FileDefinition, PrivacyClass
from customerfile.intake.errors import CorrectionRefused
from customerfile.intake.items import Unfit
from customerfile.intake.one_record import nothing_required, standard_record
from customerfile.sources.kinds_of_customer import PERSON
from customerfile.sources.mapping import PSEUDO_FIELDS
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.validation import ValueFault
from customerfile.values.outcome import Json

_NO_SUCH_FIELD = noted_text("The file definition has no such field.")
_ASK_ANOTHER = noted_text("Leave it out, or name one of the fields that you see.")
_SEALED = (
    noted_text("This field is kept sealed: its values come with a delivery, not with a correction."),
    noted_text(
        "Deliver the customer's record again with the right value; here it can be emptied, or one on record chosen."
    ),
)
_NOT_KEPT = (noted_text("This field is never kept."), noted_text("Leave it out."))


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody corrects, by field: a value or several as in a record that is handed over, or None: it is wrong.

    `country` is where numbers and addresses that name none are from. `seen`: the marks of fields as they were shown.
    """

    fields: Mapping[str, object]
    note: str = ""
    country: str = ""
    seen: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value of a field that somebody points at: to be kept, to be wrong, or to be another one, as it is written.

    Without a mark, of a field of several values: what is written is one more.
    """

    field: str
    mark: str
    keep: bool = False
    instead: object = None
    country: str = ""
    seen: str = ""
    note: str = ""


def correct(number: str, entered: Entered, *, sight: Sight, by: str, at: datetime) -> Corrected:
    """Correct fields of a customer. All or nothing.

    Raises CorrectionRefused, UnknownCustomer, NothingCorrected, ChangedMeanwhile.
    """
    kind = customer_file(number, sight=sight).summary.kind
    reading = _Reading(current_definition(), sight, kind)
    stated = {key: value for key, value in entered.fields.items() if not _is_empty(value)}
    emptied = [key for key in entered.fields if key not in stated]
    reading.check(emptied, stated)
    values = reading.values(stated, country=entered.country) if stated else {}
    seen = entered.seen or {}
    asked = [Asked(key, Says(values.get(key)), seen.get(key, "")) for key in sorted({*values, *emptied})]
    return _write(number, asked, Author(by, at, entered.note))


def correct_one(number: str, chosen: Chosen, *, sight: Sight, by: str, at: datetime) -> Corrected:
    """Correct one value of a field by pointing at it.

    Raises CorrectionRefused, UnknownCustomer, NoSuchValue, ChangedMeanwhile.
    """
    kind = customer_file(number, sight=sight).summary.kind
    reading = _Reading(current_definition(), sight, kind)
    stated = {} if chosen.keep or _is_empty(chosen.instead) else {chosen.field: chosen.instead}
    reading.check([] if stated else [chosen.field], stated)
    values = reading.values(stated, country=chosen.country) if stated else {}
    asked = [
        Asked(key, reading.change(chosen, key, value), chosen.seen if key == chosen.field else "")
        for key, value in (values or {chosen.field: None}).items()
    ]
    return _write(number, asked, Author(by, at, chosen.note))


def give_back(number: str, fields: Collection[str], *, sight: Sight, by: str, at: datetime) -> Corrected:
    """Take corrections back: the records say again what these fields hold.

    A mapping tells the mark that each field had when the person looked, where it has to be so still.
    Raises CorrectionRefused, UnknownCustomer, NothingCorrected, ChangedMeanwhile.
    """
    kind = customer_file(number, sight=sight).summary.kind
    _Reading(current_definition(), sight, kind).check(list(fields), {})
    return withdraw_corrections(number, fields, Author(by, at))


def value_read(field: str, given: object, *, kind: str, sight: Sight, country: str = "") -> Json:
    """One value of a field as somebody wrote it, for customers of a kind, in its standard form.

    Raises CorrectionRefused, also where it is more than one value or says something of another field as well.
    """
    reading = _Reading(current_definition(), sight, kind)
    reading.check([], {field: given})
    values = reading.values({field: given}, country=country)
    value = values.get(field)
    several = isinstance(value, list) and len(value) != 1
    if values.keys() != {field} or several:
        raise CorrectionRefused(
            [
                _fault(
                    field,
                    noted_text("This is more than one value."),
                    noted_text("Write one value of this field alone."),
                )
            ]
        )
    return value[0] if isinstance(value, list) else value


@transaction.atomic
def _write(number: str, asked: Sequence[Asked], author: Author) -> Corrected:
    """Write corrections, with the source that they are of: after them, for their lock comes before every other."""
    done = correct_customer(number, asked, author)
    ensure_source(STAFF, country="", by=author.by, at=author.at, kind=SourceKind.CUSTOMERS)
    return done


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [])


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read with: the definition, what of it somebody sees, and the kind of customer."""

    definition: FileDefinition
    sight: Sight
    kind: str

    def check(self, emptied: Sequence[str], stated: Mapping[str, object]) -> None:
        """That every field is one that this person may write. What is hidden is as if it were not declared."""
        found = [refusal for key in (*emptied, *stated) if (refusal := self._refusal(key, key in stated))]
        if found:
            raise CorrectionRefused(found)

    def change(self, chosen: Chosen, key: str, value: Json) -> Change:
        """What is asked for of a field: the one that was pointed at, or a part that its value brought with it."""
        if chosen.keep:
            return Keeps(chosen.mark)
        multiple = any(field.multiple for field in self.definition.fields if field.key == key)
        if key != chosen.field or not multiple:
            return Says(value)
        one = value[0] if isinstance(value, list) else value
        return Instead(chosen.mark, one) if chosen.mark else Adds(one)

    def values(self, stated: Mapping[str, object], *, country: str) -> dict[str, Json]:
        """Field -> canonical value. Raises CorrectionRefused."""
        try:
            standard = standard_record(
                {"key": STAFF, "kind": self.kind, **stated},
                nothing_required(self.definition),
                country=country,
            )
        except Unfit as unfit:
            raise CorrectionRefused([_fault(unfit.field, unfit.reason, unfit.remedy)]) from unfit
        values = {key: value for key, value in standard.canonical.items() if key != "kind"}
        found = [*standard.faults, *self._unread(values, stated, standard.faults)]
        if found:
            raise CorrectionRefused(found)
        return values

    def _refusal(self, key: str, is_stated: bool) -> ValueFault | None:
        if key in PSEUDO_FIELDS and is_stated:
            return None
        field = next((each for each in self.definition.fields if each.key == key), None)
        if field is None or not self.sight.shows(key):
            return _fault(key, _NO_SUCH_FIELD, _ASK_ANOTHER)
        return _unfit(field, self.kind) if is_stated else None

    def _unread(
        self, values: Mapping[str, Json], stated: Mapping[str, object], faults: Sequence[ValueFault]
    ) -> Iterator[ValueFault]:
        """What came to nothing, or to more than this person may write."""
        for key in values:
            if not self.sight.shows(key) or key not in {field.key for field in self.definition.fields}:
                yield _fault(key, _NO_SUCH_FIELD, _ASK_ANOTHER)
        faulty = {fault.field for fault in faults}
        for key in stated:
            if key not in values and key not in faulty and key not in PSEUDO_FIELDS:
                yield _fault(
                    key,
                    noted_text("Nothing could be read from it."),
                    noted_text("Write the value, or null to empty it."),
                )


def _unfit(field: FieldDefinition, kind: str) -> ValueFault | None:
    if field.privacy is PrivacyClass.FORBIDDEN:
        return _fault(field.key, *_NOT_KEPT)
    if field.privacy is PrivacyClass.SEALED:
        return _fault(field.key, *_SEALED)
    if kind not in field.applies_to:
        called = told(field.label).lower()
        none = (
            told("A person has no {field}.", field=called)
            if kind == PERSON
            else told("An organisation has no {field}.", field=called)
        )
        return _fault(field.key, none, _NOT_KEPT[1])
    return None


def _fault(field: str, reason: str, remedy: str) -> ValueFault:
    """A fault in the language of who corrects: it is told at once, and kept nowhere."""
    return ValueFault(field, "", told(reason), told(remedy))
