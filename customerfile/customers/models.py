"""Tables of this room: customer, link, scored pair, blocking keys, golden history, and what search looks up."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from customerfile.customers.bulk_change_models import BulkChange, BulkChangeItem
from customerfile.customers.confirmation_models import Confirmation
from customerfile.customers.correction_models import Correction
from customerfile.customers.judgement_models import (
    Judgement,
    JudgementAct,
    JudgingRules,
    KeptContact,
    PairVerdict,
    ReviewItem,
)
from customerfile.customers.model_models import CommonValue, MatchModelVersion
from customerfile.customers.preparation_models import Preparation
from customerfile.customers.relationship_models import Relationship
from customerfile.customers.saved_view_models import SavedView
from customerfile.customers.watch_models import WatchHit, WatchKey
from customerfile.sources.models import Record

__all__ = [
    "BlockKey",
    "BulkChange",
    "BulkChangeItem",
    "CommonValue",
    "Confirmation",
    "ContactPoint",
    "Correction",
    "Customer",
    "GoldenHistory",
    "Identifier",
    "Judgement",
    "JudgementAct",
    "JudgingRules",
    "KeptContact",
    "Link",
    "MatchModelVersion",
    "NameToken",
    "PairVerdict",
    "Posting",
    "Preparation",
    "Relationship",
    "ReviewItem",
    "SavedView",
    "ScoredPair",
    "TokenVariant",
    "WatchHit",
    "WatchKey",
]


class Customer(models.Model):
    """The resolved party. Its number never changes; after a merge the younger number still resolves to the survivor."""

    number = models.TextField()
    kind = models.TextField()
    state = models.TextField(default="active")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False)
    display_name = models.TextField()
    sort_name = models.TextField(db_collation="C")
    golden = models.JSONField()
    provenance = models.JSONField()
    golden_since = models.DateTimeField()
    record_count = models.IntegerField()
    name_tokens = ArrayField(models.BigIntegerField())
    place_tokens = ArrayField(models.BigIntegerField())
    branches = ArrayField(models.TextField(), default=list, db_default=[])  # that any of its records names
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "customer"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="customer_number_unique"),
            models.CheckConstraint(
                condition=Q(state__in=("active", "merged", "withdrawn")), name="customer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="customer_alias_names_its_survivor",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], condition=Q(state="active"), name="customer_list_order"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="customer_aliases"
            ),
            GinIndex(fields=["branches"], condition=~Q(branches=[]), name="customer_branches"),
        ]


class GoldenHistory(models.Model):
    """What the file said about a customer in a past period. The present is on the customer itself. Append-only."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    golden = models.JSONField()
    provenance = models.JSONField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        db_table = "golden_history"
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="golden_period_forward")
        ]


class Link(models.Model):
    """Which customer a record belongs to, why and since when. Append-only: an ended link keeps its period.

    Resolution alone writes links, in the transaction that writes their record and customer: the database does not look
    both up again for every row.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    weight = models.FloatField(null=True)
    matched_record_id = models.BigIntegerField(null=True)
    model_hash = models.TextField()
    cause = models.TextField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "link"
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(valid_to__isnull=True), name="link_one_active_per_record"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=("first_seen", "matched", "recomputed", "undone", "judged")),
                name="link_cause_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer"], condition=Q(valid_to__isnull=True), name="link_active_customer"
            ),
            models.Index(
                fields=["record", "valid_from"], condition=Q(valid_to__isnull=False), name="link_past"
            ),
        ]


class ScoredPair(models.Model):
    """Two compared records at or above the review threshold, with the level of each comparison."""

    pk = models.CompositePrimaryKey("left_id", "right_id")
    left = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    right = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    weight = models.FloatField()
    levels = models.BinaryField()
    veto = models.SmallIntegerField()
    model_hash = models.TextField()

    class Meta:
        db_table = "scored_pair"
        constraints = [models.CheckConstraint(condition=Q(left__lt=F("right")), name="scored_pair_ordered")]


class BlockKey(models.Model):
    """What candidate search looks up: a hash of a blocking rule and a record's values."""

    pk = models.CompositePrimaryKey("key", "record_id")
    key = models.BigIntegerField()
    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)

    class Meta:
        db_table = "block_key"


class ContactPoint(models.Model):
    """One address of a customer on one channel. `search` is looked up: an e-mail, or a phone's digits reversed."""

    pk = models.CompositePrimaryKey("customer_id", "channel", "value")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    channel = models.TextField()
    value = models.TextField()
    use = models.TextField()
    search = models.TextField(db_collation="C")
    status = models.TextField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contact_point"
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=("email", "phone", "postal")), name="contact_point_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("unverified", "confirmed", "bouncing", "undeliverable")),
                name="contact_point_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["search"], condition=~Q(channel="postal"), name="contact_point_search")
        ]


class Identifier(models.Model):
    """A number somebody may ask for: sealed ones by keyed digest and mask only."""

    pk = models.CompositePrimaryKey("customer_id", "digest")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, db_index=False)
    digest = models.BigIntegerField(db_index=True)
    field = models.TextField()
    scheme = models.TextField()
    shown = models.TextField()

    class Meta:
        db_table = "identifier"


class NameToken(models.Model):
    """A distinct folded word of names and places. It holds no link to a person."""

    token = models.TextField(db_collation="C")

    class Meta:
        db_table = "name_token"
        constraints = [models.UniqueConstraint(fields=["token"], name="name_token_unique")]


class TokenVariant(models.Model):
    """A hash of a token with any one letter left out, so that a word with one typo is found by equality."""

    pk = models.CompositePrimaryKey("variant", "token_id")
    variant = models.BigIntegerField()
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, db_index=False, db_constraint=False)

    class Meta:
        db_table = "token_variant"


class Posting(models.Model):
    """Which customers have a token in a name, or (`place`) in a town or postcode."""

    pk = models.CompositePrimaryKey("token_id", "place", "customer_id")
    token = models.ForeignKey(NameToken, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    place = models.BooleanField()

    class Meta:
        db_table = "posting"
