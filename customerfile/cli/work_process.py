"""One piece of work that was asked for on a page, as a process of its own: `python -m customerfile.cli.work_process`.

It is started by the server (see cli/importer.py) with what is to be done, "upload", "undo" or "change", and its number.
"""

import sys

from customerfile.cli.meanwhile import leave_when_told
from customerfile.cli.startup import ready_database
from customerfile.embedded import home

_NOT_DONE = 1


def main(what: str, number: int) -> int:
    """Do it, and seal what was written in the ledger. Gives the exit code: not 0 where it is to be done again."""
    leave_when_told()
    with ready_database():
        from customerfile.cli.sealer import seal_now  # noqa: PLC0415 - needs Django set up
        from customerfile.customers.bulk_changes.working import work_at_change  # noqa: PLC0415 - as well
        from customerfile.intake.uploads.running import work_at_undo, work_at_upload  # noqa: PLC0415 - as well

        if what == "change":
            is_done = work_at_change(number)
        else:
            is_done = (work_at_upload if what == "upload" else work_at_undo)(number, home=home())
        seal_now()
    return 0 if is_done else _NOT_DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
