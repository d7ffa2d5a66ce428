"""A person's word on a record that they enter: of which customer it is, or of which ones it is not."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from customerfile.audit.changes import changed
from customerfile.audit.operations import record as write_down
from customerfile.base.bulk import bulk_cursor
from customerfile.base.ids import RecordId
from customerfile.customers.judging.judging import Outcome
from customerfile.customers.judging.sitting import Sitting, in_one_sitting
from customerfile.customers.resolution.judgement_store import Author, pair_of, wait_for_judges
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.resolution.writers import let_nobody_correct


def wait_to_judge() -> None:
    """Take the locks of a judgement before those of a delivery, where one transaction needs both."""
    connection.ensure_connection()
    with connection.wrap_database_errors, bulk_cursor(connection.connection, few=True) as cursor:
        let_nobody_correct(cursor)
        wait_for_judges(cursor)


def judge_entered(
    record: RecordId, others: Collection[RecordId], *, verdict: Verdict, by: str, at: datetime
) -> Outcome:
    """Say the same of a record and each of some others. `customers` of the outcome: those of the record alone."""
    author = Author(by, at, "entered by hand")
    pairs = sorted(pair_of(record, other) for other in others)

    def work(sitting: Sitting) -> Outcome:
        sitting.take_up({record, *others})
        act = sitting.begin("judge", author)
        sitting.say(act, pairs, verdict, author)
        sitting.settle()
        return Outcome(act, sitting.numbers([record]), waits=not sitting.counts(pairs, verdict))

    done = in_one_sitting(work, at=at)
    write_down(
        by=by,
        at=at,
        code="customers.pair.judged",
        subject=f"judgement_act:{done.act}",
        detail={
            "verdict": verdict.value,
            "records": sorted({record, *others}),
            **changed({}, {} if done.waits else {"verdict_in_force": verdict.value}),
        },
    )
    return done
