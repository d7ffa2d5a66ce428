"""Compares records anew after what people stated of them changed: who comes later, or is there, is recognised by it."""

from collections.abc import Sequence

from customerfile.base.bulk import Cursor
from customerfile.customers.golden.golden import LinkedRecord
from customerfile.customers.resolution.resolution import Arrived, Resolution
from customerfile.customers.whole_file.preparation import refresh_inputs
from customerfile.sources.comparison_inputs import prepared_of


def compare_anew(cursor: Cursor, records: Sequence[LinkedRecord], resolution: Resolution) -> bool:
    """Resolve stored records again whose comparison inputs are others now, and write their customers anew.

    Whether there were such. The caller has the file for itself.
    """
    if not records:
        return False
    ids = [each.record_id for each in records]
    before = prepared_of(cursor, ids)
    refresh_inputs(cursor, ids)
    after = prepared_of(cursor, ids)
    arrived = [
        Arrived.again(each, before[each.record_id], after[each.record_id], model=resolution.model)
        for each in records
        if after[each.record_id] != before[each.record_id]
    ]
    resolution.resolve(cursor, arrived)
    return bool(arrived)
