"""How much a file may ask of this machine before it is refused. Every limit is checked while reading, not
before.
"""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """The defaults fit files of tens of millions of rows; a caller widens them knowingly."""

    inflated_bytes: int = 32 * 1024 * MIB  # of a compressed text file, which is never held whole
    unpacked_bytes: int = 2 * 1024 * MIB  # of a compressed file that must lie on disk, and of an XLSX archive
    inflation_ratio: int = 250  # inflated bytes per compressed byte, once past `ratio_from_bytes`
    ratio_from_bytes: int = 64 * MIB
    columns: int = 20_000  # more than a spreadsheet can have
    batch_chars: int = 16 * MIB  # of text in one batch of rows, however few rows that makes
    line_chars: int = 4 * MIB
    cells: int = 40_000_000  # of the rectangle that a spreadsheet spans
    child_memory_bytes: int = 3 * 1024 * MIB
    child_cpu_seconds: int = 600
    child_wait_seconds: float = 300.0  # silence of the child process before it is stopped


DEFAULT_LIMITS = ReadLimits()
