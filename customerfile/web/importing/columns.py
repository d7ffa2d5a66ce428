"""The third step: what each column means, with values from the file; every change is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told
from customerfile.definition.queries import current_definition
from customerfile.intake.context import reading_context
from customerfile.intake.uploads.inspecting import Look, proposal_for
from customerfile.sources.errors import UploadUnderWay
from customerfile.sources.faults import MappingFault
from customerfile.sources.mapping import Mapping, check_mapping, dump_mapping, parse_mapping
from customerfile.sources.mapping_checks import Doubts, doubts_about
from customerfile.sources.mapping_edits import ColumnChoice, choices_of, edited
from customerfile.sources.uploads import UploadInfo, ask_for, change_upload
from customerfile.values.cards import mask_cards
from customerfile.web.importing.choices import USES, MeaningGroup, meaning_groups, takes_use
from customerfile.web.importing.forms import KIND_WORDS
from customerfile.web.importing.steps import look_at, show, upload_or_404
from customerfile.web.importing.trying import start_import
from customerfile.web.requests import actor, wants_part

_SAMPLES = 4
_LONGEST_SAMPLE = 60
_DATE_ORDERS = (
    ("", gettext_noop("as the country writes")),
    ("dmy", gettext_noop("day, month, year")),
    ("mdy", gettext_noop("month, day, year")),
    ("ymd", gettext_noop("year, month, day")),
)
_OF_FILE = ("date_order", "currency", "time_zone")
_LONGEST = 50
_SURE, _LIKELY = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as the page lists it. `sureness` and `reason` say how it came to what it means."""

    number: int
    choice: ColumnChoice
    samples: tuple[str, ...]
    sureness: str
    reason: str
    takes_use: bool
    uses: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, upload: int) -> HttpResponse:
    """Show the columns and take what is said of them."""
    found = upload_or_404(request, upload)
    if found.is_at_work or found.state == "imported":
        return redirect("import-trial", upload=upload)
    if not found.mapping:
        return redirect("import-file", upload=upload)
    if request.method == "POST":
        try:
            _keep(request, found)
            if not wants_part(request):
                return _onward(request, upload)
        except UploadUnderWay as problem:
            messages.error(request, str(problem))
            return redirect("import-trial", upload=upload)
        except MappingFault as fault:
            return _show(request, upload_or_404(request, upload), fault)
        found = upload_or_404(request, upload)
    return _show(request, found)


def _onward(request: HttpRequest, upload: int) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if wanted == "import":
        return start_import(request, upload)
    if wanted == "trial":
        ask_for("trying", upload, by=actor(request), at=now())
        return redirect("import-trial", upload=upload)
    return redirect("import-columns", upload=upload)


def _keep(request: HttpRequest, found: UploadInfo) -> None:
    """Raises MappingFault and keeps nothing where something cannot be so; UploadUnderWay."""
    mapping = parse_mapping(found.mapping)
    made = _asked_for(request, found, mapping)
    check_mapping(made, current_definition())
    _check_of_file(made)
    if made == mapping:
        return
    change_upload(
        found.id,
        by=actor(request),
        at=now(),
        mapping=dump_mapping(made),
        mapping_from=f"edited {found.mapping_from}"
        if not found.mapping_from.startswith("edited")
        else found.mapping_from,
    )


def _asked_for(request: HttpRequest, found: UploadInfo, mapping: Mapping) -> Mapping:
    told = request.POST
    choices = [
        ColumnChoice(
            column,
            told.get(f"target-{number}", ""),
            told.get(f"use-{number}", "") if takes_use(told.get(f"target-{number}", "")) else "",
            f"key-{number}" in told,
        )
        for number, column in enumerate(found.columns)
    ]
    former = choices_of(mapping, found.columns)
    choices = [  # the use of what the form shows none for stays
        replace(new, use=old.use) if new.target == old.target and not takes_use(new.target) else new
        for new, old in zip(choices, former, strict=True)
    ]
    repeatable = {field.key for field in current_definition().fields if field.multiple}
    made = edited(mapping, choices, repeatable=repeatable)
    about = {name: told.get(name, getattr(mapping, name)).strip()[:_LONGEST] for name in _OF_FILE}
    return replace(
        made, date_order=about["date_order"], currency=about["currency"], time_zone=about["time_zone"]
    )


def _check_of_file(mapping: Mapping) -> None:
    if mapping.date_order not in dict(_DATE_ORDERS):
        raise MappingFault(
            told('"{order}" is no order of dates.', order=mapping.date_order), "Choose one of the list."
        )
    if mapping.currency and mapping.currency.upper() not in list_currencies():
        raise MappingFault(
            told('There is no currency "{currency}".', currency=mapping.currency),
            "Write its three letters, as in EUR.",
        )
    if mapping.time_zone and mapping.time_zone not in available_timezones():
        raise MappingFault(
            told('There is no time zone "{zone}".', zone=mapping.time_zone), "Write it as in Europe/Berlin."
        )


def _show(request: HttpRequest, found: UploadInfo, fault: MappingFault | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "problem": fault,
        "kind_words": gettext(KIND_WORDS.get(found.kind_as, found.kind_as)),
    }
    try:
        context |= _context(found, parse_mapping(found.mapping), look_at(found))
    except CustomerfileError as problem:
        return show(request, "import-columns", found, context | {"problem": problem}, status=422)
    if wants_part(request):
        return render(request, "web/importing/columns.html#table", {"upload": found} | context)
    return show(request, "import-columns", found, context, status=422 if fault else 200)


def _context(found: UploadInfo, mapping: Mapping, look: Look) -> dict[str, Any]:
    definition = current_definition()
    doubts = doubts_about(
        mapping, look.columns, look.sample, definition=definition, context=reading_context(mapping)
    )
    shown = _shown(found, mapping, look, doubts)
    origin = found.mapping_from.removeprefix("edited ")
    return {
        "mapping": mapping,
        "columns": shown,
        "groups": _groups(found, shown),
        "left_out": sum(not each.choice.target and not each.choice.is_key for each in shown),
        "doubts": doubts.of_file,
        "last_delivery": origin.removeprefix("delivery:") if origin.startswith("delivery:") else "",
        "is_edited": found.mapping_from.startswith("edited"),
        "date_orders": [(value, gettext(words)) for value, words in _DATE_ORDERS],
        "key_words": gettext("Names the record")
        if found.kind_as == "customers"
        else gettext("Names the customer"),
    }


def _groups(found: UploadInfo, shown: Sequence[ShownColumn]) -> tuple[MeaningGroup, ...]:
    return meaning_groups(current_definition(), found.kind_as, also=[each.choice.target for each in shown])


def _shown(found: UploadInfo, mapping: Mapping, look: Look, doubts: Doubts) -> list[ShownColumn]:
    mapped = {each.column: each for each in mapping.columns}
    proposed = proposal_for(look, kind_as=found.kind_as, country=found.country)
    reasons = {each.column: each.reason for each in proposed.columns}
    is_proposed = found.mapping_from.removeprefix("edited ") == "proposed"
    made = []
    for number, choice in enumerate(choices_of(mapping, look.columns)):
        confidence = mapped[choice.column].confidence if choice.column in mapped else 0.0
        guessed = 0 < confidence < 1 and is_proposed
        made.append(
            ShownColumn(
                number=number,
                choice=choice,
                samples=_samples(look, number),
                sureness=_sureness(confidence) if guessed else "",
                reason=reasons.get(choice.column, "") if guessed else "",
                takes_use=takes_use(choice.target),
                uses=_uses(choice.use),
                doubts=tuple(doubts.of_columns.get(choice.column, ())),
            )
        )
    return made


def _uses(chosen: str) -> tuple[tuple[str, str], ...]:
    known = tuple((use, gettext(words)) for use, words in USES)
    return known if chosen in dict(USES) else (*known, (chosen, chosen))


def _sureness(confidence: float) -> str:
    if confidence >= _SURE:
        return gettext_noop("sure")
    return gettext_noop("likely") if confidence >= _LIKELY else gettext_noop("a guess")


def _samples(look: Look, place: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in look.sample:
        text = "" if row.fault else (row.values[place] or "").strip()
        if text and text not in found:
            found.append(text)
        if len(found) == _SAMPLES:
            break
    return tuple(
        f"{text[:_LONGEST_SAMPLE]}…" if len(text) > _LONGEST_SAMPLE else text
        for text in map(mask_cards, found)
    )
