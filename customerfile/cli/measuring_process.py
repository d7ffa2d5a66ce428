"""The daily measurement as a process, started by the server: `python -m customerfile.cli.measuring_process`."""

import signal
import sys
from types import FrameType

from customerfile.cli.startup import ready_database

_TERMINATED = 128 + signal.SIGTERM
_BY = "customerfile"  # nobody asked for it


def main() -> int:
    """Measure where that is still due, and seal what was written in the ledger."""
    signal.signal(signal.SIGTERM, _leave)
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


def _leave(received: int, frame: FrameType | None) -> None:
    raise SystemExit(_TERMINATED)


if __name__ == "__main__":
    sys.exit(main())
