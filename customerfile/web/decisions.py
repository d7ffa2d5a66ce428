"""A question that stands on a customer's page until a person answers it: does it hold, or not?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from customerfile.base.clock import now
from customerfile.customers.errors import CustomersError
from customerfile.web.requests import actor


@dataclass(frozen=True, slots=True)
class Decision[Answer: StrEnum]:
    """`told` holds the possible answers, each with what is said to it; `decide` writes the answer to one subject.

    `unclear` is said to anything else; `unknown` is what `decide` raises where the subject is not there.
    """

    told: Mapping[Answer, str]
    unclear: str
    decide: Callable[..., object]
    unknown: type[CustomersError]

    def take(self, request: HttpRequest, *, number: str, subject: int) -> HttpResponse:
        """Take in the answer, and go back to the customer."""
        said = next((answer for answer in self.told if answer == request.POST.get("state")), None)
        if said is None:
            messages.error(request, gettext(self.unclear))
            return redirect("customer", number=number)
        try:
            self.decide(subject, said, by=actor(request), at=now())
        except self.unknown as unknown:
            raise Http404(str(unknown)) from unknown
        messages.success(request, gettext(self.told[said]))
        return redirect("customer", number=number)
