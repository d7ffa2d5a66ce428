"""Tables of people's words on pairs of records: acts, judgements, the verdict in force, and how the file judges."""

from django.db import models
from django.db.models import F, Q

from customerfile.sources.models import Record


class JudgementAct(models.Model):
    """What a person did in one go: judged a pair, merged or split customers. It is taken back as a whole."""

    kind = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    note = models.TextField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(null=True)

    class Meta:
        db_table = "judgement_act"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("judge", "merge", "split")), name="judgement_act_kind_known"
            ),
            models.CheckConstraint(condition=~Q(by=""), name="judgement_act_names_its_author"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="judgement_act_withdrawn_by_somebody",
            ),
        ]


class Judgement(models.Model):
    """A person's word on a pair of records. Append-only but for its withdrawal.

    `withdrawn_in` is the act that set it aside: its own where that was taken back. It stands again when a later act
    that set it aside is taken back.
    """

    act = models.ForeignKey(JudgementAct, on_delete=models.CASCADE)
    left = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    right = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    verdict = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(null=True)
    withdrawn_in = models.ForeignKey(JudgementAct, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "judgement"
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_ordered"),
            models.CheckConstraint(
                condition=Q(verdict__in=("match", "not_a_match", "unsure")), name="judgement_verdict_known"
            ),
            models.UniqueConstraint(
                fields=["left", "right", "by"],
                condition=Q(withdrawn_at__isnull=True),
                name="judgement_one_standing_per_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_in__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_in__isnull=False),
                name="judgement_withdrawn_by_somebody",
            ),
        ]


class PairVerdict(models.Model):
    """What the standing judgements of a pair come to, where they decide it: resolution reads this alone."""

    pk = models.CompositePrimaryKey("left_id", "right_id")
    left = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    right = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    verdict = models.TextField()

    class Meta:
        db_table = "pair_verdict"
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_verdict_ordered"),
            models.CheckConstraint(
                condition=Q(verdict__in=("match", "not_a_match")), name="pair_verdict_decides"
            ),
        ]


class JudgingRules(models.Model):
    """How people judge in this file: one row. It is kept beside the judgements because it says what they count for."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    people_needed = models.SmallIntegerField(default=1)
    most_records = models.IntegerField(default=50)

    class Meta:
        db_table = "judging_rules"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="judging_rules_once"),
            models.CheckConstraint(condition=Q(people_needed__in=(1, 2)), name="judging_one_person_or_two"),
            models.CheckConstraint(condition=Q(most_records__gte=10), name="judging_size_alarm_makes_sense"),
        ]


class KeptContact(models.Model):
    """What was known of a contact point when it left its customer: known again when it comes back."""

    pk = models.CompositePrimaryKey("customer_id", "channel", "value")
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.CASCADE, db_index=False, db_constraint=False
    )
    channel = models.TextField()
    value = models.TextField()
    status = models.TextField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kept_contact"


class ReviewItem(models.Model):
    """A pair that waits for a person's word, the most valuable first. Somebody may have taken it, for some minutes."""

    pk = models.CompositePrimaryKey("left_id", "right_id")
    left = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    right = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    kind = models.TextField()
    value = models.FloatField()
    claimed_by = models.TextField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "review_item"
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="review_item_ordered"),
            models.CheckConstraint(
                condition=Q(kind__in=("between", "vetoed", "bridge", "size")), name="review_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["value", "left", "right"], name="review_item_order")]
