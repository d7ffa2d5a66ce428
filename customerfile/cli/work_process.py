"""One piece of work that was asked for on a page, as a process of its own: `python -m customerfile.cli.work_process`.

It is started by the server (see cli/importer.py) with what is to be done, "upload", "undo", "change" or
"demonstration", and its number.
"""

import sys

from customerfile.cli.meanwhile import leave_when_told
from customerfile.cli.startup import as_owner_of_tables, ready_database
from customerfile.embedded import home

_NOT_DONE = 1


def main(what: str, number: int) -> int:
    """Do it, and seal what was written in the ledger. Gives the exit code: not 0 where it is to be done again."""
    leave_when_told()
    with ready_database():
        from customerfile.cli.sealer import seal_now  # noqa: PLC0415 - needs Django set up

        is_done = _work(what, number)
        seal_now()
    return 0 if is_done else _NOT_DONE


def _work(what: str, number: int) -> bool:
    from customerfile.customers.bulk_changes.working import work_at_change  # noqa: PLC0415 - needs Django set up
    from customerfile.intake.uploads import running  # noqa: PLC0415 - as well

    match what:
        case "upload":
            return running.work_at_upload(number, home=home())
        case "undo":
            return running.work_at_undo(number, home=home())
        case "demonstration":
            return running.work_at_demonstration(number, home=home(), as_owner=as_owner_of_tables())
    return work_at_change(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
