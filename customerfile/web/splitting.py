"""Splitting a customer: choose the records that belong to somebody else, see what it would come to, confirm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods

from customerfile.base.clock import now
from customerfile.base.ids import RecordId
from customerfile.customers.errors import (
    ChangedMeanwhile,
    ContradictingJudgements,
    NothingToSplit,
    UnknownCustomer,
)
from customerfile.customers.judging.foresight import Foreseen, foresee_split
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.merging import split_customer
from customerfile.customers.judging.unchanged import if_unchanged
from customerfile.customers.queries import CustomerFile, GoldenField, SourceRecord
from customerfile.customers.resolution.match_models import current_model
from customerfile.customers.review.explanation import explain_customer
from customerfile.customers.review.side_by_side import compared_fields, said_by
from customerfile.timeline.queries import event_count
from customerfile.values.folding import fold
from customerfile.web.consequences import number_words, of_split
from customerfile.web.forms import ActForm
from customerfile.web.judgements import shown_acts
from customerfile.web.lookup import customer_or_404
from customerfile.web.proof import proof_for_many
from customerfile.web.requests import actor, seen
from customerfile.web.undoing import Offer, offer_undo
from customerfile.web.words import number_text

_NONE_CHOSEN = gettext_noop("Tick the records that belong to somebody else.")
_MOVED = gettext_noop(
    "Some of the records that you ticked are not with this customer any more. Choose again."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that may leave: what it says, and which of its fields say what no other record here says."""

    record: SourceRecord
    fields: tuple[GoldenField, ...]
    odd: frozenset[str]
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Choose records; with records chosen, show what letting them leave would come to; split."""
    file = customer_or_404(request, number)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = frozenset(RecordId(int(each)) for each in asked.getlist("record") if _is_id(each))
    here = {record.record_id for record in file.records}
    if request.method == "POST":
        return _confirm(request, file, chosen)
    if chosen - here:
        return _choose(request, file, chosen, problem=gettext(_MOVED))
    if "record" in asked and "choose" not in asked:
        return _preview(request, file, chosen, ActForm())
    return _choose(request, file, chosen, problem=gettext(_NONE_CHOSEN) if "next" in asked else "")


def _confirm(request: HttpRequest, file: CustomerFile, chosen: frozenset[RecordId]) -> HttpResponse:
    form = ActForm(request.POST)
    if not form.is_valid():
        return _preview(request, file, chosen, form)
    if ask := proof_for_many(request, len(chosen)):
        return ask
    try:
        done = _split(request, file.asked_number, chosen, form)
    except (ChangedMeanwhile, ContradictingJudgements, NothingToSplit) as problem:
        return _preview(request, file, chosen, form, refused=problem.reason)
    except UnknownCustomer as unknown:
        raise Http404(str(unknown)) from unknown
    number = file.summary.number if done.waits else done.customers[0]
    others = [] if done.waits else [each for each in done.customers if each != number]
    offer_undo(request, Offer(act=done.act, number=number, text=_told(done, len(chosen)), others=others))
    return redirect("customer", number=number)


def _split(request: HttpRequest, number: str, chosen: Iterable[RecordId], form: ActForm) -> Outcome:
    by, at, note = actor(request), now(), form.cleaned_data["note"]
    return if_unchanged(
        lambda: split_customer(number, frozenset(chosen), by=by, at=at, note=note),
        numbers=[number],
        marked=form.cleaned_data["mark"],
        at=at,
    )


def _told(done: Outcome, count: int) -> str:
    if done.waits:
        told = ngettext(
            "Noted: the record will leave once a second person says the same",
            "Noted: the {number} records will leave once a second person says the same",
            count,
        )
    else:
        told = ngettext(
            "Split: the record left and stands under",
            "Split: the {number} records left and stand under",
            count,
        )
    return told.format(number=number_text(count))


def _preview(
    request: HttpRequest,
    file: CustomerFile,
    chosen: frozenset[RecordId],
    form: ActForm,
    *,
    refused: str = "",
) -> HttpResponse:
    try:
        found = foresee_split(file.asked_number, chosen, by=actor(request), at=now())
    except NothingToSplit as problem:
        return _choose(request, file, chosen, problem=refused or problem.reason)
    seen(request, "split", [file.summary.id])
    context = {"file": file, "found": found, "form": form, "refused": refused, "chosen": sorted(chosen)}
    context |= _context(found, file, chosen)
    return render(request, "web/split.html", context, status=409 if refused else 200)


def _context(found: Foreseen, file: CustomerFile, chosen: frozenset[RecordId]) -> dict[str, object]:
    parts = [
        [record for record in file.records if (record.record_id in chosen) is leaves]
        for leaves in (False, True)
    ]
    events = [event_count([record.record_id for record in part]) for part in parts]
    after = found.after
    return {
        "parts": tuple(
            zip(after, parts, events, [number_words(part, found) for part in after], strict=False)
        ),
        "fields": compared_fields(after[0].fields, after[1].fields) if after else (),
        "consequences": of_split(found, events) if after else (),
        "set_aside": shown_acts(found.set_aside, file.summary.number),
        "opposed_by": shown_acts(found.opposed_by, file.summary.number),
    }


def _choose(
    request: HttpRequest, file: CustomerFile, chosen: frozenset[RecordId], *, problem: str = ""
) -> HttpResponse:
    seen(request, "split", [file.summary.id])
    holds = explain_customer(file, model=current_model()) if len(file.records) > 1 else []
    context = {"file": file, "choices": _choices(file, chosen), "holds": holds, "problem": problem}
    return render(request, "web/split_choose.html", context)


def _choices(file: CustomerFile, chosen: frozenset[RecordId]) -> tuple[Choice, ...]:
    said = said_by([record.record_id for record in file.records])
    tellers = _tellers(said)
    return tuple(
        Choice(
            record,
            said.get(record.record_id, ()),
            frozenset(
                field.key for field in said.get(record.record_id, ()) if _is_odd(field, tellers[field.key])
            ),
            record.record_id in chosen,
        )
        for record in file.records
    )


type Tellers = Mapping[str, Sequence[frozenset[str]]]  # field -> what each record that holds it says


def _tellers(said: Mapping[RecordId, Sequence[GoldenField]]) -> Tellers:
    found: dict[str, list[frozenset[str]]] = {}
    for fields in said.values():
        for field in fields:
            found.setdefault(field.key, []).append(_folded(field))
    return found


def _is_odd(field: GoldenField, told: Sequence[frozenset[str]]) -> bool:
    """Whether others say something of this field, and nobody the same."""
    own = _folded(field)
    return len(told) > 1 and sum(not own.isdisjoint(each) for each in told) == 1


def _folded(field: GoldenField) -> frozenset[str]:
    return frozenset(fold(value.shown) for value in field.values)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
