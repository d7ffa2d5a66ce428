"""Tables of this room: source, delivery and its chunk ledger, staged record with its versions, reject."""

from django.db import models
from django.db.models import F, Q

from customerfile.sources.upload_models import UndoRequest, Upload

__all__ = [
    "ComparisonInput",
    "Delivery",
    "DeliveryChunk",
    "Record",
    "RecordVersion",
    "Reject",
    "Source",
    "UndoRequest",
    "Upload",
]


class Source(models.Model):
    """A system or channel that delivers. A lower `priority` number is believed first by survivorship."""

    key = models.TextField(unique=True)
    name = models.TextField()
    origin = models.TextField(default="own")
    priority = models.IntegerField(default=100)
    country = models.TextField(blank=True, default="")
    one_record_per_customer = models.BooleanField(db_default=False)
    kind = models.TextField(default="customers", db_default="customers")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "source"
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[a-z0-9][a-z0-9_.-]{0,62}$"), name="source_key_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=("own", "bought", "partner")), name="source_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("customers", "reference", "watch_list")), name="source_kind_known"
            ),
        ]


class Delivery(models.Model):
    """One arrival of rows from a source. rows = created + updated + unchanged + rejected once finished."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    file_name = models.TextField()
    file_digest = models.CharField(max_length=64)
    file_bytes = models.BigIntegerField()
    kind_as = models.TextField()
    mapping = models.TextField()
    detected = models.JSONField(default=dict)
    state = models.TextField(default="running")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.TextField()
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    customers_created = models.BigIntegerField(default=0)
    records_joined = models.BigIntegerField(default=0)
    customers_merged = models.BigIntegerField(default=0)
    value_faults = models.BigIntegerField(default=0)
    nobody_rows = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0, db_default=0)
    message = models.TextField(blank=True, default="")

    class Meta:
        db_table = "delivery"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("running", "finished", "failed", "undone")),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=Q(rows=F("created") + F("updated") + F("unchanged") + F("rejected")),
                name="delivery_rows_add_up",
            ),
            models.CheckConstraint(
                condition=Q(quarantined__lte=F("rejected")), name="delivery_quarantined_is_rejected"
            ),
        ]
        indexes = [models.Index(fields=["source", "-id"], name="delivery_by_source")]


class DeliveryChunk(models.Model):
    """A chunk of a delivery that is in the file: written in the same transaction as its rows."""

    pk = models.CompositePrimaryKey("delivery_id", "number")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE)
    number = models.IntegerField()
    rows = models.IntegerField()
    committed_at = models.DateTimeField()

    class Meta:
        db_table = "delivery_chunk"


class Record(models.Model):
    """The current staged record, one per source and key in that source.

    Staging alone writes records, for a source that it holds: the database does not look it up again for every row.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    key = models.TextField()
    kind = models.TextField()
    raw = models.JSONField()
    canonical = models.JSONField()
    digest = models.BigIntegerField()
    version = models.IntegerField(default=1)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    as_of = models.DateTimeField()

    class Meta:
        db_table = "record"
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="record_key_unique_in_source"),
            models.CheckConstraint(
                condition=Q(kind__in=("person", "organisation")), name="record_kind_known"
            ),
        ]


class ComparisonInput(models.Model):
    """What matching compares of a staged record.

    By itself and narrow: looking around a newcomer reads those of a hundred records, wherever they lie in the file.
    """

    record = models.OneToOneField(
        Record,
        on_delete=models.CASCADE,
        primary_key=True,
        db_constraint=False,
        related_name="comparison_input",
    )
    prepared = models.TextField()

    class Meta:
        db_table = "comparison_input"


class RecordVersion(models.Model):
    """A version of a staged record that a later delivery replaced. Append-only."""

    pk = models.CompositePrimaryKey("record_id", "version")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False)
    version = models.IntegerField()
    raw = models.JSONField()
    canonical = models.JSONField()
    prepared = models.TextField()
    digest = models.BigIntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, db_index=False)
    as_of = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    replaced_by = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "record_version"


class Reject(models.Model):
    """Something refused: a whole row, or one value of a row that was otherwise taken. Card numbers are masked."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, db_index=False)
    line = models.BigIntegerField()
    scope = models.TextField()
    key = models.TextField(blank=True, default="")
    field = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    reason = models.TextField()
    remedy = models.TextField(blank=True, default="")

    class Meta:
        db_table = "reject"
        indexes = [models.Index(fields=["delivery", "id"], name="reject_by_delivery")]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=("row", "value")), name="reject_scope_known")
        ]
