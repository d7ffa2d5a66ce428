"""People who may sign in, one-time links that let them in without a password, and tokens that let programs in."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Role(models.Model):
    """A role of the organisation's own, or a shipped one as it was changed here. Shipped ones stand in roles.py."""

    key = models.SlugField(primary_key=True)
    label = models.TextField()
    permissions = ArrayField(models.TextField())

    class Meta:
        db_table = "role"


class User(AbstractUser):
    """A person who works with the file. There is no default account. A role that is unknown or "" allows nothing."""

    role = models.SlugField(default="", blank=True)

    class Meta:
        db_table = "app_user"


class SignInLink(models.Model):
    """A link that signs one person in once, until it expires. Only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_link"


class ApiToken(models.Model):
    """A secret by which a program acts for a person until it expires. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.TextField()
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    permissions = ArrayField(models.TextField())
    created_at = models.DateTimeField()
    created_by = models.TextField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"


class ApiReply(models.Model):
    """What a call with an Idempotency-Key was answered, for a day. `digest` is of the token and the key."""

    digest = models.CharField(max_length=64, primary_key=True)
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE)
    request_digest = models.CharField(max_length=64)
    body = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "api_reply"
