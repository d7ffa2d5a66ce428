"""Sealed values: ciphertext only. The keys that open them lie in the key store, outside the database."""

from django.db import models


class SealedValue(models.Model):
    """One value nobody may read from the tables: AES-256-GCM under the key of its record."""

    record_id = models.BigIntegerField()
    field = models.TextField()
    position = models.SmallIntegerField()
    ciphertext = models.BinaryField()

    pk = models.CompositePrimaryKey("record_id", "field", "position")

    class Meta:
        db_table = "sealed_value"
