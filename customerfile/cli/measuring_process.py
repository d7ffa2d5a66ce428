"""A measurement as a process, the daily one or one that somebody wants now, started by the server:
`python -m customerfile.cli.measuring_process`.
"""

import sys

from customerfile.cli.meanwhile import give_way, leave_when_told
from customerfile.cli.startup import ready_database


def main() -> int:
    """Measure where that is wanted, and seal what was written in the ledger."""
    leave_when_told()
    give_way()
    with ready_database():
        from customerfile.cli.sealer import seal_now  # noqa: PLC0415 - needs Django set up
        from customerfile.quality.asking import measure_what_is_wanted  # noqa: PLC0415 - as well

        if measure_what_is_wanted():
            seal_now()
    return 0


if __name__ == "__main__":
    sys.exit(main())
