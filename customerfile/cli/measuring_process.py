"""The daily measurement as a process, started by the server: `python -m customerfile.cli.measuring_process`."""

import sys

from customerfile.cli.meanwhile import leave_when_told
from customerfile.cli.startup import ready_database

_BY = "customerfile"  # nobody asked for it


def main() -> int:
    """Measure where that is still due, and seal what was written in the ledger."""
    leave_when_told()
    with ready_database():
        from customerfile.base.clock import now  # noqa: PLC0415 - needs Django set up
        from customerfile.cli.sealer import seal_now  # noqa: PLC0415 - as well
        from customerfile.quality.errors import BeingMeasured  # noqa: PLC0415 - as well
        from customerfile.quality.measuring import is_due, measure_quality  # noqa: PLC0415 - as well

        if is_due(now()):
            try:
                measure_quality(by=_BY, at=now())
            except BeingMeasured:  # by somebody at this moment, which will do
                return 0
            seal_now()
    return 0


if __name__ == "__main__":
    sys.exit(main())
