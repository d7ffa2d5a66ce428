"""People who may sign in, what they prove it with, where they are signed in, and tokens that let programs in."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Role(models.Model):
    """A role of the organisation's own, or a shipped one as it was changed here. Shipped ones stand in roles.py."""

    key = models.SlugField(primary_key=True)
    label = models.TextField()
    permissions = ArrayField(models.TextField())
    fields = ArrayField(models.TextField(), null=True)  # of customers that it sees; NULL: all

    class Meta:
        db_table = "role"


class User(AbstractUser):
    """A person who works with the file. There is no default account. A role that is unknown or "" allows nothing."""

    role = models.SlugField(default="", blank=True)
    branches = ArrayField(models.TextField(), null=True, blank=True)  # whose customers they see; NULL: all
    language = models.CharField(
        max_length=10, default="", blank=True
    )  # of the pages; "": as the browser asks
    password_is_short = models.BooleanField(default=False)  # allowed beside a second factor only

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


class AuthenticatorApp(models.Model):
    """The app on somebody's phone that makes codes. Its secret is sealed; a code counts once: `last_step` grows."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    sealed_secret = models.BinaryField()
    last_step = models.BigIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "authenticator_app"


class RecoveryCode(models.Model):
    """A code for the day the phone is lost. It counts once; only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_code"


class Passkey(models.Model):
    """A key pair of a device of somebody's (WebAuthn): here lies the public half."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    name = models.TextField()
    use_count = models.BigIntegerField()  # as the device counts; 0 where it does not
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "passkey"


class ProviderIdentity(models.Model):
    """Who somebody is at the provider of the organisation. A subject is one person for ever."""

    issuer = models.TextField()
    subject = models.TextField()
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    class Meta:
        db_table = "provider_identity"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="provider_identity_subject"),
            models.UniqueConstraint(fields=["issuer", "user"], name="provider_identity_user"),
        ]


class BrowserSession(models.Model):
    """Where somebody is signed in. Without its row a session of a browser is nothing; deleting the row ends it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()  # when a password, passkey or link last showed who is there
    way = models.TextField()
    second_factor = models.BooleanField(default=False)
    address = models.TextField()
    browser = models.TextField()

    class Meta:
        db_table = "browser_session"


class SignInAttempt(models.Model):
    """A password or code that did not fit, or is being looked at. Kept for a quarter of an hour, to limit guessing."""

    at = models.DateTimeField(db_index=True)
    what = models.TextField()
    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)

    class Meta:
        db_table = "sign_in_attempt"
        indexes = [
            models.Index(fields=["account", "at"], name="sign_in_attempt_account"),
            models.Index(fields=["address", "at"], name="sign_in_attempt_address"),
        ]


class SignInRules(models.Model):
    """The one row of how people of this installation sign in."""

    only = models.BooleanField(primary_key=True, default=True)
    second_factor_required = models.BooleanField(default=False)

    class Meta:
        db_table = "sign_in_rules"
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="sign_in_rules_only_row")]
