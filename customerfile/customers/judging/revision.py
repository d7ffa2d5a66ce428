"""The revision of a customer: a short text that is another one as soon as the customer is not what somebody saw.

It is made of what is shown and nothing else, so that it tells nobody of what is hidden from them.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import blake2b

import orjson
from django.db import transaction

from customerfile.access.sight import Sight
from customerfile.base.told import told
from customerfile.customers.customer_file import CustomerFile
from customerfile.customers.errors import ChangedMeanwhile
from customerfile.customers.judging.merging import take_up_customers
from customerfile.customers.judging.sitting import in_one_sitting
from customerfile.customers.queries import customer_file


def revision_of(file: CustomerFile) -> str:
    """The revision of a customer as shown: the number, the golden values and since when, the records."""
    records = [(each.source_key, each.key, each.version, each.linked_since) for each in file.records]
    shown = [file.summary.number, file.since, file.fields, records]
    return blake2b(orjson.dumps(shown), digest_size=16).hexdigest()


def if_at_revision[T](
    work: Callable[[], T],
    *,
    number: str,
    revisions: Collection[str] | None,
    sight: Sight,
    at: datetime,
    alone: bool = False,
) -> T:
    """Do something with a customer in one transaction, provided that it is at one of these revisions; None: at any.

    `alone` where the work takes the file for itself: that has to come first, or two such would wait for each other.

    Raises ChangedMeanwhile, UnknownCustomer, and what the work raises.
    """
    with transaction.atomic():
        in_one_sitting(lambda sitting: take_up_customers(sitting, [number]), at=at, alone=alone)
        present = customer_file(number, sight=sight)
        if revisions is not None and revision_of(present) not in revisions:
            raise ChangedMeanwhile(
                told(
                    "Nothing was done, for customer {number} is not what you saw any more.",
                    number=present.summary.number,
                ),
                "Read the customer again before you decide.",
            )
        return work()
