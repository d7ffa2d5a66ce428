"""Webhooks: which addresses of other systems are told what happens, and what became of every message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customerfile.base.clock import now
from customerfile.embedded import home
from customerfile.vault.keystore import KeyStore, key_store
from customerfile.web.outcome import tell
from customerfile.web.requests import actor, wants_part
from customerfile.web.stored_texts import told_again
from customerfile.webhooks.configured import own_network
from customerfile.webhooks.errors import UnknownEndpoint, WebhookError
from customerfile.webhooks.messages import CHOOSABLE, MessageType
from customerfile.webhooks.operations import (
    NewEndpoint,
    add_endpoint,
    queue_again,
    queue_test,
    remove_endpoint,
    rotate_secret,
    switch_endpoint,
)
from customerfile.webhooks.queries import AttemptInfo, MessageInfo, endpoints, message_log
from customerfile.webhooks.wording import attempt_words, endpoint_words, message_words

_PAGE = 30
_SOON = timedelta(minutes=1)


class EndpointForm(forms.Form):
    """An address, and what it is told."""

    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.URLInput(
            {"class": "form-control", "autocomplete": "off", "placeholder": "https://example.org/hooks"}
        ),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("It is told of"),
        choices=[(each.value, gettext_lazy(each.words)) for each in CHOOSABLE],
        widget=forms.CheckboxSelectMultiple,
    )


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """An attempt as the page lists it."""

    attempt: AttemptInfo
    words: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as the page lists it: what came of it last, and all attempts."""

    message: MessageInfo
    words: str
    attempts: tuple[ShownAttempt, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_index(request: HttpRequest) -> HttpResponse:
    """Every address with its state; add one."""
    form = EndpointForm(request.POST or None)
    if form.is_valid():
        try:
            made = add_endpoint(
                form.cleaned_data["url"],
                {MessageType(each) for each in form.cleaned_data["types"]},
                own_network(),
                store=_store(),
                by=actor(request),
                at=now(),
            )
        except WebhookError as problem:
            form.add_error("url", str(problem))
        else:
            return _show_secret(request, made, is_new=True)
    at = now()
    listed = [(each, endpoint_words(each)) for each in endpoints(at)]
    context = {"endpoints": listed, "form": form, **_log(None, None, at)}
    return render(request, "web/webhooks.html", context, status=422 if form.errors else 200)


@require_safe
def webhook_log(request: HttpRequest) -> HttpResponse:
    """What was sent, to one endpoint or all, the newest first; the list alone for htmx."""
    try:
        found = _log(_number(request, "endpoint"), _number(request, "before"), now())
    except UnknownEndpoint as problem:
        messages.error(request, str(problem))
        return redirect("webhooks")
    return render(
        request, "web/webhook_messages.html" if wants_part(request) else "web/webhook_log.html", found
    )


@require_POST
def rotate(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Give an endpoint a new secret, and show it once."""
    try:
        made = rotate_secret(endpoint, store=_store(), by=actor(request), at=now())
    except WebhookError as problem:
        messages.error(request, str(problem))
        return redirect("webhooks")
    return _show_secret(request, made, is_new=False)


@require_POST
def switch(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Send nothing any more, or again."""
    on = request.POST.get("state") == "on"
    told = (
        gettext("Endpoint {number} is on: what waited is sent.")
        if on
        else gettext("Endpoint {number} is off: it is told nothing.")
    )
    return _done(
        request,
        lambda: switch_endpoint(endpoint, on=on, by=actor(request), at=now()),
        told.format(number=endpoint),
    )


@require_POST
def remove(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Tell an address nothing any more, and forget its messages."""
    return _done(
        request,
        lambda: remove_endpoint(endpoint, by=actor(request), at=now()),
        gettext("Endpoint {number} is removed, with what was sent to it.").format(number=endpoint),
    )


@require_POST
def test(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Have a test message sent."""
    at = now()
    return _done(
        request,
        lambda: queue_test(endpoint, due=at, by=actor(request), at=at),
        gettext("A test is on its way. Below you see what comes of it."),
    )


@require_POST
def resend(request: HttpRequest, message: int) -> HttpResponse:
    """Have a message sent again."""
    at = now()
    return _done(
        request,
        lambda: queue_again(message, due=at, by=actor(request), at=at),
        gettext("Message {number} is on its way again. Below you see what comes of it.").format(
            number=message
        ),
    )


def _done(request: HttpRequest, work: Callable[[], object], told: str) -> HttpResponse:
    tell(request, work, told)
    return redirect("webhooks")


def _show_secret(request: HttpRequest, made: NewEndpoint, *, is_new: bool) -> HttpResponse:
    """In the answer itself, and nowhere else: a session would keep it in the database."""
    return render(request, "web/webhook_secret.html", {"made": made, "is_new": is_new})


def _log(endpoint: int | None, before: int | None, at: datetime) -> dict[str, object]:
    found = message_log(endpoint=endpoint, before=before, limit=_PAGE + 1)
    shown = [_shown(each) for each in found[:_PAGE]]
    asked = {"endpoint": endpoint, "before": found[_PAGE - 1].id if len(found) > _PAGE else None}
    return {
        "log": shown,
        "endpoint": endpoint,
        "is_first": before is None,
        "older": _address(asked) if asked["before"] else "",
        "again": _address({"endpoint": endpoint, "before": before}),
        "is_moving": any(each.message.next_at and each.message.next_at < at + _SOON for each in shown),
    }


def _address(asked: dict[str, int | None]) -> str:
    """Of the log, for one endpoint and from below a message on, where asked."""
    return reverse("webhook-log", query={key: value for key, value in asked.items() if value is not None})


def _shown(found: MessageInfo) -> ShownMessage:
    attempts = tuple(ShownAttempt(each, told_again(attempt_words(each))) for each in found.attempts)
    return ShownMessage(found, message_words(found), attempts)


def _number(request: HttpRequest, name: str) -> int | None:
    """A number in the address; what is none asks for nothing."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _store() -> KeyStore:
    return key_store(home().keys)
