"""What people corrected helps to recognise who comes later: e-mail addresses and phone numbers are compared as well.

They are compared beside what the record says that the correction hangs on, never instead of it: a correction adds
signs of likeness and takes none away.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from customerfile.base.bulk import Cursor
from customerfile.base.database import statement
from customerfile.base.ids import RecordId
from customerfile.customers.golden.corrections import values_of
from customerfile.matching.prepare import prepare
from customerfile.matching.prepared import Prepared

COMPARED = ("email", "phone")

type Stated = Mapping[str, Sequence[Any]]  # field -> values


def stated_contacts(cursor: Cursor, records: Iterable[int]) -> Mapping[RecordId, Stated]:
    """What people stated on these records of what is compared. Most records: nothing."""
    found: dict[RecordId, dict[str, Sequence[Any]]] = {}
    asked = {"records": list(records), "fields": list(COMPARED)}
    for record, field, value in cursor.ask(statement(__package__, "stated_contacts"), asked).rows():
        found.setdefault(RecordId(record), {})[field] = orjson.loads(value)
    return found


def compared_inputs(canonical: Mapping[str, Any], stated: Stated) -> Prepared:
    """The comparison inputs of a record with what people stated beside it."""
    return prepare({**canonical, **{key: [*values_of(canonical.get(key)), *stated[key]] for key in stated}})
