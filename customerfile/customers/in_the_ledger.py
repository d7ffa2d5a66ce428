"""How the audit ledger speaks of a customer: by its id and numbers, and by what hangs on it."""

from __future__ import annotations

from customerfile.access.sight import WHOLE
from customerfile.audit.activity import About
from customerfile.customers.customer_file import CustomerFile
from customerfile.customers.errors import UnknownCustomer
from customerfile.customers.judging.judgement_list import acts_on
from customerfile.customers.number import is_customer_number, numbered_id
from customerfile.customers.queries import corrections_on, customer_file, full_number
from customerfile.customers.relationships.relationships import relationships_of
from customerfile.customers.watch_list import hits_of
from customerfile.sources.queries import deliveries_of

_MOST_ACTS = 1000


def about_customer(number: str) -> About:
    """What to look for in the ledger about this customer, under earlier numbers too; also where nothing of it is left.

    Raises UnknownCustomer where the number is none.
    """
    try:
        file = customer_file(number, sight=WHOLE)
    except UnknownCustomer:
        asked = full_number(number)
        if not is_customer_number(asked):
            raise
        return About([numbered_id(asked)], [asked], [])
    numbers = sorted({file.summary.number, file.asked_number, *file.aliases})
    return About([numbered_id(each) for each in numbers], numbers, _subjects(file))


def _subjects(file: CustomerFile) -> list[str]:
    customer = file.summary.id
    acts = acts_on([customer], include_withdrawn=True, limit=_MOST_ACTS)
    relatives = relationships_of(customer, sight=WHOLE, dismissed=True)
    records = [record.record_id for record in file.records]
    deliveries = deliveries_of(records)
    return [
        *(f"judgement_act:{act.id}" for act in acts),
        *(f"relationship:{relative.id}" for relative in relatives),
        *(f"watch_hit:{hit.id}" for hit in hits_of(customer, sight=WHOLE)),
        *(f"correction:{correction}" for correction in corrections_on(records)),
        *(f"delivery:{delivery}" for delivery in deliveries),
    ]
