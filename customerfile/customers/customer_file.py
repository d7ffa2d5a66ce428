"""The shapes in which a customer's whole file is handed to pages, commands and interfaces. Frozen values."""

from dataclasses import dataclass
from datetime import datetime

from customerfile.base.ids import CustomerId, RecordId
from customerfile.matching.score import Reason


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """`place` is a postcode and town, `contact` an e-mail address or phone number; both may be empty."""

    id: CustomerId
    number: str
    kind: str
    display_name: str
    place: str
    contact: str
    record_count: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class GoldenValue:
    """One chosen value and the record it is from. A sealed value is shown masked."""

    shown: str
    origin_source: str
    origin_key: str
    origin_record_id: RecordId
    rule: str
    since: datetime
    sealed: bool
    use: str


@dataclass(frozen=True, slots=True)
class GoldenField:
    """A field with its chosen values: one, or several where the definition says so."""

    key: str
    label: str
    group: str
    values: tuple[GoldenValue, ...]


@dataclass(frozen=True, slots=True)
class ContactStatus:
    """One contact point. `status` is "" where nothing is known of it any more."""

    channel: str
    value: str
    use: str
    status: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownIdentifier:
    """A number the customer can be asked for; `shown` is masked where it is sealed."""

    field: str
    label: str
    scheme: str
    shown: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record behind the file. `matched_with` names the record that holds it here, as in "crm 1017"."""

    record_id: RecordId
    source_key: str
    source_name: str
    key: str
    raw: dict[str, str]
    as_of: datetime
    changed_at: datetime
    version: int
    linked_since: datetime
    weight: float | None
    cause: str
    matched_record_id: RecordId | None
    matched_with: str


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """What a person said of a field. `shown` (): that what was on record is wrong. `was`: what the file said then."""

    id: int
    field: str
    label: str
    shown: tuple[str, ...]
    was: tuple[str, ...]
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """Everything the file says of one customer.

    `on` None is now; else `fields`, `contact_points` and `identifiers` are as they stood then, and `records`
    are still those linked now.
    """

    summary: CustomerSummary
    asked_number: str
    since: datetime  # when the present golden record was settled
    fields: tuple[GoldenField, ...]
    contact_points: tuple[ContactStatus, ...]
    identifiers: tuple[ShownIdentifier, ...]
    records: tuple[SourceRecord, ...]
    aliases: tuple[str, ...]
    history: tuple[
        tuple[datetime, datetime], ...
    ]  # past periods with another golden record, the oldest first
    on: datetime | None = None
    corrections: tuple[ShownCorrection, ...] = ()  # that stand, the latest first
    in_part: bool = False  # something of it is not shown to whoever asked


@dataclass(frozen=True, slots=True)
class LinkExplanation:
    """Why a record stands where it stands. No reasons: it was the first, or the model has changed since."""

    cause: str
    weight: float | None
    matched_with: str
    reasons: tuple[Reason, ...]
