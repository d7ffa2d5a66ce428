"""People who may sign in, and one-time links that let them in without a password."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who works with the file. There is no default account."""

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
