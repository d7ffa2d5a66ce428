"""What people said of a customer's records: who, when, what, and whether it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from customerfile.base.ids import RecordId
from customerfile.customers.judging.judgement_list import Act, Word, acts_on, numbers_of
from customerfile.customers.judging.judging_rules import judging_rules
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.web.lookup import customer_or_404
from customerfile.web.requests import seen

_MOST = 200


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act as a page shows it.

    `waits`: it does not count before a second person says the same, which they can do at the address `same`.
    `is_overruled`: it stands, but somebody else's later word counts.
    """

    act: Act
    waits: bool = False
    same: str = ""
    is_overruled: bool = False


@require_safe
def judgements(request: HttpRequest, number: str) -> HttpResponse:
    """Everything people said of this customer's records, withdrawn acts too."""
    file = customer_or_404(request, number)
    acts = acts_on([file.summary.id], include_withdrawn=True, limit=_MOST)
    seen(request, "judgements", [file.summary.id])
    context = {"file": file, "acts": shown_acts(acts, file.summary.number), "most": _MOST}
    return render(request, "web/judgements.html", context)


def shown_acts(acts: Iterable[Act], number: str) -> tuple[ShownAct, ...]:
    """Acts, told whether they count, for the page of the customer with this number."""
    return tuple(_shown(act, number) if any(map(_is_idle, act.words)) else ShownAct(act) for act in acts)


def _is_idle(word: Word) -> bool:
    """Whether a word stands that should decide something, and decides nothing."""
    return word.stands and not word.counts and word.verdict != Verdict.UNSURE


def _shown(act: Act, number: str) -> ShownAct:
    if judging_rules().people_needed == 1:
        return ShownAct(act, is_overruled=True)
    return ShownAct(act, waits=True, same=_address(act, number))


def _address(act: Act, number: str) -> str:
    """Where a second person says the same."""
    match act.kind:
        case "merge":
            others = [each for each in numbers_of(_records(act.words)) if each != number]
            return reverse("merge", args=(number, others[0])) if len(others) == 1 else ""
        case "split":
            leaving = [("record", record) for record in _leaving(act.words)]
            return f"{reverse('split', args=(number,))}?{urlencode(leaving)}"
        case _:
            return reverse("pair", args=(act.words[0].left_id, act.words[0].right_id))


def _records(words: Sequence[Word]) -> list[RecordId]:
    return sorted({record for word in words for record in (word.left_id, word.right_id)})


def _leaving(words: Sequence[Word]) -> list[RecordId]:
    """The part of a split without the oldest record: those that are said to be somebody else than that one."""
    oldest = min(word.left_id for word in words)
    apart = (word for word in words if word.verdict == Verdict.NOT_A_MATCH)
    return sorted(word.right_id for word in apart if word.left_id == oldest)
