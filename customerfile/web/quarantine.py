"""Events that do not fit the tracking plan: why, an example, and the rules that mend them, shown before they apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customerfile.base.told import told
from customerfile.definition.name_proposals import proposed_name
from customerfile.definition.queries import current_definition
from customerfile.definition.tracking_plan import NAME, TrackingPlan
from customerfile.embedded import home
from customerfile.intake.errors import QuarantineRefused
from customerfile.intake.mending_checks import rule_words
from customerfile.intake.quarantine import (
    discard_events,
    foresee_release,
    group_of,
    put_back,
    release_events,
    standing_rule,
    take_back_rule,
)
from customerfile.sources.errors import SourceBusy
from customerfile.timeline.quarantine import MendingKind, MendingRule
from customerfile.timeline.quarantine_queries import (
    QuarantineGroup,
    StandingRule,
    quarantine_groups,
    standing_rules,
)
from customerfile.web.requests import actor
from customerfile.web.stored_texts import told_again

_WAITING, _DISCARDED = "waiting", "discarded"


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with what can mend it: names of the plan, other properties, or doing without one."""

    group: QuarantineGroup
    event: str  # what rules call it by now
    names: Sequence[tuple[str, str]] = ()  # of event types, with their labels
    proposed: str = ""
    others: Sequence[str] = ()  # properties that may be the one that is missing
    may_go: bool = False  # it can be taken without the property


@require_safe
def quarantine_index(request: HttpRequest) -> HttpResponse:
    """What waits, or was discarded, and the rules that apply."""
    state = _DISCARDED if "discarded" in request.GET else _WAITING
    rules = standing_rules()
    definition = current_definition()
    plan = TrackingPlan.of(definition)
    names = sorted((each.name, gettext(each.label)) for each in definition.event_types)
    context = {
        "is_discarded": state == _DISCARDED,
        "groups": [_shown(each, rules, plan, names) for each in quarantine_groups(state=state)],
        "rules": [(each, rule_words(each.rule)) for each in rules],
    }
    return render(request, "web/quarantine.html", context)


def _or_say_why[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """What cannot be done is told on the page of what waits."""

    @wraps(view)
    def answered(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except (QuarantineRefused, SourceBusy) as problem:
            messages.error(request, f"{told_again(problem.reason)} {told_again(problem.remedy)}".strip())
            return redirect("quarantine")

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@_or_say_why
def release(request: HttpRequest, event: int) -> HttpResponse:
    """Show what a rule would release, or the plan as it is now; have it done."""
    group = group_of(event)
    rule = _rule(request, group)
    if request.method == "POST":
        done = release_events(group, rule, home=home(), by=actor(request))
        words = ngettext("{number} event is released.", "{number} events are released.", done.released)
        messages.success(request, words.format(number=done.released))
        return redirect("quarantine")
    foreseen = foresee_release(group, rule, home=home())
    context = {
        "group": group,
        "words": rule_words(rule) if rule else gettext("Release what fits the plan by now"),
        "is_rule": rule is not None,
        "foreseen": foreseen,
        "fields": [
            (name, request.GET[name]) for name in ("call", "property", "as", "without") if name in request.GET
        ],
    }
    return render(request, "web/quarantine_release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_or_say_why
def discard(request: HttpRequest, event: int) -> HttpResponse:
    """Show what would be discarded; have it done."""
    group = group_of(event)
    if request.method == "POST":
        count = discard_events(group, by=actor(request))
        words = ngettext("{number} event is discarded.", "{number} events are discarded.", count)
        messages.success(request, words.format(number=count))
        return redirect("quarantine")
    return render(request, "web/quarantine_discard.html", {"group": group})


@require_POST
@_or_say_why
def put_it_back(request: HttpRequest, event: int) -> HttpResponse:
    """Let discarded events wait again."""
    _tell_waiting(request, put_back(group_of(event, state=_DISCARDED), by=actor(request)))
    return redirect("quarantine")


@require_http_methods(["GET", "HEAD", "POST"])
@_or_say_why
def take_back(request: HttpRequest, rule: int) -> HttpResponse:
    """Show what taking a rule back would do; have it done."""
    found = standing_rule(rule)
    if request.method == "POST":
        _tell_waiting(request, take_back_rule(rule, home=home(), by=actor(request)))
        return redirect("quarantine")
    return render(request, "web/quarantine_rule.html", {"found": found, "words": rule_words(found.rule)})


def _tell_waiting(request: HttpRequest, count: int) -> None:
    words = ngettext("{number} event waits again.", "{number} events wait again.", count)
    messages.success(request, words.format(number=count))


def _rule(request: HttpRequest, group: QuarantineGroup) -> MendingRule | None:
    """The rule that was chosen; None to release what fits as it is."""
    said = request.POST if request.method == "POST" else request.GET
    if name := said.get("call", "").strip():
        return MendingRule(0, MendingKind.CALL_EVENT, group.name, new_name=name)
    event = _called(group, standing_rules())
    if (property_ := said.get("property", "").strip()) and (called := said.get("as", "").strip()):
        return MendingRule(0, MendingKind.CALL_PROPERTY, event, property_, called)
    if without := said.get("without", "").strip():
        return MendingRule(0, MendingKind.LEAVE_OUT, event, without)
    if "call" in said or "property" in said:
        raise QuarantineRefused(
            told("Nothing was chosen."), told("Choose what these events are called here.")
        )
    return None


def _called(group: QuarantineGroup, rules: Sequence[StandingRule]) -> str:
    """The name that rules give these events by now."""
    for each in rules:
        is_its = each.source_id == group.source_id and each.rule.event == group.name
        if is_its and each.rule.kind is MendingKind.CALL_EVENT:
            return each.rule.new_name
    return group.name


def _shown(
    group: QuarantineGroup,
    rules: Sequence[StandingRule],
    plan: TrackingPlan,
    names: Sequence[tuple[str, str]],
) -> ShownGroup:
    event = _called(group, rules)
    if group.field == NAME:
        return ShownGroup(group, event, names, proposed_name(group.name, plan.names))
    found = plan.event_type(event)
    declared = {each.key: each.required for each in found.properties} if found else {}
    if group.field not in declared:
        return ShownGroup(group, event)
    said = group.example.properties
    others = plan.unplanned(event, list(said)) if not said.get(group.field) else ()
    may_go = bool(said.get(group.field)) and not declared[group.field]
    return ShownGroup(group, event, others=others, may_go=may_go)
