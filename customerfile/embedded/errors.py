"""What can go wrong with the embedded server, told to the person at the keyboard."""

from customerfile.base.errors import CustomerfileError


class EmbeddedFault(CustomerfileError):
    """The embedded server cannot be installed, started, stopped or reached. Always carries a remedy."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
