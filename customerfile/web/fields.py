"""One field of a customer: where its values are from, what else is on record, and correcting it in place."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.customers.correcting.correcting import Corrected
from customerfile.customers.correcting.on_record import FieldOnRecord, Pointed, fields_on_record
from customerfile.customers.errors import ChangedMeanwhile, NoSuchValue, NothingCorrected
from customerfile.customers.queries import CustomerFile
from customerfile.intake.correcting import Chosen, correct_one, give_back
from customerfile.intake.errors import CorrectionRefused
from customerfile.web.address_parts import part_label
from customerfile.web.field_conflict import Conflict, conflict_of
from customerfile.web.golden import shown_field
from customerfile.web.lookup import customer_or_404
from customerfile.web.permissions import sight_here
from customerfile.web.requests import actor, seen, wants_part

_PARTS = ("street", "house_number", "unit", "street_2", "postcode", "city", "region", "country")
_IN_THE_HEAD = ("birth_date",)  # shown at the head of the page as well
_NOTHING_WRITTEN = gettext_noop("Write what is right, or say that it is wrong.")


@dataclass(frozen=True, slots=True)
class _Field:
    """The field that a page is about. `draft` is what somebody wrote and is not kept yet, by the mark of the value."""

    file: CustomerFile
    key: str
    on_record: Mapping[str, FieldOnRecord]

    @property
    def there(self) -> FieldOnRecord:
        return self.on_record[self.key]

    @property
    def country(self) -> str:
        """Where the customer lives: of there are numbers that name no country."""
        addresses = self.on_record["address"].golden if "address" in self.on_record else ()
        return next((each.parts["country"] for each in addresses if "country" in each.parts), "")


@dataclass(frozen=True, slots=True)
class Line:
    """A value as it can be typed anew; `is_new` where one is to be added."""

    mark: str
    shown: str
    text: str | None
    parts: tuple[tuple[str, str, str], ...]  # name, label, what stands in it
    use: str
    is_new: bool = False
    is_draft: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Look at a field, correct it, choose another value on record, or let the records speak again."""
    about = _field(request, number, field)
    if request.method == "POST":
        return _change(request, about)
    seen(request, "field", [about.file.summary.id])
    if wants_part(request) and "shown" in request.GET:
        return _shown(request, about)
    return _editor(request, about)


def _field(request: HttpRequest, number: str, key: str) -> _Field:
    file = customer_or_404(request, number)
    on_record = fields_on_record(file.summary.id, sight=sight_here(request))
    if key not in on_record or file.summary.kind not in on_record[key].definition.applies_to:
        told = gettext("Customer {number} has no field {field}.")
        raise Http404(told.format(number=file.summary.number, field=key))
    return _Field(file, key, on_record)


def _change(request: HttpRequest, about: _Field) -> HttpResponse:
    if request.POST.get("do") == "correct" and not _written(request):
        return _editor(request, about, problem=gettext(_NOTHING_WRITTEN), status=422)
    try:
        done = _done(request, about)
    except CorrectionRefused as refused:
        faults = [f"{gettext(each.reason)} {gettext(each.remedy)}".strip() for each in refused.faults]
        return _editor(request, about, problem=" ".join(faults), status=422)
    except ChangedMeanwhile:
        return _both(request, number=about.file.summary.number, key=about.key)
    except (NoSuchValue, NothingCorrected) as problem:
        about = _field(request, about.file.summary.number, about.key)
        return _editor(request, about, problem=_told(problem), status=409)
    return _after(request, about, done)


def _done(request: HttpRequest, about: _Field) -> Corrected:
    number, sight, by, at = about.file.summary.number, sight_here(request), actor(request), now()
    what = request.POST.get("do")
    if what == "withdraw":
        return give_back(number, {about.key: _seen_mark(request)}, sight=sight, by=by, at=at)
    chosen = Chosen(
        about.key,
        request.POST.get("mark", "")[:40],
        keep=what == "keep",
        instead=_written(request) if what == "correct" else None,
        country=about.country,
        seen=_seen_mark(request),
    )
    return correct_one(number, chosen, sight=sight, by=by, at=at)


def _seen_mark(request: HttpRequest) -> str:
    """What the field was like when this person looked at it."""
    return request.POST.get("seen", "")[:40]


def _written(request: HttpRequest) -> dict[str, str] | None:
    """What somebody typed: a value, or the parts of an address; None for nothing."""
    parts = {name: request.POST.get(name, "").strip() for name in ("value", *_PARTS)}
    written = {name: text for name, text in parts.items() if text}
    if not written:
        return None
    use = request.POST.get("use", "")
    return written | ({"use": use} if use else {})


def _after(request: HttpRequest, about: _Field, done: Corrected) -> HttpResponse:
    """Back to the customer; in place where nothing but this field is another one."""
    address = f"{reverse('customer', kwargs={'number': done.customer})}#field-{about.key}"
    if not wants_part(request):
        return redirect(address)
    if done.customer != about.file.summary.number:
        return HttpResponse(headers={"HX-Redirect": address})
    after = _field(request, done.customer, about.key)
    is_named_anew = after.file.summary.display_name != about.file.summary.display_name
    if is_named_anew or done.fields != (about.key,) or about.key in _IN_THE_HEAD:
        return HttpResponse(headers={"HX-Refresh": "true"})
    seen(request, "field", [after.file.summary.id])
    return _shown(request, after, is_changed=True)


def _shown(request: HttpRequest, about: _Field, *, is_changed: bool = False) -> HttpResponse:
    context = {
        "file": about.file,
        "field": shown_field(about.key, about.file, about.on_record),
        "is_back": True,
        "is_changed": is_changed,
        "may_correct": True,
    }
    return render(request, "web/golden_field.html", context)


def _both(request: HttpRequest, *, number: str, key: str) -> HttpResponse:
    """What somebody wrote beside what another one wrote meanwhile: looked at anew, for that is what came last."""
    about = _field(request, number, key)
    seen(request, "field", [about.file.summary.id])
    shown = shown_field(about.key, about.file, about.on_record)
    conflict = conflict_of(request.POST, _written(request), shown, about.there)
    return _editor(request, about, conflict=conflict, status=409)


def _editor(
    request: HttpRequest,
    about: _Field,
    *,
    problem: str = "",
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    is_draft = request.POST.get("do") == "correct" and conflict is None
    context = {
        "file": about.file,
        "field": shown_field(about.key, about.file, about.on_record),
        "there": about.there,
        "lines": _lines(about.there, _written(request) if is_draft else None, request.POST.get("mark", "")),
        "choices": about.there.definition.choices,
        "problem": problem,
        "conflict": conflict,
    }
    template = "web/field_editor.html" if wants_part(request) else "web/field.html"
    return render(request, template, context, status=status)


def _lines(there: FieldOnRecord, written: Mapping[str, str] | None, mark: str) -> tuple[Line, ...]:
    """The values to be typed anew, with what somebody wrote already of the one with this mark and was not kept."""
    lines = [_line(each, there, written if each.mark == mark else None) for each in there.golden]
    is_lost = written is not None and mark not in {each.mark for each in there.golden}
    if there.definition.multiple or not there.golden or is_lost:
        empty = Pointed("", "", None if _is_sealed(there) else "", {}, "")
        lines.append(_line(empty, there, written if is_lost else None))
    return tuple(lines)


def _line(value: Pointed, there: FieldOnRecord, written: Mapping[str, str] | None) -> Line:
    said = written or {}
    is_address = there.definition.type == "address"
    stands = written if written is not None else value.parts
    parts = tuple((name, part_label(name), stands.get(name, "")) for name in _PARTS)
    return Line(
        value.mark,
        value.shown,
        value.text if value.text is None or written is None else said.get("value", ""),
        parts if is_address else (),
        value.use,
        is_new=not value.mark,
        is_draft=written is not None,
    )


def _is_sealed(there: FieldOnRecord) -> bool:
    return there.definition.privacy.value == "sealed"


def _told(problem: CustomerfileError) -> str:
    return f"{problem.reason} {problem.remedy}".strip()
