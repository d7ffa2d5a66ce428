"""Two people at one field: what the file says now and who said so, what the other wrote, and how to have that. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from customerfile.customers.correcting.on_record import FieldOnRecord
from customerfile.customers.golden.corrections import CORRECTED
from customerfile.web.golden import ShownField


@dataclass(frozen=True, slots=True)
class Theirs:
    """A value as the file has it now. `by`: who corrected it, or the source it is from; "" where that is not known."""

    text: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """`theirs` and `mine` as people read them. `inputs`: what a form sends to have mine all the same."""

    theirs: tuple[Theirs, ...]
    mine: str
    inputs: tuple[tuple[str, str], ...]


def conflict_of(
    sent: Mapping[str, str], written: Mapping[str, str] | None, shown: ShownField, there: FieldOnRecord
) -> Conflict:
    """Of what was `sent` to a field that is another one by now. `written`: the value in it, or its parts."""
    return Conflict(
        tuple(_theirs(shown)), _mine(sent, written, there), tuple(_inputs(sent, written or {}, there))
    )


def _theirs(shown: ShownField) -> Iterator[Theirs]:
    correction = shown.correction
    for each in shown.values:
        is_corrected = correction is not None and each.value.rule == CORRECTED
        by, at = (
            (correction.by, correction.at)
            if correction and is_corrected
            else (each.value.origin_source, None)
        )
        yield Theirs(each.value.shown, by, at or each.value.since)
    if not shown.values:
        yield Theirs(
            gettext("nothing"), correction.by if correction else "", correction.at if correction else None
        )


def _mine(sent: Mapping[str, str], written: Mapping[str, str] | None, there: FieldOnRecord) -> str:
    match sent.get("do"):
        case "withdraw":
            return gettext("that the records speak again")
        case "keep":
            mark = sent.get("mark", "")
            return _by_mark(there).get(mark, gettext("a value that is not on record any more"))
        case "correct" if written:
            return ", ".join(text for name, text in written.items() if name != "use")
    return gettext("that it is wrong")


def _inputs(
    sent: Mapping[str, str], written: Mapping[str, str], there: FieldOnRecord
) -> Iterator[tuple[str, str]]:
    """The same again, of the field as it is now; of a value that is gone, mine is one more."""
    what, mark = sent.get("do", ""), sent.get("mark", "")
    is_gone = what == "correct" and mark not in {each.mark for each in there.golden}
    yield "do", what
    yield "seen", there.mark
    yield "mark", "" if is_gone else mark
    yield from written.items()


def _by_mark(there: FieldOnRecord) -> dict[str, str]:
    """The values of a field that can be pointed at, as text."""
    golden = {each.mark: each.shown for each in there.golden}
    return golden | {each.mark: each.shown for each in there.others}
