"""A small file in which every value is a word found nowhere else, so that it is known wherever it turns up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from customerfile.access.permissions import Permission
from customerfile.access.queries import Clearance
from customerfile.access.sight import EVENTS, WHOLE
from customerfile.audit.operations import record_reads
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.models import Customer, Link, WatchHit
from customerfile.customers.relationships.kinds import Kind
from customerfile.customers.relationships.relating import relate_customers
from customerfile.customers.relationships.relationships import relationships_of
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.intake.notes import NewNote, add_note
from customerfile.quality.measuring import measure_quality
from customerfile.quality.models import QualityFigure
from customerfile.sources.models import Record
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.models import Note
from tests.factories.customer_files import MORNING, Row, buy, deliver
from tests.integration.harness.askers import EVERYBODY

_SEES_CUSTOMERS = frozenset(
    {
        Permission.SEE_CUSTOMERS,
        Permission.SEE_RECORDS,
        Permission.EXPORT_CUSTOMERS,
        Permission.JUDGE_PAIRS,
        Permission.MERGE_CUSTOMERS,
        Permission.EDIT_RELATIONSHIPS,
        Permission.DECIDE_HITS,
    }
)
_SEES_RECORDS = _SEES_CUSTOMERS - {Permission.SEE_CUSTOMERS, Permission.EXPORT_CUSTOMERS}


@dataclass(frozen=True, slots=True)
class Canary:
    """A word that gives a value away. `field` None: it stands in a delivered record, or on a list."""

    text: str  # as it is looked for: in small letters, without blanks
    branch: str
    field: str | None

    def may_be_seen(self, cleared: Clearance) -> bool:
        """Whether somebody may come upon it. Said once more than in the product, which is what is tested."""
        fields, branches = cleared.sight.fields, cleared.sight.branches
        if branches is not None and self.branch not in branches:
            return False
        if self.field is None:
            whole = fields is None and branches is None
            return whole and not cleared.permissions.isdisjoint(_SEES_RECORDS)
        return (fields is None or self.field in fields) and not cleared.permissions.isdisjoint(
            _SEES_CUSTOMERS
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What the file holds, by the names under which addresses speak of it. `own` is of Leeds, `other` of York."""

    own: Customer
    other: Customer
    canaries: tuple[Canary, ...]
    delivery: int
    relationship: int
    hit: int
    act: int
    figure: int  # of data quality, with both customers behind it
    records: tuple[int, int]  # of `own`

    def hidden_from(self, cleared: Clearance) -> list[Canary]:
        """What somebody must not come upon."""
        return [each for each in self.canaries if not each.may_be_seen(cleared)]


def hold() -> Held:
    """Fill the file."""
    ensure_source("sanctions", country="", by="tests", at=MORNING, kind=SourceKind.WATCH_LIST)
    refused = RejectedRow(
        line=9, scope="row", key="", field="email", text="Zzreject", reason="No address.", remedy="Mend it."
    )
    people = [_person("Qo", "Leeds", 1), _person("Bu", "York", 2)]
    delivery = deliver("crm", people, rejected=[refused])
    deliver("shop", [_person("Qo", "Leeds", 1, key="Qoshop")], at=MORNING + timedelta(minutes=1))
    deliver("sanctions", [_person("Qo", "Leeds", 1, key="Qolisted")], at=MORNING + timedelta(minutes=2))
    for number, prefix in enumerate(("Qo", "Bu"), start=1):
        buy("crm", f"{prefix}key", number=number + 70000, at=MORNING, amount=f"{number}4321.50")
    own, other = (_customer_of(f"{prefix}key") for prefix in ("Qo", "Bu"))
    add_note(NewNote(other.number, "Buremark"), by="tests", at=MORNING)
    add_note(
        NewNote(own.number, "Qoremark"), by="tests", at=MORNING + timedelta(minutes=3)
    )  # the newest is first
    Note.objects.update(mentioned=list(EVERYBODY))
    records = [Record.objects.get(key=key).pk for key in ("Qokey", "Qoshop", "Bukey")]
    relate_customers(own.number, Kind.SPOUSE, other.number, by="tests", at=MORNING, note="Qonote")
    act = judge_pair(
        records[0], records[2], verdict=Verdict.NOT_A_MATCH, by="tests", at=MORNING, note="Qosaid"
    )
    record_reads(by="tests", at=MORNING, page="customer", customer_ids=[own.pk, other.pk])
    return Held(
        own=own,
        other=other,
        canaries=tuple(_canaries("Qo", "Leeds", 1) + _canaries("Bu", "York", 2)),
        delivery=delivery,
        relationship=relationships_of(own.pk, sight=WHOLE)[0].id,
        hit=WatchHit.objects.first().pk,
        act=act.act,
        figure=_measured(),
        records=(records[0], records[1]),
    )


def _measured() -> int:
    run = measure_quality(by="tests", at=MORNING + timedelta(days=300))
    return QualityFigure.objects.get(run=run, source="", field="email", measure="age").pk


def _customer_of(key: str) -> Customer:
    return Link.objects.select_related("customer").get(record__key=key, valid_to=None).customer


def _values(prefix: str, branch: str, number: int) -> dict[str, Any]:
    return {
        "kind": "person",
        "given_name": f"{prefix}given",
        "family_name": f"{prefix}family",
        "email": [{"value": f"{prefix.lower()}mail@example.org"}],
        "phone": [{"value": f"+44207946{number}771"}],
        "address": [
            {
                "line": f"{number} {prefix}street",
                "street": f"{prefix}street",
                "house_number": str(number),
                "city": f"{prefix}town",
                "postcode": f"{prefix}9 {number}AB",
                "country": "GB",
            }
        ],
        "birth_date": f"19{number}7-05-17",
        "occupation": f"{prefix}job",
        "segment": f"{prefix}segment",
        "customer_number": [{"value": f"{prefix}C77"}],
        "branch": branch,
    }


def _person(prefix: str, branch: str, number: int, *, key: str = "") -> Row:
    return Row(key or f"{prefix}key", _values(prefix, branch, number), {"Remark": f"{prefix}raw"})


def _canaries(prefix: str, branch: str, number: int) -> list[Canary]:
    told = {
        "given_name": f"{prefix}given",
        "family_name": f"{prefix}family",
        "email": f"{prefix}mail@",
        "phone": f"7946{number}771",
        "address": f"{prefix}street",
        "birth_date": f"19{number}7-05",  # a year alone may stand in a time of day
        "occupation": f"{prefix}job",
        "segment": f"{prefix}segment",
        "customer_number": f"{prefix}C77",
        EVENTS: f"{number}4321.5",
    }
    texts = [(text, field) for field, text in told.items()]
    texts += [
        (f"May19{number}7", "birth_date"),
        (f"{prefix}town", "address"),
        (f"Teapot{70000 + number}", EVENTS),
        (f"{number}4,321.5", EVENTS),
        (f"{prefix}remark", EVENTS),
    ]
    texts += [
        (f"{prefix}raw", None),
        (f"{prefix}key", None),
        (f"{prefix}shop", None),
        (f"{prefix}listed", None),
    ]
    return [Canary(text.lower(), branch, field) for text, field in texts]
