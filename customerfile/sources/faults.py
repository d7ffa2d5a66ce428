"""What can be wrong with a delivered file or a mapping as a whole. Each says what to do; row faults are not
errors.
"""

from customerfile.base.errors import CustomerfileError
from customerfile.base.told import told


class ReadFault(CustomerfileError):
    """The file cannot be read (further). Rows already handed out are good."""


class EmptyFile(ReadFault):
    """Nothing in it, or nothing but blanks."""


class FileChanged(ReadFault):
    """Somebody wrote to the file while it was being copied."""


class UnreadableFile(ReadFault):
    """Absent, not a file, not permitted, damaged, or of a kind that no reader knows."""


class DiskFull(ReadFault):
    """There is no room for the private copy."""


class TooLarge(ReadFault):
    """A limit was met: inflated size, columns, cells, line length, memory or time."""


class MappingFault(CustomerfileError):
    """A mapping that is not well formed, or does not fit the file. `line` is 0 where no line is known."""

    def __init__(self, reason: str, remedy: str = "", *, line: int = 0) -> None:
        super().__init__(
            told("Line {line}: {reason}", line=line, reason=told(reason)) if line else reason, remedy
        )
        self.line = line
