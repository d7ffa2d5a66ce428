"""What people type into the pages, checked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext, gettext_lazy

from customerfile.access.passwords import LONGEST as LONGEST_PASSWORD
from customerfile.access.permissions import Permission
from customerfile.access.tokens import LONGEST
from customerfile.audit.activity import Asked
from customerfile.customers.resolution.verdicts import Verdict


class SignInForm(forms.Form):
    """A name and a password."""

    username = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "class": "form-control"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "class": "form-control"}),
    )


class PasswordForm(forms.Form):
    """A new password. What it has to be is said in access/passwords.py."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(
            {"autocomplete": "new-password", "class": "form-control", "aria-describedby": "password-rule"}
        ),
    )


class SearchForm(forms.Form):
    """What somebody is looking for."""

    q = forms.CharField(required=False, max_length=200, empty_value="")


class OnDateForm(forms.Form):
    """The day whose end is asked about."""

    on = forms.DateField(required=False)

    def moment(self) -> datetime | None:
        """The last instant of the chosen day, or None where no day, or no real day, was chosen."""
        day: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        if day is None or day >= date.max:
            return None
        return make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)


class ActivityForm(forms.Form):
    """Whose activity, of which days. What is no name or day asks for all."""

    user = forms.CharField(required=False, max_length=150, empty_value="")
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    what = forms.ChoiceField(required=False, choices=[("", "all"), ("did", "did"), ("saw", "saw")])

    def asked(self) -> Asked:
        """What to look for in the audit ledger; the last day is part of it."""
        self.full_clean()
        told = self.cleaned_data
        since, until = told.get("since"), told.get("until")
        return Asked(
            by=told.get("user", ""),
            since=_begin_of(since) if since else None,
            until=_begin_of(until + timedelta(days=1)) if until and until < date.max else None,
            did=told.get("what") != "saw",
            saw=told.get("what") != "did",
        )


def _begin_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


class VerdictForm(forms.Form):
    """What somebody says of a pair of records."""

    verdict = forms.ChoiceField(choices=[(each.value, each.value) for each in Verdict])
    note = forms.CharField(required=False, max_length=500, empty_value="")


class ActForm(forms.Form):
    """A merge or split that was looked at before: `mark` is what the customers were like then."""

    note = forms.CharField(required=False, max_length=500, empty_value="")
    mark = forms.CharField(max_length=100)


class PersonForm(forms.Form):
    """Somebody who is to be let in."""

    username = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    role = forms.CharField(max_length=50)


class TokenForm(forms.Form):
    """A token for a program; it may be given what the person who makes it may do."""

    name = forms.CharField(
        label=gettext_lazy("For which program"),
        max_length=100,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        initial=90,
        min_value=1,
        max_value=LONGEST.days,
        widget=forms.NumberInput({"class": "form-control"}),
    )
    may = forms.MultipleChoiceField(label=gettext_lazy("It may"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: Any, allowed: Sequence[Permission], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(each.value, gettext(each.words)) for each in allowed]
        self.fields["may"].choices = choices  # type: ignore[attr-defined]
